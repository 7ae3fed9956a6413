"""The audit says in words what has grown: versions, approvals, invoices, payments, follow-up."""

from dataclasses import replace
from datetime import date

from tests.workflows.contracts import (
    CLIENT,
    FRONTDESK,
    PAPER,
    awaiting,
    contract,
    first_draft,
    invoice,
    payment,
    ready,
    with_client,
    written,
)
from tests.workflows.harborlight import BEA, DIAN, RYAN
from workflows.deal import ClientQuestion, Record
from workflows.engine import Move


def lines(move: Move) -> list[str]:
    return move.entry.detail.get("changed", "").splitlines()


def test_a_version_is_on_record_with_what_is_different() -> None:
    way = contract().is_accepted()
    first = first_draft(way.request.details)
    assert lines(way.does(DIAN, "draft", **written(first))) == ["version: 1"]
    second = replace(first, notes="Call first", payment_terms="14 days net")
    assert lines(way.does(DIAN, "draft", **written(second))) == [
        "version: 2",
        "Payment terms: 30 days net -> 14 days net",
        "Notes: (none) -> Call first",
    ]


def test_why_the_executive_is_needed_stands_in_the_audit_of_the_draft() -> None:
    way = ready()
    entry = way.does(DIAN, "draft", **written(first_draft(way.request.details, start=None))).entry
    assert entry.detail["path"] == "document_approval > ready"
    changed = way.does(DIAN, "draft", **written(PAPER)).entry
    assert changed.detail["path"] == "document_approval"
    because = changed.detail["rule document_needs_executive"]
    assert because == (
        "it differs from what the executive approved: Fee model: one_off -> recurring; "
        "Billing period: (none) -> monthly; Assumptions: + Access is given.; "
        "Background: Onboarding -> They grow."
    )


def test_the_same_record_has_no_news() -> None:
    record = awaiting().record
    assert record.since(record) == []
    assert Record().since(Record()) == []


def test_everything_about_money_is_on_record() -> None:
    way = awaiting(invoice())
    paid = way.does(BEA, "record_payment", **payment(40_000, reference="RF18"))
    assert lines(paid) == ["payment of 40,000.00 USD on 2026-04-01 to INV-1 (bank transfer, RF18)"]
    promised = way.does(DIAN, "promised", invoice="INV-1", until=date(2026, 5, 1))
    assert lines(promised) == ["promise for INV-1 until 2026-05-01"]
    given_up = way.does(BEA, "write_off", "They went bankrupt", invoice="INV-1")
    assert lines(given_up) == ["invoice INV-1 written off, 50,000.00 USD open"]


def test_only_the_invoice_that_changed_is_mentioned() -> None:
    way = awaiting()
    talked = way.does(DIAN, "talked", "They pay on Monday", invoice="INV-2")
    assert lines(talked) == ["note for INV-2"]
    again = way.does(DIAN, "talked", "They did not", invoice="INV-2")
    assert lines(again) == ["note for INV-2"]


def test_what_was_agreed_to_stands_beside_the_clients_approval() -> None:
    way = with_client()
    asked = way.does(CLIENT, "client_ask", "Who owns the code?", name="Cora Client")
    assert asked.entry.detail["reason"] == "Who owns the code?"
    assert asked.entry.actor == CLIENT


def test_the_open_questions_are_those_without_an_answer() -> None:
    one = ClientQuestion(id=1, by="Cora", text="?", at=awaiting().now)
    record = Record(questions=(one, replace(one, id=2, answer="Yes")))
    assert record.open_questions == (one,)
    assert (Record().version, Record().open_questions) == (None, ())


def test_an_approved_document_is_kept_as_what_was_approved() -> None:
    way = contract("100", large_client=True).is_accepted()
    way.drafts(PAPER)
    way.does(RYAN, "approve_document")
    assert way.record.approved == PAPER
    way.drafts(replace(PAPER, notes="Other"))
    assert way.record.approved == PAPER
    way.is_sent()
    assert way.record.approved == replace(PAPER, notes="Other")


def test_a_reminder_of_the_document_is_no_news() -> None:
    assert lines(with_client().does(FRONTDESK, "client_reminded", version=1)) == []


def test_to_whom_a_version_went_is_on_record_each_time() -> None:
    way = ready()
    cora, cfo = "cora@brightwater.example", "cfo@brightwater.example"
    sent = way.does(DIAN, "send", contact_email=cora, others=(cfo, cora))
    assert lines(sent) == [f"version 1 sent to: {cora}, {cfo}"]
    again = way.does(DIAN, "send_again", contact_email=cfo)
    assert lines(again) == [f"version 1 sent to: {cfo}"]
    same = way.does(DIAN, "send_again", contact_email=cfo)
    assert lines(same) == [f"version 1 sent to: {cfo}"]
