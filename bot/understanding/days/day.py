"""A day that somebody named, and what has to be known to understand its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from workflows.calendar import Calendar
from workflows.dating import DateOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """When and where somebody speaks.

    ``now`` is aware and in the person's own zone. ``named`` holds the names of the company's
    holidays in lower case, with their next dates: several where regions have them on other days.
    """

    now: datetime
    calendar: Calendar
    order: DateOrder | None = None
    """How 3/4 is read; None: it is asked, with both."""
    fiscal_month: int = 1
    """The month in which the fiscal year begins."""
    named: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The date where the person is."""
        return self.now.date()

    @property
    def monday(self) -> date:
        """The first day of the week that ``day`` lies in."""
        return self.day - timedelta(days=self.day.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, never in the past, that stands in a text as ``text[start:end]``."""

    day: date
    """The likelier reading."""
    others: tuple[date, ...] = ()
    """Other readings, the likelier first."""
    guess: bool = False
    """It is shown as a guess, never filled in silently; where there are ``others`` it is asked."""
    at: time | None = None
    """An hour that was named; the end of a day is ``calendar.closes``."""
    start: int
    end: int
