"""What is said about bank statements: what became of a file, its rows, how files are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages import limits, rows
from messages.buttons import (
    BankRows,
    ChangeMapping,
    ChooseColumns,
    ChooseInvoice,
    ConfirmRow,
    ForgetMapping,
    HandInStatement,
    Mappings,
    SettleRow,
)
from messages.buttons.bank import DISMISSED, WAITING
from messages.markup import parse, rich_text
from messages.message import Json, Message
from messages.templates import render
from workflows.definition import Style
from workflows.money import Money

PAGE = 10
"""Rows in a window: three blocks each."""

_MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedFacts:
    """An open invoice, and how a row fits it: ``matches``, ``part``, ``more``, ``other currency``.

    ``doubts`` are sentences that should make one look twice.
    """

    ref: str
    client: str
    number: str
    balance: Money
    fit: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFacts:
    """A row, the invoice that it proposes, and the open ones that it names if they are several."""

    id: int
    on: date
    amount: Money
    payer: str
    reference: str
    bank: str
    owed: OwedFacts | None = None
    several: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page of the rows in ``state``, behind ``skip`` others; ``counts`` are of each state."""

    state: str
    skip: int
    shown: Sequence[RowFacts]
    waiting: int
    dismissed: int


def read(name: str, bank: str, count: int, new: int) -> Message:
    """Return that a file was read: how many payments came in, and how many of them are new."""
    said = render("desk/bank_read", name=name, bank=bank, count=count, new=new)
    return rows.message(said, rows.row(rows.button("Look at them", BankRows(), Style.PRIMARY)))


def unknown(name: str, statement: str) -> Message:
    """Return that nobody has said yet which column is which in such a file."""
    said = render("desk/bank_unknown", name=name)
    pressed = rows.button("Choose the columns", ChooseColumns(statement), Style.PRIMARY)
    return rows.message(said, rows.row(pressed))


def not_read(name: str, problems: Sequence[str], statement: str = "") -> Message:
    """Return why nothing was taken from a file; another mapping may help with the ``statement``."""
    shown, more = problems[:_MOST_PROBLEMS], len(problems[_MOST_PROBLEMS:])
    said = render("desk/bank_not_read", name=name, problems=shown, more=more)
    pressed = rows.button("Change the mapping", ChooseColumns(statement)) if statement else None
    below = [rows.row(pressed)] if pressed else []
    return rows.message(said, *below)


def page(facts: PageFacts) -> Json:
    """Return the window with a page of rows, and what can be done with each."""
    said = render("desk/bank_page", facts=facts, last=facts.skip + len(facts.shown))
    blocks = [*rich_text(parse(said)), rows.row(*_others(facts))]
    for each in facts.shown:
        blocks += [{"type": "divider"}, *rich_text(parse(render("desk/bank_row", row=each)))]
        blocks.append(rows.row(*_done_with(each, facts)))
    if turning := [*_turning(facts)]:
        blocks += [{"type": "divider"}, *(rows.row(each) for each in turning)]
    return _window("Bank statements", blocks)


def mappings(banks: Sequence[tuple[str, str]]) -> Json:
    """Return the window with how each bank's files are read: keys and names."""
    blocks = rich_text(parse(render("desk/bank_mappings", count=len(banks))))
    for key, name in banks:
        blocks += rich_text(parse(render("desk/bank_mapping", name=name)))
        forget = rows.button(
            "Remove", ForgetMapping(key), confirm="The next file with these columns is asked about."
        )
        blocks.append(rows.row(rows.button("Change", ChangeMapping(key)), forget))
    blocks.append(rows.row(rows.button("Back", BankRows())))
    return _window("Banks", blocks)


def _others(facts: PageFacts) -> list[Json]:
    found = [rows.button("Hand in a statement", HandInStatement())]
    if facts.state != WAITING:
        found.append(rows.button("What waits", BankRows()))
    elif facts.dismissed:
        found.append(rows.button("What was dismissed", BankRows(DISMISSED)))
    return [*found, rows.button("Banks", Mappings())]


def _done_with(row: RowFacts, facts: PageFacts) -> list[Json]:
    skip = facts.skip
    if facts.state != WAITING:
        return [rows.button("Bring it back", SettleRow(row=row.id, state=WAITING, skip=skip))]
    found, owed = list[Json](), row.owed
    if owed is not None and owed.fit != "other currency":
        confirm = ConfirmRow(
            row=row.id, ref=owed.ref, invoice=owed.number, balance=owed.balance.minor, skip=skip
        )
        found.append(rows.button("Confirm", confirm, Style.PRIMARY))
    other = "Choose another" if found else "Choose invoice…"
    return [
        *found,
        rows.button(other, ChooseInvoice(row=row.id, skip=skip)),
        rows.button("Dismiss", SettleRow(row=row.id, state=DISMISSED, skip=skip)),
    ]


def _turning(facts: PageFacts) -> list[Json]:
    """Return the buttons to other pages."""
    total = facts.waiting if facts.state == WAITING else facts.dismissed
    found = []
    if facts.skip:
        found.append(rows.button("Earlier", BankRows(facts.state, max(0, facts.skip - PAGE))))
    if (following := facts.skip + len(facts.shown)) < total:
        found.append(rows.button("Later", BankRows(facts.state, following)))
    return found


def _window(title: str, blocks: list[Json]) -> Json:
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": title, "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
    return limits.view(view, rows.rest())
