"""On hold and back, and cancelled: from everywhere before money came in."""

from dataclasses import replace

import pytest

from tests.workflows.contracts import (
    CLIENT,
    FRONTDESK,
    PAPER,
    awaiting,
    contract,
    fee,
    payment,
    with_client,
    written,
)
from tests.workflows.harborlight import ADAM, ANA, BEA, BEN, DIAN, HUGO, OFFICE, RYAN
from tests.workflows.on_hold import BEFORE_PAYMENT, in_approval
from workflows.definition import Policy
from workflows.effects import Errand, Release, Remind
from workflows.money import Money
from workflows.refusals import Guarded, NotAllowed, NotNow, ReasonMissing


def test_every_stage_before_payment_is_tried_here() -> None:
    workflow = contract().workflow
    assert {*BEFORE_PAYMENT, "paid", "on_hold"} == set(workflow.open_stages)
    for stage, led in BEFORE_PAYMENT.items():
        assert led().stage == stage


@pytest.mark.parametrize("stage", BEFORE_PAYMENT)
def test_a_request_goes_on_where_it_was_put_on_hold(stage: str) -> None:
    way = BEFORE_PAYMENT[stage]()
    record, waiting, owner = way.record, way.waits_for(), way.request.owner
    assert isinstance(way.refuses(ANA, "hold"), ReasonMissing)
    held = way.does(ANA, "hold", "Their year-end freeze")
    assert (way.stage, way.request.held, way.waits_for()) == ("on_hold", stage, {ANA})
    assert held.entry.detail["path"] == "on_hold"
    back = way.does(ANA, "resume")
    assert (way.stage, way.waits_for(), way.request.held) == (stage, waiting, "")
    assert (way.record, way.request.owner) == (record, owner)
    assert {Errand("await_client"), Errand("await_payment")} <= set(back.promises)


@pytest.mark.parametrize("stage", BEFORE_PAYMENT)
@pytest.mark.parametrize("user", [ANA, DIAN, ADAM])
def test_whoever_asked_or_owns_it_or_an_admin_cancels_it(stage: str, user: str) -> None:
    way = BEFORE_PAYMENT[stage]()
    if user == DIAN and way.request.owner is None:
        assert isinstance(way.refuses(user, "cancel", "Gone"), NotAllowed)
        return
    assert isinstance(way.refuses(user, "cancel"), ReasonMissing)
    assert Release("cancel") in way.does(user, "cancel", "Gone").promises
    assert way.stage == "cancelled"


@pytest.mark.parametrize("stage", BEFORE_PAYMENT)
def test_a_request_on_hold_can_be_cancelled(stage: str) -> None:
    way = BEFORE_PAYMENT[stage]()
    way.does(ANA, "hold", "Their year-end freeze")
    way.does(ADAM, "cancel", "They will not come back")
    assert way.stage == "cancelled"


@pytest.mark.parametrize("name", ["hold", "cancel"])
@pytest.mark.parametrize("user", [BEN, RYAN, HUGO, BEA, CLIENT, FRONTDESK])
def test_nobody_else_holds_or_cancels(name: str, user: str) -> None:
    assert isinstance(with_client().refuses(user, name, "Why not"), NotAllowed)


@pytest.mark.parametrize("user", [BEN, RYAN, HUGO, BEA, CLIENT, FRONTDESK])
def test_nobody_else_takes_it_off_hold(user: str) -> None:
    way = with_client()
    way.does(DIAN, "hold", "Wait")
    assert isinstance(way.refuses(user, "resume"), NotAllowed)


@pytest.mark.parametrize("name", ["hold", "cancel"])
def test_once_money_came_in_it_is_neither_held_nor_cancelled(name: str) -> None:
    way = awaiting()
    assert name in way.offers(ANA)
    way.does(BEA, "record_payment", **payment(1))
    for user in (ANA, DIAN, ADAM):
        refusal = way.refuses(user, name, "Why not")
        assert isinstance(refusal, Guarded)
        assert str(refusal) == (
            "Money has been received on this request. What is still open can be written off."
        )
        assert name not in way.offers(user)


