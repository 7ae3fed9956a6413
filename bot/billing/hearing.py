"""What the partner says of an invoice, and what follows from it.

A call of theirs says no more than that there is something to look at: the partner is asked for the
invoice before anything is done. So calls may come twice, late, or in any order.
"""

import logging
from datetime import datetime, timedelta

from bot import moves, parcels
from bot.billing.partner import answered, is_wanted, key_of, recorded
from bot.desk import Desk
from bot.ports import (
    Billed,
    Billing,
    BillingRefused,
    BillingUnavailable,
    BillState,
    Claimed,
    Heard,
    PartnerInvoice,
    Received,
)
from bot.sending import NotYet
from messages import cleaning
from workflows.deal import record_of
from workflows.invoice import Invoice, Payment, find
from workflows.roles import Seat

log = logging.getLogger(__name__)

_OVERLAP = timedelta(days=3)
"""How far back is looked for what no call told of; what was told is known by its occasion."""


def keep(desk: Desk, heard: Heard) -> bool:
    """Keep what was heard, to be looked at; return False for what is about nothing of ours.

    Whether a payment is for an invoice of ours turns out when it is looked at.
    """
    with desk.store.unit() as unit:
        row = unit.partner_invoices.named(heard.about)
        if row is None and not heard.is_payment:
            return False
        what = {"ref": row.ref, "invoice": row.invoice} if row else {"payment": heard.about}
        occasion, address = f"{heard.about}:{heard.occasion}", f"invoice:{heard.about}"
        now = desk.clock.now()
        unit.outbox.add(parcels.aside("invoice_changed", occasion, address, what, now))
        unit.commit()
    desk.wake()
    return True


def look(desk: Desk, claimed: Claimed) -> None:
    """Look at an invoice of which something was heard. Raises NotYet while the partner is away."""
    partner = desk.billing
    if partner is None:
        return
    what = claimed.parcel.payload
    with answered(partner):
        name = str(what.get("invoice") or partner.invoice_of(str(what["payment"])))
        with desk.store.unit() as unit:
            row = unit.partner_invoices.named(name)
        if row is not None:
            hear(desk, partner, row)


def is_settled_there(desk: Desk, ref: str, number: str) -> bool:
    """Ask how an open invoice of a request stands, before anybody is reminded of it.

    Return whether nothing is owed of it there, whatever is on record here (after a credit note,
    say). Raises NotYet while the partner is away, and InVain where it refuses that.
    """
    partner = desk.billing
    if partner is None:
        return False
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        invoice = find(record_of(request).invoices, number) if request else None
        row = unit.partner_invoices.named(invoice.partner_id) if invoice else None
    if row is None or invoice is None or not invoice.is_open:
        return False
    with answered(partner):
        billed = hear(desk, partner, row)
    return billed is not None and billed.balance.minor <= 0


def catch_up(desk: Desk, now: datetime) -> None:
    """Ask for all that changed lately: it finds what no call has told of."""
    partner = desk.billing
    if partner is None:
        return
    try:
        changed = partner.changed(now - _OVERLAP)
    except (BillingUnavailable, BillingRefused) as trouble:
        log.warning("What changed at %s cannot be asked for: %s", partner.name, trouble)
        return  # the next time is soon
    for each in changed:
        keep(desk, each)


def hear(desk: Desk, partner: Billing, row: PartnerInvoice) -> Billed | None:
    """Ask how an invoice stands, do what follows, and return it; None where nobody awaits it.

    Raises BillingUnavailable and BillingRefused, and NotYet before the invoice is filed here.
    """
    invoice = _invoice(desk, row)
    if invoice is None:
        return None
    if invoice.trouble and not invoice.partner_id:
        return None  # Billing was told to void it; it is voided there by that
    if not invoice.partner_id:
        raise NotYet(f"Invoice {invoice.number} is not filed yet.")
    billed = partner.look(row.invoice)
    doubled = doubles(desk, row, invoice, billed)
    for each in billed.received:
        if each in doubled.values():
            _heard(desk, row, "payment_doubted", invoice, f"doubted:{each.id}")
        elif not each.key:
            _received(desk, row, invoice, each)
    if billed.state is BillState.VOID:
        _heard(desk, row, "void_heard", invoice, "void")
    if billed.state is BillState.UNCOLLECTIBLE:
        _heard(desk, row, "write_off_heard", invoice, f"given up:{invoice.paid.minor}")
    if billed.received:
        _went_back(desk, partner, row)
    _compared(desk, row, billed)
    return billed


