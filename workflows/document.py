"""What a Statement of Work says: its content as a value, its total, its gaps, its changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from workflows.money import Money
from workflows.wording import BLANK, change, in_words, items, only_fills_in, short


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """What the client gets, and how both sides know that it is done."""

    title: str
    description: str = ""
    acceptance: str = ""
    due: date | None = None

    def __str__(self) -> str:
        """The title, for differences."""
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A point in the timeline."""

    title: str
    on: date | None = None
    note: str = ""

    def __str__(self) -> str:
        """The title and the day, for differences."""
        return f"{self.title} ({in_words(self.on)})" if self.on else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """One line of the fees: so many of something at a price each."""

    text: str
    price: Money
    quantity: Decimal = Decimal(1)

    @property
    def amount(self) -> Money:
        """Quantity times price, rounded half up to the currency's smallest unit."""
        exact = self.quantity * self.price.minor
        return self.price.of_minor(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))

    def __str__(self) -> str:
        """The text and the amount, for differences."""
        return f"{self.text}: {self.amount}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of one version. ``notes`` are the company's own and are never printed."""

    title: str = ""
    client: str = ""
    client_address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    background: str = ""
    scope: str = ""
    deliverables: tuple[Deliverable, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    prices: tuple[PriceLine, ...] = ()
    fee: str = "one_off"
    billing_period: str = ""
    start: date | None = None
    end: date | None = None
    payment_terms: str = ""
    assumptions: tuple[str, ...] = ()
    notes: str = ""
    template: str = "sow"

    @property
    def total(self) -> Money:
        """The sum of the price lines, in the currency of the first; zero dollars without any."""
        first = self.prices[0].price if self.prices else Money(0, "USD")
        return first.of_minor(sum(line.amount.minor for line in self.prices))

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies of the price lines; more than one cannot be summed up."""
        return frozenset(line.price.currency for line in self.prices)

    def differences(self, after: "Document") -> tuple["Difference", ...]:
        """Return what is different in ``after``, in the order of the document."""
        return tuple(_differences(self, after))


LABELS: Mapping[str, str] = {
    "title": "Title",
    "client": "Client",
    "client_address": "Client address",
    "contact_name": "Contact",
    "contact_email": "Contact address",
    "background": "Background",
    "scope": "Scope",
    "deliverables": "Deliverables",
    "milestones": "Milestones",
    "prices": "Fee",
    "fee": "Fee model",
    "billing_period": "Billing period",
    "start": "Start",
    "end": "End",
    "payment_terms": "Payment terms",
    "assumptions": "Assumptions",
    "notes": "Notes",
    "template": "Template",
}
"""What each part of a document is called: in forms, in lists of what is missing, in differences."""

SUBJECTS: Mapping[str, str] = {
    "client": "client",
    "client_address": "client",
    "background": "scope",
    "scope": "scope",
    "deliverables": "scope",
    "prices": "amount",
    "fee": "terms",
    "billing_period": "terms",
    "payment_terms": "terms",
    "assumptions": "terms",
    "start": "dates",
    "end": "dates",
    "milestones": "dates",
}
"""Which subject a part belongs to, where a change of it can matter to whoever approved it.

The executive approves a client, an amount (with its currency), a scope, terms and dates; which of
these a change of resets the approval is the company's policy. Everything else informs only.
"""

LEFT_TO_DRAFTING = frozenset(
    {"client_address", "deliverables", "end", "milestones", "payment_terms", "scope", "start"}
)
"""Parts that a request may leave blank: filling them in is what drafting is for."""

_WEIGHTS = ("amount", "dates", "terms", "client", "scope")
"""Which subjects are named first where something changed."""

MATERIAL = frozenset({"amount", "client", "dates", "scope", "terms"})
"""The subjects whose change resets an approval unless the company says otherwise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that changed, in words: ``Fee: 40,000.00 USD -> 45,000.00 USD``.

    ``was_blank``: it was left to be filled in later, and now is.
    """

    part: str
    said: str
    was_blank: bool

    def is_material(self, material: frozenset[str]) -> bool:
        """Whether the part belongs to one of the ``material`` subjects."""
        return SUBJECTS.get(self.part) in material

    def resets(self, material: frozenset[str]) -> bool:
        """Whether it resets an approval: material, and more than what was left to drafting."""
        left_blank = self.was_blank and self.part in LEFT_TO_DRAFTING
        return self.is_material(material) and not left_blank

    @property
    def weight(self) -> int:
        """Its place among differences; what matters most comes first."""
        subject = SUBJECTS.get(self.part, "")
        return _WEIGHTS.index(subject) if subject in _WEIGHTS else len(_WEIGHTS)

    def __str__(self) -> str:
        """The words."""
        return self.said


def _differences(before: Document, after: Document) -> Iterator[Difference]:
    for field in fields(Document):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        label = LABELS[field.name]
        if field.name == "prices":
            said = _fee(before, after)
        elif isinstance(old, tuple):
            said = f"{label}: {items(old, new)}"
        else:
            said = f"{label}: {change(old, new)}"
        yield Difference(field.name, said, was_blank=only_fills_in(old, new))


def _fee(before: Document, after: Document) -> str:
    if not before.prices or (before.total, before.currencies) != (after.total, after.currencies):
        return f"Fee: {short(before.total if before.prices else '')} -> {short(after.total)}"
    return f"Fee lines (the total stays {after.total}): {items(before.prices, after.prices)}"


def gaps(document: Document, required: tuple[str, ...]) -> tuple[str, ...]:
    """Return what ``document`` lacks before it can be rendered, by the names people read.

    ``required`` are the parts that its template cannot do without. Price lines in more than one
    currency are named, too: nothing is ever converted.
    """
    lacking = [
        LABELS.get(name, name)
        for name in required
        if name in LABELS and getattr(document, name) in BLANK
    ]
    if len(document.currencies) > 1:
        lacking.append("one currency for all price lines")
    return tuple(lacking)


def money_fits(line: PriceLine) -> bool:
    """Whether a line's amount stays within what :class:`Money` holds."""
    return abs(line.amount.minor) <= 10**15
