"""Holidays by their names: those of the company's calendar, and those that everybody knows."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from bot.understanding.days.day import Today
from bot.understanding.days.reckoning import coming
from bot.understanding.days.script import Mark, Script, nothing, perhaps, sure
from bot.understanding.days.words import Word, words

_FIXED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "christmas eve": (12, 24),
        "xmas eve": (12, 24),
        "christmas": (12, 25),
        "christmas day": (12, 25),
        "xmas": (12, 25),
        "x-mas": (12, 25),
        "boxing day": (12, 26),
        "new year's eve": (12, 31),
        "new years eve": (12, 31),
        "nye": (12, 31),
        "new year's": (1, 1),
        "new year's day": (1, 1),
        "new years": (1, 1),
        "new years day": (1, 1),
        "new year": (1, 1),
        "valentine's day": (2, 14),
        "valentines day": (2, 14),
        "valentine's": (2, 14),
        "halloween": (10, 31),
        "independence day": (7, 4),
    }
)
_EVERYWHERE = 12
"""The month whose holidays need no guess."""

_NTH_WEEKDAY: Mapping[str, tuple[int, int, int, int]] = MappingProxyType(
    {
        "thanksgiving": (11, 3, 4, 0),
        "thanksgiving day": (11, 3, 4, 0),
        "black friday": (11, 3, 4, 1),
        "cyber monday": (11, 3, 4, 4),
        "labor day": (9, 0, 1, 0),
        "memorial day": (5, 0, -1, 0),
    }
)
"""Month, weekday, which one (-1: the last), days after it: as in the United States."""

_SHORT = frozenset((*_FIXED, *_NTH_WEEKDAY))
"""Names that hold without the word "day" behind them."""


def hallow(script: Script) -> None:
    """Put marks in place of the names of holidays in ``script``."""
    names = _names(script.today)
    rewritten: list[Word] = []
    at = 0
    while at < len(script.words):
        for name, mark in names.get(script.words[at].word, ()):
            stands = script.words[at : at + len(name)]
            if tuple(each.word for each in stands) == name:
                script.marks.append(mark)
                word = f"{mark.kind}{len(script.marks) - 1}"
                rewritten.append(Word(word, stands[0].start, stands[-1].end))
                at += len(name)
                break
        else:
            rewritten.append(script.words[at])
            at += 1
    script.words = rewritten


def _names(today: Today) -> dict[str, list[tuple[tuple[str, ...], Mark]]]:
    """Return names as words, by their first one, the longer before the shorter."""
    named: dict[tuple[str, ...], Mark] = {}
    for name, mark in (*_known(today), *_companys(today)):
        named[_parts(name)] = mark
    found: dict[str, list[tuple[tuple[str, ...], Mark]]] = {}
    for parts, mark in sorted(named.items(), key=lambda each: -len(each[0])):
        if parts:
            found.setdefault(parts[0], []).append((parts, mark))
    return found


@lru_cache(1000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(each.word for each in words(name))


def _companys(today: Today) -> Iterator[tuple[str, Mark]]:
    """Also by the usual short names: Thanksgiving for Thanksgiving Day."""
    for name, days in today.named.items():
        ahead = sorted({day for day in days if day >= today.day})
        short = name.removesuffix(" day")
        for each in {name, short} if short in _SHORT else {name}:
            if len(ahead) > 1:
                yield each, perhaps(*ahead)
            else:
                yield each, sure(ahead[0]) if ahead else nothing("past")


def _known(today: Today) -> Iterator[tuple[str, Mark]]:
    """Not every country has them, or has them then: but for Christmas, a guess."""
    for name, (month, day) in _FIXED.items():
        mark = coming(month, day, today)
        yield name, mark if month == _EVERYWHERE else perhaps(*mark.days)
    for name, (month, weekday, which, after) in _NTH_WEEKDAY.items():
        days = (
            _nth(year, month, weekday, which) + timedelta(days=after)
            for year in (today.day.year, today.day.year + 1)
        )
        yield name, perhaps(next(day for day in days if day >= today.day))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    first += timedelta(days=(weekday - first.weekday()) % 7)
    days = [day for week in range(5) if (day := first + timedelta(weeks=week)).month == month]
    return days[which - 1 if which > 0 else which]
