"""How an invoice at Stripe stands, in our words."""

from collections.abc import Iterable
from datetime import UTC, datetime

from stripe import Invoice, InvoicePayment, PaymentRecord, StripeObject

from bot.ports import Billed, BillState, Received
from integrations.billing.amounts import money
from integrations.billing.defining import MARK

_ELSEWHERE = "outside of Stripe"
_STRIPES = ("charge", "payment_intent")
"""What holds money that came in through Stripe."""


def billed(invoice: Invoice, payments: Iterable[InvoicePayment]) -> Billed:
    """Return how an invoice stands; a payment is one of ``payments`` that is paid.

    What was marked as paid on Stripe's own page is in none of them; it is a payment of its own.
    """
    state, currency = state_of(invoice), invoice.currency
    received = [_received(each) for each in payments if each.status == "paid"]
    known = sum(each.amount_paid or 0 for each in payments if each.status == "paid")
    if (rest := invoice.amount_paid - known) > 0:
        marked = invoice.status_transitions.paid_at or invoice.created
        received.append(
            Received(
                id=f"{invoice.id}:elsewhere",
                amount=money(rest, currency),
                at=_instant(marked),
                method=_ELSEWHERE,
            )
        )
    return Billed(
        state=state,
        number=invoice.number or "",
        total=money(invoice.total, currency),
        balance=money(invoice.amount_remaining, currency),
        received=tuple(sorted(received, key=lambda each: (each.at, each.id))),
        page=(invoice.hosted_invoice_url or "") if state is BillState.OPEN else "",
    )


def state_of(invoice: Invoice) -> BillState:
    """Return the state of an invoice."""
    return BillState(invoice.status or "draft")


def name_of(thing: str | StripeObject | None) -> str:
    """Return the id of what may be told in whole, or by its id alone."""
    return thing if isinstance(thing, str) else str(getattr(thing, "id", ""))


def key_of(payment: InvoicePayment) -> str:
    """Return by which key we credited a payment, "" where it was not us."""
    record = _record(payment)
    return mark(record) if record else ""


def mark(thing: StripeObject, name: str = MARK) -> str:
    """Return a mark of ours in the metadata of something, "" where it has none."""
    metadata = getattr(thing, "metadata", None)
    return str(metadata.to_dict().get(name, "")) if isinstance(metadata, StripeObject) else ""


def _record(payment: InvoicePayment) -> PaymentRecord | None:
    if payment.payment.type != "payment_record":
        return None
    record = payment.payment.payment_record
    return record if isinstance(record, PaymentRecord) else None


def _received(payment: InvoicePayment) -> Received:
    return Received(
        id=payment.id,
        amount=money(payment.amount_paid or 0, payment.currency),
        at=_instant(payment.status_transitions.paid_at or payment.created),
        method=_method(payment),
        key=key_of(payment),
    )


def _method(payment: InvoicePayment) -> str:
    if payment.payment.type in _STRIPES:
        return "Stripe"
    custom = getattr(getattr(_record(payment), "payment_method_details", None), "custom", None)
    return str(getattr(custom, "display_name", "") or _ELSEWHERE)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
