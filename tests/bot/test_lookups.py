"""Everybody finds exactly what they may see: for any company, any deputies, whoever has left."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from bot import upgrading
from bot.desk import Desk
from bot.facts import visible
from bot.home_lists import HOME_QUERY, lists_of
from bot.lookups.finding import offices_of, search
from bot.lookups.query import Query, read_query, written
from bot.ports import By, Clue, Person, Spot, Unit, Wanted
from tests.bot.open_desk import OCTOBER, asked, open_desk
from tests.bot.test_concerns import PEOPLE, _deputies, _people, _requests
from workflows.ball import deciders
from workflows.registry import find_workflows
from workflows.roles import Role

COMPANIES = 12


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("lookups")
    with open_desk(folder) as opened:
        yield opened


def found(desk: Desk, unit: Unit, user: str, query: Query, most: int) -> list[str]:
    """Everything that is found, read in pages of ``most``, each of them full but the last."""
    offices = offices_of(desk, unit, user)
    refs: list[str] = []
    after: Spot | None = None
    while True:
        page = search(desk, unit, user, query, offices=offices, after=after, most=most)
        refs += [each.ref for each in page.requests]
        if page.after is None:
            return refs
        assert len(page.requests) == most
        after = page.after


@pytest.mark.parametrize("seed", range(COMPANIES))
def test_everybody_finds_what_they_may_see_and_nothing_else(desk: Desk, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - nothing is a secret here
    with desk.store.unit() as unit:  # never committed: every company begins anew
        _people(unit, dice)
        _deputies(unit, dice)
        requests = _requests(desk, unit, dice)
        for user, (key, workflow) in product(PEOPLE, desk.workflows.items()):
            office = desk.office(unit, workflow, user)
            own = [each for each in requests if each.workflow == key]
            seen = {each.ref for each in own if visible(workflow, each, user, office)}
            waiting = {each.ref for each in own if user in deciders(workflow, each, office)}
            listed = found(desk, unit, user, Query(workflow=key), dice.choice((1, 2, 50)))
            assert len(listed) == len(seen)
            assert set(listed) == seen
            query = Query(workflow=key, waiting=True, is_open=True)
            assert set(found(desk, unit, user, query, 2)) == waiting & seen


@pytest.mark.parametrize("count", [20, 900])
def test_what_waits_for_an_admin_is_found_without_reading_all_that_is_open(
    tmp_path: Path, count: int
) -> None:
    with open_desk(tmp_path) as opened:
        asked(opened, "SOW-1", OCTOBER, "acceptance")
        with opened.store.unit() as unit:
            for user in ("U_ADA", "U_ANA", "U_LEO"):
                active = user != "U_LEO"
                unit.people.put(Person(user=user, team="T1", name=user, active=active))
            unit.people.hold(Role.ADMIN, frozenset({"U_ADA"}))
            unit.people.hold(Role.SALES_ASSISTANT, frozenset({"U_ANA"}))
            first = unit.requests.get("SOW-1")
            assert first is not None
            resting = ("drafting", "changes_requested")
            others = (replace(first, stage=stage, owner="U_ANA") for stage in resting)
            left = replace(first, stage="drafting", owner="U_LEO")
            for nth, each in enumerate((*[first, *others] * (count // 3), left, left), start=2):
                unit.requests.add(replace(each, ref=f"SOW-{nth}"), "")
            unit.commit()
        statements: list[str] = []

        @event.listens_for(Engine, "before_cursor_execute")
        def _note(_connection: Connection, _cursor: object, said: str, *_: object) -> None:
            statements.append(said)

        try:
            with opened.store.unit() as unit:
                refs = found(opened, unit, "U_ADA", Query(waiting=True, is_open=True), 8)
        finally:
            event.remove(Engine, "before_cursor_execute", _note)
        last = 1 + 3 * (count // 3) + 2
        assert sorted(refs) == [f"SOW-{last - 1}", f"SOW-{last}"]
        assert sum("filed_at" in each for each in statements) == 1


def test_the_first_start_files_what_an_earlier_release_stored(tmp_path: Path) -> None:
    with open_desk(tmp_path) as opened:
        for nth in range(upgrading.FILED_AT_ONCE + 1):
            asked(opened, f"SOW-{nth + 1}", OCTOBER, "drafting")
        engine = create_engine(f"sqlite:///{tmp_path / 'frontdesk.db'}")
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM filed WHERE ref <> 'SOW-7'"))
        assert upgrading.file_all(opened) == upgrading.FILED_AT_ONCE
        with opened.store.unit() as unit:
            clue = Clue(by=By.STAGE, value="drafting")
            found = unit.lookups.find([Wanted(workflow="sow", clues=((clue,),))], limit=1_000)
        assert len(found) == upgrading.FILED_AT_ONCE + 1

        with engine.begin() as connection:  # nothing that is stored from now on is not filed
            connection.execute(text("DELETE FROM filed WHERE ref = 'SOW-7'"))
        engine.dispose()
        assert upgrading.file_all(opened) == 0  # and nothing is looked at


def test_what_home_remembers_is_what_was_asked() -> None:
    query = Query(
        workflow="sow",
        is_open=False,
        stages=(("sow", "drafting"),),
        people=("U1",),
        client="Globex",
        words="a pilot",
    )
    workflows = find_workflows()
    assert read_query(written(query), workflows) == query
    assert written(Query()) == ""
    assert read_query("", workflows) == Query()
    assert read_query("{not json", workflows) == Query()
    assert read_query('{"workflow": "sow", "gone": 1}', workflows) == Query(workflow="sow")


@pytest.mark.parametrize(
    "kept",
    [
        Query(workflow="discount", client="Globex"),
        Query(stages=(("discount", "pending"),), client="Globex"),
        Query(stages=(("sow", "pondering"),), client="Globex"),
        Query(stages=(("sow", "pondering"), ("discount", "pending"))),
    ],
)
def test_home_is_drawn_when_it_remembers_a_kind_or_a_stage_that_is_gone(
    tmp_path: Path, kept: Query
) -> None:
    with open_desk(tmp_path) as opened:
        asked(opened, "SOW-1", OCTOBER, "drafting")
        with opened.store.unit() as unit:
            unit.people.put(Person(user="U_ANA", team="T1", name="Ana"))
            unit.preferences.put("U_ANA", HOME_QUERY, written(kept))
            drawn = lists_of(opened, unit, "U_ANA")
        shown = drawn.sought.found if drawn.sought else drawn.mine
        assert shown is not None
        assert [each.request.ref for each in shown.requests] == ["SOW-1"]
        assert (drawn.sought.said if drawn.sought else "") == (
            "client Globex" if kept.client else ""
        )
