"""Working days before and after a day, against a slow count of the days of a year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.calendar import Calendar

EASTER = Calendar(days_off=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
CALENDARS = st.builds(
    Calendar,
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    days_off=st.frozensets(st.dates(date(2026, 3, 1), date(2026, 5, 1)), max_size=30),
)
DAYS = st.dates(date(2026, 3, 1), date(2026, 5, 1))


def counted(calendar: Calendar, day: date, by: int) -> date:
    """Return the same as the calendar, from a list of every working day around ``day``."""
    around = [day + timedelta(days=offset) for offset in range(-400, 401)]
    works = [
        each
        for each in around
        if each.weekday() in calendar.weekdays and each not in calendar.days_off
    ]
    if by < 0:
        return [each for each in works if each < day][by]
    if by > 0:
        return [each for each in works if each > day][by - 1]
    return next(each for each in works if each >= day)


@settings(max_examples=300, derandomize=True)
@given(CALENDARS, DAYS, st.integers(-20, 20))
def test_working_days_are_counted_as_on_a_wall_calendar(
    calendar: Calendar, day: date, by: int
) -> None:
    assert calendar.business_day(day, by) == counted(calendar, day, by)


@pytest.mark.parametrize(
    ("day", "by", "found"),
    [
        ("2026-04-02", 0, "2026-04-02"),  # the Thursday before Easter
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-02", -1, "2026-04-01"),
        ("2026-04-04", 0, "2026-04-07"),  # a Saturday
        ("2026-04-04", 1, "2026-04-07"),
        ("2026-04-04", -1, "2026-04-02"),
        ("2026-04-06", -3, "2026-03-31"),  # a holiday
        ("2026-04-09", -3, "2026-04-02"),
        ("2026-04-07", 14, "2026-04-27"),
    ],
)
def test_weekends_and_holidays_are_jumped(day: str, by: int, found: str) -> None:
    assert EASTER.business_day(date.fromisoformat(day), by) == date.fromisoformat(found)


@settings(max_examples=100, derandomize=True)
@given(CALENDARS, DAYS, st.integers(1, 10), st.integers(1, 10))
def test_days_after_days_are_all_of_them_together(
    calendar: Calendar, day: date, first: int, second: int
) -> None:
    onward = calendar.business_day(calendar.business_day(day, first), second)
    assert onward == calendar.business_day(day, first + second)
    back = calendar.business_day(calendar.business_day(day, -first), -second)
    assert back == calendar.business_day(day, -first - second)


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        (
            "America/New_York",
            "2026-03-09T13:00:00+00:00",
        ),  # the clock was put forward the day before
        ("Europe/Berlin", "2026-03-09T08:00:00+00:00"),
        ("Asia/Kolkata", "2026-03-09T03:30:00+00:00"),
        ("Pacific/Kiritimati", "2026-03-08T19:00:00+00:00"),
    ],
)
def test_a_morning_is_when_people_begin_where_they_are(zone: str, begins: str) -> None:
    morning = Calendar().morning(date(2026, 3, 9), ZoneInfo(zone))
    assert morning.isoformat() == begins
    assert morning.tzinfo is UTC


def test_a_morning_begins_when_the_company_opens() -> None:
    early = Calendar(opens=time(6, 30), closes=time(14))
    assert early.morning(date(2026, 3, 9), ZoneInfo("UTC")) == datetime(
        2026, 3, 9, 6, 30, tzinfo=UTC
    )
