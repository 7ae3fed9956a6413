"""Triage decides: accepted with an owner and a date, deferred, declined, merged, or answered."""

from datetime import date
from typing import Any

import pytest

from tests.workflows.assets import DUE, FRONTDESK, errands, told, wanted
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    AUDRA,
    BEN,
    GRETA,
    HANA,
    LEO,
    MIA,
    PRIYA,
    SOL,
)
from workflows.asset_parts import Follower
from workflows.effects import Errand
from workflows.refusals import Guarded, NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.triaging import joining

LATER = date(2026, 5, 4)
DECISIONS: dict[str, dict[str, Any]] = {
    "accept": {"owner": LEO, "due_on": DUE},
    "defer": {"until": LATER},
    "merge": {"twin": "AST-9"},
    "decline": {},
    "answer_from_shelf": {"asset": "SHELF-3"},
}


def test_it_is_accepted_with_owner_date_priority_and_helpers() -> None:
    way = wanted()
    move = way.does(
        SOL, "accept", owner=LEO, due_on=DUE, priority="high", contributors=(PRIYA, LEO, PRIYA)
    )
    assert (way.stage, way.request.owner, way.request.due_on) == ("accepted", LEO, DUE)
    assert (way.record.priority, way.record.contributors) == ("high", (PRIYA,))
    assert way.record.accepted_at == way.now
    assert told(move) == {("asker", "accept"), ("contributor", "helping"), ("follower", "accept")}
    assert errands(move) == {"await_due", "brief_owner", "write_back"}


def test_only_by_accepting_it_gets_an_owner() -> None:
    for name, values in DECISIONS.items():
        way = wanted()
        way.does(SOL, name, "Because", **values)
        assert (way.request.owner is not None) == (name == "accept")


def test_it_is_not_accepted_without_an_owner() -> None:
    refusal = wanted().refuses(SOL, "accept", due_on=DUE)
    assert str(refusal) == "Please choose who owns it."


@pytest.mark.parametrize("name", DECISIONS)
@pytest.mark.parametrize("stranger", [ANA, BEN, LEO, PRIYA, GRETA, HANA, AUDRA, ADAM, FRONTDESK])
def test_nobody_outside_triage_decides(stranger: str, name: str) -> None:
    way = wanted()
    assert isinstance(way.refuses(stranger, name, "Because", **DECISIONS[name]), NotAllowed)
    assert name not in way.offers(stranger)


@pytest.mark.parametrize("name", DECISIONS)
def test_who_triages_never_decides_their_own_request(name: str) -> None:
    way = wanted(asker=SOL)
    assert isinstance(way.refuses(SOL, name, "Because", **DECISIONS[name]), OwnRequest)
    assert name not in way.offers(SOL)
    way.does(MIA, name, "Because", **DECISIONS[name])


@pytest.mark.parametrize("name", sorted(set(DECISIONS) - {"accept"}))
def test_every_decision_but_the_acceptance_has_a_reason(name: str) -> None:
    assert isinstance(wanted().refuses(SOL, name, " ", **DECISIONS[name]), ReasonMissing)


@pytest.mark.parametrize("name", sorted(set(DECISIONS) - {"defer"}))
def test_what_was_deferred_can_be_decided_meanwhile(name: str) -> None:
    way = wanted()
    way.does(SOL, "defer", "After the fair", until=LATER)
    way.does(MIA, name, "Because", **DECISIONS[name])
    assert way.stage != "deferred"


def test_two_people_who_assign_at_once_assign_once() -> None:
    way = wanted().is_accepted(LEO)
    assert isinstance(way.refuses(MIA, "accept", owner=PRIYA, due_on=DUE), NotNow)
    assert way.request.owner == LEO


def test_it_is_deferred_to_a_day_and_comes_back_on_that_day() -> None:
    way = wanted()
    move = way.does(SOL, "defer", "After the fair", until=LATER)
    assert (way.stage, way.record.deferred_until) == ("deferred", LATER)
    assert errands(move) == {"await_return"}
    way.does(FRONTDESK, "come_back", until=LATER)
    assert (way.stage, way.record.deferred_until) == ("in_triage", None)
    assert way.waits_for() == {SOL, MIA}


