"""What is known of a deal that needs a Statement of Work: what was asked, and what grew from it.

"Maintain comprehensive records of the entire SOW process" (Deals Requiring SOW, step 7): all of it
is part of one request, so one version guards it and one audit covers it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from workflows.document import Deliverable, Document, PriceLine
from workflows.invoice import Invoice
from workflows.money import Money
from workflows.request import Request


class Outcome(StrEnum):
    """What became of a version after it was written."""

    OPEN = "open"
    REPLACED = "replaced"
    APPROVED = "approved by the client"
    CHANGES = "changes asked for by the client"
    DECLINED = "declined by the client"
    EXPIRED = "expired without an answer"
    WITHDRAWN = "taken back without an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the document. Its bytes and its data are stored files, named by their hashes.

    Without ``sha256`` it is not rendered yet, or, where ``trouble`` says why, could not be.
    ``differences`` are against the version before; ``comment`` is what the client said to it.
    """

    number: int
    by: str
    at: datetime
    total: Money
    differences: tuple[str, ...] = ()
    template: str = ""
    sha256: str = ""
    data_sha256: str = ""
    pages: int = 0
    trouble: str = ""
    approved_by: str = ""
    approved_for: tuple[str, ...] = ()
    """In whose place (user ids) it was approved."""
    sent_at: datetime | None = None
    sent_step: int = 0
    """Where the request stood when it was sent, as the links say."""
    contact_name: str = ""
    """To whom it was sent: the first of ``sent_to``."""
    sent_to: tuple[str, ...] = ()
    note: str = ""
    """A few words of the assistant's above the link."""
    outcome: Outcome = Outcome.OPEN
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientQuestion:
    """Something that the client wants to know; ``answer`` is empty while it is open."""

    id: int
    by: str
    email: str = ""
    text: str
    at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How the client approved. ``other_means``: outside of our page, shown by stored evidence."""

    version: int
    name: str
    title: str
    email: str
    at: datetime
    other_means: bool = False
    reason: str = ""
    recorded_by: str = ""
    files: tuple[str, ...] = ()
    """Slack file ids of the evidence, until it is stored as ``evidence_sha256``."""
    evidence_sha256: tuple[str, ...] = ()
    certificate_sha256: str = ""
    partner: str = ""
    """Through whom they signed ("DocuSign"); "" on our own page."""
    signed_sha256: str = ""
    """The document with the signatures in it, where a partner made one."""
    sealed_sha256: str = ""
    """The approved PDF under the organisation's seal; "" where none was set."""
    seal_root_sha256: str = ""
    """The certificate (PEM) that vouches for this seal and for that on the certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What grew from the request: the document, the client's word, the money."""

    document: Document | None = None
    approved: Document | None = None
    """What the executive approved, as far as it was known then; None: nobody asked them."""
    returned: bool = False
    """Whether the executive asked for changes to a version and has approved none since."""
    versions: tuple[Version, ...] = ()
    questions: tuple[ClientQuestion, ...] = ()
    signature: Signature | None = None
    invoices: tuple[Invoice, ...] = ()
    payer_name: str = ""
    payer_email: str = ""
    """Where the invoices go, once that was changed; "" as long as it is the client's contact."""

    @property
    def version(self) -> Version | None:
        """The newest version, or None before the first."""
        return self.versions[-1] if self.versions else None

    @property
    def open_questions(self) -> tuple[ClientQuestion, ...]:
        """The client's questions that nobody has answered."""
        return tuple(each for each in self.questions if not each.answer)

    def since(self, before: "Record") -> list[str]:
        """Return a line for each thing that was not so ``before``, for the audit."""
        return list(_news(before, self))


@dataclass(frozen=True, slots=True, kw_only=True)
class SowDetails:
    """What was asked, to be completed at drafting; ``record`` is what has grown from it."""

    client: str
    client_type: str
    client_type_other: str = ""
    need: str
    amount: Money
    contact_name: str
    contact_email: str
    needed_by: date
    opportunity: str = ""
    scope: str = ""
    deliverables: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    fee: str = "one_off"
    billing_period: str = ""
    payment_terms: str = ""
    large_client: bool = False
    large_client_reason: str = ""
    notes: str = ""
    files: tuple[str, ...] = ()
    private: bool = False
    record: Record = field(default_factory=Record)


