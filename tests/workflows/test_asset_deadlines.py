"""At risk, justified, missed: each is said once for a due date, and the head of sales hears."""

from datetime import date, timedelta

import pytest

from tests.workflows.assets import (
    DUE,
    FRONTDESK,
    errands,
    in_review,
    sent_back,
    told,
    wanted,
)
from tests.workflows.harborlight import ANA, GRETA, HANA, HUGO, LEO, MIA, SOL
from workflows.refusals import Guarded, NotAllowed, NotNow, ReasonMissing

LATER = DUE + timedelta(days=7)
LATEST = DUE + timedelta(days=14)


def test_the_owner_and_the_requester_are_warned_once() -> None:
    way = wanted().is_accepted()
    move = way.does(FRONTDESK, "at_risk", due_on=DUE)
    assert told(move) == {("owner", "at_risk"), ("asker", "at_risk")}
    assert (way.stage, way.record.warned_for) == ("accepted", (DUE,))
    assert isinstance(way.refuses(FRONTDESK, "at_risk", due_on=DUE), Guarded)


def test_nobody_is_warned_of_what_has_a_draft_or_another_date() -> None:
    assert isinstance(in_review().refuses(FRONTDESK, "at_risk", due_on=DUE), Guarded)
    way = wanted().is_accepted()
    assert isinstance(way.refuses(FRONTDESK, "at_risk", due_on=LATER), Guarded)


def test_another_date_is_another_risk() -> None:
    way = wanted().is_accepted()
    way.does(FRONTDESK, "at_risk", due_on=DUE)
    way.does(LEO, "justify", "The client is on holiday", until=LATER)
    way.does(FRONTDESK, "at_risk", due_on=LATER)
    assert way.record.warned_for == (DUE, LATER)


def test_a_missed_date_goes_to_the_head_of_sales_once_on_record() -> None:
    way = wanted().is_accepted()
    assert not way.may_miss(today=DUE)
    assert not way.may_miss(today=DUE - timedelta(days=1))
    way.misses()
    assert told(way.moves[-1]) == {
        (who, "missed") for who in ("head_of_sales", "owner", "asker", "follower")
    }
    assert [each.entry.action for each in way.moves].count("missed") == 1
    assert not way.may_miss()
    assert not way.may_miss(today=DUE + timedelta(days=30))


@pytest.mark.parametrize("stage", ["in_review", "changes_requested", "approved"])
def test_it_is_missed_wherever_it_is_until_it_is_delivered(stage: str) -> None:
    way = in_review() if stage == "in_review" else sent_back()
    if stage == "approved":
        way = in_review().is_approved()
    assert way.may_miss()
    if stage == "approved":
        way.is_delivered()
        way.is_shelved()
        assert isinstance(way.refuses(FRONTDESK, "missed", due_on=DUE, today=LATER), NotNow)


def test_a_date_that_was_justified_never_escalates() -> None:
    way = wanted().is_accepted()
    move = way.does(LEO, "justify", "The client is on holiday", until=LATER)
    assert told(move) == {
        ("asker", "justify"),
        ("head_of_marketing", "justify"),
        ("follower", "justify"),
    }
    assert errands(move) == {"await_due"}
    assert move.entry.detail["due on"] == LATER.isoformat()
    assert way.request.due_on == LATER
    assert not way.may_miss(DUE, today=DUE + timedelta(days=1))
    assert not way.may_miss(DUE, today=LATEST)
    assert not way.may_miss(LATER, today=LATER)
    assert way.may_miss(LATER)


def test_both_dates_and_the_reason_stay_on_record() -> None:
    way = wanted().is_accepted()
    way.does(LEO, "justify", "The client is on holiday", until=LATER)
    (filed,) = way.record.justifications
    assert (filed.before, filed.until, filed.reason) == (DUE, LATER, "The client is on holiday")
    assert f"due date {DUE} -> {LATER}, justified" in way.moves[-1].entry.detail["changed"]


@pytest.mark.parametrize("until", [None, DUE, DUE - timedelta(days=1)])
def test_a_later_date_is_later(until: date | None) -> None:
    refusal = wanted().is_accepted().refuses(LEO, "justify", "Hm", until=until)
    assert str(refusal) == "The new date must be after the one that cannot be kept."


@pytest.mark.parametrize("stranger", [ANA, SOL, MIA, GRETA, HANA])
def test_only_the_owner_justifies(stranger: str) -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(stranger, "justify", "Hm", until=LATER), NotAllowed)
    assert isinstance(way.refuses(LEO, "justify", " ", until=LATER), ReasonMissing)


def test_the_head_of_marketing_refuses_and_the_earlier_date_holds() -> None:
    way = wanted().is_accepted()
    way.does(LEO, "justify", "I forgot", until=LATER)
    for stranger in (LEO, SOL, HUGO, GRETA):
        assert isinstance(way.refuses(stranger, "refuse_justification", "Hm"), NotAllowed)
    move = way.does(HANA, "refuse_justification", "That is no reason")
    (filed,) = way.record.justifications
    assert (filed.refused_by, filed.refusal) == (HANA, "That is no reason")
    assert way.request.due_on == DUE
    assert told(move) == {(who, "refuse_justification") for who in ("asker", "owner", "follower")}
    assert errands(move) == {"await_due"}
    assert isinstance(way.refuses(HANA, "refuse_justification", "Again"), Guarded)


def test_there_is_nothing_to_refuse_before_somebody_justifies() -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(HANA, "refuse_justification", "Hm"), Guarded)
    assert "refuse_justification" not in way.offers(HANA)


def test_refusing_a_date_that_is_over_meanwhile_escalates_once() -> None:
    way = wanted().is_accepted()
    way.does(LEO, "justify", "I forgot", until=LATER)
    way.does(HANA, "refuse_justification", "That is no reason")
    way.misses(DUE, today=DUE + timedelta(days=3))
    assert not way.may_miss(DUE, today=DUE + timedelta(days=4))


def test_a_date_that_escalated_before_it_was_justified_does_not_escalate_again() -> None:
    way = wanted().is_accepted()
    way.misses()
    way.does(LEO, "justify", "I forgot", until=LATER)
    way.does(HANA, "refuse_justification", "That is no reason")
    assert way.request.due_on == DUE
    assert not way.may_miss()


def test_a_date_does_not_escalate_again_after_another_one_did() -> None:
    way = wanted().is_accepted()
    way.misses()
    way.does(LEO, "justify", "I forgot", until=LATER)
    way.misses(LATER)
    way.does(HANA, "refuse_justification", "That is no reason")
    assert way.request.due_on == DUE
    assert not way.may_miss(DUE, today=LATEST)


def test_two_later_dates_in_a_row_each_escalate_for_themselves() -> None:
    way = wanted().is_accepted()
    way.does(LEO, "justify", "The client is on holiday", until=LATER)
    way.does(LEO, "justify", "And now I am", until=LATEST)
    assert [each.before for each in way.record.justifications] == [DUE, LATER]
    assert not way.may_miss(LATER, today=LATEST)
    way.misses(LATEST)
    assert not way.may_miss(LATEST, today=LATEST + timedelta(days=9))
