"""The audit says what a move changed in the request, not only that it moved."""

from datetime import date

from tests.workflows.deals import edited, journey
from tests.workflows.harborlight import ADAM, ANA, BEN, DIAN, HUGO, NOW, OFFICE, RYAN
from workflows.changes import changes
from workflows.definition import Given
from workflows.engine import Actor, act
from workflows.money import Money
from workflows.sow import WORKFLOW


def test_a_resubmission_says_what_was_and_what_is_asked_for() -> None:
    way = journey("100")
    way.does(DIAN, "request_changes", "The amount is wrong")
    details = edited(
        way.request.details,
        amount=Money.of(200, "USD"),
        needed_by=date(2026, 5, 1),
        deliverables=("A plan", "A workshop"),
    )
    detail = way.does(ANA, "resubmit", **details).entry.detail
    assert detail["changed"].splitlines() == [
        "amount: 100.00 USD -> 200.00 USD",
        "needed_by: 2026-04-01 -> 2026-05-01",
        "deliverables:  -> A plan; A workshop",
    ]


def test_a_long_text_is_cut_in_the_audit() -> None:
    way = journey("100")
    way.does(DIAN, "request_changes", "What is needed?")
    detail = way.does(ANA, "resubmit", **edited(way.request.details, need="x" * 300)).entry.detail
    assert detail["changed"] == f"need: Onboarding -> {'x' * 200}..."


def test_the_mark_of_a_large_client_is_on_record_with_its_reason() -> None:
    way = journey("100")
    detail = way.does(DIAN, "mark_large_client", "A large group").entry.detail
    assert detail["changed"].splitlines() == [
        "large_client: False -> True",
        "large_client_reason:  -> A large group",
    ]


def test_an_answer_stands_beside_its_questions() -> None:
    way = journey("25000")
    way.does(RYAN, "ask", "Which region?")
    asked = way.does(RYAN, "ask", "Which language?").entry.detail
    assert "question" not in asked
    detail = way.does(ANA, "answer", "Sweden, Swedish").entry.detail
    assert detail["question"] == "Which region?\nWhich language?"
    assert detail["reason"] == "Sweden, Swedish"


def test_a_question_that_a_decision_left_unanswered_is_on_record() -> None:
    way = journey("25000")
    way.does(RYAN, "ask", "Which region?")
    assert way.does(RYAN, "approve").entry.detail["question"] == "Which region?"


def test_what_is_given_to_somebody_else_is_on_record_with_its_lane() -> None:
    way = journey("25000")
    detail = way.does(ADAM, "reassign", "Ryan is away", person=HUGO).entry.detail
    assert (detail["given to"], detail["lane"]) == (HUGO, "executive")
    way.does(HUGO, "approve")
    detail = way.does(ADAM, "reassign", "Dian is away", person=BEN).entry.detail
    assert (detail["given to"], detail.get("lane")) == (BEN, None)


def test_what_stays_as_it_was_is_not_mentioned() -> None:
    request = journey("100").request
    assert changes(request, request) == {}


def test_evidence_stands_beside_what_was_done() -> None:
    request = journey("100").request
    given = Given(reason="Big", evidence={"ip": "192.0.2.7", "agent": ""})
    move = act(WORKFLOW, request, "mark_large_client", Actor(DIAN), given, OFFICE, NOW)
    assert move.entry.detail["ip"] == "192.0.2.7"
    assert "agent" not in move.entry.detail
