"""Every action, by everybody, about one's own request and others': an exact list of who may.

Written from the process, not from the code. Whoever may not see a request hears what they would
hear of a number that does not exist.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.ports import Draft
from messages.buttons import (
    AddTag,
    Button,
    Details,
    Export,
    Follow,
    Gesture,
    Rate,
    Replay,
    Resume,
    StartRefresh,
    ThisOne,
    TriageMore,
    Word,
)
from tests.journeys.house import House, open_house
from tests.security.matrix import (
    ASKERS,
    DONE,
    ERRORS,
    KEYS,
    OPENS,
    STAFF,
    Matrix,
    outcomes,
)
from tests.security.record import Record
from tests.security.strangers import strangers

SEES = {
    "SOW": {"ana", "dian", "ryan", "bea", "hugo", "audra", "adam"},
    "AST": {"ben", "mia", "sol", "hana", "priya", "greta", "hugo", "ryan", "audra", "adam"},
}
"""Who may see a request that Ana, or Ben, has asked for: ADR 3."""

TRIAGE = {"mia", "sol", "hana"}
MAY: Mapping[str, Mapping[str, set[str]]] = {
    "SOW": {  # it waits for the sales assistant
        "accept": {"dian"},
        "request_changes": {"dian"},
        "ask": {"dian"},
        "reject": {"dian"},
        "mark_large_client": {"dian"},
        "propose_clearing": {"dian"},
        "answer": {"asker"},
        "hold": {"asker", "adam"},
        "cancel": {"asker", "adam"},
        "reassign": {"adam"},
        "make_private": {"asker", "dian"},
        "make_open": {"asker", "dian"},
        "hand_on": set(),  # Frontdesk alone
    },
    "AST": {  # it waits for triage
        "triage": TRIAGE,
        "accept": TRIAGE,
        "answer_from_shelf": TRIAGE,
        "merge": TRIAGE,
        "defer": TRIAGE,
        "decline": TRIAGE,
        "request_changes": TRIAGE,
        "ask": TRIAGE,
        "answer": {"asker"},
        "cancel": {"asker", "adam"},
        "reassign": {"adam"},
        "make_private": TRIAGE | {"asker"},
        "make_open": TRIAGE | {"asker"},
        "hand_on": set(),  # Frontdesk alone
        "join": set(),  # Frontdesk alone
    },
}
"""What can be done to a request that was just asked for, and by whom."""

BY_A_REASON = ("reject", "request_changes", "ask", "hold", "cancel", "mark_large_client", "accept")
"""Decisions about SOW-1 whose form asks for a reason, or that have none."""


def expected(prefix: str, name: str, handle: str, *, own: bool) -> set[str]:
    """Return what may come of it."""
    sees = SEES[prefix] | ({handle} if own else set())
    if handle not in STAFF:
        return {"UnknownPerson", "NotKnownYet"}
    if handle not in sees:
        return {"NotFound"}
    if name not in MAY[prefix]:
        return {"TooLate"}
    may = MAY[prefix][name]
    if name == "make_open":
        return {"Guarded"}  # whoever sees it is told that it is not private
    if own:
        return (
            {OPENS, DONE} if "asker" in may else {"OwnRequest" if handle in may else "NotAllowed"}
        )
    is_asker = handle == ASKERS[prefix] and "asker" in may
    return {OPENS, DONE} if is_asker or handle in may else {"NotAllowed"}


async def everybody_tries(
    folder: Path, tries: Callable[[House, Matrix, dict[str, str]], None]
) -> None:
    """Let everybody of the house, and those who have no business in it, try something."""
    async with open_house(folder, "http", gestures=10**9) as house:
        outside = await strangers(house)
        people = {each: house.person(each).id for each in STAFF} | {each: each for each in outside}

        def try_all() -> None:
            with outcomes() as heard:
                tries(house, Matrix(house, heard), people)

        await asyncio.to_thread(try_all)


def presses(
    matrix: Matrix, people: Mapping[str, str], prefix: str, names: list[str], *, own: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield what, by whom, and what came of it, for everybody's press of every button."""
    ready: dict[str, str] = {}
    for name in names:
        for handle, user in people.items():
            if own and handle not in STAFF:
                continue
            asker = user if own else people[ASKERS[prefix]]
            ref = ready.get(asker) or matrix.asked(prefix, asker)
            outcome = matrix.decide(user, ref, name)
            ready[asker] = "" if outcome == DONE else ref
            yield name, handle, outcome


NamesOf = Callable[[House, str], list[str]]


