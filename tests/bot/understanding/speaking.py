"""Who speaks when, and tables of phrases with the days that may be understood."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.understanding.days import Day, Today, days_in
from workflows.calendar import Calendar
from workflows.dating import DateOrder

PHRASES = Path(__file__).parent / "phrases"
ZONE = ZoneInfo("America/New_York")
THANKSGIVING = date(2026, 11, 26)
CALENDAR = Calendar(days_off=frozenset({THANKSGIVING, date(2026, 12, 25), date(2027, 1, 1)}))


class Labelled(TypedDict):
    """A phrase said on Wednesday 2026-11-18, and its days; None where it names none."""

    text: str
    accept: list[str | None]


def said(
    *at: int,
    order: DateOrder | None = None,
    fiscal_month: int = 1,
    zone: ZoneInfo = ZONE,
    named: Mapping[str, tuple[date, ...]] | None = None,
) -> Today:
    """Return who speaks at year, month, day, hour; a Wednesday at ten by default."""
    year, month, day, hour = at or (2026, 11, 18, 10)
    now = datetime(year, month, day, hour, tzinfo=zone)
    thanksgiving = THANKSGIVING if now.date() <= THANKSGIVING else date(2027, 11, 25)
    return Today(
        now=now,
        calendar=CALENDAR,
        order=order,
        fiscal_month=fiscal_month,
        named={"thanksgiving day": (thanksgiving,)} if named is None else named,
    )


def verdict(phrase: Labelled) -> str:
    """Say whether it is right, asked, missed, or wrong: filled in silently."""
    days, accept = days_in(phrase["text"], said()), phrase["accept"]
    if accept == [None]:
        if not days:
            return "right"
        return "asked" if all(each.guess for each in days) else "wrong"
    if not days:
        return "missed"
    if all(str(each.day) in accept for each in days):
        return "right"
    return "asked" if all(each.guess or str(each.day) in accept for each in days) else "wrong"


def verdicts(name: str) -> Counter[str]:
    """Count the verdicts on a table."""
    rows: list[Labelled] = json.loads((PHRASES / name).read_text("utf-8"))
    return Counter(map(verdict, rows))


def shown(days: tuple[Day, ...]) -> list[tuple[str, bool]]:
    """Return the days and whether each is a guess."""
    return [(str(each.day), each.guess) for each in days]
