"""How an admin writes lists: one entry a line. What is wrong is said with its line's number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from modals.fields import Invalid, Lines, Link
from modals.fields.texts import without_bullet
from modals.fitting import is_blank, length
from workflows.priority import Goal

MOST_ENTRIES = 100
LONGEST_ENTRY = 75
"""What a select takes: docs.slack.dev/reference/block-kit/composition-objects/option-object."""
HEAVIEST = 10

_LINK = Link(name="link", label="Link")


class Guideline(NamedTuple):
    """Something to start a draft from: a brand guideline, a template."""

    name: str
    link: str


def read_entries(text: str) -> tuple[str, ...]:
    """Return entries, one a line. Raises :class:`Invalid`."""
    return _sound((line, line.text) for line in _lines(text))


def read_goals(text: str) -> tuple[Goal, ...]:
    """Return goals, one a line: ``name``, or ``name = weight``. Raises :class:`Invalid`."""
    found = [_weighed(line) for line in _lines(text)]
    _sound((line, goal.name) for line, goal in found)
    return tuple(goal for _, goal in found)


def read_guidelines(text: str) -> tuple[Guideline, ...]:
    """Return guidelines, one a line: ``name | link``. Raises :class:`Invalid`."""
    found = [_linked(line) for line in _lines(text)]
    _sound((line, guideline.name) for line, guideline in found)
    return tuple(guideline for _, guideline in found)


@dataclass(frozen=True, kw_only=True)
class Entries(Lines):
    """Entries; the value is a tuple of the lines, tidied: joined they are read as the same."""

    longest: int = 3000

    def meant(self, text: str) -> object:
        """Return the lines."""
        self.look(text)
        return tuple(line.text for line in _lines(text)) or self.nothing()

    def look(self, text: str) -> None:
        """Raise Invalid for a line that is wrong."""
        read_entries(text)


@dataclass(frozen=True, kw_only=True)
class Goals(Entries):
    """Goals of sales enablement, each with its weight."""

    def look(self, text: str) -> None:
        """Raise Invalid for a line that is wrong."""
        read_goals(text)


@dataclass(frozen=True, kw_only=True)
class Guidelines(Entries):
    """Guidelines, each with its link."""

    def look(self, text: str) -> None:
        """Raise Invalid for a line that is wrong."""
        read_guidelines(text)


class _Line(NamedTuple):
    number: int
    text: str

    def wrong(self, sentence: str) -> Invalid:
        return Invalid(f"Line {self.number}: {sentence}")


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        tidy = " ".join(without_bullet(line).split())
        if not is_blank(tidy):
            yield _Line(number, tidy)


def _weighed(line: _Line) -> tuple[_Line, Goal]:
    name, mark, weight = (part.strip() for part in line.text.rpartition("="))
    if not mark:
        return line, Goal(name=line.text)
    is_number = weight.isascii() and weight.isdigit() and len(weight) <= len(str(HEAVIEST))
    if not is_number or not 1 <= int(weight) <= HEAVIEST:
        raise line.wrong(f"After = comes a weight, a whole number from 1 to {HEAVIEST}.")
    return line, Goal(name=name, weight=int(weight))


def _linked(line: _Line) -> tuple[_Line, Guideline]:
    name, mark, link = (part.strip() for part in line.text.partition("|"))
    if not mark or is_blank(link):
        raise line.wrong("Please write a name, then | and a link.")
    try:
        _LINK.check({_LINK.name: link}, date.min)
    except Invalid as problem:
        raise line.wrong(str(problem)) from None
    return line, Guideline(name, link)


def _sound(named: Iterable[tuple[_Line, str]]) -> tuple[str, ...]:
    """Return the names. Raises Invalid for one that is missing, too long, double, or too many."""
    names: dict[str, str] = {}
    for line, name in named:
        if is_blank(name):
            raise line.wrong("The name is missing.")
        if length(name) > LONGEST_ENTRY:
            raise line.wrong(f"This is too long: at most {LONGEST_ENTRY} characters, please.")
        if name.casefold() in names:
            raise line.wrong(f"“{name}” stands there already.")
        if len(names) == MOST_ENTRIES:
            raise line.wrong(f"This is one too many: {MOST_ENTRIES} at most, please.")
        names[name.casefold()] = name
    return tuple(names.values())