async def decided(folder: Path, others: NamesOf, ones_own: NamesOf) -> None:
    """Let everybody press the buttons of these decisions about others' requests and their own."""

    def tries(house: House, matrix: Matrix, people: dict[str, str]) -> None:
        for prefix in KEYS:
            for own, names_of in ((False, others), (True, ones_own)):
                names = names_of(house, prefix)
                for name, handle, outcome in presses(matrix, people, prefix, names, own=own):
                    right = expected(prefix, name, handle, own=own)
                    assert outcome in right, (prefix, name, handle, own)

    await everybody_tries(folder, tries)


async def test_everybody_decides_exactly_what_is_theirs(tmp_path: Path) -> None:
    await decided(
        tmp_path,
        others=lambda _house, prefix: [*MAY[prefix], "approve"],
        ones_own=lambda _house, _prefix: ["accept"],
    )


@pytest.mark.prove
@pytest.mark.timeout(300)
async def test_nothing_else_can_be_done_to_it_by_anybody(tmp_path: Path) -> None:
    def names(house: House, prefix: str) -> list[str]:
        workflow = house.frontdesk.desk.workflows[KEYS[prefix]]
        return [each.name for each in workflow.transitions]

    await decided(tmp_path, names, names)


async def test_a_form_that_was_never_opened_decides_nothing_more(tmp_path: Path) -> None:
    def tries(house: House, matrix: Matrix, people: dict[str, str]) -> None:
        record, ref = Record(house), matrix.asked("SOW", people["ana"])
        before = record.states()
        for name in BY_A_REASON:
            for handle, user in people.items():
                if not expected("SOW", name, handle, own=False) & {OPENS, DONE}:
                    outcome = matrix.hand_in(user, ref, name)
                    right = expected("SOW", name, handle, own=False) | {ERRORS, "NotOurs"}
                    assert outcome in right, (name, handle)
        assert record.states() == before
        assert {row.action for row in record.news()} == {"submit", "refused"}
        record.close()

    await everybody_tries(tmp_path, tries)


ALL = set(STAFF)
KEEPERS = {"adam", "sol", "mia", "hana"}
READERS = {"sol", "mia", "hana", "hugo", "greta", "adam", "audra"}
OTHERS: Mapping[Gesture, tuple[set[str], set[str]]] = {
    Details("SOW-1"): (SEES["SOW"], {OPENS}),
    Details("AST-1"): (SEES["AST"], {OPENS}),
    Word("SOW-1"): (SEES["SOW"], {OPENS}),
    Rate("SOW-1", 5): (set(), set()),
    Export("SOW-1"): ({"audra", "adam"}, {DONE}),
    Export("AST-1"): ({"audra", "adam"}, {DONE}),
    Replay(10**6): ({"adam"}, {"NothingToReplay"}),
    StartRefresh("2026-Q4"): ({"hana"}, {OPENS}),
    TriageMore("new", 0): (READERS, {OPENS}),
    AddTag("nothing"): (KEEPERS, {"NotSuggested"}),
    Resume("anas-draft"): (set(), set()),
    ThisOne("AST-1", "anas-draft"): (set(), set()),
    Follow("AST-1", "anas-draft"): (set(), set()),
}
"""The other buttons: who may press them, and what comes of it then."""

UNKNOWN = (Details("SOW-99"), Word("AST-99"), Export("SOW-99"), Button("accept", "SOW-99", 1))


async def test_the_other_buttons_are_for_whom_they_are_for(tmp_path: Path) -> None:
    def tries(house: House, matrix: Matrix, people: dict[str, str]) -> None:
        assert matrix.asked("SOW", people["ana"]) == "SOW-1"
        assert matrix.asked("AST", people["ben"]) == "AST-1"
        keep_a_draft(house, "ghost")
        refusals = {
            "NotAllowed",
            "NotFound",
            "NotAsked",
            "DraftGone",
            "OthersDraft",
            "NoLongerThere",
        }
        outsiders = {"UnknownPerson", "NotKnownYet", "DraftGone"}
        for meant, (may, then) in OTHERS.items():
            for handle, user in people.items():
                right = then if handle in may else refusals if handle in STAFF else outsiders
                assert matrix.press(user, meant) in right, (meant, handle)
        for meant in UNKNOWN:
            for handle in STAFF:
                assert matrix.press(people[handle], meant) == "NotFound", (meant, handle)

    await everybody_tries(tmp_path, tries)


def keep_a_draft(house: House, user: str) -> None:
    """Keep a draft of somebody else's."""
    now = house.clock.now()
    draft = Draft(
        id="anas-draft",
        user=user,
        form="sales_asset",
        workflow="sales_asset",
        transition="submit",
        at=now,
    )
    with house.frontdesk.database.unit() as unit:
        unit.drafts.save(draft)
        unit.commit()