def outline(details: SowDetails) -> Document:
    """Return the document as far as the request already says it."""
    title = f"Services for {details.client}"
    return Document(
        title=title,
        client=details.client,
        contact_name=details.contact_name,
        contact_email=details.contact_email,
        background=details.need,
        scope=details.scope,
        deliverables=tuple(Deliverable(title=each) for each in details.deliverables),
        prices=(PriceLine(text=title, price=details.amount, quantity=Decimal(1)),),
        fee=details.fee,
        billing_period=details.billing_period,
        start=details.start,
        end=details.end,
        payment_terms=details.payment_terms,
        notes=details.notes,
    )


def record_of(request: Request) -> Record:
    """Return what has grown from the request so far."""
    record: Record = request.details.record
    return record


def uninvoiced(request: Request) -> Money:
    """Return the document's total less what is invoiced; of the document's currency only."""
    record = record_of(request)
    total = record.document.total if record.document else request.details.amount
    done = sum(
        each.amount.minor
        for each in record.invoices
        if each.amount.currency == total.currency and not each.void
    )
    return Money(total.minor - done, total.currency)


def recorded(request: Request, **parts: object) -> Request:
    """Return the request with some parts of its record replaced."""
    record = replace(record_of(request), **parts)  # type: ignore[arg-type]  # fields by name
    return replace(request, details=replace(request.details, record=record))


def with_version(request: Request, **parts: object) -> Request:
    """Return the request with some parts of its newest version replaced."""
    *earlier, newest = record_of(request).versions
    changed = replace(newest, **parts)  # type: ignore[arg-type]  # fields by name
    return recorded(request, versions=(*earlier, changed))


def _news(before: Record, after: Record) -> Iterator[str]:
    old = {each.number: each for each in before.versions}
    for version in after.versions:
        if version.number not in old:
            yield f"version: {version.number}"
            yield from version.differences
        elif version.sha256 != old[version.number].sha256:
            yield f"PDF of version {version.number}: {version.sha256}"
        elif version.sent_at != old[version.number].sent_at:
            yield f"version {version.number} sent to: {', '.join(version.sent_to)}"
    if after.signature and after.signature != before.signature:
        signed = after.signature
        yield f"approved for the client by: {signed.name}, {signed.title}, {signed.email}"
        yield from (f"evidence: {each}" for each in signed.evidence_sha256)
        if signed.signed_sha256:
            yield f"document signed through {signed.partner}: {signed.signed_sha256}"
        if signed.certificate_sha256:
            yield f"certificate: {signed.certificate_sha256}"
        if signed.sealed_sha256:
            yield f"sealed copy: {signed.sealed_sha256}"
            yield f"sealed under: {signed.seal_root_sha256}"
    if (before.payer_name, before.payer_email) != (after.payer_name, after.payer_email):
        yield f"invoices go to: {after.payer_name}, {after.payer_email}"
    yield from _money_news(before.invoices, after.invoices)


def _money_news(before: tuple[Invoice, ...], after: tuple[Invoice, ...]) -> Iterator[str]:
    old = {each.at: each for each in before}
    kept = {each.at for each in after}
    yield from (f"invoice {each} voided" for each in before if each.at not in kept)
    for invoice in after:
        known = old.get(invoice.at)
        if known is None:
            yield f"invoice {invoice}"
            continue
        yield from _news_of(known, invoice)


def _news_of(known: Invoice, invoice: Invoice) -> Iterator[str]:
    if invoice.number != known.number:
        yield f"invoice {known.number} got the number {invoice.number}"
    for payment in invoice.payments[len(known.payments) :]:
        what = "reversal of" if payment.reverses else "payment of"
        said = f"{what} {payment.amount} on {payment.on.isoformat()}"
        yield f"{said} to {invoice.number} ({payment.method}, {payment.reference})"
    for step in invoice.follow_ups[len(known.follow_ups) :]:
        until = f" until {step.until.isoformat()}" if step.until else ""
        yield f"{step.kind.value} for {invoice.number}{until}"
    if invoice.written_off and not known.written_off:
        yield f"invoice {invoice.number} written off, {invoice.balance} open"
    if invoice.void and not known.void:
        yield f"invoice {invoice.number} voided"
    if invoice.returned != known.returned:
        said = ", ".join(map(str, invoice.returned)) or "nothing went back"
        yield f"invoice {invoice.number} at {invoice.partner}: {said}"
    if invoice.partner_id != known.partner_id:
        yield f"invoice {invoice.number} made by {invoice.partner}: {invoice.partner_id}"
    if invoice.sha256 != known.sha256:
        yield f"PDF of invoice {invoice.number}: {invoice.sha256}"