def _invoice(desk: Desk, row: PartnerInvoice) -> Invoice | None:
    """Return the invoice on record; None where it is not, or its request ended before its filing.

    Then it is voided at the partner, and will never be filed.
    """
    with desk.store.unit() as unit:
        request = unit.requests.get(row.ref)
    invoice = recorded(record_of(request), row) if request else None
    if request is None or invoice is None:
        return None
    return invoice if invoice.partner_id or is_wanted(request) else None


def _received(desk: Desk, row: PartnerInvoice, invoice: Invoice, received: Received) -> None:
    on = received.at.astimezone(desk.company.zone).date()
    what = {"amount": received.amount, "on": on, "reference": received.id}
    method = cleaning.one_line(received.method)
    _heard(desk, row, "payment_heard", invoice, f"paid:{received.id}", method=method, **what)


def _went_back(desk: Desk, partner: Billing, row: PartnerInvoice) -> None:
    """Note what went back of an invoice's money, where that is another than is on record."""
    invoice, returned = _invoice(desk, row), partner.returned(row.invoice)
    if invoice is None or returned is None or returned == invoice.returned:
        return
    ways = " and ".join(dict.fromkeys(each.way.value for each in returned))
    about = {"invoice": invoice.number, "ways": ways}
    moves.by_frontdesk(
        desk,
        row.ref,
        "money_returned",
        partner_id=row.invoice,
        returned=returned,
        evidence=about,
    )


def _heard(
    desk: Desk, row: PartnerInvoice, name: str, invoice: Invoice, occasion: str, **what: object
) -> None:
    """Move the request by what was heard, or note it beside, as far as that is possible."""
    values = what | {"partner_id": row.invoice, "evidence": {"invoice": invoice.number}}
    key = f"{row.invoice}:{occasion}"
    if moves.by_frontdesk(desk, row.ref, name, key, **values) is None:
        moves.by_frontdesk(desk, row.ref, f"{name}_beside", key, **values)


def _compared(desk: Desk, row: PartnerInvoice, billed: Billed) -> None:
    """Tell Billing where the balance there is another than here, once for each such pair.

    Not while the partner has still to be told of what was paid elsewhere, nor where Billing has
    taken back here just what went back there.
    """
    invoice = _invoice(desk, row)
    if invoice is None or billed.state not in (BillState.OPEN, BillState.PAID):
        return
    is_to_be_told = billed.balance.minor > 0 and credits_of(desk, row, invoice, billed)
    if invoice.written_off or is_to_be_told:
        return
    here, there = max(invoice.balance.minor, 0), billed.balance.minor
    if here not in (there, there + invoice.gone_back):
        _heard(desk, row, "balance_differs", invoice, f"differs:{here}:{there}")


def credits_of(
    desk: Desk, row: PartnerInvoice, invoice: Invoice, billed: Billed
) -> dict[str, Payment]:
    """Return, by our keys, what Billing recorded of an invoice that is to be taken off there."""
    doubled = doubles(desk, row, invoice, billed)
    return {
        key: each
        for key, each in _untold(desk, row, invoice, billed).items()
        if each.id not in doubled
    }


def doubles(
    desk: Desk, row: PartnerInvoice, invoice: Invoice, billed: Billed
) -> dict[int, Received]:
    """Return which payments of the partner's Billing has seen there and recorded by hand, too.

    By the id of Billing's payment, of the same amount, that the partner was not told of. Both count
    once; what is meant is asked of Billing.
    """
    known = {each.reference for each in invoice.payments}
    unheard = [each for each in billed.received if not each.key and each.id not in known]
    found: dict[int, Received] = {}
    for payment in _untold(desk, row, invoice, billed).values():
        same = (each for each in unheard if each.amount.minor == payment.amount.minor)
        if one := next(same, None):
            unheard.remove(one)
            found[payment.id] = one
    return found


def _untold(
    desk: Desk, row: PartnerInvoice, invoice: Invoice, billed: Billed
) -> dict[str, Payment]:
    """Return, by our keys, the payments that Billing recorded and that are not on record there."""
    told, back = {each.key for each in billed.received}, invoice.reversed_ids()
    mine = {
        key_of(desk, f"{row.key}:{each.id}"): each
        for each in invoice.payments
        if each.amount.minor > 0 and each.by != Seat.FRONTDESK.value and each.id not in back
    }
    return {key: each for key, each in mine.items() if key not in told}
