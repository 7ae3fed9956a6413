"""A deal carried on from the accepted request: the document, the client's word, the money."""

from copy import copy
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from tests.workflows.deals import deal
from tests.workflows.harborlight import ANA, BEA, DIAN, OFFICE, RYAN
from tests.workflows.journey import Journey
from workflows.deal import Record, SowDetails, Version, outline, record_of
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.engine import Move
from workflows.invoice import Invoice, find
from workflows.money import Money
from workflows.office import Office
from workflows.sow import WORKFLOW

CLIENT, FRONTDESK = "client", "frontdesk"
CORA = {"name": "Cora Client", "title": "Director", "email": "cora@brightwater.example"}

PAPER = Document(
    title="Services for Brightwater",
    client="Brightwater",
    client_address="1 Harbour Road, Bristol",
    contact_name="Cora Client",
    contact_email="cora@brightwater.example",
    background="They grow.",
    scope="Onboarding of 40 users.",
    deliverables=(Deliverable(title="A plan"), Deliverable(title="A workshop")),
    milestones=(Milestone(title="Kick-off", on=date(2026, 4, 1)),),
    prices=(PriceLine(text="Services for Brightwater", price=Money.of(180_000, "USD")),),
    fee="recurring",
    billing_period="monthly",
    start=date(2026, 4, 1),
    end=date(2026, 9, 30),
    payment_terms="30 days net",
    assumptions=("Access is given.",),
    notes="Ask for the logo.",
)
"""A document in which every part is filled in."""


def fee(amount: int | str, currency: str = "USD") -> tuple[PriceLine, ...]:
    """Return the price lines of a document with one fee."""
    price = Money.of(amount, currency)
    return (PriceLine(text="Services for Brightwater", price=price, quantity=Decimal(1)),)


def written(document: Document) -> dict[str, Any]:
    """Return what the form gives when exactly ``document`` is handed in."""
    return {each.name: getattr(document, each.name) for each in fields(Document)}


def invoice(number: str = "INV-1", amount: int | str = 90_000, **more: Any) -> dict[str, Any]:
    """Return what Billing hands in as an invoice."""
    due = {"due": date(2026, 4, 9)}
    usual = {"number": number, "amount": Money.of(amount, "USD"), "issued": date(2026, 3, 10)}
    return usual | due | more


def payment(
    amount: int | str, number: str = "INV-1", reference: str = "", **more: Any
) -> dict[str, Any]:
    """Return what Billing hands in as a payment."""
    return {
        "invoice": number,
        "amount": Money.of(amount, "USD"),
        "on": date(2026, 4, 1),
        "method": "bank transfer",
        "reference": reference,
        **more,
    }


class Contract(Journey):
    """A deal and everybody's usual next steps; Dian owns it."""

    @property
    def record(self) -> Record:
        """What has grown from the request."""
        return record_of(self.request)

    @property
    def version(self) -> Version:
        """The newest version."""
        newest = self.record.version
        assert newest is not None
        return newest

    def invoice(self, number: str = "INV-1") -> Invoice:
        """Return the invoice with this number."""
        found = find(self.record.invoices, number)
        assert found is not None
        return found

    def copy(self) -> Self:
        """Return the same deal, to be led another way."""
        other = copy(self)
        other.moves = list(self.moves)
        return other

    def is_accepted(self) -> Self:
        """Let whoever has the ball approve and accept."""
        if self.stage == "executive_approval":
            self.does(RYAN, "approve")
        self.does(DIAN, "accept")
        return self

    def drafts(self, document: Document) -> Move:
        """Let the owner hand in the next version, and Frontdesk render it."""
        move = self.does(self.request.owner or DIAN, "draft", **written(document))
        self.is_rendered()
        return move

    def is_rendered(self) -> Self:
        """Let Frontdesk render the newest version."""
        number = len(self.record.versions)
        self.does(FRONTDESK, "rendered", version=number, sha256=f"{number:064}", pages=3)
        return self

    def is_sent(self) -> Self:
        """Let the owner send the newest version; the executive approves it if need be."""
        if self.stage == "document_approval":
            self.does(RYAN, "approve_document")
        self.does(self.request.owner or DIAN, "send", contact_email="cora@brightwater.example")
        return self

    def is_signed(self) -> Self:
        """Let the client approve."""
        self.does(CLIENT, "client_approve", version=len(self.record.versions), **CORA)
        return self

    def is_billed(self, **invoice: Any) -> Move:
        """Let Billing record one invoice more; it is not sent."""
        is_first = self.stage == "invoicing"
        return self.does(BEA, "record_invoice" if is_first else "record_further_invoice", **invoice)

    def is_filed(self, number: str = "INV-1", mark: str = "f") -> Move:
        """Let Frontdesk file the PDF of an invoice."""
        at = self.invoice(number).at
        return self.does(FRONTDESK, "invoice_kept", number=number, at=at, sha256=mark * 64)

    def is_invoiced(self, *invoices: dict[str, Any]) -> Self:
        """Let Billing record invoices and send them."""
        for each in invoices or (invoice(), invoice("INV-2")):
            self.is_billed(**each)
            self.is_filed(each["number"])
        is_first = self.stage == "invoicing"
        self.does(BEA, "send_invoices" if is_first else "send_further_invoices")
        return self


def contract(
    amount: str = "180000",
    currency: str = "USD",
    asker: str = ANA,
    office: Office = OFFICE,
    **details: Any,
) -> Contract:
    """Return a deal that ``asker`` has just submitted."""
    return Contract(WORKFLOW, asker, deal(amount, currency, **details), office)


def first_draft(details: SowDetails, **changes: Any) -> Document:
    """Return what the request says, with the little that no document goes without."""
    said = written(outline(details))
    lacking = {
        "scope": details.scope or "Onboarding of 40 users.",
        "deliverables": outline(details).deliverables or (Deliverable(title="A plan"),),
        "payment_terms": details.payment_terms or "30 days net",
    }
    return Document(**said | lacking | changes)


def ready(office: Office = OFFICE, **details: Any) -> Contract:
    """Return a deal over 180,000 USD whose first version can go to the client."""
    way = contract(office=office, **details).is_accepted()
    way.drafts(first_draft(way.request.details))
    return way


def with_client(**details: Any) -> Contract:
    """Return a deal whose first version is with the client."""
    return ready(**details).is_sent()


def awaiting(*invoices: dict[str, Any]) -> Contract:
    """Return a deal whose invoices (two halves unless given) the client has got."""
    return with_client().is_signed().is_invoiced(*invoices)


def paid() -> Contract:
    """Return a deal whose two invoices are paid."""
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000, reference="RF18"))
    way.does(BEA, "record_payment", **payment(90_000, "INV-2", "RF19"))
    return way
