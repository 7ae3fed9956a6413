"""Days that are named by what comes after them."""

from datetime import UTC, date, datetime

import pytest

from bot.understanding.ahead import shifted
from bot.understanding.days import Today, days_in
from modals.sales_asset import FORM as ASSET
from tests.bot.understanding.test_reading import answer, said
from workflows.calendar import Calendar

TODAY = Today(now=datetime(2026, 11, 18, 15, tzinfo=UTC), calendar=Calendar())


def read(text: str) -> list[tuple[date, ...]]:
    found = shifted(text, days_in(text, TODAY), TODAY)
    assert all(text[each.start : each.end].strip() for each in found)
    assert all(each.guess for each in found if each.others)
    return [(each.day, *each.others) for each in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("two days before the meeting on 5 December", date(2026, 12, 3)),
        ("the meeting is on 5 December, I need it 2 days before", date(2026, 12, 3)),
        ("a week ahead of the board on 14 December", date(2026, 12, 7)),
        ("3 working days before the pitch of 9 December", date(2026, 12, 4)),
        ("The demo: 5 December. The deck one day earlier, please.", date(2026, 12, 4)),
    ],
)
def test_both_days_are_asked_the_earlier_one_first(text: str, first: date) -> None:
    [days] = read(text)
    assert days[0] == first
    assert len(days) == 2


@pytest.mark.parametrize(
    "text",
    [
        "two days before the meeting",
        "by 5 December",
        "two days ago we met, send it by 5 December",
        "two days before " + "and then some words " * 5 + "on 5 December",
    ],
)
def test_nothing_else_is_shifted(text: str) -> None:
    assert read(text) == [(each.day, *each.others) for each in days_in(text, TODAY)]


def test_a_day_before_today_is_none() -> None:
    [days] = read("a week before the demo on 20 November")
    assert days == (date(2026, 11, 20),)


def test_the_form_asks_with_both() -> None:
    found = said("one pager two days before the meeting on 5 Dec", ASSET)
    assert answer(found, "deadline") == "2026-12-03"
    assert found["deadline"].others == ({"deadline": "2026-12-05"},)


def test_a_kind_that_no_words_name_is_a_guess_without_words() -> None:
    found = said("battle card by 5 December", ASSET)
    assert (found["asset_type"].words, found["asset_type"].guess) == ("", True)
