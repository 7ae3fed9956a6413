"""What was given up, and how it is sent again, on both databases."""

from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import at_once, parcel, promise
from tests.storage.test_post_office import claim, keys


def replay(database: Database, parcel_id: int) -> bool:
    """Send a dead parcel again; whether it was dead."""
    with database.unit() as unit:
        replayed = unit.outbox.replay(parcel_id)
        unit.commit()
    return replayed


def test_a_dead_parcel_stays_dead_unless_the_unit_is_committed(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.dead(first, "channel_not_found")
    with database.unit() as unit:
        assert unit.outbox.replay(first.id)
    assert claim(database.post_office) == []
    assert replay(database, first.id)


def test_of_two_who_replay_it_at_once_one_does(url: str, open_database: Open) -> None:
    database = open_database(url)
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.dead(first, "channel_not_found")
    assert sorted(at_once(4, lambda _number: replay(database, first.id))) == [False] * 3 + [True]


def test_dead_parcels_are_seen_and_replayed(database: Database) -> None:
    promise(database, parcel("a"), parcel("b", "user:U_BEN"))
    first, second = claim(database.post_office)
    database.post_office.again(first, 0, "timeout", unsure=True)
    [first] = claim(database.post_office)
    database.post_office.dead(first, "channel_not_found")
    database.post_office.dead(second, "is_archived")
    letters = database.post_office.dead_letters()
    assert sorted((each.parcel.key, each.error) for each in letters) == [
        ("a", "channel_not_found"),
        ("b", "is_archived"),
    ]
    assert len(database.post_office.dead_letters(limit=1)) == 1
    assert claim(database.post_office) == []
    assert [replay(database, number) for number in (first.id, first.id, 12345)] == [1, 0, 0]
    [replayed] = claim(database.post_office)
    assert replayed.parcel.key == "a"
    assert replayed.attempts == 1
    assert replayed.error == ""
    assert replayed.unsure_since == first.unsure_since
    assert keys(list(database.post_office.dead_letters())) == ["b"]


def test_the_newest_dead_letters_come_first(database: Database) -> None:
    promise(database, *(parcel(f"p{n}", f"user:U{n}") for n in range(3)))
    for each in claim(database.post_office):
        database.post_office.dead(each, "channel_not_found")
    assert keys(list(database.post_office.dead_letters(limit=2))) == ["p2", "p1"]
