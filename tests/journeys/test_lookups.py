"""Looking requests up: what is typed, what is found, and what nobody learns by it."""

from pathlib import Path

from sandbox import Card
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide, open_house
from tests.journeys.shelf import shelved
from tests.journeys.test_commands import UNKNOWN
from tests.journeys.test_long_lists import file_more

NOTHING = "Nothing fits that is yours to see"


async def typed(house: House, handle: str, command: str, text: str = "") -> Card:
    """Type a command in #general and return what only this person is told."""
    result = await house.person(handle).command(command, text, channel="general")
    assert not result.toast
    return await result.replied()


async def told(house: House, handle: str, command: str, text: str = "") -> str:
    return (await typed(house, handle, command, text)).text


async def two_requests(house: House) -> None:
    """Ana asks for Globex and for an asset, Ben for Initech."""
    await ask_for_sow(house.person("ana"))
    await ask_for_asset(house.person("ana"))
    await ask_for_sow(house.person("ben"), client="Initech", need="A portal for partners.")
    await house.quiet()


WORDS = (
    # A rep: what is theirs, and nothing of a colleague's.
    ("ana", "mine", ("SOW-1", "AST-1"), ("SOW-2",)),
    ("ana", "globex", ("SOW-1",), ("SOW-2", "AST-1")),
    ("ana", "initech", ("AST-1",), ("SOW-1", "SOW-2")),  # which is asked "to Initech"
    ("ana", "glob open", ("SOW-1",), ("SOW-2", "AST-1")),
    ("ana", "client:initech", (NOTHING,), ("SOW-2", "AST-1")),
    ("ana", "closed", (NOTHING, "client:globex"), ("SOW-1",)),
    ("ana", "asset", ("AST-1",), ("SOW-1",)),
    ("ana", "waiting for triage", ("AST-1",), ("SOW-1",)),
    # A sales assistant sees every Statement of Work, and no asset of others.
    ("dian", "waiting", ("SOW-1", "SOW-2"), ("AST-1",)),
    ("dian", "waiting globex", ("SOW-1",), ("SOW-2",)),
    ("dian", "sow @ben", ("SOW-2",), ("SOW-1",)),
    ("dian", "@ana open", ("SOW-1",), ("SOW-2", "AST-1")),
    ("dian", "mine", (NOTHING,), ("SOW-1",)),
    ("dian", "acceptance partners", ("SOW-2",), ("SOW-1",)),
    # A sales manager sees assets, an executive and an auditor everything.
    ("greta", "open", ("AST-1",), ("SOW-1", "SOW-2")),
    ("ryan", "open", ("SOW-1", "SOW-2", "AST-1"), ()),
    ("ryan", "waiting", (NOTHING,), ("SOW-1",)),
    ("audra", "@ana", ("SOW-1", "AST-1"), ("SOW-2",)),
    ("audra", "sow initech", ("SOW-2",), ("SOW-1", "AST-1")),
    # Words that mean nothing are looked for, and then explained.
    ("ana", "xyzzy", (NOTHING, "waiting", "a stage: drafting"), ("SOW-1",)),
    ("ana", "!!! ???", (NOTHING,), ("SOW-1",)),
    ("ana", "@nobody-of-ours", (NOTHING,), ("SOW-1",)),
)
"""Who types what, what they read, and what they must not read."""


async def test_words_find_what_is_theirs_to_see_and_nothing_else(small_house: House) -> None:
    await two_requests(small_house)
    for handle, text, yes, no in WORDS:
        said = await told(small_house, handle, "/requests", text)
        assert all(each in said for each in yes), (handle, text, said)
        assert not any(each in said for each in no), (handle, text, said)


async def test_a_number_is_answered_by_its_status_or_as_unknown(small_house: House) -> None:
    await two_requests(small_house)

    for handle, text in (("ana", "SOW-1"), ("dian", "sow1"), ("audra", "SOW-1 globex")):
        assert "Waiting for the sales assistant" in await told(
            small_house, handle, "/requests", text
        )
    for handle, text in (("ana", "SOW-2"), ("ana", "SOW-999"), ("mia", "sow-1"), ("ben", "AST-1")):
        assert await told(small_house, handle, "/requests", text) == UNKNOWN


async def test_lists_of_one_kind_take_the_same_words(small_house: House) -> None:
    await two_requests(small_house)
    await decide(await small_house.person("dian").dm_with_bot().wait_for("SOW-2"), "Accept")
    await small_house.quiet()

    for handle, command, text, yes, no in (
        ("dian", "/sow", "list drafting", "SOW-2", "SOW-1"),
        ("dian", "/sow", "list open globex", "SOW-1", "SOW-2"),
        ("dian", "/sow", "list mine", "SOW-2", "SOW-1"),
        ("dian", "/sow", "list @ben", "SOW-2", "SOW-1"),
        ("ana", "/sow", "list mine", "SOW-1", "SOW-2"),
        ("ana", "/sow", "list closed", NOTHING, "SOW-1"),
        ("ana", "/asset", "list open", "AST-1", "SOW-1"),
        ("ben", "/asset", "list open", NOTHING, "AST-1"),
        ("greta", "/asset", "list @ana", "AST-1", "SOW-1"),
        ("ryan", "/sow", "list waiting", NOTHING, "SOW-1"),
    ):
        said = await told(small_house, handle, command, text)
        assert yes in said, (handle, text, said)
        assert no not in said, (handle, text, said)


