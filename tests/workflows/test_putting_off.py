"""When somebody is reminded again, by hand and by law."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_attention import ZONES
from workflows.calendar import Calendar
from workflows.putting_off import Later

NEW_YORK = ZoneInfo("America/New_York")
CALENDAR = Calendar(days_off=frozenset({date(2026, 11, 26)}))
instants = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(st.sampled_from(Later), instants, st.sampled_from(ZONES))
def test_it_is_always_later_and_when_people_work(later: Later, now: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    at = later.after(now, there, CALENDAR)
    if at is None:
        assert later is Later.AFTERNOON
    else:
        assert at > now
        assert CALENDAR.is_working_day(at.astimezone(there).date())
        local = at.astimezone(there).time()
        assert CALENDAR.opens <= local <= CALENDAR.closes


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=NEW_YORK)  # type: ignore[misc,arg-type] # numbers


@pytest.mark.parametrize(
    ("later", "now", "meant"),
    [
        (Later.HOURS, (2026, 11, 23, 10, 0), (2026, 11, 23, 12, 0)),
        (Later.HOURS, (2026, 11, 23, 16, 0), (2026, 11, 24, 10, 0)),
        (Later.HOURS, (2026, 11, 25, 16, 0), (2026, 11, 27, 10, 0)),  # over a holiday
        (Later.AFTERNOON, (2026, 11, 23, 10, 0), (2026, 11, 23, 14, 0)),
        (Later.AFTERNOON, (2026, 11, 23, 14, 0), None),
        (Later.AFTERNOON, (2026, 11, 28, 10, 0), None),
        (Later.TOMORROW, (2026, 11, 23, 10, 0), (2026, 11, 24, 9, 0)),
        (Later.TOMORROW, (2026, 11, 25, 10, 0), (2026, 11, 27, 9, 0)),
        (Later.TOMORROW, (2026, 11, 27, 10, 0), (2026, 11, 30, 9, 0)),
        (Later.MONDAY, (2026, 11, 23, 8, 0), (2026, 11, 30, 9, 0)),
        (Later.MONDAY, (2026, 11, 29, 8, 0), (2026, 11, 30, 9, 0)),
    ],
)
def test_what_is_meant(later: Later, now: tuple[int, ...], meant: tuple[int, ...] | None) -> None:
    found = later.after(local(*now), NEW_YORK, CALENDAR)
    assert found == (local(*meant).astimezone(UTC) if meant else None)
