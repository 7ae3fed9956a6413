"""What follows a move, as data. The engine names it; ``bot`` writes it into the outbox."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.roles import Party, Role


@dataclass(frozen=True, slots=True)
class Tell:
    """A direct message to everybody who is ``who``, worded by the template ``message``."""

    who: Party
    message: str


@dataclass(frozen=True, slots=True)
class Summon:
    """A card with buttons to everybody who has the ball in ``stage``."""

    stage: str


@dataclass(frozen=True, slots=True)
class Release:
    """Whoever had the ball before the move, and did not make it, is told that it is gone.

    Promised where others would go on working for nothing: the request ended, or was given away.
    """

    transition: str


@dataclass(frozen=True, slots=True)
class Redraw:
    """Every posted copy of the card is rebuilt from the request's state."""


@dataclass(frozen=True, slots=True)
class Log:
    """A line in the request's thread about ``transition``."""

    transition: str


@dataclass(frozen=True, slots=True)
class Remind:
    """The people who have the ball in ``stage`` are reminded after so many working hours.

    Kept only if the request still stands at the same step then. ``nth`` counts from 1.
    """

    stage: str
    after_hours: int
    nth: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Who has the ball in ``stage`` and who asked may hand it on, after so many working hours."""

    stage: str
    after_hours: int


@dataclass(frozen=True, slots=True)
class Escalate:
    """``to`` are told, after so many working hours, that ``stage`` is still waiting."""

    stage: str
    after_hours: int
    to: Role


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done outside after the move: a document, a mail, a file.

    ``name`` says which use case does it; ``carries`` returns, as JSON, what it needs of the details
    as they are at the move, where later ones will not do.
    """

    name: str
    carries: Callable[[Any], Mapping[str, Any]] | None = None


Promise = Tell | Summon | Release | Redraw | Log | Remind | Offer | Escalate | Errand
"""Anything the engine can promise."""
