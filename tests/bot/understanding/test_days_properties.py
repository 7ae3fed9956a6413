"""What holds for every text, whenever it is said."""

import re
import sys
from datetime import datetime
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.days import Today, days_in, problem, read_day
from bot.understanding.days.reading import RULES
from tests.bot.understanding.speaking import CALENDAR, ZONE
from workflows.dating import DateOrder

SAID = """next this last by the of end in a week month year Friday Tuesday sat may Dec March 3 12
    15th 3/4 12/15/26 2026-12-15 Q3 EOD EOM 3pm noon tomorrow today or and - , . not before after
    between two few days hours business first second half early mid late from now ago asap whenever
    5 31 2027 until at to on FY27 weekend fortnight christmas 30 February tom wk Monday's every"""
NOWS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1))  # noqa: DTZ001
ORDERS = st.sampled_from((None, *DateOrder))
TEXTS = st.lists(st.sampled_from(SAID.split()), max_size=12).map(" ".join)


def today(now: datetime, *, order: DateOrder | None = None, fiscal_month: int = 1) -> Today:
    return Today(
        now=now.replace(tzinfo=ZONE),
        calendar=CALENDAR,
        order=order,
        fiscal_month=fiscal_month,
    )


@example("on Friday¹ or ٣ ²³ 1½", datetime(2026, 11, 18, 10), DateOrder.DAY_FIRST, 1)  # noqa: DTZ001
@given(TEXTS | st.text(max_size=60), NOWS, ORDERS, st.integers(1, 12))
def test_days_are_never_past_and_stand_in_the_text_in_order(
    text: str,
    now: datetime,
    order: DateOrder | None,
    fiscal_month: int,
) -> None:
    when = today(now, order=order, fiscal_month=fiscal_month)
    end = 0
    for day in days_in(text, when):
        assert min(day.day, *day.others, day.day) >= now.date()
        assert day.guess or not day.others
        assert day.day not in day.others
        assert end <= day.start < day.end <= len(text)
        assert text[day.start : day.end].strip() == text[day.start : day.end]
        end = day.end


@given(TEXTS, NOWS)
def test_the_words_of_a_day_alone_name_the_same_day(text: str, now: datetime) -> None:
    for day in days_in(text, today(now)):
        alone = days_in(text[day.start : day.end], today(now))
        assert [each.day for each in alone] == [day.day], text[day.start : day.end]


@given(TEXTS, NOWS)
def test_a_reason_is_given_only_where_there_is_no_day(text: str, now: datetime) -> None:
    why = problem(text, today(now))
    assert why in {"", "past", "impossible", "no_date"}
    assert not (why and days_in(text, today(now)))


@given(TEXTS, NOWS)
def test_an_answer_is_a_day_of_the_text_or_a_guess(text: str, now: datetime) -> None:
    found = read_day(text, today(now))
    if found is not None:
        assert found.day >= now.date()
        assert found.guess or found in days_in(text, today(now))


def test_every_pattern_is_bounded() -> None:
    """But for repetitions within one word, which is short."""
    within_a_word = re.compile(r"\\[dw][+*]|\[a-z\][+*]|\\.|\[[^\]]*\]")
    unbounded = [
        each.pattern.pattern
        for rules in RULES
        for each in rules
        if re.search(r"[+*]|\{\d+,\}", within_a_word.sub("", each.pattern.pattern))
    ]
    assert unbounded == []


def calls(text: str, when: Today) -> int:
    """Count the functions that are called to understand ``text``."""
    count = 0

    def called(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"c_call", "call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        days_in(text, when)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1-", "a.", "a@", "<", "`", "~a", ":a", "next ", "Dec ", "1 ", "Friday or ", "not ",
     "in 3 ", "1st ", "(5", "+1 ", "the end of ", "W4 ", "Monday, ", "12:", "between "],
)  # fmt: skip
def test_the_work_grows_with_the_length_and_not_faster(piece: str) -> None:
    when = today(datetime(2026, 11, 18, 10))  # noqa: DTZ001
    short, long = (piece * count for count in (2000 // len(piece), 8000 // len(piece)))
    days_in(short, when)
    assert calls(long, when) < 4.5 * calls(short, when)


_MONTHS = ("January", "Feb", "march", "March", "may", "May", "December", "sept")
_SHAPES = (
    *("{d} {m} {y}", "{d}th {m} {y}", "{d} of {m}, {y}", "{m} {d}, {y}", "{m} {d} {y}"),
    *("the {d}th of {m} {y}", "{m} {y}", "end of {m} {y}", "mid {m} {y}", "{d}-{e} {m} {y}"),
    *("Q{q} {y}", "end of Q{q} {y}", "H1 {y}", "week 12 {y}", "Christmas {y}", "{m} {d}-{e} {y}"),
)


@given(
    shape=st.sampled_from(_SHAPES),
    before=st.sampled_from(("", "by ", "deck by ", "until ", "needed before ", "on ", "from ")),
    after=st.sampled_from(
        ("", " for Globex", " with Globex", ", please", " people", " slides", " in Rome")
    ),
    day=st.integers(1, 28),
    month=st.sampled_from(_MONTHS),
    year=st.integers(2027, 2099),
)
def test_a_year_that_is_said_is_never_left_out(
    shape: str, before: str, after: str, day: int, month: str, year: int
) -> None:
    what = shape.format(d=day, e=day + 2, m=month, y=year, q=day % 4 + 1)
    when = today(datetime(2026, 11, 18, 10))  # noqa: DTZ001
    for found in days_in(f"{before}{what}{after}", when):
        assert found.guess or found.day.year == year
