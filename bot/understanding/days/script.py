"""How rules are applied: what they understand of a line of words becomes one word, a mark.

Marks are words too: D7 a day, P7 and R7 a stretch of days (R: said from today, as "next week"), B7
what was understood and names no day to come. 7 is its place among the marks. Every pattern is
bounded, so that a line is read in time linear in its length.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from bot.understanding.days.day import Today
from bot.understanding.days.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What some words mean. A stretch has its first and its last day."""

    kind: str = "D"
    days: tuple[date, ...] = ()
    guess: bool = False
    at: time | None = None
    weekday: bool = False
    """Nothing but a weekday was said."""
    unit: str = ""
    """What a stretch is: week, weekend, month, quarter, half, year."""
    why: str = ""
    """Why there is no day: "past", "impossible", "no_date"; or nothing to tell."""


def sure(day: date, *, at: time | None = None) -> Mark:
    """Return a day that can mean nothing else."""
    return Mark(days=(day,), at=at)


def perhaps(*days: date, at: time | None = None) -> Mark:
    """Return a guess, the likelier first."""
    return Mark(days=tuple(dict.fromkeys(days)), guess=True, at=at)


def stretch(first: date, last: date, unit: str, *, said_from_today: bool = False) -> Mark:
    """Return the days from ``first`` to ``last``."""
    return Mark(kind="R" if said_from_today else "P", days=(first, last), unit=unit)


def nothing(why: str = "") -> Mark:
    """Return what names no day to come."""
    return Mark(kind="B", why=why)


@dataclass(slots=True)
class Script:
    """A text as words and what was understood so far."""

    today: Today
    words: list[Word]
    marks: list[Mark] = field(default_factory=list)

    def mark(self, number: str) -> Mark:
        """Return the mark that stands in the line as a word with ``number``."""
        return self.marks[int(number)]

    @property
    def line(self) -> str:
        """The words, one space between them."""
        return " ".join(each.word for each in self.words)


Meaning = Callable[[re.Match[str], Script], Mark | str | None]
"""What a match means: a mark, another word, or nothing after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words and what they mean."""

    pattern: re.Pattern[str]
    meaning: Meaning


def rule(pattern: str, meaning: Meaning) -> Rule:
    """Return a rule for a pattern that matches whole words."""
    return Rule(re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])"), meaning)


def apply(rules: Iterable[Rule], script: Script) -> None:
    """Put marks in place of what ``rules`` understand: the leftmost, of these the longest."""
    line = script.line
    found = sorted(
        (match.start(), -match.end(), number, match, each.meaning)
        for number, each in enumerate(rules)
        for match in each.pattern.finditer(line)
        if match[0]
    )
    if not found:
        return
    starts, ends, at = {}, {}, 0
    for number, each in enumerate(script.words):
        starts[at] = number
        at += len(each.word) + 1
        ends[at - 1] = number + 1
    rewritten: list[Word] = []
    done = read = 0
    for start, end, _, match, meaning in found:
        if start < read or (meant := meaning(match, script)) is None:
            continue
        first, last = starts[start], ends[-end]
        rewritten += script.words[done:first]
        word = meant if isinstance(meant, str) else _marked(meant, script)
        rewritten.append(Word(word, script.words[first].start, script.words[last - 1].end))
        done, read = last, -end
    script.words = rewritten + script.words[done:]


def _marked(mark: Mark, script: Script) -> str:
    script.marks.append(mark)
    return f"{mark.kind}{len(script.marks) - 1}"
