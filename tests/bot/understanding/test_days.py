"""Which days people mean, said at several times, and what is never a day."""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.understanding.days import days_in, problem, read_day
from settings.days_off import DaysOff, region
from tests.bot.understanding.speaking import said, shown, verdicts
from workflows.dating import DateOrder

FRIDAY, SATURDAY, SUNDAY = (2026, 11, 20, 10), (2026, 11, 21, 10), (2026, 11, 22, 10)
EVENING, NEW_YEARS_EVE, LAST_OF_FEBRUARY = (2026, 11, 18, 19), (2026, 12, 31, 10), (2027, 2, 28, 10)
BEFORE_THE_CLOCK_CHANGES = (2026, 10, 31, 10)


def test_every_phrase_that_was_measured_with_libraries_is_right() -> None:
    assert verdicts("due.json") == {"right": 40}


def test_every_known_phrase_is_right() -> None:
    assert verdicts("known.json").keys() == {"right"}


def test_nothing_held_back_is_filled_in_wrongly(
    record_property: Callable[[str, object], None],
) -> None:
    found = verdicts("held_back.json")
    for name, count in found.items():
        record_property(name, count)
    print(f"held-back table: {dict(found)}")  # noqa: T201 - what is right is reported, not asserted
    assert found["wrong"] == 0


@pytest.mark.parametrize(
    ("at", "text", "day", "guess"),
    [
        (FRIDAY, "Friday", "2026-11-27", True),
        (FRIDAY, "this Friday", "2026-11-20", True),
        (FRIDAY, "next Friday", "2026-11-27", False),
        (SATURDAY, "next Friday", "2026-11-27", False),
        (SATURDAY, "end of the week", "2026-11-27", True),
        (SATURDAY, "EOD", "2026-11-23", True),
        (SATURDAY, "ASAP", "2026-11-23", True),
        (SUNDAY, "next Monday", "2026-11-23", True),
        (EVENING, "EOD", "2026-11-19", True),
        (EVENING, "3pm", "2026-11-19", True),
        (EVENING, "ASAP", "2026-11-19", True),
        (EVENING, "EOD today", "2026-11-18", True),
        (NEW_YEARS_EVE, "tomorrow", "2027-01-01", False),
        (NEW_YEARS_EVE, "end of year", "2026-12-31", False),
        (NEW_YEARS_EVE, "Jan 2", "2027-01-02", False),
        (NEW_YEARS_EVE, "the 31st", "2026-12-31", True),
        (LAST_OF_FEBRUARY, "the 30th", "2027-03-30", False),
        (LAST_OF_FEBRUARY, "Feb 29", "2028-02-29", False),
        (LAST_OF_FEBRUARY, "in a month", "2027-03-28", False),
        (BEFORE_THE_CLOCK_CHANGES, "in 48 hours", "2026-11-02", False),
        (BEFORE_THE_CLOCK_CHANGES, "in 13 hours", "2026-10-31", False),
    ],
)
def test_it_depends_on_when_it_is_said(
    at: tuple[int, ...], text: str, day: str, *, guess: bool
) -> None:
    assert shown(days_in(text, said(*at))) == [(day, guess)]


def test_hours_pass_as_they_do_when_the_clock_is_set_back() -> None:
    (found,) = days_in("in 20 hours", said(*BEFORE_THE_CLOCK_CHANGES))
    assert (str(found.day), found.at) == ("2026-11-01", time(5))


def test_a_guess_holds_all_readings_the_likelier_first() -> None:
    (found,) = days_in("by next Friday", said())
    assert [str(day) for day in (found.day, *found.others)] == ["2026-11-27", "2026-11-20"]


@pytest.mark.parametrize(
    ("text", "order", "days"),
    [
        ("3/4", None, ["2027-03-04", "2027-04-03"]),
        ("3/4", DateOrder.MONTH_FIRST, ["2027-03-04"]),
        ("3/4", DateOrder.DAY_FIRST, ["2027-04-03"]),
        ("3/4", DateOrder.YEAR_FIRST, ["2027-03-04"]),
        ("3/4/2027", None, ["2027-03-04", "2027-04-03"]),
        ("3/4/2027", DateOrder.DAY_FIRST, ["2027-04-03"]),
        ("27/03/04", DateOrder.YEAR_FIRST, ["2027-03-04"]),
        ("12/31/2026", DateOrder.YEAR_FIRST, ["2026-12-31"]),
        ("by 3-4", DateOrder.DAY_FIRST, ["2027-04-03"]),
        ("13/4", DateOrder.MONTH_FIRST, ["2027-04-13"]),
        ("4/13", DateOrder.DAY_FIRST, ["2027-04-13"]),
    ],
)
def test_which_number_is_the_day_is_the_companys_choice_or_asked(
    text: str, order: DateOrder | None, days: list[str]
) -> None:
    (found,) = days_in(text, said(order=order))
    assert [str(day) for day in (found.day, *found.others)] == days
    assert found.guess == (order is None)


