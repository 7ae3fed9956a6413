"""The lists in a Statement of Work: deliverables, milestones, price lines."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date

from modals.amounts import in_words
from modals.fields import Amount, Day, Invalid, Items, Quantity, Text
from modals.figures import write_figures
from workflows.document import LABELS, Deliverable, Milestone, PriceLine, money_fits
from workflows.money import Money

_LONGEST_TITLE = 500
"""What a line of the request's own form may hold becomes a title here."""


def _deliverable(made: Deliverable) -> str:
    return f"{made.title}, due {_day(made.due)}" if made.due else made.title


def _milestone(made: Milestone) -> str:
    return f"{made.title}, {_day(made.on)}" if made.on else made.title


def _price(made: PriceLine) -> str:
    if made.quantity == 1:
        return f"{made.text}: {in_words(made.amount)}"
    times = f"{write_figures(made.quantity)} × {in_words(made.price)}"
    return f"{made.text}: {times} = {in_words(made.amount)}"


def _price_line(*, text: str, price: Money, quantity: Decimal) -> PriceLine:
    line = PriceLine(text=text, price=price, quantity=quantity)
    if not money_fits(line):
        raise Invalid("Quantity times price is too large an amount.")
    return line


def _day(on: date) -> str:
    return format_date(on, "EEE d MMM y", locale="en")


DELIVERABLES = Items(
    name="deliverables",
    label=LABELS["deliverables"],
    noun="deliverable",
    make=Deliverable,
    line=_deliverable,
    fields=(
        Text(
            name="title",
            label="What does the client get?",
            required=True,
            max_length=_LONGEST_TITLE,
        ),
        Text(name="description", label="Description", multiline=True),
        Text(
            name="acceptance",
            label="Acceptance",
            hint="How both sides know that it is done.",
            multiline=True,
        ),
        Day(name="due", label="Due"),
    ),
)
MILESTONES = Items(
    name="milestones",
    label=LABELS["milestones"],
    noun="milestone",
    make=Milestone,
    line=_milestone,
    fields=(
        Text(name="title", label="Milestone", required=True, max_length=_LONGEST_TITLE),
        Day(name="on", label="On"),
        Text(name="note", label="Note", multiline=True),
    ),
)
PRICES = Items(
    name="prices",
    label=LABELS["prices"],
    noun="price line",
    make=_price_line,
    line=_price,
    fields=(
        Text(name="text", label="What is paid for?", required=True, max_length=_LONGEST_TITLE),
        Quantity(
            name="quantity",
            label="How many?",
            hint="Hours, days, seats. One, when left empty.",
            placeholder="1",
        ),
        Amount(
            name="price",
            label="Price each",
            placeholder="8,000",
            required=True,
        ),
    ),
)
