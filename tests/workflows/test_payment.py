"""Payments: what came in, what was taken back, what is given up, and the confirmation."""

from datetime import date

import pytest

from tests.workflows.contracts import CLIENT, FRONTDESK, awaiting, invoice, paid, payment
from tests.workflows.harborlight import ADAM, ANA, BEA, DIAN, HUGO, RYAN
from workflows.effects import Errand, Tell
from workflows.invoice import Status
from workflows.money import Money
from workflows.refusals import Guarded, NotAllowed, ReasonMissing
from workflows.roles import Role

SURE = {"sure": True}


def test_a_part_payment_keeps_it_waiting_and_leaves_a_balance() -> None:
    way = awaiting()
    move = way.does(BEA, "record_payment", **payment(40_000, reference="RF18"))
    assert (way.stage, way.invoice().status) == ("awaiting_payment", Status.PART_PAID)
    assert way.invoice().balance == Money.of(50_000, "USD")
    assert way.finding("money_awaited").because == "not paid in full: INV-1, INV-2"
    (row,) = way.invoice().payments
    assert (row.id, row.by, row.at) == (1, BEA, move.entry.at)
    assert (row.on, row.method, row.reference) == (date(2026, 4, 1), "bank transfer", "RF18")
    assert move.entry.detail["changed"] == (
        "payment of 40,000.00 USD on 2026-04-01 to INV-1 (bank transfer, RF18)"
    )


def test_the_last_payment_ends_the_waiting() -> None:
    way = paid()
    assert (way.stage, way.waits_for()) == ("paid", {BEA})
    assert way.finding("money_awaited").because == "every invoice is paid or written off"


def test_the_form_begins_with_what_is_due_first_and_its_balance() -> None:
    way = awaiting(invoice(due=date(2026, 5, 1)), invoice("INV-2", 80_000))
    way.does(BEA, "record_payment", **payment(30_000, "INV-2"))
    transition = way.workflow.transition("record_payment")
    assert transition is not None
    assert transition.prefill is not None
    assert transition.choices is not None
    day = date(2026, 4, 2)
    assert transition.prefill(way.request, day) == {
        "on": day,
        "invoice": "INV-2",
        "amount": Money.of(50_000, "USD"),
    }
    way.does(BEA, "record_payment", **payment(50_000, "INV-2"))
    offered = [number for number, _ in transition.choices(way.request)["invoice"]]
    assert offered == ["INV-1", "INV-2"]
    way.does(BEA, "record_payment", **payment(90_000))
    assert transition.prefill(way.request, day) == {"on": day}


def test_money_of_another_currency_is_not_converted() -> None:
    refusal = awaiting().refuses(
        BEA, "record_payment", **payment(1) | {"amount": Money.of(1, "EUR")} | SURE
    )
    assert str(refusal) == (
        "INV-1 is in USD. Money in EUR is not converted here: please record what the bank "
        "credited, in the invoice's currency."
    )


@pytest.mark.parametrize("amount", ["0", "-0.01", "-90000"])
def test_a_payment_is_more_than_nothing(amount: str) -> None:
    way = awaiting()
    assert isinstance(way.refuses(BEA, "record_payment", **payment(amount), **SURE), Guarded)


def test_more_than_the_balance_needs_a_second_look() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(50_000))
    refusal = way.refuses(BEA, "record_payment", **payment("40000.01"))
    assert str(refusal) == (
        "40,000.01 USD is more than the balance of 40,000.00 USD. "
        "If this is right, tick “I have checked this” and record it again."
    )
    way.does(BEA, "record_payment", **payment("40000.01"), **SURE)
    assert way.invoice().status is Status.OVERPAID
    assert way.invoice().balance == Money.of("-0.01", "USD")


def test_exactly_the_balance_needs_no_second_look() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    assert way.invoice().status is Status.PAID


@pytest.mark.parametrize("reference", ["RF18", "rf18", " RF18 "])
@pytest.mark.parametrize("number", ["INV-1", "INV-2"])
def test_a_reference_that_was_seen_needs_a_second_look(reference: str, number: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1, reference="RF18"))
    refusal = way.refuses(BEA, "record_payment", **payment(1, number, reference))
    assert str(refusal) == (
        f"A payment with the reference “{reference.strip()}” is on record already. "
        "If this is right, tick “I have checked this” and record it again."
    )
    way.does(BEA, "record_payment", **payment(1, number, reference), **SURE)


def test_payments_without_a_reference_are_not_doubles() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1))
    way.does(BEA, "record_payment", **payment(1))
    assert way.invoice().paid == Money.of(2, "USD")


def test_both_doubts_are_said_at_once() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1, reference="RF18"))
    refusal = str(way.refuses(BEA, "record_payment", **payment(90_000, reference="RF18")))
    assert "more than the balance" in refusal
    assert "is on record already" in refusal


