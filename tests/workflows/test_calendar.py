"""Working hours: in the person's own zone, through weekends, holidays and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.calendar import Calendar

OFFICE_HOURS = Calendar()
NEW_YORK, BERLIN, LONDON = (
    ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Europe/London")
)


def at(text: str, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock in ``zone`` shows ``text``."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 09:00", 8, "2026-03-02 17:00"),  # a Monday
        ("2026-03-02 09:00", 9, "2026-03-03 10:00"),
        ("2026-03-02 16:59", 1, "2026-03-03 09:59"),
        ("2026-03-02 17:00", 1, "2026-03-03 10:00"),
        ("2026-03-02 03:00", 1, "2026-03-02 10:00"),
        ("2026-03-02 22:00", 1, "2026-03-03 10:00"),
        ("2026-03-06 16:00", 2, "2026-03-09 10:00"),  # over a weekend
        ("2026-03-07 12:00", 1, "2026-03-09 10:00"),  # on a Saturday
        ("2026-03-02 09:00", 40, "2026-03-06 17:00"),
        ("2026-03-02 09:00", 41, "2026-03-09 10:00"),
        ("2026-03-02 12:34", 8, "2026-03-03 12:34"),
    ],
)
def test_working_hours_end_where_people_expect(start: str, hours: int, end: str) -> None:
    assert OFFICE_HOURS.after(at(start, LONDON), hours, LONDON) == at(end, LONDON)


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        ("2026-03-02 12:34:56", "2026-03-02 12:34:56"),
        ("2026-03-02 09:00", "2026-03-02 09:00"),
        ("2026-03-02 08:59", "2026-03-02 09:00"),
        ("2026-03-02 17:00", "2026-03-03 09:00"),
        ("2026-03-07 12:00", "2026-03-09 09:00"),
    ],
)
def test_no_hours_at_all_is_the_first_working_moment(start: str, moment: str) -> None:
    assert OFFICE_HOURS.after(at(start, BERLIN), 0, BERLIN) == at(moment, BERLIN)


@pytest.mark.parametrize(
    ("start", "end", "real_hours"),
    [
        ("2026-03-06 13:00", "2026-03-09 13:00", 71),  # the clock is put forward on Sunday
        ("2026-10-30 13:00", "2026-11-02 13:00", 73),  # and back
    ],
)
def test_a_change_of_the_clock_makes_no_working_day_longer_or_shorter(
    start: str, end: str, real_hours: int
) -> None:
    begun = at(start, NEW_YORK)
    ended = OFFICE_HOURS.after(begun, 8, NEW_YORK)
    assert ended == at(end, NEW_YORK)
    assert ended - begun == timedelta(hours=real_hours)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_even_the_day_of_the_change_has_eight_working_hours(day: str) -> None:
    every_day = Calendar(weekdays=frozenset(range(7)))
    ended = every_day.after(at(f"{day} 00:30", BERLIN), 8, BERLIN)
    assert ended == at(f"{day} 17:00", BERLIN)


NIGHT_SHIFT = Calendar(opens=time(0), closes=time(8), weekdays=frozenset(range(7)))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_night_shift_ends_when_its_clock_says_so_also_in_the_night_of_the_change(
    day: str,
) -> None:
    assert NIGHT_SHIFT.after(at(f"{day} 00:00", BERLIN), 8, BERLIN) == at(f"{day} 08:00", BERLIN)


def test_nothing_is_due_before_it_began_in_the_hour_that_comes_twice() -> None:
    second_time = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert second_time.astimezone(BERLIN).time() == time(2, 30)
    assert NIGHT_SHIFT.after(second_time, 0, BERLIN) == second_time


def test_everybody_is_counted_in_their_own_zone() -> None:
    friday_noon = datetime(2026, 3, 6, 12, tzinfo=UTC)
    due = {
        name: OFFICE_HOURS.after(friday_noon, 8, ZoneInfo(name)).isoformat()
        for name in ("Pacific/Kiritimati", "Asia/Kathmandu", "Etc/GMT+12")
    }
    assert due == {
        "Pacific/Kiritimati": "2026-03-09T03:00:00+00:00",  # their Saturday, 2 h: Monday
        "Asia/Kathmandu": "2026-03-09T11:15:00+00:00",  # after their work
        "Etc/GMT+12": "2026-03-07T05:00:00+00:00",  # their Friday, 0 h: that same day
    }


def test_holidays_and_days_off_are_no_working_days() -> None:
    calendar = Calendar(days_off=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))  # Easter
    assert calendar.after(at("2026-04-02 16:00", BERLIN), 2, BERLIN) == at(
        "2026-04-07 10:00", BERLIN
    )
    assert not calendar.is_working_day(date(2026, 4, 6))
    assert not calendar.is_working_time(at("2026-04-06 12:00", BERLIN), BERLIN)


def test_a_day_off_in_between_is_jumped() -> None:
    calendar = Calendar(days_off=frozenset({date(2026, 3, 4)}))
    assert calendar.after(at("2026-03-03 09:00", LONDON), 16, LONDON) == at(
        "2026-03-05 17:00", LONDON
    )


def test_the_company_sets_its_own_week() -> None:
    calendar = Calendar(opens=time(8, 30), closes=time(12), weekdays=frozenset({6, 0}))
    assert calendar.after(at("2026-03-01 11:30", LONDON), 1, LONDON) == at(
        "2026-03-02 09:00", LONDON
    )


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-03-02 08:59:59", False),
        ("2026-03-02 09:00", True),
        ("2026-03-02 16:59:59", True),
        ("2026-03-02 17:00", False),
        ("2026-03-01 12:00", False),
    ],
)
def test_working_time_is_from_opening_to_before_closing(moment: str, *, works: bool) -> None:
    assert OFFICE_HOURS.is_working_time(at(moment, NEW_YORK), NEW_YORK) is works


@pytest.mark.parametrize(
    ("opens", "closes", "weekdays"),
    [
        (time(9), time(9), {0}),
        (time(17), time(9), {0}),
        (time(9), time(17), set[int]()),
        (time(9), time(17), {7}),
    ],
)
def test_a_calendar_in_which_nobody_ever_works_is_refused(
    opens: time, closes: time, weekdays: set[int]
) -> None:
    with pytest.raises(ValueError, match="no working hours"):
        Calendar(opens=opens, closes=closes, weekdays=frozenset(weekdays))


CALENDARS = st.builds(
    Calendar,
    opens=st.times(time(5), time(11)),
    closes=st.times(time(12), time(20)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    days_off=st.frozensets(st.dates(date(2025, 1, 1), date(2025, 3, 1)), max_size=20),
)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
STARTS = st.one_of(
    st.datetimes(datetime(2025, 1, 1), datetime(2025, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the zone
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - likewise
)
HOURS = st.integers(0, 40)
a_law = settings(max_examples=150, derandomize=True)


def worked(calendar: Calendar, start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Count, day by day on the wall clock, what is worked between two instants."""
    first, last = (each.astimezone(zone).replace(tzinfo=None) for each in (start, end))
    total, day = timedelta(), first.date()
    while day <= last.date():
        if day.weekday() in calendar.weekdays and day not in calendar.days_off:
            begin = max(first, datetime.combine(day, calendar.opens))
            until = min(last, datetime.combine(day, calendar.closes))
            total += max(until - begin, timedelta())
        day += timedelta(days=1)
    return total


