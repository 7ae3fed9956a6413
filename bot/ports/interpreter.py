"""Who reads more out of a message than rules do: a language model, where one is switched on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class InterpreterUnavailable(Exception):
    """There is no answer that can be used, or none in time; nothing of what was read is in it."""


class Sort(StrEnum):
    """What answers a question, and how :attr:`Suggestion.value` writes it."""

    WORDS = "words"
    """Words of the message, as they stand there."""
    OPTION = "option"
    """The value of one of the options."""
    DAY = "day"
    """A date, as 2037-11-20."""
    AMOUNT = "amount"
    """A number with a point, then the currency where it is said: 250000 or 99.50 EUR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A question of a form that rules found no certain answer to. ``options``: value and label."""

    name: str
    label: str
    sort: Sort
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form, as far as it is told to an interpreter: how it is called, and what is open in it."""

    key: str
    title: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What may answer the gap ``name``, and the ``words`` of the message that say so."""

    name: str
    value: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """Which of the sheets the message fills in ("": none of them), and with what. None is true."""

    sheet: str = ""
    suggestions: tuple[Suggestion, ...] = ()


class Interpreter(Protocol):
    """Reads a message, with nothing but what it is given; safe to use from many threads."""

    def interpret(self, text: str, today: date, sheets: Sequence[Sheet]) -> Interpretation:
        """Return what ``text`` may say; within the time that it has.

        Everything that is given leaves for whoever does the reading. What comes back is checked
        by nobody yet. Raises InterpreterUnavailable.
        """

    def close(self) -> None:
        """Let go of what is in hand."""