def test_frontdesk_asks_nothing() -> None:
    way = wanted()
    way.does(SOL, "defer", "After the fair", until=LATER)
    assert isinstance(way.refuses(FRONTDESK, "ask", "For whom?"), NotAllowed | NotNow)


def test_it_does_not_come_back_for_a_day_that_was_set_earlier() -> None:
    way = wanted()
    way.does(SOL, "defer", "After the fair", until=LATER)
    way.does(SOL, "bring_back")
    way.does(MIA, "defer", "Later still", until=date(2026, 6, 1))
    assert isinstance(way.refuses(FRONTDESK, "come_back", until=LATER), Guarded)
    way.does(FRONTDESK, "come_back", until=date(2026, 6, 1))
    assert way.stage == "in_triage"


def test_it_is_merged_and_its_twin_learns_who_waits() -> None:
    way = wanted()
    way.does(FRONTDESK, "join", twin="AST-1", followers=[[BEN, "AST-5"]])
    move = way.does(SOL, "merge", "The same deck", twin="AST-9")
    assert (way.stage, way.record.merged_into) == ("merged", "AST-9")
    assert told(move) == {("asker", "merge"), ("follower", "merge")}
    assert Errand("join_twin", joining) in move.promises
    assert joining(way.request.details) == {"twin": "AST-9", "followers": [[BEN, "AST-5"]]}


@pytest.mark.parametrize(
    ("twin", "sentence"),
    [
        ("", "Please choose the request into which it is merged."),
        ("AST-1", "A request cannot be merged into itself."),
        ("AST-5", "AST-5 was itself merged into AST-1."),
    ],
)
def test_it_is_not_merged_in_a_circle(twin: str, sentence: str) -> None:
    way = wanted()
    way.does(FRONTDESK, "join", twin="AST-1", followers=[[BEN, "AST-5"]])
    assert str(way.refuses(SOL, "merge", "The same deck", twin=twin)) == sentence


def test_who_joins_is_on_record_once_and_the_owner_is_told() -> None:
    way = wanted().is_accepted()
    joined = [[BEN, "AST-5"], [SOL, "AST-6"]]
    move = way.does(FRONTDESK, "join", followers=joined)
    way.does(FRONTDESK, "join", followers=joined[:1])
    assert way.record.followers == (
        Follower(user=BEN, ref="AST-5"),
        Follower(user=SOL, ref="AST-6"),
    )
    assert way.stage == "accepted"
    assert told(move) == {("owner", "join")}


def test_nobody_joins_what_is_over() -> None:
    way = wanted()
    way.does(SOL, "decline", "We do not sell that any more")
    assert isinstance(way.refuses(FRONTDESK, "join", followers=[[BEN, "AST-5"]]), NotNow)


def test_it_is_answered_from_the_shelf() -> None:
    way = wanted()
    assert str(way.refuses(SOL, "answer_from_shelf", "This one does it")) == (
        "Please choose the asset that does it."
    )
    move = way.does(SOL, "answer_from_shelf", "This one does it", asset="SHELF-3")
    assert (way.stage, way.record.answered_with) == ("answered", "SHELF-3")
    assert errands(move) == {"hand_out", "write_back"}


def test_the_requester_and_those_who_follow_are_told_that_it_is_declined() -> None:
    move = wanted().does(SOL, "decline", "We do not sell that any more")
    assert told(move) == {("asker", "decline"), ("follower", "decline")}
    assert move.entry.detail["reason"] == "We do not sell that any more"


def test_everything_that_happens_moves_the_ranking() -> None:
    way = wanted()
    way.does(SOL, "triage")
    way.is_accepted()
    assert all(move.promises.count(Errand("rank")) == 1 for move in way.moves)


@pytest.mark.parametrize("name", ["accept", "decline"])
def test_who_was_given_the_triage_decides_it(name: str) -> None:
    way = wanted()
    way.does(ADAM, "reassign", "Triage is at the fair", person=HANA)
    assert way.waits_for() == {HANA}
    assert name in way.offers(HANA)
