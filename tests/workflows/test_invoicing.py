"""Invoicing: Billing records what is owed and sends it with the approved document."""

from datetime import date
from typing import Any

import pytest

from tests.workflows.contracts import (
    FRONTDESK,
    Contract,
    awaiting,
    contract,
    fee,
    first_draft,
    invoice,
    payment,
    with_client,
)
from tests.workflows.harborlight import ADAM, ANA, BEA, DIAN, PRIYA, RYAN
from workflows.deal import uninvoiced
from workflows.effects import Errand
from workflows.invoice import Status
from workflows.money import Money
from workflows.refusals import Guarded, NotAllowed

MARCH = date(2026, 3, 10)


def invoicing() -> Contract:
    """Return a deal over 180,000 USD that the client has approved."""
    return with_client().is_signed()


def prefilled(way: Contract) -> dict[str, Any]:
    transition = way.workflow.transition("record_invoice")
    assert transition is not None
    assert transition.prefill is not None
    return dict(transition.prefill(way.request, MARCH))


def test_the_form_begins_with_what_is_not_invoiced_yet() -> None:
    way = invoicing()
    assert prefilled(way) == {"issued": MARCH, "amount": Money.of(180_000, "USD")}
    way.is_billed(**invoice(amount=80_000))
    assert prefilled(way)["amount"] == Money.of(100_000, "USD")
    way.is_billed(**invoice("INV-2", 100_000))
    assert prefilled(way)["amount"] is None
    assert uninvoiced(way.request) == Money.of(0, "USD")


def test_an_invoice_is_on_record_as_it_was_written() -> None:
    way = invoicing()
    move = way.is_billed(**invoice(" INV-1 ", label="Instalment 1 of 2", files=("F01",)))
    (found,) = way.record.invoices
    assert (found.number, found.label, found.files) == ("INV-1", "Instalment 1 of 2", ("F01",))
    assert (found.by, found.at) == (BEA, move.entry.at)
    assert (found.issued, found.due, found.sent_at) == (MARCH, date(2026, 4, 9), None)
    assert Errand("prepare_invoice") in move.promises
    assert move.entry.detail["changed"] == "invoice INV-1: 90,000.00 USD, due 9 Apr 2026, unpaid"


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({"due": date(2026, 3, 10)}, date(2026, 3, 10)),
        ({"due": date(2026, 5, 1), "net_days": 3}, date(2026, 5, 1)),
        ({"due": None, "net_days": 14}, date(2026, 3, 24)),
        ({"due": None, "net_days": 0}, date(2026, 3, 10)),
        ({"due": None, "net_days": None}, date(2026, 4, 9)),
        ({"due": None}, date(2026, 4, 9)),
    ],
)
def test_an_invoice_is_due_on_its_day_or_after_its_days_or_after_thirty(
    given: dict[str, Any], due: date
) -> None:
    way = invoicing()
    way.is_billed(**invoice() | given)
    assert way.invoice().due == due


@pytest.mark.parametrize("given", [{"due": date(2026, 3, 9)}, {"due": None, "net_days": -1}])
def test_nothing_is_due_before_its_invoice_is_written(given: dict[str, Any]) -> None:
    refusal = invoicing().refuses(BEA, "record_invoice", **invoice() | given)
    assert str(refusal) == (
        "The due date lies before the invoice date. Please correct one of them."
    )


@pytest.mark.parametrize("number", ["INV-1", "inv-1", " Inv-1 "])
def test_no_number_is_used_twice(number: str) -> None:
    way = invoicing()
    way.is_billed(**invoice())
    refusal = way.refuses(BEA, "record_invoice", **invoice(number))
    assert str(refusal) == f"There is an invoice {number} on this request already."


def test_an_invoice_is_in_the_currency_of_the_document() -> None:
    refusal = invoicing().refuses(
        BEA, "record_invoice", **invoice() | {"amount": Money.of(90_000, "EUR")}
    )
    assert str(refusal) == (
        "The Statement of Work is in USD. Nothing is converted here, so the invoice "
        "cannot be in EUR."
    )


def test_the_documents_currency_counts_and_not_the_requests() -> None:
    way = contract("100").is_accepted()
    way.drafts(first_draft(way.request.details, prices=fee(100, "EUR")))
    way.is_sent().is_signed()
    assert prefilled(way)["amount"] == Money.of(100, "EUR")
    assert isinstance(way.refuses(BEA, "record_invoice", **invoice(amount=100)), Guarded)
    way.is_billed(**invoice() | {"amount": Money.of(100, "EUR")})


