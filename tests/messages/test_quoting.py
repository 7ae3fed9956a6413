from messages.quoting import mentioned, quoted


def test_the_first_fifty_people_of_a_message_are_looked_up() -> None:
    said = " ".join(f"<@U{number:08}>" for number in range(2800))

    assert mentioned(said + said) == tuple(f"U{number:08}" for number in range(50))


def test_somebody_who_is_mentioned_twice_is_looked_up_once() -> None:
    assert mentioned("<@U00000001> and <@U00000002|dian>, <@U00000001>!") == (
        "U00000001",
        "U00000002",
    )


def test_who_was_not_looked_up_reads_as_their_id() -> None:
    assert quoted("<@U00000001>, <@U00000002>", {"U00000001": "Dian Porter"}) == (
        "@Dian Porter, @U00000002"
    )
