"""Which day it is: the next one of its name, and the ends of weeks, quarters and years."""

from calendar import monthrange
from datetime import date, timedelta

from bot.understanding.days.day import Today
from bot.understanding.days.script import Mark, nothing, perhaps, sure

_JUST_PASSED = timedelta(days=62)
"""Who names a day without a year that passed so lately may mean that one."""

_LEAP = 8
"""So many years lie at most between two days of the same name (29 February, over 1900 or 2100)."""


def dated(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_year(year: int, month: int, day: int, today: Today) -> Mark:
    """Return a day of a named year."""
    if (named := dated(year, month, day)) is None:
        return nothing("impossible")
    return sure(named) if named >= today.day else nothing("past")


def coming(month: int, day: int, today: Today) -> Mark:
    """Return the next day of that name; a guess if it passed not long ago."""
    years = range(today.day.year - 1, today.day.year + _LEAP + 1)
    days = [found for year in years if (found := dated(year, month, day))]
    ahead = [each for each in days if each >= today.day]
    if not ahead:
        return nothing("impossible")
    passed = any(timedelta() < today.day - each <= _JUST_PASSED for each in days)
    return perhaps(ahead[0]) if passed else sure(ahead[0])


def in_months(day: date, by: int) -> date:
    """Return the same day ``by`` months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month that ``day`` lies in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def quarter(day: date, begins: int) -> tuple[date, date]:
    """Return the quarter that ``day`` lies in, of years that begin in the month ``begins``."""
    first = in_months(day.replace(day=1), -((day.month - begins) % 3))
    return first, month_end(in_months(first, 2))


def year(day: date, begins: int) -> tuple[date, date]:
    """Return the year that ``day`` lies in, of years that begin in the month ``begins``."""
    first = in_months(day.replace(day=1), -((day.month - begins) % 12))
    return first, month_end(in_months(first, 11))


def next_weekday(weekday: int, after: date) -> date:
    """Return the first such weekday after a day."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def last_working_day(day: date, today: Today) -> date:
    """Return ``day``, or the last working day before it."""
    if today.calendar.is_working_day(day):
        return day
    return today.calendar.business_day(day, -1)
