"""The days in a text, the one day of an answer, and why there is none."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bot.understanding.days import dateparsing
from bot.understanding.days.counting import FROM_DAY, FROM_NOW, WEEKDAY_FROM_DAY
from bot.understanding.days.day import Day, Today
from bot.understanding.days.feasts import hallow
from bot.understanding.days.hours import CLOCK, HOURS
from bot.understanding.days.joining import LIMITS, OR, RANGES, SAME, THINGS
from bot.understanding.days.parts import BY_ITSELF, PARTS
from bot.understanding.days.script import Mark, Rule, Script, apply
from bot.understanding.days.stretches import STRETCHES
from bot.understanding.days.weekdays import WEEKDAYS
from bot.understanding.days.words import Word, words
from bot.understanding.days.written import NUMBERS, WRITTEN

_FAR = timedelta(days=3 * 366)
"""A day farther ahead is more often a slip."""

_SHORT = 9
"""So many words a library is asked about."""

_FIRST: tuple[tuple[Rule, ...], ...] = (NUMBERS, CLOCK, WRITTEN)
_THEN: tuple[tuple[Rule, ...], ...] = (
    STRETCHES,
    (*PARTS, *WEEKDAYS, *WEEKDAY_FROM_DAY, *FROM_NOW),
    SAME,
    FROM_DAY,
    (*PARTS, *BY_ITSELF),
    HOURS,
    SAME,
    RANGES,
    OR,
    OR,
    LIMITS,
    LIMITS,
    THINGS,
)
"""What is understood one after the other: each rests on the marks of those before it."""

RULES = (*_FIRST, *_THEN)
"""Every rule there is, in the order in which they are applied."""


def days_in(text: str, today: Today) -> tuple[Day, ...]:
    """Return every day that ``text`` names, in order, none in the past and none said no to."""
    return tuple(_days(_understood(text, today)))


def read_day(text: str, today: Today) -> Day | None:
    """Return the one day that an answer to "by when?" names, or None.

    The whole answer has to name it, but for words that mean nothing here, as "please". What only
    a library understands is a guess.
    """
    script = _understood(text, today)
    days = [*_days(script)]
    rest = [word.word for word in script.words if not _is_day(word.word)]
    if days:
        return days[0] if len(days) == 1 and _is_padding(rest) else None
    if _why(script) or not _may_be_one(script):
        return None
    return dateparsing.parsed(text, today)


def problem(text: str, today: Today) -> str:
    """Return why ``text`` names no day: "past", "impossible", "no_date"; "" if it does.

    Also "" where it says nothing about days at all.
    """
    script = _understood(text, today)
    if any(_days(script)):
        return ""
    return _why(script)


def _understood(text: str, today: Today) -> Script:
    script = Script(today, words(text))
    if not script.words:
        return script
    for rules in _FIRST:
        apply(rules, script)
    hallow(script)
    for rules in _THEN:
        apply(rules, script)
    return script


_MARK = re.compile(r"[DB]\d+")
_A_YEAR = re.compile(r"Y\d{4}")


def _is_day(word: str) -> bool:
    return _MARK.fullmatch(word) is not None


def _days(script: Script) -> Iterator[Day]:
    for at, word in enumerate(script.words):
        day = _day(word, script)
        if day is not None and _year_after(script.words[at + 1 : at + 3]) in {
            "",
            str(day.day.year),
        }:
            yield day


def _year_after(words: Sequence[Word]) -> str:
    """Return the year that is said next, "" where none is: "Christmas 2028", "Friday, 2028"."""
    said = [each.word for each in words]
    if said[:1] in ([","], ["of"]):
        del said[0]
    return said[0][1:] if said and _A_YEAR.fullmatch(said[0]) else ""


def _day(word: Word, script: Script) -> Day | None:
    if not _is_day(word.word):
        return None
    mark = script.mark(word.word[1:])
    ahead = tuple(dict.fromkeys(day for day in mark.days if day >= script.today.day))
    if not ahead:
        return None
    return Day(
        day=ahead[0],
        others=ahead[1:],
        guess=mark.guess or len(ahead) > 1 or _is_far(ahead[0], script.today),
        at=mark.at,
        start=word.start,
        end=word.end,
    )


def _is_far(day: date, today: Today) -> bool:
    return day - today.day > _FAR


def _why(script: Script) -> str:
    """Return the first reason of what was understood and is no day to come."""
    for word in script.words:
        if _is_day(word.word):
            mark = script.mark(word.word[1:])
            why = mark.why or ("past" if _passed(mark) else "")
            if why:
                return why
    return ""


def _passed(mark: Mark) -> bool:
    return bool(mark.days)


_PADDING = frozenset(
    """, . - ~ please thanks thank you thx cheers by on before until for the it i we need needed
    want would be great good fine ok okay yes yeah yep sure hi hello hey um uh hmm let's lets say if
    possible due date deadline is end at latest works best ideally i'd like i'll have to get this
    that should do in hopefully so well just make ready done delivered and us me my our maybe can
    will could really absolutely definitely preferably target think guess about most there it's
    needs with nice perfect no later than some team""".split()
)
_PURPOSE = re.compile(
    r"(?<![^ ])(?:(?:for|because of|due to|in time for|ahead of)"
    r" (?:the|our|my|their|a|an|his|her|your)(?: [a-z]+){1,3}|we have a(?: [a-z]+){1,2})(?![^ ])"
)


def _is_padding(rest: list[str]) -> bool:
    """Whether words around a day add nothing, or only what it is for."""
    line = _PURPOSE.sub(" ", " ".join(rest))
    return all(word in _PADDING for word in line.split())


def _may_be_one(script: Script) -> bool:
    """Whether a library is asked: a short text with a figure and what it counts, or a month."""
    found = [word.word for word in script.words]
    kinds = {word[0] for word in found}
    counted = "N" in kinds and not {"year", "month", "week", "day"}.isdisjoint(found)
    return len(found) <= _SHORT and "X" not in kinds and (counted or not kinds.isdisjoint("MOYTCU"))
