"""What an entry of the timeline was about: which version, which question, which payment.

An entry says in words what the audit needs. The request's record holds the values, each with the
instant at which it was written; that instant is the entry's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from workflows.invoice import FollowUp, Invoice, Payment, find
from workflows.money import Money


class Dated(Protocol):
    """Anything that was written at an instant (UTC)."""

    @property
    def at(self) -> datetime:
        """When it was written."""


T = TypeVar("T")
D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment, or one that was taken back; ``left`` is what was open of its invoice then."""

    invoice: Invoice
    payment: Payment
    left: Money


@dataclass(frozen=True, slots=True)
class Followed:
    """A step of the follow-up of an invoice."""

    invoice: Invoice
    step: FollowUp


def written(things: Sequence[T], at: datetime, field: str = "at") -> T | None:
    """Return the one of ``things`` whose ``field`` is the instant ``at``, or None."""
    return next((each for each in things if getattr(each, field) == at), None)


def newest(things: Sequence[D], at: datetime) -> D | None:
    """Return the one of ``things`` that was the newest at the instant ``at``, or None."""
    return next((each for each in reversed(things) if each.at <= at), None)


def paid(invoices: Sequence[Invoice], at: datetime) -> Paid | None:
    """Return what was paid or taken back at the instant ``at``, or None."""
    for invoice in invoices:
        for count, payment in enumerate(invoice.payments, start=1):
            if payment.at == at:
                received = sum(each.amount.minor for each in invoice.payments[:count])
                left = invoice.amount.of_minor(invoice.amount.minor - received)
                return Paid(invoice, payment, left)
    return None


def followed(invoices: Sequence[Invoice], at: datetime) -> Followed | None:
    """Return the step of the follow-up that was taken at the instant ``at``, or None."""
    return next(
        (
            Followed(invoice, step)
            for invoice in invoices
            for step in invoice.follow_ups
            if step.at == at
        ),
        None,
    )


def steps(invoice: Invoice) -> tuple[Payment | FollowUp, ...]:
    """Return the payments and the follow-up of an invoice, oldest first."""
    return tuple(
        sorted((*invoice.payments, *invoice.follow_ups), key=lambda each: each.at),
    )


FILTERS: dict[str, Any] = {
    each.__name__: each for each in (written, newest, paid, followed, steps, find)
}