def test_more_than_what_is_not_invoiced_yet_needs_a_second_look() -> None:
    way = invoicing()
    way.is_billed(**invoice(amount=100_000))
    more = invoice("INV-2", "80000.01")
    assert str(way.refuses(BEA, "record_invoice", **more)) == (
        "80,000.01 USD is more than the 80,000.00 USD of the Statement of Work that are not "
        "invoiced yet. If this is right, tick “I have checked this” and record it again."
    )
    way.is_billed(**invoice("INV-2", 80_000))
    assert isinstance(way.refuses(BEA, "record_invoice", **invoice("INV-3", "0.01")), Guarded)
    way.is_billed(**invoice("INV-3", "0.01", sure=True))
    assert uninvoiced(way.request) == Money.of("-0.01", "USD")
    assert "more than the 0.00 USD of" in str(
        way.refuses(BEA, "record_invoice", **invoice("INV-4", 1))
    )


def test_a_second_look_excuses_only_the_amount() -> None:
    way = invoicing()
    way.is_billed(**invoice())
    for wrong in (
        invoice(amount=1),
        invoice("INV-2", 0),
        invoice("INV-2", due=date(2026, 3, 9)),
        invoice("INV-2") | {"amount": Money.of(1, "EUR")},
    ):
        assert isinstance(way.refuses(BEA, "record_invoice", **wrong | {"sure": True}), Guarded)


@pytest.mark.parametrize("amount", [0, -1])
def test_an_invoice_asks_for_some_money(amount: int) -> None:
    assert isinstance(invoicing().refuses(BEA, "record_invoice", **invoice(amount=amount)), Guarded)


def test_every_invoice_that_is_ready_goes_with_the_document_in_one_action() -> None:
    way = invoicing()
    assert str(way.refuses(BEA, "send_invoices")) == (
        "Every invoice has been sent. Please record one first."
    )
    way.is_billed(**invoice())
    way.is_billed(**invoice("INV-2"))
    way.is_filed("INV-1", "1")
    assert str(way.refuses(BEA, "send_invoices")) == (
        "An invoice is still being prepared; please try again in a moment."
    )
    filed = way.is_filed("INV-2", "2")
    assert filed.entry.detail["changed"] == f"PDF of invoice INV-2: {'2' * 64}"
    sent = way.does(BEA, "send_invoices")
    assert {Errand("mail_invoices"), Errand("await_payment")} <= set(sent.promises)
    assert [each.sent_at for each in way.record.invoices] == [sent.entry.at] * 2
    assert (way.stage, way.waits_for()) == ("awaiting_payment", {DIAN})


def test_another_instalment_is_sent_later_and_the_first_keeps_its_day() -> None:
    way = awaiting(invoice())
    first_sent = way.invoice().sent_at
    way.is_invoiced(invoice("INV-2"))
    assert way.stage == "awaiting_payment"
    assert way.invoice().sent_at == first_sent
    assert way.invoice("INV-2").sent_at not in (None, first_sent)


def test_another_instalment_can_be_invoiced_after_the_first_is_paid() -> None:
    way = awaiting(invoice(label="Instalment 1 of 2"))
    way.does(BEA, "record_payment", **payment(90_000))
    way.is_invoiced(invoice("INV-2", label="Instalment 2 of 2"))
    assert (way.stage, way.invoice("INV-2").status) == ("awaiting_payment", Status.UNPAID)
    way.does(BEA, "record_payment", **payment(90_000, "INV-2"))
    assert way.stage == "paid"


@pytest.mark.parametrize("name", ["record_invoice", "void_invoice", "send_invoices"])
def test_invoicing_is_billings(name: str) -> None:
    way = invoicing()
    way.is_billed(**invoice())
    way.is_filed("INV-1", "1")
    values = invoice("INV-2") | {"invoice": "INV-1"}
    for user in (ANA, DIAN, ADAM, RYAN, FRONTDESK):
        assert isinstance(way.refuses(user, name, "Why not", **values), NotAllowed)


@pytest.mark.parametrize("stage", ["invoicing", "paid"])
def test_whoever_billing_is_given_to_can_do_billings_work(stage: str) -> None:
    way = invoicing()
    if stage == "paid":
        way.is_invoiced(invoice(amount=180_000))
        way.does(BEA, "record_payment", **payment(180_000))
    way.does(ADAM, "reassign", "Bea is ill", person=PRIYA)
    assert way.waits_for() == {PRIYA}
    assert {"invoicing": "record_invoice", "paid": "confirm"}[stage] in way.offers(PRIYA)


def test_an_invoice_of_a_wrong_amount_is_written_off_and_written_anew() -> None:
    way = awaiting(invoice(amount=190_000, sure=True))
    way.is_billed(**invoice("INV-2", 180_000, sure=True))
    way.is_filed("INV-2", "2")
    way.does(BEA, "send_further_invoices")
    way.does(BEA, "write_off", "Wrong amount", invoice="INV-1")
    assert way.stage == "awaiting_payment"
    way.does(BEA, "record_payment", **payment(180_000, "INV-2"))
    assert way.stage == "paid"