@a_law
@given(CALENDARS, STARTS, HOURS, ZONES)
def test_exactly_the_hours_asked_for_are_worked(
    calendar: Calendar, start: datetime, hours: int, zone: ZoneInfo
) -> None:
    end = calendar.after(start, hours, zone)
    assert end >= start
    assert end.tzinfo is UTC
    assert worked(calendar, start, end, zone) == timedelta(hours=hours)


@a_law
@given(CALENDARS, STARTS, HOURS, ZONES)
def test_nothing_is_ever_due_outside_working_time(
    calendar: Calendar, start: datetime, hours: int, zone: ZoneInfo
) -> None:
    end = calendar.after(start, hours, zone)
    moment = end - timedelta(microseconds=1) if hours else end
    assert calendar.is_working_time(moment, zone)


@a_law
@given(CALENDARS, STARTS, st.lists(st.integers(1, 20), min_size=2, max_size=4), ZONES)
def test_hours_after_hours_are_all_of_them_together(
    calendar: Calendar, start: datetime, parts: list[int], zone: ZoneInfo
) -> None:
    end = start
    for part in parts:
        end = calendar.after(end, part, zone)
    assert end == calendar.after(start, sum(parts), zone)


@a_law
@given(CALENDARS, STARTS, ZONES)
def test_more_hours_are_never_due_earlier(
    calendar: Calendar, start: datetime, zone: ZoneInfo
) -> None:
    ends = [calendar.after(start, hours, zone) for hours in range(6)]
    assert all(earlier < later for earlier, later in pairwise(ends))
