"""Where a partner makes the invoices: what is heard of them counts like Billing's word."""

from datetime import date
from typing import Any

from tests.workflows.contracts import FRONTDESK, Contract, awaiting, invoice, payment, with_client
from tests.workflows.harborlight import ANA, BEA, DIAN
from workflows.deal import uninvoiced
from workflows.effects import Errand, Tell
from workflows.invoice import Status
from workflows.money import Money
from workflows.returns import Returned, Way
from workflows.roles import Role, Seat

THERE = {"partner": "Stripe", "partner_id": "in_1", "page": "https://pay.example/i/1"}
TELL_PARTNER = Errand("tell_partner")


def billed(**more: Any) -> Contract:
    """A deal with one invoice over all of it, made by the partner and not sent yet."""
    way = with_client().is_signed()
    way.is_billed(**invoice(amount=180_000, **more))
    made = way.record.invoices[0]
    kept = {"number": made.number, "at": made.at, "sha256": "1" * 64}
    way.does(FRONTDESK, "invoice_kept", "", **kept, **THERE)
    return way


def waiting(**more: Any) -> Contract:
    way = billed(**more)
    way.does(BEA, "send_invoices")
    return way


def received(amount: int, reference: str = "inpay_1", **more: Any) -> dict[str, Any]:
    paid = payment(amount, reference=reference, method="card")
    return paid | {"partner_id": "in_1"} | more


def test_a_part_payment_that_the_partner_has_leaves_a_balance() -> None:
    way = waiting()
    moved = way.does(FRONTDESK, "payment_heard", **received(80_000))
    assert way.stage == "awaiting_payment"
    assert way.invoice().balance == Money.of(100_000, "USD")
    assert way.invoice().payments[0].by == FRONTDESK
    assert Tell(Seat.OWNER, "payment_heard") in moved.promises
    assert Tell(Role.BILLING, "payment_heard") in moved.promises


def test_the_last_payment_brings_it_to_billing_to_confirm() -> None:
    way = waiting()
    way.does(FRONTDESK, "payment_heard", **received(80_000))
    way.does(FRONTDESK, "payment_heard", **received(100_000, "inpay_2"))
    assert (way.stage, way.invoice().status) == ("paid", Status.PAID)
    way.does(BEA, "confirm")
    assert way.stage == "closed"


def test_a_payment_is_recorded_once() -> None:
    way = waiting()
    way.does(FRONTDESK, "payment_heard", **received(80_000))
    said = str(way.refuses(FRONTDESK, "payment_heard", **received(80_000)))
    assert said == "This payment is on record."
    way.does(BEA, "reverse_payment", "It was another client's.", payment="INV-1#1")
    assert str(way.refuses(FRONTDESK, "payment_heard", **received(80_000))) == said
    assert way.invoice().balance == Money.of(180_000, "USD")


def test_a_payment_is_of_an_invoice_of_the_partners_and_in_its_currency() -> None:
    way = waiting()
    none = {"partner_id": ""}
    assert str(way.refuses(FRONTDESK, "payment_heard", **received(1, **none))) == (
        "There is no such invoice."
    )
    euros = received(1) | {"amount": Money.of(1, "EUR")}
    assert str(way.refuses(FRONTDESK, "payment_heard", **euros)) == (
        "This is no payment of that invoice."
    )


def test_money_that_comes_before_the_invoice_was_sent_is_on_record_too() -> None:
    way = billed()
    moved = way.does(FRONTDESK, "payment_heard_beside", **received(180_000))
    assert Tell(Role.BILLING, "payment_heard_beside") in moved.promises
    assert (way.stage, way.invoice().status) == ("invoicing", Status.PAID)
    way.does(BEA, "send_invoices")
    assert way.stage == "paid"


def test_money_that_comes_after_the_end_is_on_record_and_told_to_billing() -> None:
    way = waiting()
    way.does(BEA, "write_off", "They are gone.", invoice="INV-1")
    way.does(BEA, "confirm")
    moved = way.does(FRONTDESK, "payment_heard_beside", **received(180_000))
    assert (way.stage, way.invoice().status) == ("closed", Status.PAID)
    assert moved.promises.count(Tell(Role.BILLING, "payment_heard_beside")) == 1


def test_what_was_voided_there_is_owed_no_more_and_can_be_invoiced_anew() -> None:
    way = waiting()
    assert uninvoiced(way.request).minor == 0
    way.does(FRONTDESK, "void_heard", partner_id="in_1", invoice="INV-1")
    assert (way.stage, way.invoice().status) == ("paid", Status.VOID)
    assert way.invoice().balance.minor == 0
    assert uninvoiced(way.request) == Money.of(180_000, "USD")
    assert "have not been invoiced" in str(way.refuses(BEA, "confirm"))
    assert str(way.refuses(FRONTDESK, "void_heard", partner_id="in_1")) == (
        "There is no such invoice."
    )
    way.does(BEA, "record_further_invoice", **invoice("INV-2", 180_000))
    assert way.stage == "awaiting_payment"


def test_money_on_what_was_voided_is_too_much() -> None:
    way = waiting()
    way.does(FRONTDESK, "void_heard", partner_id="in_1")
    way.does(FRONTDESK, "payment_heard", **received(5))
    assert way.invoice().status is Status.OVERPAID


