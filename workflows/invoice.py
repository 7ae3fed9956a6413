"""Invoices and payments: rows that only grow, and a status that is always derived.

"Billing Department ... collect the agreed-upon payment" (Deals Requiring SOW, step 4), and the
follow-up that the sales assistant owns (step 5).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from workflows.money import Money
from workflows.returns import Returned, Way
from workflows.wording import in_words


class Status(StrEnum):
    """Where an invoice stands; nobody types it in."""

    UNPAID = "unpaid"
    PART_PAID = "part-paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    WRITTEN_OFF = "written off"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money received, or taken back: a reversal names the payment that it ``reverses``.

    ``id`` counts the payments of one invoice from 1. ``on`` is the day of the bank's statement.
    """

    id: int
    amount: Money
    on: date
    method: str
    reference: str
    by: str
    at: datetime
    reverses: int | None = None


class Kind(StrEnum):
    """What was done about a payment that is awaited."""

    NUDGE = "nudge"
    OVERDUE = "overdue"
    REMINDER = "reminder"
    NOTE = "note"
    PROMISE = "promise"
    SNOOZE = "snooze"
    DISPUTE = "dispute"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One step of the follow-up, in the words of whoever did it."""

    kind: Kind
    by: str
    at: datetime
    text: str = ""
    subject: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """One invoice, or one instalment of several. ``sha256`` names its PDF among the stored files.

    ``paused_until``: no reminder before that day; ``disputed``: none until it is resolved.
    ``void``: it was taken back after it had been sent, and nothing is owed of it.
    """

    number: str
    numbered: bool = True
    """Whether somebody chose the number; else whoever makes the invoice may give another."""
    amount: Money
    issued: date
    due: date
    label: str = ""
    by: str
    at: datetime
    files: tuple[str, ...] = ()
    """Slack file ids of the PDF that Billing attached; empty: it is rendered."""
    sha256: str = ""
    partner: str = ""
    """Who made it ("Stripe"); "" where Billing did."""
    partner_id: str = ""
    """The partner's own name for it."""
    page: str = ""
    """Where the client can pay it; "" where they cannot."""
    trouble: str = ""
    """Why it could not be prepared."""
    sent_at: datetime | None = None
    payments: tuple[Payment, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    paused_until: date | None = None
    disputed: bool = False
    written_off: bool = False
    void: bool = False
    returned: tuple[Returned, ...] = ()
    """What went back of it at its partner, by what that says; the balance does not know of it."""

    @property
    def gone_back(self) -> int:
        """How many minor units its partner has given back, or lost for good."""
        gone = (each.amount for each in self.returned if each.way is not Way.DISPUTED)
        return sum(each.minor for each in gone if each.currency == self.amount.currency)

    @property
    def paid(self) -> Money:
        """What was received and not taken back."""
        return self.amount.of_minor(sum(each.amount.minor for each in self.payments))

    @property
    def balance(self) -> Money:
        """Invoiced minus paid; negative when too much was paid."""
        owed = 0 if self.void else self.amount.minor
        return self.amount.of_minor(owed - self.paid.minor)

    @property
    def status(self) -> Status:
        """Where it stands, from its rows."""
        if self.void and self.balance.minor == 0:
            return Status.VOID
        if self.written_off and self.balance.minor > 0:
            return Status.WRITTEN_OFF
        if self.balance.minor < 0:
            return Status.OVERPAID
        if self.balance.minor == 0:
            return Status.PAID
        return Status.PART_PAID if self.paid.minor > 0 else Status.UNPAID

    def nudges_since(self, day: date) -> int:
        """How often the sales assistant was nudged about it from ``day`` (UTC) on."""
        return sum(each.kind is Kind.NUDGE and each.at.date() >= day for each in self.follow_ups)

    @property
    def is_unsent(self) -> bool:
        """Whether it is still to be sent to the client."""
        return self.sent_at is None and not self.void

    @property
    def is_open(self) -> bool:
        """Whether money is still awaited."""
        return self.status in (Status.UNPAID, Status.PART_PAID)

    def is_overdue(self, today: date) -> bool:
        """Whether money is awaited and the due day is over."""
        return self.is_open and self.sent_at is not None and self.due < today

    def is_chased(self, today: date) -> bool:
        """Whether somebody should ask for the money on ``today``."""
        paused = self.paused_until is not None and today < self.paused_until
        return self.is_open and not self.disputed and not paused and self.sent_at is not None

    @property
    def nudges(self) -> int:
        """How often the sales assistant was nudged about it."""
        return sum(each.kind is Kind.NUDGE for each in self.follow_ups)

    @property
    def is_escalated(self) -> bool:
        """Whether the head of sales was told that it is overdue."""
        return any(each.kind is Kind.OVERDUE for each in self.follow_ups)

    def was_nudged_since(self, at: datetime) -> bool:
        """Whether the sales assistant was nudged about it at ``at`` or after."""
        return any(each.kind is Kind.NUDGE and each.at >= at for each in self.follow_ups)

    def reversed_ids(self) -> frozenset[int]:
        """The ids of payments that were taken back."""
        return frozenset(each.reverses for each in self.payments if each.reverses is not None)

    def reversible(self) -> tuple[Payment, ...]:
        """Return the payments that can still be taken back."""
        gone = self.reversed_ids()
        return tuple(p for p in self.payments if p.reverses is None and p.id not in gone)

    def with_payment(self, payment: Payment) -> "Invoice":
        """Return the invoice with one more payment."""
        return replace(self, payments=(*self.payments, payment))

    def with_follow_up(self, step: FollowUp) -> "Invoice":
        """Return the invoice with one more step of its follow-up."""
        return replace(self, follow_ups=(*self.follow_ups, step))

    def __str__(self) -> str:
        """The number, the amount and the status, for differences."""
        return f"{self.number}: {self.amount}, due {in_words(self.due)}, {self.status.value}"


def outstanding(invoices: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    """Return the invoices whose money is still awaited, the earliest due first."""
    return tuple(sorted((each for each in invoices if each.is_open), key=lambda each: each.due))


def find(invoices: tuple[Invoice, ...], number: str) -> Invoice | None:
    """Return the invoice with this number, or None; numbers are compared as people write them."""
    wanted = number.strip().casefold()
    return next((each for each in invoices if each.number.casefold() == wanted), None)


def of_partner(invoices: tuple[Invoice, ...], partner_id: str) -> Invoice | None:
    """Return the invoice that its partner calls ``partner_id``, or None."""
    return next((each for each in invoices if partner_id and each.partner_id == partner_id), None)


def swap(invoices: tuple[Invoice, ...], changed: Invoice) -> tuple[Invoice, ...]:
    """Return ``invoices`` with ``changed`` in the place of the one with its number."""
    return tuple(changed if each.number == changed.number else each for each in invoices)
