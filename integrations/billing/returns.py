"""What went back of an invoice's money, or may: refunds, disputes, credit notes after payment.

Refunds and disputes are of a payment; Stripe lists them by it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from stripe import Dispute, Invoice, InvoicePayment, Refund

from integrations.billing.amounts import money
from integrations.billing.session import Session
from integrations.billing.standing import name_of
from workflows.money import Money
from workflows.returns import Returned, Way

_PAGE, _MOST = 100, 1_000
_CAME_TO_NOTHING = ("failed", "canceled")
_OURS = ("won", "prevented", "warning_closed")
"""The ends of disputes after which the money is ours."""
_LOST = "lost"
_TO_ANSWER = "needs_response"


def returned(
    session: Session, invoice: Invoice, payments: Iterable[InvoicePayment], zone: ZoneInfo
) -> tuple[Returned, ...]:
    """Return what went back, each way and currency once; days are those of ``zone``.

    A credit note is told as far as it is not refunded. Raises StripeError.
    """
    found: dict[tuple[Way, str], Returned] = {}
    for each in _each(session, payments, zone):
        known = found.setdefault(
            (each.way, each.amount.currency), replace(each, amount=each.amount.of_minor(0))
        )
        days = [day for day in (known.until, each.until) if day]
        found[each.way, each.amount.currency] = replace(
            known, amount=_sum(known.amount, each.amount), until=min(days, default=None)
        )
    credited = money(invoice.post_payment_credit_notes_amount, invoice.currency)
    refunded = found.get((Way.REFUNDED, credited.currency))
    rest = credited.minor - (refunded.amount.minor if refunded else 0)
    if rest > 0:
        found[Way.CREDITED, ""] = Returned(way=Way.CREDITED, amount=credited.of_minor(rest))
    return tuple(found[key] for key in sorted(found))


def _each(
    session: Session, payments: Iterable[InvoicePayment], zone: ZoneInfo
) -> Iterator[Returned]:
    for payment in payments:
        intent = name_of(payment.payment.payment_intent)
        if payment.status != "paid" or not intent:
            continue
        refunds = session.v1.refunds.list({"payment_intent": intent, "limit": _PAGE})
        yield from filter(None, map(_refund, islice(refunds.auto_paging_iter(), _MOST)))
        disputes = session.v1.disputes.list({"payment_intent": intent, "limit": _PAGE})
        for dispute in islice(disputes.auto_paging_iter(), _MOST):
            if dispute.status not in _OURS:
                yield _dispute(dispute, zone)


def _refund(refund: Refund) -> Returned | None:
    if refund.status in _CAME_TO_NOTHING:
        return None
    return Returned(way=Way.REFUNDED, amount=money(refund.amount, refund.currency))


def _dispute(dispute: Dispute, zone: ZoneInfo) -> Returned:
    amount = money(dispute.amount, dispute.currency)
    if dispute.status == _LOST:
        return Returned(way=Way.LOST, amount=amount)
    is_to_answer = dispute.status.endswith(_TO_ANSWER)
    due = dispute.evidence_details.due_by if is_to_answer else None
    return Returned(way=Way.DISPUTED, amount=amount, until=_day(due, zone) if due else None)


def _day(seconds: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()


def _sum(one: Money, other: Money) -> Money:
    return one.of_minor(one.minor + other.minor)