async def test_the_status_is_found_by_the_client(small_house: House) -> None:
    await two_requests(small_house)
    await ask_for_sow(small_house.person("ben"))  # Globex again
    await small_house.quiet()

    one = await told(small_house, "dian", "/sow", "status initech")
    several = await typed(small_house, "dian", "/sow", "status globex")
    mine = await told(small_house, "ana", "/sow", "status globex")
    none = await told(small_house, "ana", "/sow", "status initech")

    assert "SOW-2" in one
    assert "Ben" in one
    assert "Found for" not in one
    assert "SOW-1" in several.text
    assert "SOW-3" in several.text
    assert several.buttons.count("Details") == 2
    assert "SOW-1" in mine
    assert "Found for" not in mine
    assert 'Nothing under /sow that is yours to see has "initech"' in none
    page = await (await several.click("Details")).modal_opened()
    assert "SOW-3" in page.text


async def test_every_line_says_who_has_the_ball_and_what_comes_next(small_house: House) -> None:
    await two_requests(small_house)

    said = await told(small_house, "audra", "/requests", "sow globex")

    assert "Waiting for the sales assistant since" in said
    assert "waiting for @Dian Porter" in said
    assert "Next: a reminder, " in said


async def test_long_results_are_read_page_by_page_in_a_window(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    file_more(small_house, small_house.request("SOW-1"), 19)

    first = await typed(small_house, "dian", "/requests", "globex open")
    window = await (await first.click("More")).modal_opened()
    before = refs(window.text)
    await window.click("More")
    await window.wait_for_text("SOW-12")

    assert len(refs(first.text)) == 8
    assert len(before) == 8
    assert len(refs(window.text)) == 4
    assert len({*refs(first.text), *before, *refs(window.text)}) == 20
    assert "More" not in window.buttons


def refs(text: str) -> list[str]:
    """The requests that are listed, each by the line that begins with it."""
    return [line.split()[0] for line in text.splitlines() if line.startswith("SOW-")]


async def test_pages_are_full_though_others_requests_lie_between(small_house: House) -> None:
    await ask_for_sow(small_house.person("ana"))
    mine = small_house.request("SOW-1")
    others = small_house.person("ben").id
    for _ in range(9):
        file_more(small_house, mine, 30, asker=others)
        file_more(small_house, mine, 1)

    said = await typed(small_house, "ana", "/requests", "globex")

    assert len(refs(said.text)) == 8
    assert "More" in said.buttons
    window = await (await said.click("More")).modal_opened()
    assert len(refs(window.text)) == 2
    assert "More" not in window.buttons


async def test_the_shelf_is_found_by_its_words_and_is_nobodys_open_request(
    small_house: House,
) -> None:
    await shelved(small_house, title="Logistics overview")

    assert "SHELF-1" in await told(small_house, "ana", "/requests", "logistics")
    assert "SHELF-1" in await told(small_house, "ana", "/requests", "shelf open")
    assert "SHELF-1" not in await told(small_house, "ana", "/requests", "open")


async def test_the_words_that_were_there_before_go_on_working(small_house: House) -> None:
    ana = small_house.person("ana")

    away = await ana.command("/requests", "away", channel="general")
    assert (await away.modal_opened()).title == "While you are away"
    settings = await ana.command("/requests", "Settings", channel="general")
    assert (await settings.modal_opened()).title == "Notifications"
    assert "Nobody stands in for you" in await told(small_house, "ana", "/requests", "away off")
    assert "You have not asked for anything yet" in await told(small_house, "ana", "/requests")


async def test_help_knows_the_role_of_whoever_asks(tmp_path: Path) -> None:
    config = company(tmp_path, requester=["ana"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        helps = {
            handle: await typed(house, handle, "/requests", "help")
            for handle in ("ana", "dian", "greta", "ryan", "audra", "ben")
        }

    for each in helps.values():
        assert len([line for line in each.text.splitlines() if line[:1] != "["]) == 3
    assert "/sow for a Statement of Work" in helps["ana"].text
    assert "New Statement of Work" in helps["ana"].buttons
    assert "You see what you asked for, own or are named in." in helps["ana"].text
    assert "As sales assistant you are asked in turn (Statement of Work)" in helps["dian"].text
    assert "You see every one of: Statement of Work." in helps["dian"].text
    assert "As sales manager you are asked in turn (Sales asset)" in helps["greta"].text
    assert "As executive you are asked in turn (Statement of Work)" in helps["ryan"].text
    assert "you are asked" not in helps["audra"].text
    assert "Sales asset" in helps["audra"].text
    assert "Statement of Work" in helps["audra"].text
    assert "You do not ask for anything here" in helps["ben"].text
    assert "New Statement of Work" not in helps["ben"].buttons
    assert "Show all" in helps["ben"].buttons


async def test_somebody_without_a_role_finds_nothing_that_does_not_name_them(
    tmp_path: Path,
) -> None:
    config = company(tmp_path, requester=["ana"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        await ask_for_sow(house.person("ana"))
        await house.quiet()

        for text in ("globex", "open", "@ana", "waiting", "sow", "acceptance"):
            assert NOTHING in await told(house, "ben", "/requests", text), text
        assert await told(house, "ben", "/requests", "SOW-1") == UNKNOWN
        assert "Nothing under /sow" in await told(house, "ben", "/sow", "status globex")
        file_more(house, house.request("SOW-1"), 1, owner=house.person("ben").id)
        assert "SOW-2" in await told(house, "ben", "/requests", "globex")
