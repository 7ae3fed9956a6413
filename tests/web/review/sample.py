"""A Statement of Work of the demo company's, and the PDF of it."""

from datetime import date
from decimal import Decimal
from functools import cache

from integrations.documents.renderer import TypstRenderer
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.money import Money

DOCUMENT = Document(
    title="Forecasting service, pilot in two regions",
    client="Globex Corporation",
    client_address="12 Harbour Road\nSpringfield",
    contact_name="Jane Doe",
    contact_email="jane@globex.example",
    background="Globex plans its budget round for the spring and wants forecasts to rest on it.",
    scope=(
        "We connect your sales data of the last five years, train the forecasting models for the "
        "regions North and Coast, and hand over a dashboard that your planners use weekly.\n\n"
        "Not part of this: clean-up of the source systems, and other regions."
    ),
    deliverables=(
        Deliverable(
            title="Data connection",
            description="A nightly import from your warehouse, with a report on what is missing.",
            acceptance="five nights in a row without a failed import",
            due=date(2027, 1, 22),
        ),
        Deliverable(title="Forecast models", acceptance="a mean error below 8 % on 2026"),
        Deliverable(title="Dashboard and training", due=date(2027, 3, 19)),
    ),
    milestones=(
        Milestone(title="Kick-off", on=date(2027, 1, 11)),
        Milestone(title="First forecast", on=date(2027, 2, 19), note="Shown to your planners."),
        Milestone(title="Hand-over", on=date(2027, 3, 19)),
    ),
    prices=(
        PriceLine(text="Set-up", price=Money(6_000_000, "USD")),
        PriceLine(text="Consulting days", price=Money(200_000, "USD"), quantity=Decimal(60)),
    ),
    start=date(2027, 1, 11),
    end=date(2027, 3, 19),
    payment_terms="Half at kick-off, half at hand-over; 30 days net.",
)


@cache
def document_pdf() -> tuple[bytes, int]:
    """The PDF of the document and how many pages it has; typeset once."""
    renderer = TypstRenderer()
    pdf = renderer.pdf(renderer.shipped("sow"), _printed(DOCUMENT))
    return pdf, len(renderer.pages(pdf, width=100))


def _printed(document: Document) -> dict[str, object]:
    return {
        "company": "Harborlight",
        "number": "SOW-7",
        "version": 1,
        "title": document.title,
        "client": document.client,
        "scope": document.scope,
        "deliverables": [{"title": each.title} for each in document.deliverables],
        "milestones": [
            {"title": each.title, "on": each.on.isoformat()}
            for each in document.milestones
            if each.on
        ],
        "prices": [{"text": each.text, "amount": str(each.amount)} for each in document.prices],
        "total": str(document.total),
        "payment_terms": document.payment_terms,
    }
