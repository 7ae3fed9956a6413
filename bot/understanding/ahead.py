"""A day that is named by what comes after it: "two days before the meeting on 5 December"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.understanding.days import Day, Today
from bot.understanding.days.lexicon import NUMBERS

_DAYS = {"day": 1, "week": 7}
_AHEAD = re.compile(
    rf"\b(\d{{1,3}}|an?|the|{'|'.join(NUMBERS)})\s+"
    r"(?:(business|working|work)\s+)?(day|week)s?\s+"
    r"(?:before(?:hand)?|prior|ahead|earlier|in advance)\b",
    re.IGNORECASE,
)
_FAR = 60
"""Characters between these words and the day they are about, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The words ``text[start:end]`` mean a day so much before another one."""

    count: int
    unit: str
    start: int
    end: int


def ahead_in(text: str) -> tuple[Ahead, ...]:
    """Return where something is said to be before something else by days or weeks."""
    return tuple(
        Ahead(
            count=_count(found[1].lower()),
            unit="workday" if found[2] else found[3].lower(),
            start=found.start(),
            end=found.end(),
        )
        for found in _AHEAD.finditer(text)
    )


def shifted(text: str, days: tuple[Day, ...], today: Today) -> tuple[Day, ...]:
    """Return ``days`` with each that something comes before asked: it, or the day before it.

    The earlier day is the likelier one, unless it has passed.
    """
    found = [*days]
    for each in ahead_in(text):
        near = [at for at, day in enumerate(found) if _gap(each, day) is not None]
        if any(day.start < each.end and each.start < day.end for day in found) or not near:
            continue  # the grammar of days has read it, or it is before something without a date
        at = min(near, key=lambda at: _gap(each, found[at]) or 0)
        found[at] = _asked(found[at], each, today)
    return tuple(found)


def _gap(words: Ahead, day: Day) -> int | None:
    far = max(day.start - words.end, words.start - day.end)
    return far if 0 <= far <= _FAR else None


def _asked(day: Day, words: Ahead, today: Today) -> Day:
    readings = [_earlier(each, words, today) for each in (day.day, *day.others)]
    every = dict.fromkeys([*(each for each in readings if each >= today.day), day.day, *day.others])
    first, *others = every
    return Day(
        day=first,
        others=tuple(others),
        guess=True,
        start=min(day.start, words.start),
        end=max(day.end, words.end),
    )


def _earlier(day: date, words: Ahead, today: Today) -> date:
    if words.unit == "workday":
        return today.calendar.business_day(day, -words.count)
    return day - timedelta(days=words.count * _DAYS[words.unit])


def _count(said: str) -> int:
    return int(said) if said.isdecimal() else NUMBERS.get(said, 1)
