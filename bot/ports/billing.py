"""A partner of the company's that makes its invoices and takes the money for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.calls import Heard
from workflows.money import Money
from workflows.returns import Returned


class BillingUnavailable(Exception):
    """The partner does not answer, or asks to come again; the text says what it said.

    ``fix`` says what an admin can do about it, "" where that is to wait.
    """

    def __init__(self, said: str, fix: str = "") -> None:
        """Remember both."""
        super().__init__(said)
        self.fix = fix


class BillingRefused(Exception):
    """The partner will never take this; the text says why."""


class BillState(StrEnum):
    """How an invoice stands at the partner."""

    DRAFT = "draft"
    """It can still change, and nobody can pay it."""
    OPEN = "open"
    PAID = "paid"
    UNCOLLECTIBLE = "uncollectible"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice to be made. ``key`` names it for ever: the same key is the same invoice.

    Without a ``number`` the partner gives it one. ``lines`` are texts and amounts of one currency
    that add up to what is invoiced. It was first wanted at ``since``.
    """

    key: str
    ref: str
    number: str
    client: str
    contact: str
    email: str
    memo: str
    lines: tuple[tuple[str, Money], ...]
    due: date
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Money that the partner has, or knows of, for an invoice, at an instant (UTC).

    ``id`` is the partner's name for it. ``key``: by which it was credited by us, else "".
    """

    id: str
    amount: Money
    at: datetime
    method: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Billed:
    """How an invoice stands: its number, what is owed of it, and every payment.

    ``page`` is where the client can pay, "" where they cannot.
    """

    state: BillState
    number: str
    total: Money
    balance: Money
    received: tuple[Received, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Money that came in elsewhere, for an invoice. The same ``key`` is the same payment."""

    key: str
    amount: Money
    at: datetime
    method: str
    reference: str


class Billing(Protocol):
    """Makes invoices and tells what came in for them. Never called within a transaction.

    Every method but ``heard`` and ``test_call`` raises BillingUnavailable; all that are given
    something raise BillingRefused.
    """

    @property
    def name(self) -> str:
        """What people call the partner: "Stripe"."""

    @property
    def mails(self) -> bool:
        """Whether the partner mails its invoices to the client; else we do."""

    @property
    def longest_number(self) -> int:
        """How many characters an invoice's number has at most."""

    def prepare(self, bill: Bill) -> str:
        """Return the partner's name for the invoice with this key, made unless there is one.

        It can be paid from then on, but nobody is told of it. Whatever the partner makes of the
        amounts (a tax, a credit) is refused.
        """

    def find(self, key: str, since: datetime) -> str:
        """Return the partner's name for the invoice with this key, "" where there is none.

        It was first wanted at ``since``.
        """

    def look(self, invoice: str) -> Billed:
        """Return how an invoice stands."""

    def returned(self, invoice: str) -> tuple[Returned, ...] | None:
        """Return what went back of what was paid; None where we may not be told that."""

    def invoice_of(self, payment: str) -> str:
        """Return the name of the invoice that a payment is for, "" where it is for none."""

    def pdf(self, invoice: str) -> bytes:
        """Return the invoice as a PDF."""

    def send(self, invoice: str, key: str) -> None:
        """Have the partner mail an invoice to the client, once for each ``key``."""

    def readdress(self, invoice: str, email: str) -> None:
        """Write to another address from now on about the money that who got an invoice owes."""

    def credit(self, invoice: str, credit: Credit) -> None:
        """Take what came in elsewhere off the balance, once for each key."""

    def void(self, invoice: str) -> None:
        """Take an invoice back; one that is paid or void stays as it is."""

    def give_up(self, invoice: str) -> None:
        """Mark an open invoice as uncollectible; anything else stays as it is."""

    def changed(self, since: datetime) -> Sequence[Heard]:
        """Return whatever happened to any invoice from ``since`` on."""

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Return what the partner's call is about. Raises NotTheirs."""

    def test_call(self) -> tuple[bytes, Mapping[str, str]]:
        """Return body and headers of a call as the partner makes them, about no invoice."""

    def check(self) -> str:
        """Return to which account of the partner's we have access now.

        BillingUnavailable and BillingRefused say where we have none, or may not do all of this.
        """

    def check_events(self) -> tuple[str, str]:
        """Return of what the partner calls us, and the fix where that is not all that we need.

        Without a fix it is all, or nobody can see it with our access.
        """

    def close(self) -> None:
        """Let go of every connection; whoever asks again makes new ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerInvoice:
    """An invoice that is made by a partner. ``key`` is ours; ``invoice`` their name for it, or "".

    It is the one that was recorded on the request ``ref`` as ``number`` at ``at`` (business time).
    """

    key: str
    ref: str
    number: str
    at: datetime
    invoice: str = ""

    def called(self, invoice: str) -> "PartnerInvoice":
        """Return it under the partner's name for it."""
        return replace(self, invoice=invoice)


class PartnerInvoices(Protocol):
    """What was asked of a partner, in one transaction."""

    def add(self, invoice: PartnerInvoice) -> None:
        """Keep a new one; what has the same key already stays as it is, also by another hand."""

    def put(self, invoice: PartnerInvoice) -> None:
        """Keep it, in the place of what has the same key."""

    def get(self, key: str, *, to_change: bool = False) -> PartnerInvoice | None:
        """Return the one with this key of ours, or None.

        ``to_change``: whoever else would change it waits until this transaction ends.
        """

    def named(self, invoice: str) -> PartnerInvoice | None:
        """Return the one that the partner calls so, or None."""

    def numbered(self, number: str) -> PartnerInvoice | None:
        """Return the one that the partner made under this number of ours, in any case, or None.

        It may be void since, or no more on record. What was counted here ("SOW-7-1") was never a
        number there.
        """

    def of(self, ref: str) -> Sequence[PartnerInvoice]:
        """Return all of a request, in the order in which they were recorded."""
