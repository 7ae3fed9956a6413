"""What Billing did to an invoice here is done at the partner, too: voided, given up, credited.

Told is what is so now, whatever was done in between: so it can be told twice, and late.
"""

from datetime import UTC, datetime, time

from bot.billing.hearing import credits_of, hear
from bot.billing.partner import is_wanted, key_of, of_each, recorded
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Billed, Billing, BillState, Claimed, Credit, PartnerInvoice
from workflows.deal import record_of
from workflows.request import Request

_NOON = time(12, tzinfo=UTC)


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell the partner how the invoices of a request stand.

    Raises NotYet while the partner is away, and InVain where it refuses one, after all the others.
    """
    if desk.billing is not None:
        entry = entry_from_json(claimed.parcel.payload["entry"])
        settle(desk, desk.billing, entry.ref)


def settle(desk: Desk, partner: Billing, ref: str) -> None:
    """Bring every invoice of a request there to what is on record here. Raises as :func:`tell`."""
    with desk.store.unit() as unit:
        request, rows = unit.requests.get(ref), unit.partner_invoices.of(ref)
    if request is not None:
        of_each(partner, rows, lambda row: _settle(desk, partner, request, row))


def _settle(desk: Desk, partner: Billing, request: Request, row: PartnerInvoice) -> None:
    invoice = recorded(record_of(request), row)
    if invoice is None or invoice.void or not is_wanted(request):
        # it may have been made by an attempt that was cut short
        if name := row.invoice or partner.find(key_of(desk, row.key), row.at):
            partner.void(name)
        return
    if not row.invoice:
        return
    billed = hear(desk, partner, row) if invoice.partner_id else None
    if billed is not None:  # what came in there is on record first
        _credit(desk, partner, row, billed)
    if invoice.written_off and invoice.balance.minor > 0:
        partner.give_up(row.invoice)


def _credit(desk: Desk, partner: Billing, row: PartnerInvoice, billed: Billed) -> None:
    """Take what Billing recorded off the balance there, as far as there is one."""
    with desk.store.unit() as unit:
        request = unit.requests.get(row.ref)
    invoice = recorded(record_of(request), row) if request else None
    if invoice is None or billed.state is BillState.VOID:
        return
    left = billed.balance.minor
    for key, payment in credits_of(desk, row, invoice, billed).items():
        amount = min(payment.amount.minor, left)
        if amount <= 0:
            return
        partner.credit(
            row.invoice,
            Credit(
                key=key,
                amount=payment.amount.of_minor(amount),
                at=min(datetime.combine(payment.on, _NOON), payment.at),
                method=payment.method,
                reference=payment.reference,
            ),
        )
        left -= amount
