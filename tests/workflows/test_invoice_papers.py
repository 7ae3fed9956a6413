"""What an invoice needs before it goes out: its PDF, and what shows the approval."""

from dataclasses import replace

import pytest

from tests.workflows.contracts import (
    CORA,
    FRONTDESK,
    awaiting,
    invoice,
    with_client,
)
from tests.workflows.harborlight import ANA, BEA, DIAN
from workflows.deal import recorded
from workflows.effects import Tell
from workflows.roles import Role

NOT_THIS = "This invoice is not the one that was to be prepared."
NO_EVIDENCE = "What shows the client's approval is not on file yet."


def test_an_invoice_that_could_not_be_made_is_told_to_billing() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    why = "INV-1: the file attached is not a PDF."
    failed = way.does(FRONTDESK, "invoice_failed", why, number="INV-1", at=way.invoice().at)
    assert Tell(Role.BILLING, "invoice_failed") in failed.promises
    assert way.stage == "invoicing"
    assert str(way.refuses(BEA, "send_invoices")) == (
        "INV-1: the file attached is not a PDF. Please void it, and record it again."
    )
    way.does(BEA, "void_invoice", "Not a PDF", invoice="INV-1")
    way.is_invoiced(invoice())
    assert way.stage == "awaiting_payment"


@pytest.mark.parametrize("name", ["invoice_kept", "invoice_failed"])
def test_what_was_prepared_for_a_voided_invoice_is_not_for_the_next_of_its_number(
    name: str,
) -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    voided = way.invoice().at
    way.does(BEA, "void_invoice", "Wrong amount", invoice="INV-1")
    made = {"number": "INV-1", "sha256": "1" * 64}
    assert str(way.refuses(FRONTDESK, name, "?", **made, at=voided)) == NOT_THIS
    way.is_billed(**invoice())
    for late in ({"at": voided}, {}):
        assert str(way.refuses(FRONTDESK, name, "?", **made, **late)) == NOT_THIS
    way.does(FRONTDESK, name, "?", **made, at=way.invoice().at)


@pytest.mark.parametrize("name", ["invoice_kept", "invoice_failed"])
def test_the_pdf_of_an_invoice_is_filed_once(name: str) -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    way.is_filed("INV-1", "1")
    again = {"number": "INV-1", "at": way.invoice().at, "sha256": "2" * 64}
    assert str(way.refuses(FRONTDESK, name, "?", **again)) == NOT_THIS
    assert (way.invoice().sha256, way.invoice().trouble) == ("1" * 64, "")


def test_no_invoice_goes_out_before_what_shows_the_approval_is_on_file() -> None:
    way = with_client()
    way.does(DIAN, "record_approval", "By mail", **CORA, files=("F01", "F02"))
    way.is_billed(**invoice())
    way.is_filed()
    for evidence in ("1" * 64, "2" * 64):
        assert str(way.refuses(BEA, "send_invoices")) == NO_EVIDENCE
        assert "send_invoices" not in way.offers(BEA)
        way.does(FRONTDESK, "kept", evidence_sha256=(evidence,))
    way.does(BEA, "send_invoices")
    assert way.stage == "awaiting_payment"


def test_no_further_invoice_goes_out_without_evidence_either() -> None:
    way = awaiting(invoice())
    way.is_billed(**invoice("INV-2"))
    way.is_filed("INV-2")
    signature = way.record.signature
    assert signature is not None
    unproven = recorded(way.request, signature=replace(signature, files=("F01",)))
    way.moves.append(replace(way.moves[-1], request=unproven))
    assert str(way.refuses(BEA, "send_further_invoices")) == NO_EVIDENCE
    way.does(FRONTDESK, "kept", evidence_sha256=("1" * 64,))
    way.does(BEA, "send_further_invoices")


def test_a_pdf_that_is_made_while_on_hold_is_kept() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    way.does(ANA, "hold", "Wait")
    way.is_filed("INV-1", "1")
    assert way.invoice().sha256 == "1" * 64
