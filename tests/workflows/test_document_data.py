"""A document as JSON and back: nothing is lost, whatever it says."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.contracts import PAPER, fee
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.document_data import of_data, to_data
from workflows.money import Money

TEXTS = st.text(max_size=20)
DAYS = st.none() | st.dates()
MONEY = st.builds(
    Money,
    minor=st.integers(-(10**15), 10**15),
    currency=st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
)
QUANTITIES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6)


def several(one: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(one, max_size=3).map(tuple)


WORDS = (
    *("title", "client", "client_address", "contact_name", "contact_email", "background", "scope"),
    *("fee", "billing_period", "payment_terms", "notes", "template"),
)
DOCUMENTS = st.builds(
    Document,
    **dict.fromkeys(WORDS, TEXTS),
    deliverables=several(
        st.builds(Deliverable, title=TEXTS, description=TEXTS, acceptance=TEXTS, due=DAYS)
    ),
    milestones=several(st.builds(Milestone, title=TEXTS, on=DAYS, note=TEXTS)),
    prices=several(st.builds(PriceLine, text=TEXTS, price=MONEY, quantity=QUANTITIES)),
    start=DAYS,
    end=DAYS,
    assumptions=several(TEXTS),
)


@settings(max_examples=200, derandomize=True)
@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    text = json.dumps(to_data(document))
    assert of_data(json.loads(text)) == document
    assert json.dumps(to_data(of_data(json.loads(text)))) == text


def test_days_are_in_iso_form_and_quantities_are_text() -> None:
    document = Document(
        start=date(2026, 4, 1),
        prices=(PriceLine(text="Days", price=Money(100_00, "USD"), quantity=Decimal("2.50")),),
        deliverables=(Deliverable(title="A plan", due=date(2026, 5, 1)),),
    )
    data = to_data(document)
    assert (data["start"], data["end"]) == ("2026-04-01", None)
    assert data["prices"] == [
        {"text": "Days", "price": {"minor": 10000, "currency": "USD"}, "quantity": "2.50"}
    ]
    assert data["deliverables"][0]["due"] == "2026-05-01"


def test_what_an_older_document_did_not_have_is_blank() -> None:
    assert of_data({"title": "Services"}) == Document(title="Services")


def test_what_a_document_does_not_know_is_left_out() -> None:
    assert of_data({**to_data(PAPER), "colour": "blue"}) == PAPER


def test_the_same_document_has_the_same_text() -> None:
    again = Document(**{name: getattr(PAPER, name) for name in to_data(PAPER)})
    assert json.dumps(to_data(PAPER)) == json.dumps(to_data(again))
    assert to_data(PAPER)["prices"] != to_data(Document(prices=fee(1)))["prices"]
