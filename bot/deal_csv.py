"""Many deals at once, from a CSV file: good lines are taken, every other one is named."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from bot.ports import Deal, Store
from modals.deal import COLUMNS, FORM, NEEDED
from modals.fitting import clean, cut
from modals.wire import Answer

_AT_ONCE = 500
"""Deals a transaction: others get their turn to write in between."""

Line = tuple[int, list[str]]
"""A line of the file, by its number from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many deals were taken, and a sentence for each line that was not, in their order."""

    count: int
    problems: tuple[str, ...]


class _Unusable(ValueError):
    """A file or a line that cannot be taken; the text says why."""


def import_csv(store: Store, content: bytes, now: datetime) -> Imported:
    """Store the deals of a CSV file as they stand in it at ``now``.

    UTF-8, with ``,`` or ``;`` between cells. The first line names the columns, in any order; those
    of :data:`modals.deal.NEEDED` must be there. A line replaces the deal with its number. Amounts
    and dates that can be read in two ways are refused, not guessed. Raises Unavailable; what was
    stored until then stays, and a second import of the same file changes nothing more.
    """
    problems: list[str] = []
    try:
        deals = _deals(content, now, problems)
        count = 0
        while some := list(islice(deals, _AT_ONCE)):
            with store.unit() as unit:
                count += unit.deals.put(some)
                unit.commit()
    except _Unusable as problem:
        return Imported(0, (str(problem),))
    return Imported(count, tuple(problems))


def deal_of(values: Mapping[str, Any], now: datetime) -> Deal:
    """Return the deal that the form's checked ``values`` say."""
    known = {name: value for name, value in values.items() if name != "files"}
    return Deal(**known | {"stage": known["stage"] or "open"}, updated_at=now)


def _deals(content: bytes, now: datetime, problems: list[str]) -> Iterator[Deal]:
    lines = _lines(_text(content), problems)
    columns = _columns(next(lines, (1, []))[1], problems)
    seen: dict[str, int] = {}
    for number, cells in lines:
        try:
            deal = _deal(columns, cells, now, seen)
        except _Unusable as problem:
            problems.append(f"Line {number}: {problem}")
        else:
            seen[deal.ref] = number
            yield deal


def _text(content: bytes) -> str:
    try:
        return clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unusable("This is no text in UTF-8. Please save it as “CSV UTF-8”.") from None


def _lines(text: str, problems: list[str]) -> Iterator[Line]:
    """Yield every line that is not empty; a cell in quotes may go on over several of them."""
    first = text.lstrip().partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            is_open = "end of data" in str(error)
            said = "never closed, so nothing after it was read." if is_open else "out of place."
            problems.append(f"Line {number}: a quotation mark is {said}")
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells


def _columns(cells: Sequence[str], problems: list[str]) -> list[str]:
    columns = [cell.strip().casefold() for cell in cells]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise _Unusable(
            f"The first line must name the columns, and {', '.join(missing)} is not among them."
        )
    twice = sorted({name for name in columns if name in COLUMNS and columns.count(name) > 1})
    if twice:
        raise _Unusable(f"Two columns have the same name: {', '.join(twice)}.")
    problems += [
        f"Line 1: there is no column {_quoted(name)}; it was left out."
        for name in columns
        if name not in COLUMNS
    ]
    return columns


def _deal(
    columns: Sequence[str], cells: Sequence[str], now: datetime, seen: Mapping[str, int]
) -> Deal:
    if len(cells) != len(columns):
        raise _Unusable(f"it has {len(cells)} columns instead of {len(columns)}.")
    state: dict[str, Answer] = {
        name: cell.strip() for name, cell in zip(columns, cells, strict=True) if name in COLUMNS
    }
    missing = [name for name in NEEDED if not state[name]]
    if missing:
        raise _Unusable(f"{', '.join(missing)} must not be empty.")
    state["currency"] = str(state.get("currency") or "").upper()
    checked = FORM.check(state, today=now.date())
    errors = dict(checked.errors)
    if state.get("close_on") and checked.values.get("close_on") is None:
        errors["close_on"] = f"{_quoted(state['close_on'])} is no date like 2026-11-21."
    if errors:
        raise _Unusable(" ".join(f"{name}: {said}" for name, said in errors.items()))
    deal = deal_of(checked.values, now)
    if deal.ref in seen:
        raise _Unusable(f"{deal.ref} stands on line {seen[deal.ref]} already.")
    return deal


def _quoted(text: Answer) -> str:
    return f"“{cut(str(text), 50)}”"
