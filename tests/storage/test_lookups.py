"""Looking requests up: each is found by what it says, in order, on both databases alike."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from sqlalchemy import event, text

from bot.ports import By, Clue, Spot, Wanted
from storage.database import Database
from storage.filed import filed
from tests.storage.examples import DETAILS, NOW, add, sow
from tests.storage.test_migrations import engine_of
from workflows.request import Request, Vote

CLIENTS = ("Globex", "Globex Energy", "Initech", "Société Générale")
STAGES = ("acceptance", "drafting", "closed", "rejected")
PEOPLE = ("U_ANA", "U_BEN", "U_DIAN")


def asked_for(client: str, nth: int, **changes: object) -> Request:
    details = replace(DETAILS, client=client, need="A pilot")
    at = NOW + timedelta(minutes=nth)
    request = sow(f"SOW-{nth}", details=details, created_at=at, since=at)
    return replace(request, **changes)  # type: ignore[arg-type] # any field


def save(database: Database, request: Request) -> None:
    with database.unit() as unit:
        unit.requests.save(request)
        unit.commit()


def found(database: Database, *wanted: Wanted, limit: int = 100) -> list[str]:
    """Return everything that fits, read in pages of so many."""
    refs: list[str] = []
    after: Spot | None = None
    with database.unit() as unit:
        while page := unit.lookups.find(wanted, after, limit):
            refs += [request.ref for _, request in page]
            after = page[-1][0]
    return refs


def sow_by(by: By, value: str, *, begins: bool = False, is_open: bool | None = None) -> Wanted:
    return Wanted(
        workflow="sow", is_open=is_open, clues=((Clue(by=by, value=value, begins=begins),),)
    )


def test_a_request_is_found_by_everything_that_it_says(database: Database) -> None:
    vote = Vote("acceptance", "assistant", "U_VOTED", 0, NOW)
    add(
        database,
        asked_for("Société Générale", 1, owner="U_OWNER", assigned={"": "U_GIVEN"}, votes=(vote,)),
        asked_for("Initech", 2, asker="U_BEN"),
    )
    for by, value in (
        (By.STAGE, "acceptance"),
        (By.ASKER, "U_ANA"),
        (By.OWNER, "U_OWNER"),
        (By.NAMED, "U_GIVEN"),
        (By.NAMED, "U_VOTED"),
        (By.CLIENT, "societe"),
        (By.WORD, "generale"),
        (By.WORD, "pilot"),
    ):
        assert "SOW-1" in found(database, sow_by(by, value)), (by, value)
    assert found(database, sow_by(By.CLIENT, "pilot")) == []
    assert found(database, sow_by(By.ASKER, "U_ANA")) == ["SOW-1"]
    assert found(database, replace(sow_by(By.ASKER, "U_ANA"), workflow="sales_asset")) == []


def test_what_moves_is_found_where_it_stands_now(database: Database) -> None:
    before = asked_for("Globex", 1)
    add(database, before, asked_for("Globex", 2))
    later = NOW + timedelta(days=1)
    save(database, replace(before, stage="rejected", version=2, since=later))

    assert found(database, sow_by(By.STAGE, "acceptance")) == ["SOW-2"]
    assert found(database, sow_by(By.CLIENT, "globex", is_open=False)) == ["SOW-1"]
    assert found(database, sow_by(By.CLIENT, "globex", is_open=True)) == ["SOW-2"]
    assert found(database, Wanted(workflow="sow")) == ["SOW-1", "SOW-2"]  # it ended after that


def test_beginnings_of_words_will_do_from_three_letters_on(database: Database) -> None:
    add(database, *(asked_for(client, nth) for nth, client in enumerate(CLIENTS, 1)))

    assert found(database, sow_by(By.CLIENT, "glo", begins=True)) == ["SOW-2", "SOW-1"]
    assert found(database, sow_by(By.CLIENT, "glo")) == []
    assert found(database, sow_by(By.CLIENT, "gl", begins=True)) == []
    assert found(database, sow_by(By.CLIENT, "globexes", begins=True)) == []


@pytest.mark.parametrize("words", [8, 9, 60])
def test_however_many_words_begin_so_all_are_found_and_each_once(
    database: Database, words: int
) -> None:
    clients = [f"Inter{chr(97 + nth % 26)}{chr(97 + nth // 26)}" for nth in range(words)]
    made = [
        asked_for(f"{client} {clients[nth - 1]}", nth + 1, asker=PEOPLE[nth % 2])
        for nth, client in enumerate(clients)
    ]
    add(database, *made)
    newest_first = [each.ref for each in reversed(made)]
    assert found(database, sow_by(By.CLIENT, "inter", begins=True), limit=7) == newest_first

    begun = (Clue(by=By.CLIENT, value="inter", begins=True),)
    mine = (Clue(by=By.ASKER, value="U_BEN"),)
    both = Wanted(workflow="sow", clues=(begun, mine))
    assert found(database, both) == [each.ref for each in reversed(made) if each.asker == "U_BEN"]


def test_what_others_have_filed_does_not_change_an_answer(database: Database) -> None:
    """Nor does it matter how many words of theirs stand before it in the alphabet."""
    mine = asked_for("Interzone", 1, asker="U_ANA")
    others = [asked_for(f"Inter{chr(97 + nth)}", nth + 2, asker="U_BEN") for nth in range(20)]
    add(database, mine)
    wanted = Wanted(
        workflow="sow",
        clues=(
            (Clue(by=By.CLIENT, value="inter", begins=True),),
            (Clue(by=By.ASKER, value="U_ANA"),),
        ),
    )
    alone = found(database, wanted)
    add(database, *others)
    assert found(database, wanted) == alone == ["SOW-1"]


@pytest.mark.parametrize("owner", [None, "U_BEN"])
def test_a_frequent_beginning_is_asked_of_each_request_and_not_read(
    database: Database, url: str, owner: str | None
) -> None:
    made = [asked_for(f"Inter{chr(97 + nth)}", nth + 1, owner="U_BEN") for nth in range(12)]
    add(database, *made, asked_for("Globex", 13, owner="U_BEN"))
    engine = engine_of(url)
    with engine.begin() as connection:  # newer ones, which are found if the beginning is read
        newer = int((NOW.timestamp() + 86_400) * 1_000_000)
        rows = [
            {"term": f"sow+ cinter{nth}", "at": newer + nth, "ref": "GONE"} for nth in range(50_000)
        ]
        connection.execute(filed.insert(), rows)
    engine.dispose()
    clues = [(Clue(by=By.CLIENT, value="inter", begins=True),)]
    if owner:
        clues.append((Clue(by=By.OWNER, value=owner),))
    wanted = Wanted(workflow="sow", is_open=True, clues=tuple(clues))
    assert found(database, wanted, limit=5) == [each.ref for each in reversed(made)]


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_pages_hold_everything_once_whatever_is_asked(database: Database, limit: int) -> None:
    dice = Random(5)  # noqa: S311 - nothing is a secret here
    made = [
        asked_for(
            dice.choice(CLIENTS),
            # Several at one instant: then the reference decides.
            nth,
            created_at=NOW + timedelta(minutes=nth // 4),
            since=NOW + timedelta(minutes=nth // 4),
            stage=dice.choice(STAGES),
            asker=dice.choice(PEOPLE),
            owner=dice.choice((*PEOPLE, None)),
        )
        for nth in range(60)
    ]
    add(database, *made)
    mine = tuple(Clue(by=by, value="U_BEN") for by in (By.ASKER, By.OWNER))
    for client, stage, is_open in product(("globex", ""), ("drafting", ""), (True, False, None)):
        clues = [mine]
        if client:
            clues.append((Clue(by=By.CLIENT, value=client, begins=True),))
        if stage:
            clues.append((Clue(by=By.STAGE, value=stage),))
        wanted = Wanted(workflow="sow", is_open=is_open, clues=tuple(clues))
        fits = [
            each.ref
            for each in sorted(made, key=lambda each: (each.created_at, each.ref), reverse=True)
            if "U_BEN" in (each.asker, each.owner)
            and (not client or "Globex" in each.details.client)
            and (not stage or each.stage == stage)
            and (is_open is None or is_open == (each.stage in STAGES[:2]))
        ]
        assert found(database, wanted, limit=limit) == fits


def test_a_search_is_few_queries_whatever_is_looked_for(database: Database) -> None:
    vote = Vote("acceptance", "assistant", "U_BEN", 0, NOW)
    add(database, *(asked_for("Globex Energy", nth, votes=(vote,)) for nth in range(1, 5)))
    mine, named = (
        tuple(Clue(by=by, value="U_ANA") for by in kinds)
        for kinds in ((By.ASKER,), (By.ASKER, By.OWNER, By.NAMED))
    )
    begun = tuple((Clue(by=By.WORD, value=word, begins=True),) for word in ("glo", "ener"))
    wanted = [
        Wanted(workflow=each, clues=(mine, named, *begun)) for each in ("sow", "sales_asset", "x")
    ]
    asked: list[str] = []
    engine = database._connections._engine  # noqa: SLF001 - nobody else has to listen
    with database.unit() as unit:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(str(call[2])))
        found = unit.lookups.find(wanted, limit=3)
        first = len([each for each in asked if "set_config" not in each])
        unit.lookups.find([Wanted(workflow="sow", clues=(mine, named))])
    assert [request.ref for _, request in found] == ["SOW-4", "SOW-3", "SOW-2"]
    assert all(request.votes == (vote,) for _, request in found)
    assert first == 4  # is anything private, how the words go on, how rare each clue is, and all
    planned = len([each for each in asked if "set_config" in each])
    assert planned == (engine.dialect.name == "postgresql")
    assert len(asked) == first + planned + 2  # what follows from another clue is not asked


def test_private_requests_are_filed_apart(database: Database) -> None:
    hidden = replace(asked_for("Initech", 2).details, private=True)
    add(database, asked_for("Globex", 1), replace(asked_for("Initech", 2), details=hidden))
    assert found(database, Wanted(workflow="sow")) == ["SOW-2", "SOW-1"]
    assert found(database, Wanted(workflow="sow", private=False)) == ["SOW-1"]
    initech = sow_by(By.CLIENT, "ini", begins=True)
    assert found(database, initech) == ["SOW-2"]
    assert found(database, replace(initech, private=False)) == []

    with database.unit() as unit:
        request = unit.requests.get("SOW-2")
        assert request is not None
    shown = replace(request.details, private=False)
    save(database, replace(request, details=shown, version=request.version + 1))
    assert found(database, replace(initech, private=False), initech) == ["SOW-2"]


def test_a_word_of_private_requests_alone_is_looked_for_like_one_that_nobody_wrote(
    database: Database,
) -> None:
    hidden = replace(DETAILS, client="Umbrella", private=True)
    many = [replace(asked_for("x", nth), details=hidden) for nth in range(2, 30)]
    add(database, asked_for("Globex", 1), *many)

    def asked(word: str) -> list[tuple[str, str]]:
        """Return what the database is asked, with a star for the word."""
        said: list[tuple[str, str]] = []
        engine = database._connections._engine  # noqa: SLF001 - nobody else has to listen

        def listen(*call: object) -> None:
            said.append((str(call[2]), str(call[3]).replace(word, "*")))

        wanted = replace(sow_by(By.CLIENT, word, begins=True), private=False)
        event.listen(engine, "before_cursor_execute", listen)
        with database.unit() as unit:
            refs = [request.ref for _, request in unit.lookups.find([wanted])]
        event.remove(engine, "before_cursor_execute", listen)
        assert refs == (["SOW-1"] if word == "globe" else [])
        return said

    assert asked("umbrella") == asked("nothere")
    assert len(asked("globe")) > len(asked("nothere")), "of what may be seen a page is read"


def test_more_is_read_than_fits_into_one_statement(database: Database) -> None:
    add(database, *(asked_for("Globex", nth, asker=f"U_{nth}") for nth in range(1, 8)))
    people = tuple(Clue(by=By.ASKER, value=f"U_{nth}") for nth in range(600))
    assert found(database, Wanted(workflow="sow", clues=(people,)), limit=3) == [
        f"SOW-{nth}" for nth in range(7, 0, -1)
    ]


def test_a_page_of_what_several_statements_read_is_no_longer_and_leaves_nothing_out(
    database: Database,
) -> None:
    """Each reads a page of its own; what is newest comes now from the one, now from the other."""
    askers = [f"U_{nth if nth % 2 else 600 - nth}" for nth in range(1, 9)]
    add(database, *(asked_for("x", nth, asker=asker) for nth, asker in enumerate(askers, 1)))
    wanted = [sow_by(By.ASKER, f"U_{nth}", is_open=True) for nth in range(600)]
    with database.unit() as unit:
        page = unit.lookups.find(wanted, limit=3)
    assert [request.ref for _, request in page] == ["SOW-8", "SOW-7", "SOW-6"]
    assert found(database, *wanted, limit=3) == [f"SOW-{nth}" for nth in range(8, 0, -1)]


def test_what_is_erased_or_forgotten_is_found_no_more(database: Database) -> None:
    request = asked_for("Globex", 1)
    add(database, request, asked_for("Initech", 2))
    save(database, replace(request, details=replace(request.details, client="x"), version=2))
    assert found(database, sow_by(By.WORD, "globex")) == []
    with database.unit() as unit:
        unit.retention.forget(["SOW-2"])
        unit.commit()
    assert found(database, Wanted(workflow="sow")) == ["SOW-1"]


FIGURES = (
    *(
        "487654",
        "487,654",
        "487.654,00",
        "487 654",
        "USD487654",
        "487654USD",
        "\uff14\uff18\uff17654",
    ),
    *(
        "487k",
        "487 K",
        "4.87M",
        "4.87 million",
        "$487",
        "487 USD",
        "487\N{NO-BREAK SPACE}654",
        "\u20ac487",
    ),
)


@pytest.mark.parametrize("figure", FIGURES)
def test_nothing_is_found_by_a_figure_of_what_is_asked_for(database: Database, figure: str) -> None:
    need = f"Up to {figure}, for 24 desks; goes on with SOW-7 of deal D-1024, h2640 and 24px."
    details = replace(DETAILS, client="Studio 1704", need=need, opportunity="")
    add(database, replace(asked_for("", 1), details=details))
    for word in ("4", "48", "487", "4876", "487654", "487k", "87m", "87", "654", "00", "usd487654"):
        assert found(database, sow_by(By.WORD, word, begins=True)) == [], word
    for word in ("24", "desks", "sow", "7", "1024", "h2640", "24px", "1704"):
        assert found(database, sow_by(By.WORD, word)) == ["SOW-1"], word


def test_what_was_filed_by_figures_is_filed_without_them_once(database: Database, url: str) -> None:
    add(database, asked_for("Globex", 1), asked_for("Initech", 2))
    with engine_of(url).begin() as connection:
        filed = "INSERT INTO filed (term, at, ref) SELECT 'sow+ w487654', at, ref FROM filed"
        connection.execute(text(f"{filed} WHERE ref = 'SOW-1' AND term = 'sow+ '"))
        connection.execute(text("INSERT INTO counters VALUES ('all requests filed', 1)"))
    assert found(database, sow_by(By.WORD, "487654")) == ["SOW-1"]
    with database.unit() as unit:
        assert not unit.lookups.is_whole()
        assert unit.lookups.file_next() == (1, "SOW-2")
        unit.commit()

    assert found(database, sow_by(By.WORD, "487654")) == []
    assert found(database, sow_by(By.CLIENT, "globex")) == ["SOW-1"]
    with database.unit() as unit:
        assert unit.lookups.file_next() == (0, "SOW-2")


def test_what_an_earlier_release_stored_is_filed_once(database: Database, url: str) -> None:
    add(database, asked_for("Globex", 1), asked_for("Initech", 2))
    with engine_of(url).begin() as connection:
        connection.execute(text("DELETE FROM filed WHERE ref = 'SOW-1'"))
    assert found(database, sow_by(By.CLIENT, "globex")) == []
    with database.unit() as unit:
        assert unit.lookups.file_next() == (1, "SOW-2")
        unit.commit()

    with database.unit() as unit:
        assert unit.lookups.file_next() == (0, "SOW-2")
        assert unit.lookups.file_next("SOW-2") == (0, "")
        assert not unit.lookups.is_whole()
        unit.lookups.whole()
        assert unit.lookups.is_whole()
    assert found(database, sow_by(By.CLIENT, "globex")) == ["SOW-1"]
