"""Time in pieces of the same kind: days, weeks or months, as many as one can look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from messages.charts import day_label, month_label

_DAYS, _WEEKS = 35, 190
"""Up to so many days a picture is by day, and by week; beyond by month."""
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Bucket:
    """A piece of time that begins on ``first``, and what it is called."""

    first: date
    name: str


def by_length(first: date, last: date) -> tuple[str, Sequence[Bucket]]:
    """Return the kind of the pieces ("day", "week", "month") and the pieces from first to last."""
    days = (last - first).days + 1
    if days <= _DAYS:
        return "day", _pieces(first, last, lambda on: on, _tomorrow, day_label)
    if days <= _WEEKS:
        return "week", _pieces(first, last, _monday, lambda on: on + timedelta(days=7), day_label)
    return "month", by_month(first, last)


def by_month(first: date, last: date) -> Sequence[Bucket]:
    """Return every month from the one of ``first`` to the one of ``last``."""
    return _pieces(first, last, lambda on: on.replace(day=1), _next_month, month_label)


def place(buckets: Sequence[Bucket], on: date) -> int:
    """Return in which of the ``buckets`` the day is; the first, for one before all of them."""
    return max(0, sum(each.first <= on for each in buckets) - 1)


def _pieces(
    first: date,
    last: date,
    begin: Callable[[date], date],
    after: Callable[[date], date],
    name: Callable[[date], str],
) -> Sequence[Bucket]:
    found, on = [], begin(first)
    while on <= last:
        found.append(Bucket(on, name(on)))
        on = after(on)
    return found


def _tomorrow(on: date) -> date:
    return on + timedelta(days=1)


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _next_month(on: date) -> date:
    if on.month == _DECEMBER:
        return date(on.year + 1, 1, 1)
    return on.replace(month=on.month + 1)
