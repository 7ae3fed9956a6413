"""The business calendar: when people work, and what "after eight working hours" means for them."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working hours in each person's own zone; weekends, public holidays and company days off.

    ``days_off`` holds dates that are free for everybody; ``weekdays`` counts Monday as 0.
    """

    opens: time = time(9)
    closes: time = time(17)
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    days_off: Container[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse hours in which nobody ever works: no due time could be found in them."""
        if not (self.opens < self.closes and any(day in self.weekdays for day in range(7))):
            raise ValueError("The calendar has no working hours: it closes before it opens.")

    def is_working_day(self, day: date) -> bool:
        """Whether people work on ``day``."""
        return day.weekday() in self.weekdays and day not in self.days_off

    def is_working_time(self, at: datetime, zone: tzinfo) -> bool:
        """Whether the instant ``at`` lies in the working hours of somebody in ``zone``."""
        local = at.astimezone(zone)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def business_day(self, day: date, by: int) -> date:
        """Return the working day that is ``by`` working days after ``day`` (before: negative).

        Zero is ``day`` itself, or the next working day when nobody works then.
        """
        step = timedelta(days=1 if by >= 0 else -1)
        left = abs(by)
        while left or not self.is_working_day(day):
            day += step
            if left and self.is_working_day(day):
                left -= 1
        return day

    def morning(self, day: date, zone: tzinfo) -> datetime:
        """Return the instant (UTC) at which ``day`` begins for those who work in ``zone``."""
        return datetime.combine(day, self.opens, tzinfo=zone).astimezone(UTC)

    def next_morning(self, day: date, zone: tzinfo) -> datetime:
        """Return the instant (UTC) at which the first working day from ``day`` on begins."""
        return self.morning(self.business_day(day, 0), zone)

    def after(self, start: datetime, hours: int, zone: tzinfo) -> datetime:
        """Return the instant (UTC) at which ``hours`` working hours after ``start`` have passed.

        Counted in ``zone``. Zero hours is the first working moment at or after ``start``.
        A change to or from daylight saving time never lengthens or shortens a working day.
        """
        left = timedelta(hours=hours)
        day = start.astimezone(zone).date()
        clock = start.astimezone(zone).time()
        while True:
            begin = max(clock, self.opens)
            if self.is_working_day(day) and begin < self.closes:
                room = _span(begin, self.closes)
                if left <= room:
                    # In the hour that comes twice, the wall clock alone would name the first one.
                    return max(_instant(day, begin, left, zone), start.astimezone(UTC))
                left -= room
            day, clock = day + timedelta(days=1), time.min


def _span(begin: time, end: time) -> timedelta:
    return datetime.combine(date.min, end) - datetime.combine(date.min, begin)


def _instant(day: date, begin: time, left: timedelta, zone: tzinfo) -> datetime:
    wall = datetime.combine(day, begin) + left
    return wall.replace(tzinfo=zone).astimezone(UTC)
