"""An invoice that nobody was sent yet can be voided; what was sent, or paid, cannot."""

from tests.workflows.contracts import awaiting, invoice, payment, with_client
from tests.workflows.harborlight import BEA
from workflows.refusals import Guarded, ReasonMissing


def test_an_invoice_that_was_not_sent_can_be_voided() -> None:
    way = with_client().is_signed()
    assert isinstance(way.refuses(BEA, "void_invoice", "Wrong"), Guarded)
    way.is_billed(**invoice())
    way.is_billed(**invoice("INV-2"))
    assert isinstance(way.refuses(BEA, "void_invoice", invoice="INV-1"), ReasonMissing)
    way.does(BEA, "void_invoice", "Wrong amount", invoice="INV-1")
    assert [each.number for each in way.record.invoices] == ["INV-2"]
    way.is_billed(**invoice())


def test_what_was_voided_stands_in_the_audit() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    voided = way.does(BEA, "void_invoice", "Wrong amount", invoice="INV-1").entry
    assert "INV-1" in voided.detail["changed"]


def test_an_invoice_that_was_sent_is_not_voided() -> None:
    way = awaiting()
    assert str(way.refuses(BEA, "void_further_invoice", "Wrong", invoice="INV-1")) == (
        "Every invoice has been sent; one that is wrong is written off."
    )
    way.is_billed(**invoice("INV-3", 1, sure=True))
    assert str(way.refuses(BEA, "void_further_invoice", "Wrong", invoice="INV-1")) == (
        "This invoice has been sent already."
    )
    way.does(BEA, "void_further_invoice", "Wrong", invoice="INV-3")
    assert [each.number for each in way.record.invoices] == ["INV-1", "INV-2"]


def test_a_payment_is_never_lost_with_its_invoice() -> None:
    way = awaiting()
    way.is_billed(**invoice("INV-3", 1000, sure=True))
    way.does(BEA, "record_payment", **payment(10, "INV-3"))
    assert str(way.refuses(BEA, "void_further_invoice", "Wrong", invoice="INV-3")) == (
        "Money has been recorded on this invoice. Please take the payment back first."
    )
    way.does(BEA, "reverse_payment", "Another client's", payment="INV-3#1")
    assert isinstance(way.refuses(BEA, "void_further_invoice", "Wrong", invoice="INV-3"), Guarded)


def test_voiding_the_last_invoice_that_is_open_ends_the_waiting() -> None:
    way = awaiting(invoice())
    way.is_billed(**invoice("INV-2"))
    way.does(BEA, "record_payment", **payment(90_000))
    assert way.stage == "awaiting_payment"
    way.does(BEA, "void_further_invoice", "There is no second half", invoice="INV-2")
    assert way.stage == "paid"
