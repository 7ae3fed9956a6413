"""What can be typed after a command, and what is answered."""

import pytest

from tests.journeys.house import House, ask_for_asset, ask_for_sow

UNKNOWN = "There is no request with this number, or it is not yours to see."


async def told(house: House, handle: str, command: str, text: str = "") -> str:
    """Type a command in #general and return what only this person is told."""
    result = await house.person(handle).command(command, text, channel="general")
    assert not result.toast
    return (await result.replied()).text


async def test_a_list_shows_what_waits_for_me_and_what_is_mine(house: House) -> None:
    await ask_for_sow(house.person("ana"))
    await ask_for_asset(house.person("ana"))
    await house.quiet()

    mine = await told(house, "ana", "/sow", "list")
    waiting = await told(house, "dian", "/sow", "list")
    everything = await told(house, "ana", "/requests")

    assert "Nothing waits for you under /sow" in mine
    assert "SOW-1" in mine
    assert "AST-1" not in mine
    assert "SOW-1" in waiting.partition("Your requests")[0]
    assert "SOW-1" in everything
    assert "AST-1" in everything


async def test_the_status_says_where_a_request_stands(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))

    for spelling in ("status SOW-1", "status sow-1", "status 1", "SOW-1", "#1", "STATUS  sow1"):
        said = await told(small_house, "ana", "/sow", spelling)
        assert "Waiting for the sales assistant" in said, spelling
        assert "Dian Porter" in said


async def test_somebody_elses_request_is_as_unknown_as_one_that_is_not_there(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))

    assert await told(small_house, "mia", "/sow", "status SOW-1") == UNKNOWN
    assert await told(small_house, "mia", "/sow", "status SOW-999") == UNKNOWN
    assert await told(small_house, "mia", "/sow", "status 99999999999999999999") == UNKNOWN
    assert "SOW-1" in await told(small_house, "audra", "/sow", "status SOW-1")
    assert "SOW-1" in await told(small_house, "adam", "/sow", "status SOW-1")


@pytest.mark.parametrize("text", ["status", "status please", "status AST-1"])
async def test_a_status_without_a_number_is_not_taken_for_a_typing_mistake(
    small_house: House, text: str
) -> None:
    said = await told(small_house, "ana", "/sow", text)

    assert "Did you mean /sow status?" not in said
    assert "status SOW-7" in said or said == UNKNOWN


async def test_help_and_typing_mistakes(small_house: House) -> None:
    assert "/sow status SOW-7" in await told(small_house, "ana", "/sow", "help")
    assert "Did you mean /sow list?" in await told(small_house, "ana", "/sow", "lsit")
    assert "Did you mean /sow help?" in await told(small_house, "ana", "/sow", "hepl me")
    assert "Did you mean" not in await told(small_house, "ana", "/sow", "xyzzy")


async def test_only_blanks_after_a_command_open_the_form(small_house: House) -> None:
    result = await small_house.person("ana").command("/sow", "   ", channel="general")

    assert (await result.modal_opened()).title == "Statement of Work"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 4000,
        "status " + "9" * 3990,
        "<!channel> <@U0SBADAM00> *bold* _it_ ~no~ `code` &lt;b&gt;",
        "😀🏳️‍🌈 e\u0301 " * 100,
        "\u202eمرحبا بالعالم",
        "'; DROP TABLE requests; --",
        "{{ 7 * 7 }} {% raw %}",
        "\x00\x1b[31m",
    ],
    ids=["oversized", "digits", "markup", "emoji", "right-to-left", "sql", "template", "control"],
)
async def test_whatever_is_typed_is_answered_and_harmless(small_house: House, text: str) -> None:
    said = await told(small_house, "ana", "/sow", text)

    assert "Frontdesk does not know" in said or said == UNKNOWN
    assert "49" not in said
    assert "@Adam Reyes" not in said
    shown = small_house.person("ana").ephemerals[-1].record
    assert "<!channel>" not in shown.text
    assert "<@U0SBADAM00>" not in shown.text
    assert len(said) < 1000


async def test_a_guest_is_told_that_frontdesk_is_for_members(small_house: House) -> None:
    said = await told(small_house, "gus", "/sow")

    assert said == "Frontdesk works for members of this workspace only."
    assert small_house.drafts("gus") == []