def test_what_was_given_up_there_is_written_off() -> None:
    way = waiting()
    moved = way.does(FRONTDESK, "write_off_heard", partner_id="in_1")
    assert (way.stage, way.invoice().status) == ("paid", Status.WRITTEN_OFF)
    assert Tell(Role.BILLING, "write_off_heard") in moved.promises
    assert str(way.refuses(FRONTDESK, "write_off_heard", partner_id="in_1")) == (
        "This invoice is not open."
    )


def test_what_is_heard_during_a_pause_is_kept_for_its_end() -> None:
    way = waiting()
    way.does(ANA, "hold", "Their year-end freeze.")
    way.does(FRONTDESK, "payment_heard_beside", **received(180_000))
    assert way.stage == "on_hold"
    way.does(ANA, "resume")
    way.does(FRONTDESK, "settled_meanwhile")
    assert way.stage == "paid"


def test_nothing_is_settled_while_money_is_awaited() -> None:
    assert str(waiting().refuses(FRONTDESK, "settled_meanwhile")) == "Money is awaited."


def test_another_balance_there_is_told_to_billing_and_changes_nothing() -> None:
    way = waiting()
    before = way.request.details
    moved = way.does(FRONTDESK, "balance_differs", partner_id="in_1")
    assert Tell(Role.BILLING, "balance_differs") in moved.promises
    assert (way.stage, way.request.details) == ("awaiting_payment", before)


REFUND = Returned(way=Way.REFUNDED, amount=Money.of(500, "USD"))
DISPUTE = Returned(way=Way.DISPUTED, amount=Money.of(300, "USD"), until=date(2026, 4, 20))


def test_what_went_back_there_is_on_record_and_told_to_billing_and_moves_nothing() -> None:
    way = waiting()
    way.does(FRONTDESK, "payment_heard", **received(180_000))
    about = {"partner_id": "in_1", "returned": (REFUND,)}
    moved = way.does(FRONTDESK, "money_returned", **about)
    assert Tell(Role.BILLING, "money_returned") in moved.promises
    assert "invoice INV-1 at Stripe: 500.00 USD refunded" in str(moved.entry)
    invoice = way.invoice()
    assert (way.stage, invoice.status, invoice.gone_back) == ("paid", Status.PAID, 50_000)
    assert str(way.refuses(FRONTDESK, "money_returned", **about)) == "This is on record."
    way.does(BEA, "confirm")
    way.does(FRONTDESK, "money_returned", **about | {"returned": (REFUND, DISPUTE)})
    assert (way.stage, way.invoice().gone_back) == ("closed", 50_000)
    moved = way.does(FRONTDESK, "money_returned", **about | {"returned": ()})
    assert "invoice INV-1 at Stripe: nothing went back" in str(moved.entry)
    none = {"partner_id": "in_2", "returned": ()}
    assert str(way.refuses(FRONTDESK, "money_returned", **none)) == "There is no such invoice."


def test_whatever_billing_does_to_an_invoice_is_done_at_the_partner_too() -> None:
    way = billed()
    assert TELL_PARTNER in way.copy().does(BEA, "void_invoice", "?", invoice="INV-1").promises
    assert TELL_PARTNER in way.copy().does(ANA, "cancel", "They left.").promises
    way.does(BEA, "send_invoices")
    paid = way.copy().does(BEA, "record_payment", **payment(1))
    assert TELL_PARTNER in paid.promises
    assert TELL_PARTNER in way.does(BEA, "write_off", "?", invoice="INV-1").promises


def test_without_a_number_an_invoice_gets_the_next_and_then_the_partners() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice("", 90_000))
    way.is_billed(**invoice("", 45_000))
    assert [each.number for each in way.record.invoices] == ["SOW-1-1", "SOW-1-2"]
    first, second = way.record.invoices
    kept = {"number": first.number, "at": first.at, "sha256": "1" * 64}
    way.does(FRONTDESK, "invoice_kept", "", **kept, **THERE, final_number="AB12-0001")
    theirs = way.invoice("AB12-0001")
    assert (theirs.at, theirs.partner_id, theirs.page) == (first.at, "in_1", THERE["page"])
    kept = {"number": second.number, "at": second.at, "sha256": "2" * 64}
    way.does(FRONTDESK, "invoice_kept", "", **kept, final_number="AB12-0001")
    assert way.invoice("SOW-1-2").sha256 == "2" * 64


def test_a_number_that_was_given_back_can_be_given_again() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice("", 90_000))
    way.does(BEA, "void_invoice", "Wrong amount", invoice="SOW-1-1")
    way.is_billed(**invoice("SOW-1-2", 90_000))
    way.is_billed(**invoice("", 1))
    assert [each.number for each in way.record.invoices] == ["SOW-1-2", "SOW-1-1"]


def test_the_pages_address_and_every_change_stand_in_the_audit() -> None:
    way = waiting()
    assert "invoice INV-1 made by Stripe: in_1" in _audited(way)
    way.does(FRONTDESK, "payment_heard", **received(5, on=date(2026, 4, 1)))
    assert "payment of 5.00 USD on 2026-04-01 to INV-1 (card, inpay_1)" in _audited(way)
    way.does(DIAN, "talked", "They will.", invoice="INV-1")


def _audited(way: Contract) -> str:
    return "\n".join(str(move.entry) for move in way.moves)


def test_without_a_partner_nothing_changed() -> None:
    way = awaiting()
    assert way.invoice().partner_id == ""
    assert str(way.refuses(FRONTDESK, "payment_heard", **received(5, partner_id=""))) == (
        "There is no such invoice."
    )