@pytest.mark.parametrize(("name", "stage"), [("hold", "on_hold"), ("cancel", "cancelled")])
def test_money_that_was_taken_back_is_as_if_it_had_not_come(name: str, stage: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(2))
    way.does(BEA, "record_payment", **payment(1, "INV-2"))
    way.does(BEA, "reverse_payment", "Another client's", payment="INV-1#1")
    assert isinstance(way.refuses(ANA, name, "Why not"), Guarded)
    way.does(BEA, "reverse_payment", "Another client's", payment="INV-2#1")
    way.does(ANA, name, "Why not")
    assert way.stage == stage


@pytest.mark.parametrize("name", ["hold", "cancel"])
def test_what_is_paid_is_neither_held_nor_cancelled(name: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    way.does(BEA, "record_payment", **payment(90_000, "INV-2"))
    assert way.stage == "paid"
    assert isinstance(way.refuses(ANA, name, "Why not"), NotNow)


def test_nothing_is_held_twice() -> None:
    way = with_client()
    way.does(ANA, "hold", "Wait")
    assert isinstance(way.refuses(ANA, "hold", "Wait"), NotNow)


def test_the_client_answers_nothing_that_is_on_hold_but_may_ask() -> None:
    way = with_client()
    way.does(ANA, "hold", "Wait")
    assert isinstance(way.refuses(CLIENT, "client_approve", version=1), NotNow)
    way.does(CLIENT, "client_ask", "What happens?", name="Cora Client")
    assert way.stage == "on_hold"
    way.does(DIAN, "answer_client", "We wait", question="1")


def test_a_rendering_that_ends_while_on_hold_is_kept() -> None:
    way = contract("100").is_accepted()
    way.does(DIAN, "draft", **written(PAPER))
    way.does(ANA, "hold", "Wait")
    way.is_rendered()
    way.does(ANA, "resume")
    assert way.stage == "document_approval"
    way.does(RYAN, "approve_document")
    assert way.stage == "ready"


def test_an_approval_that_is_missing_is_missing_after_the_hold_too() -> None:
    way = in_approval()
    way.does(DIAN, "hold", "Wait")
    way.does(DIAN, "resume")
    assert (way.stage, way.waits_for()) == ("document_approval", {RYAN})
    assert isinstance(way.refuses(DIAN, "send", contact_email="cora@brightwater.example"), NotNow)


def test_what_was_given_to_somebody_is_still_theirs_after_the_hold() -> None:
    way = in_approval()
    way.does(ADAM, "reassign", "Ryan is away", person=BEN)
    way.does(DIAN, "hold", "Wait")
    way.does(DIAN, "resume")
    assert way.waits_for() == {BEN}


def test_a_question_that_was_open_is_still_open_after_the_hold() -> None:
    way = contract()
    way.does(RYAN, "ask", "Which region?")
    way.does(ANA, "hold", "Wait")
    way.does(ANA, "resume")
    assert [each.text for each in way.request.questions] == ["Which region?"]
    way.does(ANA, "answer", "Scandinavia")


@pytest.mark.parametrize("stage", ["executive_approval", "document_approval"])
def test_a_setting_that_changes_meanwhile_takes_no_approval_away(stage: str) -> None:
    way = contract("9000") if stage == "executive_approval" else contract("100").is_accepted()
    if stage == "document_approval":
        way.drafts(replace(PAPER, prices=fee(9000)))
    way.does(ADAM, "hold", "Wait")
    way.office = replace(OFFICE, policy=Policy({"USD": Money.of(10_000, "USD")}))
    way.does(ADAM, "resume")
    assert (way.stage, way.waits_for()) == (stage, {RYAN})


def test_whoever_asked_is_reminded_of_what_rests() -> None:
    way = with_client()
    held = way.does(DIAN, "hold", "Wait")
    reminders = [each for each in held.promises if isinstance(each, Remind)]
    assert [each.after_hours for each in reminders] == [80, 160, 240, 320]


def test_a_hold_after_another_hold_goes_back_to_the_second_stage() -> None:
    way = contract().is_accepted()
    way.does(ANA, "hold", "Wait")
    way.does(ANA, "resume")
    way.drafts(PAPER)
    stage = way.stage
    way.does(ANA, "hold", "Wait again")
    way.does(ANA, "resume")
    assert way.stage == stage == "document_approval"
