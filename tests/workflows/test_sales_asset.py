"""The sales asset up to an owner and a due date, in the words of the business."""

import pytest

from tests.workflows.assets import DUE, WANTED, wanted
from tests.workflows.filling import asked
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    AUDRA,
    BEN,
    HANA,
    MIA,
    NOW,
    OFFICE,
    PRIYA,
    SOL,
    staffed,
)
from workflows.effects import Escalate, Tell
from workflows.engine import Actor, begin
from workflows.refusals import NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.roles import Role, Seat
from workflows.sales_asset import WORKFLOW


@pytest.mark.parametrize("triager", [SOL, MIA])
def test_whoever_is_in_triage_may_take_it(triager: str) -> None:
    way = wanted()
    assert (way.stage, way.waits_for()) == ("submitted", {SOL, MIA})
    way.does(triager, "triage")
    assert (way.stage, way.waits_for()) == ("in_triage", {SOL, MIA})


@pytest.mark.parametrize("first_triaged", [True, False])
def test_it_is_accepted_with_an_owner_and_a_due_date(*, first_triaged: bool) -> None:
    way = wanted()
    if first_triaged:
        way.does(SOL, "triage")
    move = way.does(SOL, "accept", owner=PRIYA, due_on=DUE)
    assert (way.stage, way.waits_for()) == ("accepted", {PRIYA})
    assert (way.request.owner, way.request.due_on) == (PRIYA, DUE)
    assert (move.entry.detail["owner"], move.entry.detail["due on"]) == (PRIYA, "2026-03-20")
    assert Tell(Seat.ASKER, "accept") in move.promises


def test_it_is_declined_with_a_reason() -> None:
    way = wanted()
    assert isinstance(way.refuses(SOL, "decline"), ReasonMissing)
    way.does(SOL, "decline", "There is one on the shelf")
    assert (way.stage, way.waits_for()) == ("declined", set())
    assert isinstance(way.refuses(SOL, "accept", owner=PRIYA, due_on=DUE), NotNow)


@pytest.mark.parametrize("stage", ["submitted", "in_triage"])
def test_changes_are_requested_and_it_comes_back_to_triage(stage: str) -> None:
    way = wanted()
    if stage == "in_triage":
        way.does(MIA, "triage")
    way.does(SOL, "request_changes", "For which industry?")
    assert (way.stage, way.waits_for()) == ("returned", {ANA})
    way.does(ANA, "resubmit", **{**asked(WANTED), "industry": "Shipping"})
    assert (way.stage, way.request.round) == ("submitted", 2)
    assert way.request.details.industry == "Shipping"


@pytest.mark.parametrize("stranger", [ANA, BEN, HANA, AUDRA, ADAM])
def test_nobody_outside_triage_decides(stranger: str) -> None:
    way = wanted()
    for name in ("triage", "accept", "decline", "request_changes", "ask"):
        refusal = way.refuses(stranger, name, "Because", owner=PRIYA, due_on=DUE)
        assert isinstance(refusal, NotAllowed)
        assert name not in way.offers(stranger)


def test_triage_does_not_accept_its_own_request_and_is_told_why() -> None:
    way = wanted(asker=SOL)
    assert isinstance(way.refuses(SOL, "accept", owner=PRIYA, due_on=DUE), OwnRequest)
    assert way.waits_for() == {MIA}


def test_an_auditor_cannot_ask() -> None:
    with pytest.raises(NotAllowed, match="can ask for a sales asset"):
        begin(WORKFLOW, "AST-1", WANTED, Actor(AUDRA), OFFICE, NOW)


def test_it_is_cancelled_by_the_requester_or_an_admin() -> None:
    for user in (ANA, ADAM):
        way = wanted()
        way.does(user, "cancel", "Not needed any more")
        assert way.stage == "cancelled"
    assert isinstance(wanted().refuses(SOL, "cancel", "Too much work"), NotAllowed)


def test_it_can_be_cancelled_while_it_is_being_made() -> None:
    way = wanted()
    way.does(SOL, "accept", owner=PRIYA, due_on=DUE)
    way.does(ANA, "cancel", "Not needed any more")
    assert way.stage == "cancelled"


def test_an_admin_gives_it_to_another_owner() -> None:
    way = wanted()
    way.does(SOL, "accept", owner=PRIYA, due_on=DUE)
    way.does(ADAM, "reassign", "Priya is away", person=MIA)
    assert (way.request.owner, way.request.due_on) == (MIA, DUE)
    assert way.waits_for() == {MIA}


def test_the_owner_may_ask_the_requester() -> None:
    way = wanted()
    way.does(SOL, "accept", owner=PRIYA, due_on=DUE)
    way.does(PRIYA, "ask", "Which logo?")
    assert way.stage == "accepted"
    assert isinstance(way.refuses(SOL, "ask", "Which logo?"), NotAllowed)


def test_without_triage_it_is_stuck_until_an_admin_gives_it_to_somebody() -> None:
    way = wanted()
    way.office = staffed(Role.TRIAGE)
    assert (way.waits_for(), way.lacks()) == (set(), (Role.TRIAGE,))
    way.does(ADAM, "reassign", "Nobody is in triage", person=HANA)
    assert (way.waits_for(), way.lacks()) == ({HANA}, ())


def test_the_head_of_marketing_is_told_after_a_working_week() -> None:
    promises = wanted().moves[0].promises
    assert Escalate("submitted", 40, Role.HEAD_OF_MARKETING) in promises
