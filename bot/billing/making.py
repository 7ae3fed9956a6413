"""An invoice is made by the partner: what is meant to be done is a row before it is done.

Whatever is cut short goes on from there, so that nothing is invoiced twice; what is not wanted any
more by then is found by its key, and voided (:mod:`bot.billing.telling`).
"""

from dataclasses import dataclass

from bot.billing.partner import key_of, present
from bot.desk import Desk
from bot.ports import Bill, Billing, Json, PartnerInvoice
from messages import printed
from workflows.addressing import payers
from workflows.deal import record_of
from workflows.document import Document
from workflows.invoice import Invoice
from workflows.money import Money
from workflows.request import Request


@dataclass(frozen=True, slots=True)
class Made:
    """An invoice's PDF, and what is filed of it beside."""

    pdf: bytes
    filed: Json


def make(desk: Desk, partner: Billing, request: Request, invoice: Invoice) -> Made:
    """Have the partner make an invoice; nobody outside is told of it.

    Raises NotYet while the partner is away, and BillingRefused.
    """
    row = intend(desk, request, invoice)
    with present(partner):
        name = _named(desk, row, partner.prepare(_bill(desk, request, invoice, row)))
        billed, pdf = partner.look(name), partner.pdf(name)
    filed = {"partner": partner.name, "partner_id": name, "page": billed.page}
    return Made(pdf, filed | {"final_number": "" if invoice.numbered else billed.number})


def intended(request: Request, invoice: Invoice) -> PartnerInvoice:
    """Return what is kept of an invoice before it is made."""
    key = f"{request.ref}:{invoice.number}:{invoice.at.isoformat()}"
    return PartnerInvoice(key=key, ref=request.ref, number=invoice.number, at=invoice.at)


def intend(desk: Desk, request: Request, invoice: Invoice) -> PartnerInvoice:
    """Keep that an invoice is to be made, and return that.

    Where another hand has kept it already, whatever has come of it stays.
    """
    row = intended(request, invoice)
    with desk.store.unit() as unit:
        unit.partner_invoices.add(row)
        unit.commit()
    return row


def _named(desk: Desk, row: PartnerInvoice, name: str) -> str:
    """Keep the partner's name for an invoice, and return it: the first that is kept stays."""
    with desk.store.unit() as unit:
        kept = unit.partner_invoices.get(row.key, to_change=True) or row
        if not kept.invoice:
            unit.partner_invoices.put(kept.called(name))
            unit.commit()
    return kept.invoice or name


def _bill(desk: Desk, request: Request, invoice: Invoice, row: PartnerInvoice) -> Bill:
    record = record_of(request)
    document = record.document or Document()
    if record.version is None:
        raise LookupError("There is no invoice before there is a document.")
    contact, email = payers(request)[0]
    return Bill(
        key=key_of(desk, row.key),
        ref=request.ref,
        number=invoice.number if invoice.numbered else "",
        client=document.client,
        contact=contact,
        email=email,
        memo=f"Statement of Work {request.ref}",
        lines=_lines(invoice, document),
        due=invoice.due,
        since=row.at,
    )


def _lines(invoice: Invoice, document: Document) -> tuple[tuple[str, Money], ...]:
    """Return the price lines where all of it is invoiced, else one line; as on our own PDF."""
    if invoice.amount == document.total:
        return tuple((each.text, each.amount) for each in document.prices)
    return ((printed.instalment(invoice, document), invoice.amount),)
