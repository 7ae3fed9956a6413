"""The rows of a statement that say that money came in; all of them can be read, or none is taken.

A file that is taken in part would leave payments unseen. What went out is passed over.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.bank import direction
from bot.bank.table import Line, Table
from bot.ports.bank import BankMapping
from modals.bank_figures import Unclear, amount_of, day_of, is_currency_code, marks_of
from modals.fitting import cut
from workflows.money import Money
from workflows.money_words import Mark

LONGEST_TEXT = 500
_SHOWN = 40
_BALANCES = frozenset(
    {
        "anfangssaldo",
        "endsaldo",
        "anfangskontostand",
        "endkontostand",
        "opening balance",
        "beginning balance",
        "closing balance",
        "ending balance",
        "balance brought forward",
        "balance carried forward",
    }
)
_ABROAD = timedelta(days=1)
"""Where it is tomorrow already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Money that came in, by the line that says so. ``key``: see :class:`bot.ports.BankRow`."""

    key: str
    line: int
    on: date
    amount: Money
    payer: str
    reference: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a statement says came in; with ``problems``, a sentence for each line, nothing.

    ``about`` is the question of the mapping that they are about.
    """

    rows: tuple[Incoming, ...]
    problems: tuple[str, ...] = ()
    about: str = "date"


class _Wrong(ValueError):
    """A line that cannot be read; the text says why."""


def read(table: Table, mapping: BankMapping, today: date) -> Read:
    """Return the money that came in. ``today`` is the company's: no later day is believed."""
    lines, problems = _regular(table, mapping)
    amounts = [pair for line in lines for pair in amounts_in(line, mapping)]
    mark = mapping.mark
    if mark is Mark.UNKNOWN:
        marks = marks_of(amounts)
        if len(marks) > 1:
            return Read((), (UNCLEAR_MARK,), about="mark")
        mark = marks[0] if marks else Mark.POINT
    known = replace(mapping, mark=mark)
    found: list[Incoming] = []
    listed: list[Line] = []
    seen = Counter[str]()
    by_transaction: dict[str, Line] = {}
    for line in lines:
        try:
            if (money := _came_in(line, known)) is not None:
                listed.append(line)
                found += _incoming(line, money, known, seen, by_transaction, today)
        except _Wrong as problem:
            problems.append((line.number, str(problem)))
    if problems:
        return Read((), tuple(f"Line {number}: {said}" for number, said in sorted(problems)))
    if asked := _direction_unsaid(table, known, listed):
        return Read((), (asked,), about="direction")
    return Read(tuple(found))


UNCLEAR_MARK = (
    "Its amounts can be read in two ways. Please say in its mapping whether a point or a comma "
    "begins the decimals."
)


def amounts_in(line: Line, mapping: BankMapping) -> Iterator[tuple[str, str]]:
    """Yield the amounts of a line as they are written, each with its currency."""
    for column in (mapping.amount, mapping.credit):
        if text := _cell(line, column):
            currency = _cell(line, mapping.currency).upper() or mapping.fixed
            if is_currency_code(currency):
                yield text, currency


def _direction_unsaid(table: Table, mapping: BankMapping, listed: Sequence[Line]) -> str:
    """Return what is asked where a line would be listed of which its bank says it went out."""
    if mapping.direction is not None or mapping.amount is None:
        return ""
    if (found := direction.unsaid(table, listed)) is None:
        return ""
    column, line = found
    return (
        f"Line {line.number}: the column {_quoted(table.called(column))} says "
        f"{_quoted(line.cells[column])}, and the amount has no minus. Please say which rows are "
        "money that came in."
    )


def is_passed_over(line: Line, mapping: BankMapping) -> bool:
    """Whether it says that it went out, or is what was there before or after. Raises Unsaid."""
    if _is_balance(line, mapping):
        return True
    if mapping.direction is None:
        return False
    return not direction.came_in(_cell(line, mapping.direction), mapping)


