"""An invoice and a customer as the double of Stripe has them, and how it shows them."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime

from tests.integrations.billing.contract import Json


class Refused(Exception):
    """What Stripe answers in the place of doing something."""

    def __init__(self, message: str, *, status: int = 400, code: str = "", param: str = "") -> None:
        super().__init__(message)
        self.status = status
        error = {"type": "invalid_request_error", "message": message, "code": code, "param": param}
        self.body = {"error": {name: each for name, each in error.items() if each}}


def missing(kind: str, name: str, param: str = "id") -> Refused:
    """Return the answer about something that is not there."""
    return Refused(f"No such {kind}: '{name}'", status=404, code="resource_missing", param=param)


@dataclass
class Customer:
    """``balance`` below zero is a credit that the next invoices are paid from."""

    id: str
    made: Json
    created: int
    balance: int = 0
    deleted: bool = False

    def seen(self, example: Json) -> Json:
        said = {"id": self.id, "created": self.created, "balance": self.balance, "metadata": {}}
        return deepcopy(example) | {"currency": None} | said | self.made


@dataclass
class Payment:
    """Money for an invoice: of an intent of Stripe's, or of a record of what came in elsewhere."""

    id: str
    invoice: str
    amount: int
    created: int
    intent: str = ""
    record: str = ""

    def seen(self, example: Json, currency: str) -> Json:
        of = "payment_record" if self.record else "payment_intent"
        return deepcopy(example) | {
            "id": self.id,
            "invoice": self.invoice,
            "amount_paid": self.amount,
            "amount_requested": self.amount,
            "created": self.created,
            "currency": currency,
            "is_default": False,
            "livemode": False,
            "status": "paid",
            "status_transitions": {"canceled_at": None, "paid_at": self.created},
            "payment": {
                "type": of,
                "charge": None,
                "payment_intent": self.intent or None,
                "payment_record": self.record or None,
            },
        }


@dataclass
class Invoice:
    """An invoice; amounts are in Stripe's units. ``made`` is what it was made with."""

    id: str
    made: Json
    customer: Customer
    created: int
    status: str = "draft"
    number: str = ""
    items: list[Json] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    times: dict[str, int] = field(default_factory=dict)
    tax: int = 0
    credited: int = 0
    """By credit notes."""
    credited_after: int = 0
    """By credit notes after it was paid."""
    elsewhere: int = 0
    """What was marked as paid elsewhere, of which there is no payment."""
    _starting: int | None = None

    @property
    def key(self) -> str:
        return str(self.made.get("metadata", {}).get("frontdesk", ""))

    @property
    def currency(self) -> str:
        return str(self.made["currency"])

    @property
    def due(self) -> int:
        return int(self.made["due_date"])

    @property
    def total(self) -> int:
        return self.tax + sum(int(each["amount"]) for each in self.items)

    @property
    def starting(self) -> int:
        return self.customer.balance if self._starting is None else self._starting

    @property
    def amount_due(self) -> int:
        return max(0, self.total + self.starting - self.credited)

    @property
    def paid(self) -> int:
        return min(self.amount_due, sum(each.amount for each in self.payments) + self.elsewhere)

    @property
    def remaining(self) -> int:
        return self.amount_due - self.paid

    def finalize(self, number: str, at: datetime) -> None:
        if self.status != "draft":
            raise Refused("This invoice is already finalized.", code="invoice_not_editable")
        if not self.items:
            raise Refused("There is nothing to invoice.", code="invoice_no_customer_line_items")
        self._starting = self.customer.balance
        self.customer.balance = min(0, self._starting + self.total)
        self.number = self.number or number
        self.status = "open"
        self.times["finalized_at"] = int(at.timestamp())

    def seen(self, example: Json, url: str) -> Json:
        is_final = self.status != "draft"
        times = {name: self.times.get(name) for name in example["status_transitions"]}
        made = {name: each for name, each in self.made.items() if name in example}
        paid = sum(each.amount for each in self.payments) + self.elsewhere
        return deepcopy(example) | {
            "metadata": {},
            **made,
            "id": self.id,
            "status": self.status,
            "number": self.number or None,
            "customer": self.customer.id,
            "customer_email": self.customer.made.get("email"),
            "customer_name": self.customer.made.get("name"),
            "created": self.created,
            "discounts": [],
            "total": self.total,
            "subtotal": self.total - self.tax,
            "starting_balance": self.starting,
            "ending_balance": self.customer.balance if is_final else None,
            "amount_due": self.amount_due,
            "amount_paid": self.paid,
            "amount_paid_off_stripe": self.elsewhere,
            "amount_overpaid": max(0, paid - self.amount_due),
            "amount_remaining": self.remaining,
            "post_payment_credit_notes_amount": self.credited_after,
            "pre_payment_credit_notes_amount": self.credited,
            "hosted_invoice_url": f"{url}/i/{self.id}" if is_final else None,
            "invoice_pdf": f"{url}/i/{self.id}/pdf?s=ap" if is_final else None,
            "status_transitions": times,
        }

    def pdf(self) -> bytes:
        """What the client gets, as far as anybody can read it."""
        lines = "\n".join(f"{each['description']}: {each['amount']}" for each in self.items)
        said = f"invoice {self.number} for {self.customer.made.get('name')}\n{lines}\n"
        return b"%PDF-1.7 " + said.encode() + b"%%EOF\n"


def page(found: list[Json], asked: Mapping[str, object], url: str) -> Json:
    """Return one page of a list, newest first."""
    after, limit = asked.get("starting_after"), asked.get("limit", 10)
    assert isinstance(limit, int)
    assert 1 <= limit <= 100, "a page has 1 to 100"
    begin = next((nth for nth, each in enumerate(found, 1) if each["id"] == after), 0)
    rest = found[begin:]
    return {"object": "list", "data": rest[:limit], "has_more": len(rest) > limit, "url": url}