@pytest.mark.parametrize(
    ("regions", "text", "days"),  # all that it can mean, the likelier first
    [
        (["US"], "the day before Thanksgiving", ["2026-11-25"]),
        (["US"], "before Thanksgiving Day", ["2026-11-26", "2026-11-25"]),
        (["US"], "by Washington's Birthday", ["2027-02-15"]),
        (["IN"], "after Diwali", ["2027-11-01", "2027-10-29"]),
        (["DE"], "the day after Pentecost Monday", ["2027-05-18"]),
        (["US", "IN"], "on Independence Day", ["2027-07-04", "2027-08-15"]),
        (["SG"], "by Chinese New Year", ["2027-02-06"]),
    ],
)
def test_holidays_are_known_by_their_names(regions: list[str], text: str, days: list[str]) -> None:
    free = DaysOff(tuple(map(region, regions)), frozenset())
    today = said()
    (found,) = days_in(text, said(named=free.named(today.day)))
    assert [str(day) for day in (found.day, *found.others)] == days
    assert found.guess == (len(days) > 1)


def test_days_in_lieu_have_no_name() -> None:
    named = DaysOff((region("GB-ENG"), region("CN")), frozenset()).named(said().day)
    assert named["boxing day"] == (date(2026, 12, 26),)
    assert not [name for name in named if "observed" in name or "(" in name or "off" in name]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("end of Q1", "2027-04-30"),
        ("end of FY", "2027-01-31"),
        ("end of fiscal year", "2027-01-31"),
    ],
)
def test_quarters_are_those_of_the_fiscal_year(text: str, day: str) -> None:
    (found,) = days_in(text, said(fiscal_month=2))
    assert str(found.day) == day


def test_where_the_fiscal_year_differs_the_end_of_the_year_is_asked() -> None:
    (found,) = days_in("end of year", said(fiscal_month=2))
    assert found.guess
    assert {"2026-12-31", "2027-01-31"} <= {str(day) for day in (found.day, *found.others)}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("EOD Friday", time(17)),
        ("Tuesday at 3pm", time(15)),
        ("noon tomorrow", time(12)),
        ("first thing Monday", time(9)),
        ("Thursday by 10:30", time(10, 30)),
        ("tomorrow", None),
    ],
)
def test_an_hour_that_is_named_is_kept(text: str, at: time | None) -> None:
    (found,) = days_in(text, said())
    assert found.at == at


def test_today_is_where_the_person_is() -> None:
    (found,) = days_in("tomorrow", said(2026, 11, 18, 1, zone=ZoneInfo("Pacific/Auckland")))
    assert str(found.day) == "2026-11-19"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("two weeks ago", "past"),
        ("yesterday", "past"),
        ("last Friday", "past"),
        ("1999-12-01", "past"),
        ("February 30", "impossible"),
        ("2027-02-29", "impossible"),
        ("2/30", "impossible"),
        ("no rush", "no_date"),
        ("whenever", "no_date"),
        ("we need a deck", ""),
        ("Friday", ""),
        ("yesterday I said Friday", ""),
    ],
)
def test_why_there_is_no_day(text: str, why: str) -> None:
    assert problem(text, said()) == why


@pytest.mark.parametrize(
    "text",
    [
        "by Friday please, thanks!",
        "Hi, Friday would be great",
        "need it for the pitch on Nov 20, thanks",
        "*by Friday*",
    ],
)
def test_an_answer_may_be_padded(text: str) -> None:
    found = read_day(text, said())
    assert found is not None
    assert (str(found.day), found.guess) == ("2026-11-20", False)


@pytest.mark.parametrize(
    "text",
    [
        "they told us so on Friday and we were glad",
        "Monday and Tuesday",
        "24/7",
        "February 30",
        "no rush",
        "two weeks ago",
        "3/4 of the budget",
        "250k",
        "",
    ],
)
def test_what_is_no_answer_is_none(text: str) -> None:
    assert read_day(text, said()) is None


def test_what_only_the_library_knows_is_a_guess() -> None:
    found = read_day("1 year 2 months", said())
    assert found is not None
    assert (str(found.day), found.guess) == ("2028-01-18", True)
    assert days_in("1 year 2 months", said()) == ()


def test_the_library_tells_no_past_day_and_none_of_another_language() -> None:
    assert read_day("1 year 2 months ago", said()) is None
    assert read_day("15. März 2027", said()) is None