def _is_balance(line: Line, mapping: BankMapping) -> bool:
    """Whether it is a balance written like a transaction; what somebody paid is none."""
    if mapping.payer is None or _cell(line, mapping.payer):
        return False
    return any(cell.casefold().rstrip(":") in _BALANCES for cell in line.cells)


def _regular(table: Table, mapping: BankMapping) -> tuple[list[Line], list[tuple[int, str]]]:
    """Return the lines that are transactions, and what is wrong with the others.

    What the bank writes below the last one, shorter and without a day, is none.
    """
    width, lines = len(table.header), list(table.lines)
    while lines and len(lines[-1].cells) < width and not _has_day(lines[-1], mapping):
        lines.pop()
    wrong = [
        (each.number, f"it has {len(each.cells)} columns instead of {width}.")
        for each in lines
        if not each.width <= width <= len(each.cells)
    ]
    named = {number for number, _said in wrong}
    return [each for each in lines if each.number not in named], wrong


def _has_day(line: Line, mapping: BankMapping) -> bool:
    try:
        day_of(_cell(line, mapping.date), mapping.order)
    except Unclear:
        return False
    return True


def _came_in(line: Line, mapping: BankMapping) -> Money | None:
    """Return the money; None where none came in."""
    column = mapping.credit if mapping.amount is None else mapping.amount
    text = _cell(line, column)
    if not text:
        return None
    try:
        if is_passed_over(line, mapping):
            return None
    except direction.Unsaid as said:
        raise _Wrong(
            f"nobody has said yet whether {_quoted(str(said))} is money that came in. Please say "
            "it in the mapping."
        ) from None
    currency = _cell(line, mapping.currency).upper() if mapping.currency is not None else ""
    currency = currency or mapping.fixed
    if not is_currency_code(currency):
        raise _Wrong(f"{_quoted(currency)} is no currency such as EUR.")
    try:
        money = amount_of(text, currency, mapping.mark)
    except Unclear:
        raise _Wrong(f"{_quoted(text)} is no amount in {currency}.") from None
    return money if money.minor > 0 else None


def _incoming(
    line: Line,
    money: Money,
    mapping: BankMapping,
    seen: Counter[str],
    by_transaction: dict[str, Line],
    today: date,
) -> Iterator[Incoming]:
    written = _cell(line, mapping.date)
    try:
        on = day_of(written, mapping.order)
    except Unclear:
        raise _Wrong(f"{_quoted(written)} is no day as the mapping says it.") from None
    if on > today + _ABROAD:
        raise _Wrong(
            f"{_quoted(written)} would be {on:%d %B %Y}, and that is still to come. Does the "
            "mapping say which number is the day?"
        )
    if number := _cell(line, mapping.transaction):
        before = by_transaction.setdefault(number, line)
        if before is not line:
            if before.cells == line.cells:
                return
            raise _Wrong(
                f"the bank's number {_quoted(number)} stands on line {before.number} already, "
                "with something else. Is that column the number of a transaction?"
            )
    yield Incoming(
        key=_key(line, number, mapping, seen),
        line=line.number,
        on=on,
        amount=money,
        payer=cut(_cell(line, mapping.payer), LONGEST_TEXT),
        reference=cut(" ".join(_texts(line, mapping.reference)), LONGEST_TEXT),
    )


def _key(line: Line, number: str, mapping: BankMapping, seen: Counter[str]) -> str:
    """Return what is the same in every file that says this: the bank's number, else all of it.

    Of rows that are wholly alike the first of one file is the first of another.
    """
    if number:
        said = ["number", *mapping.header, number]
    else:
        said = ["row", *mapping.header, *line.cells[: len(mapping.header)]]
        text = "\x1f".join(said)
        seen[text] += 1
        said.append(str(seen[text]))
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def _cell(line: Line, column: int | None) -> str:
    return line.cells[column] if column is not None and column < len(line.cells) else ""


def _texts(line: Line, columns: Sequence[int]) -> Iterator[str]:
    yield from (text for column in columns if (text := _cell(line, column)))


def _quoted(text: str) -> str:
    return f"“{cut(text, _SHOWN)}”"
