"""Days as people list them: one a line, or a range of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from modals.fields import Invalid

MOST = 366
"""Days that one range can have."""

_DATE = r"(\d{4}-\d{2}-\d{2})"
_LINE = re.compile(rf"{_DATE}(?:\s*(?:to|until|–|—|-|\.\.)\s*{_DATE})?", re.ASCII)
_DAY = timedelta(days=1)


def read_days(lines: Iterable[str], today: date) -> list[date]:
    """Return the days, in order, each once. Raises :class:`Invalid`; days before today are, too."""
    found: set[date] = set()
    for nth, line in enumerate(lines, 1):
        try:
            found |= set(_range(line.strip(), today))
        except Invalid as wrong:
            raise Invalid(f"Line {nth}: {wrong}") from None
    return sorted(found)


def write_days(days: Iterable[date]) -> Sequence[str]:
    """Return days and ranges, so that :func:`read_days` reads the same days."""
    runs: list[list[date]] = []
    for each in sorted(set(days)):
        if runs and each - runs[-1][-1] == _DAY:
            runs[-1].append(each)
        else:
            runs.append([each])
    return [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]


def _range(line: str, today: date) -> Iterator[date]:
    first, last = _ends(line)
    if last < first:
        raise Invalid("The last day is before the first one.")
    if (last - first).days >= MOST:
        raise Invalid("That is more than a year.")
    if first < today:
        raise Invalid("This is over already; days that are over stay as they are.")
    return (first + nth * _DAY for nth in range((last - first).days + 1))


def _ends(line: str) -> tuple[date, date]:
    if found := _LINE.fullmatch(line):
        try:
            return date.fromisoformat(found[1]), date.fromisoformat(found[2] or found[1])
        except ValueError:
            pass
    raise Invalid("Please write a date such as 2026-12-24, or 2026-12-24 to 2026-12-31.")
