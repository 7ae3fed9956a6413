"""The deal with Globex, from the document to the money: what letters and pages are about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from messages.mails import Letter
from messages.report import ReportFacts, StageTime
from tests.workflows.harborlight import ANA, BEA, DIAN, RYAN
from workflows.deal import ClientQuestion, Outcome, Record, Signature, SowDetails, Version
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.invoice import FollowUp, Invoice, Kind, Payment
from workflows.money import Money
from workflows.request import Request

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
SIGNED_AT = AT + timedelta(days=2, minutes=14)
LINK = "https://frontdesk.harborlight.example/r/not-a-real-token-0123456789abcdefghijklm"
HASH = "5f1d7e0c" * 8

DOCUMENT = Document(
    title="Reporting over our API",
    client="Globex Corporation",
    client_address="Globex Corporation\n1 Cypress Creek Road\nSpringfield",
    contact_name="Hank Scorpio",
    contact_email="hank@globex.example",
    background="Globex closes its books by hand.\n\nIt wants to do so over our API.",
    scope="We connect the ledgers of three countries and build the reports on top.\n\n"
    "- Discovery with the finance team\n- Connection of the ledgers\n- Reports and training",
    deliverables=(
        Deliverable(
            title="Connected ledgers",
            description="All three countries.",
            acceptance="A month is closed from the new data.",
            due=date(2027, 2, 26),
        ),
        Deliverable(title="Training"),
    ),
    milestones=(
        Milestone(title="Kick-off", on=date(2026, 12, 1), note="At Globex"),
        Milestone(title="Go-live"),
    ),
    prices=(
        PriceLine(text="Consulting days", price=Money.of(1600, "USD"), quantity=Decimal("100.00")),
        PriceLine(text="Training", price=Money.of(8000, "USD"), quantity=Decimal("2.50")),
    ),
    start=date(2026, 12, 1),
    end=date(2027, 3, 31),
    payment_terms="Half at the start, half at the end; 30 days net.",
    assumptions=("Globex names one contact for each country.",),
    notes="They paid late last year.",
)
FIRST = Version(
    number=1,
    by=DIAN,
    at=AT - timedelta(days=3),
    total=Money.of(175_000, "USD"),
    sha256="1" * 64,
    pages=4,
    sent_at=AT - timedelta(days=2),
    outcome=Outcome.CHANGES,
    comment="Please add the training.",
)
SECOND = Version(
    number=2,
    by=DIAN,
    at=AT,
    total=DOCUMENT.total,
    differences=("Fee: 175,000.00 USD -> 180,000.00 USD", "Notes: (none) -> They paid late."),
    sha256=HASH,
    pages=4,
    approved_by=RYAN,
    sent_at=AT,
    sent_to=("hank@globex.example",),
)
SIGNATURE = Signature(
    version=2,
    name="Hank Scorpio",
    title="CEO",
    email="hank@globex.example",
    at=SIGNED_AT,
)
PAYMENT = Payment(
    id=1,
    amount=Money.of(30_000, "USD"),
    on=date(2026, 12, 18),
    method="bank transfer",
    reference="GLX-4711",
    by=BEA,
    at=AT + timedelta(days=27),
)
INVOICE = Invoice(
    number="INV-2026-014",
    amount=Money.of(90_000, "USD"),
    issued=date(2026, 11, 24),
    due=date(2026, 12, 24),
    label="Instalment 1 of 2",
    by=BEA,
    at=AT + timedelta(days=3),
    sent_at=AT + timedelta(days=3),
)
PART_PAID = INVOICE.with_payment(PAYMENT)
REMINDER = FollowUp(kind=Kind.REMINDER, by=DIAN, at=AT + timedelta(days=34))
LATER = replace(
    INVOICE, number="INV-2027-002", label="Instalment 2 of 2", due=date(2027, 4, 30), sent_at=None
)
REPORT = ReportFacts(
    title="How Statements of Work went",
    period="October 2026",
    closed=12,
    open=4,
    stages=(
        StageTime(label="Drafting", median_hours=12.5, p90_hours=40.0, count=12),
        StageTime(label="With the client", median_hours=77.0, p90_hours=240.0, count=9),
    ),
    bounces=(("Changes requested: the scope is not clear", 3), ("Declined by the client", 1)),
    approval_hours=5.25,
    payment_days_late=4,
    score=4.25,
    opinions=8,
)
QUESTION = ClientQuestion(
    id=1,
    by="Hank Scorpio",
    text="Does the training cover Canada?\nAnd who pays for travel?",
    at=AT,
    answer="It does.\n\nTravel is in the price.",
    answered_by=DIAN,
    answered_at=AT + timedelta(hours=3),
)
SENT = Record(document=DOCUMENT, versions=(FIRST, SECOND))
APPROVED = replace(
    SENT,
    versions=(FIRST, replace(SECOND, outcome=Outcome.APPROVED)),
    signature=SIGNATURE,
    invoices=(PART_PAID, LATER),
)
LETTER = Letter(
    company="Harborlight",
    ref="SOW-7",
    document=DOCUMENT,
    version=SECOND,
    to_name="Hank Scorpio",
    assistant_name="Dian Porter",
    assistant_email="dian@harborlight.example",
    record=SENT,
    link=LINK,
    until=date(2026, 12, 21),
)
AFTER_APPROVAL = replace(LETTER, record=APPROVED, link="", until=None)


def paid(invoice: Invoice) -> Invoice:
    """The invoice with its balance paid."""
    rest = replace(PAYMENT, id=len(invoice.payments) + 1, amount=invoice.balance)
    return invoice.with_payment(rest)


def details(record: Record) -> SowDetails:
    """What was asked for, with what has grown from it."""
    return SowDetails(
        client="Globex",
        client_type="api",
        need="They close their books by hand.",
        amount=Money.of(180_000, "USD"),
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=date(2026, 12, 1),
        record=record,
    )


def request() -> Request:
    """The request that all of it belongs to."""
    return Request(
        workflow="sow",
        ref="SOW-7",
        stage="awaiting_payment",
        asker=ANA,
        details=details(APPROVED),
        created_at=AT,
        since=AT,
    )