def test_the_reference_of_what_was_taken_back_can_be_used_again() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1, reference="RF18"))
    way.does(BEA, "reverse_payment", "Wrong invoice", payment="INV-1#1")
    way.does(BEA, "record_payment", **payment(1, "INV-2", "RF18"))
    assert way.invoice("INV-2").paid == Money.of(1, "USD")


def test_a_payment_belongs_to_an_invoice() -> None:
    refusal = awaiting().refuses(BEA, "record_payment", **payment(1, "INV-9"))
    assert str(refusal) == "Please choose the invoice that was paid."


def test_a_payment_is_taken_back_by_another_row() -> None:
    way = paid()
    assert isinstance(way.refuses(BEA, "reverse_payment", payment="INV-2#1"), ReasonMissing)
    move = way.does(BEA, "reverse_payment", "Another client's", payment="INV-2#1")
    assert (way.stage, way.invoice("INV-2").status) == ("awaiting_payment", Status.UNPAID)
    first, second = way.invoice("INV-2").payments
    assert (second.id, second.reverses, second.by) == (2, 1, BEA)
    assert second.amount == Money.of(-90_000, "USD")
    assert (second.on, second.reference) == (move.entry.at.date(), first.reference)
    assert Errand("await_payment") in move.promises
    assert move.entry.detail["changed"] == (
        f"reversal of -90,000.00 USD on {second.on.isoformat()} to INV-2 (bank transfer, RF19)"
    )


@pytest.mark.parametrize("wanted", ["INV-1#1", "INV-1#2", "INV-1#3", "INV-9#1", "INV-1"])
def test_nothing_is_taken_back_twice_nor_a_reversal_nor_what_never_came(wanted: str) -> None:
    way = paid()
    way.does(BEA, "reverse_payment", "Wrong", payment="INV-1#1")
    assert str(way.refuses(BEA, "reverse_payment", "Wrong", payment=wanted)) == (
        "There is no such payment to take back."
    )


def test_the_form_for_taking_back_offers_what_is_left_in_words() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1, reference="RF18"))
    way.does(BEA, "record_payment", **payment(2))
    way.does(BEA, "reverse_payment", "Wrong", payment="INV-1#1")
    transition = way.workflow.transition("reverse_payment")
    assert transition is not None
    assert transition.choices is not None
    assert transition.choices(way.request) == {
        "payment": (("INV-1#2", "2.00 USD on 1 Apr 2026 to INV-1 (bank transfer)"),)
    }


def test_a_number_may_hold_the_sign_that_parts_it_from_the_payment() -> None:
    way = awaiting(invoice("INV#7"))
    way.does(BEA, "record_payment", **payment(1, "INV#7"))
    way.does(BEA, "reverse_payment", "Wrong", payment="INV#7#1")
    assert way.invoice("INV#7").paid == Money.of(0, "USD")


def test_what_is_given_up_is_not_awaited() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1000))
    assert isinstance(way.refuses(BEA, "write_off", invoice="INV-1"), ReasonMissing)
    move = way.does(BEA, "write_off", "They went bankrupt", invoice="INV-1")
    assert Tell(Role.HEAD_OF_SALES, "write_off") in move.promises
    assert way.invoice().status is Status.WRITTEN_OFF
    assert way.stage == "awaiting_payment"
    assert str(way.refuses(BEA, "write_off", "Again", invoice="INV-1")) == (
        "This invoice is not open."
    )
    way.does(BEA, "write_off", "They went bankrupt", invoice="INV-2")
    assert way.stage == "paid"


def test_what_was_written_off_stands_in_the_audit() -> None:
    move = awaiting().does(BEA, "write_off", "They went bankrupt", invoice="INV-1")
    assert "INV-1" in move.entry.detail["changed"]


def test_money_for_what_was_given_up_may_still_come() -> None:
    way = awaiting()
    way.does(BEA, "write_off", "They went bankrupt", invoice="INV-1")
    way.does(BEA, "record_payment", **payment(90_000))
    assert way.invoice().status is Status.PAID


def test_a_payment_in_part_of_what_was_given_up_leaves_it_given_up() -> None:
    way = awaiting()
    way.does(BEA, "write_off", "They went bankrupt", invoice="INV-1")
    way.does(BEA, "record_payment", **payment(1))
    assert way.invoice().status is Status.WRITTEN_OFF


def test_too_much_money_that_comes_after_all_stays_paid() -> None:
    way = paid()
    way.does(BEA, "record_payment", **payment(1), **SURE)
    assert (way.stage, way.invoice().status) == ("paid", Status.OVERPAID)


@pytest.mark.parametrize("name", ["record_payment", "reverse_payment", "write_off"])
def test_money_is_billings(name: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(1))
    values = payment(1) | {"payment": "INV-1#1"}
    for user in (ANA, DIAN, ADAM, RYAN, HUGO, CLIENT, FRONTDESK):
        assert isinstance(way.refuses(user, name, "Why not", **values), NotAllowed)
