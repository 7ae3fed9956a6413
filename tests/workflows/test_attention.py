"""When a message reaches somebody: laws over any zone, any hour, any wish, and DST by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.attention import (
    Combine,
    Deliver,
    Drop,
    Gather,
    Manner,
    Quiet,
    Reader,
    Topic,
    Wait,
    Wish,
)
from workflows.calendar import Calendar

ZONES = [
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Pacific/Apia",
    "Africa/Casablanca",
]
"""Among them zones of half and quarter hours, and one that changes by half an hour."""
NEVER_OFF = (Topic.ANSWERS, Topic.DECISIONS, Topic.DUTIES)
MINUTE = timedelta(minutes=1)
CHRISTMAS = Calendar(days_off=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))

zones = st.sampled_from([ZoneInfo(name) for name in ZONES])
clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
quiets = st.builds(Quiet, clocks, clocks, st.booleans())
calendars = st.sampled_from([Calendar(), CHRISTMAS])
wishes = st.dictionaries(st.sampled_from(Topic), st.sampled_from(Wish))
manners = st.builds(
    Manner,
    wishes=wishes,
    quiet=quiets,
    digest_at=clocks,
    most_pings=st.integers(1, 30),
    urgent_passes=st.booleans(),
)
readers = st.builds(
    Reader,
    manner=manners,
    calendar=calendars,
    zone=zones,
    now=instants,
    pings=st.integers(0, 60),
)


@given(quiets, instants, zones, calendars)
def test_quiet_hours_end_at_the_first_instant_that_is_not_quiet(
    quiet: Quiet, at: datetime, zone: ZoneInfo, calendar: Calendar
) -> None:
    free = quiet.until(at, zone, calendar)
    assert free >= at
    assert not quiet.holds(free, zone, calendar)
    assert quiet.until(free, zone, calendar) == free
    for back in (1, 7, 45, 90, 300, 900, 2000):
        earlier = free - back * MINUTE
        if earlier >= at:
            assert quiet.holds(earlier, zone, calendar)


@given(readers, st.sampled_from(NEVER_OFF))
def test_what_waits_on_somebody_is_never_off_and_in_no_digest(reader: Reader, topic: Topic) -> None:
    for urgent in (False, True):
        assert isinstance(reader.hears(topic, urgent=urgent), Deliver | Wait | Combine)


@given(readers)
def test_an_answer_to_ones_own_gesture_never_waits(reader: Reader) -> None:
    assert reader.hears(Topic.ANSWERS) == Deliver()


@given(readers, st.sampled_from(Topic))
def test_nothing_sounds_in_quiet_hours_but_answers(reader: Reader, topic: Topic) -> None:
    said = reader.hears(topic)
    if reader.manner.quiet.holds(reader.now, reader.zone, reader.calendar):
        assert topic is Topic.ANSWERS or not isinstance(said, Deliver | Combine)


@given(readers, st.sampled_from(Topic))
def test_what_waits_comes_later_and_is_decided_anew_then(reader: Reader, topic: Topic) -> None:
    match reader.hears(topic):
        case Wait(until):
            assert until > reader.now
        case Gather(at):
            assert at > reader.now
            local = at.astimezone(reader.zone)
            assert reader.calendar.is_working_day(local.date())
        case Deliver() | Combine() | Drop():
            pass


@given(readers, st.sampled_from(Topic))
def test_no_more_than_the_cap_sounds(reader: Reader, topic: Topic) -> None:
    if reader.pings >= reader.manner.most_pings and topic not in {Topic.ANSWERS, Topic.DUTIES}:
        assert not isinstance(reader.hears(topic), Deliver)


@given(readers)
def test_an_escalation_passes_only_where_it_is_allowed(reader: Reader) -> None:
    quiet = reader.manner.quiet.holds(reader.now, reader.zone, reader.calendar)
    said = reader.hears(Topic.DUTIES, urgent=True)
    assert isinstance(said, Wait) == (quiet and not reader.manner.urgent_passes)


@given(manners, instants, zones, calendars)
def test_the_digest_comes_once_a_working_day_at_their_hour(
    manner: Manner, at: datetime, zone: ZoneInfo, calendar: Calendar
) -> None:
    first = manner.digest(at, zone, calendar)
    second = manner.digest(first, zone, calendar)
    assert at < first < second
    days = [each.astimezone(zone).date() for each in (first, second)]
    assert days[0] < days[1]
    assert all(calendar.is_working_day(day) for day in days)


def local(zone: str, *when: int, fold: int = 0) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone), fold=fold)  # type: ignore[misc,arg-type] # numbers


NEW_YORK, KOLKATA, BERLIN = "America/New_York", "Asia/Kolkata", "Europe/Berlin"


@pytest.mark.parametrize(
    ("zone", "at", "free"),
    [
        (NEW_YORK, (2026, 11, 23, 19, 59), (2026, 11, 23, 19, 59)),
        (NEW_YORK, (2026, 11, 23, 20, 0), (2026, 11, 24, 8, 0)),
        (NEW_YORK, (2026, 11, 24, 3, 0), (2026, 11, 24, 8, 0)),
        (NEW_YORK, (2026, 11, 27, 21, 0), (2026, 11, 30, 8, 0)),  # a weekend
        (KOLKATA, (2026, 11, 23, 20, 30), (2026, 11, 24, 8, 0)),
        (BERLIN, (2026, 3, 27, 22, 0), (2026, 3, 30, 8, 0)),  # the clock goes on on the Sunday
        (BERLIN, (2026, 10, 23, 22, 0), (2026, 10, 26, 8, 0)),  # and back
        (BERLIN, (2026, 12, 23, 21, 0), (2026, 12, 28, 8, 0)),  # Christmas, and a weekend
    ],
)
def test_nights_weekends_and_days_off(
    zone: str, at: tuple[int, ...], free: tuple[int, ...]
) -> None:
    found = Quiet().until(local(zone, *at), ZoneInfo(zone), CHRISTMAS)
    assert found == local(zone, *free).astimezone(UTC)


EVERY_DAY = Calendar(weekdays=frozenset(range(7)))


def test_quiet_hours_that_end_in_the_hour_left_out_end_with_it() -> None:
    quiet = Quiet(time(22), time(2, 30))
    found = quiet.until(local(BERLIN, 2026, 3, 29, 1, 0), ZoneInfo(BERLIN), EVERY_DAY)
    assert found == local(BERLIN, 2026, 3, 29, 3, 0).astimezone(UTC)


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_are_kept_twice() -> None:
    quiet = Quiet(time(22), time(2, 30))
    first = quiet.until(local(BERLIN, 2026, 10, 25, 1, 0), ZoneInfo(BERLIN), EVERY_DAY)
    assert first == local(BERLIN, 2026, 10, 25, 2, 30).astimezone(UTC)
    again = quiet.until(local(BERLIN, 2026, 10, 25, 2, 10, fold=1), ZoneInfo(BERLIN), EVERY_DAY)
    assert again == local(BERLIN, 2026, 10, 25, 2, 30, fold=1).astimezone(UTC)


def test_the_cap_spares_what_waits_on_them() -> None:
    reader = Reader(
        manner=Manner(most_pings=3),
        calendar=Calendar(),
        zone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 23, 12, tzinfo=UTC),
        pings=3,
    )
    tomorrow = datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert reader.hears(Topic.DECISIONS) == Combine()
    assert reader.hears(Topic.DUTIES) == Deliver()
    assert reader.hears(Topic.MINE) == Gather(tomorrow)
    assert reader.hears(Topic.FOLLOWED) == Gather(tomorrow)
    assert reader.hears(Topic.REPORTS) == Wait(datetime(2026, 11, 24, tzinfo=UTC))


def test_what_is_switched_off_says_nothing() -> None:
    reader = Reader(
        manner=Manner(wishes=dict.fromkeys(Topic, Wish.OFF)),
        calendar=Calendar(),
        zone=ZoneInfo("UTC"),
        now=datetime(2026, 11, 23, 12, tzinfo=UTC),
    )
    told = {topic for topic in Topic if reader.hears(topic) != Drop()}
    assert told == {Topic.ANSWERS, Topic.DECISIONS, Topic.DUTIES, Topic.MINE}
