"""A request, and what is known of its way so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Vote:
    """One decider's approval in one lane of a stage, in one round."""

    stage: str
    lane: str
    user: str
    round: int
    at: datetime
    behalf: tuple[str, ...] = ()
    """Whose places it fills besides the voter's own: those of the people they stood in for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with its inputs frozen: later changes of a setting do not touch it."""

    rule: str
    applies: bool
    because: str
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A decider's question that the asker has not answered yet."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it stands.

    ``version`` counts every change (the database's optimistic lock). ``step`` counts what makes
    earlier buttons stale: moves between stages and changes of what was asked. ``round`` counts
    submissions; votes of an earlier round stay on record and no longer count. Instants are UTC.
    """

    workflow: str
    ref: str
    stage: str
    asker: str
    details: Any
    created_at: datetime
    since: datetime
    """When it entered the current stage."""
    version: int = 1
    step: int = 1
    round: int = 1
    owner: str | None = None
    due_on: date | None = None
    assigned: Mapping[str, str] = field(default_factory=dict)
    """Lane (or "" without lanes) -> who decides it instead of its role's holders."""
    questions: tuple[Question, ...] = ()
    votes: tuple[Vote, ...] = ()
    findings: tuple[Finding, ...] = ()
    held: str = ""
    """The stage to which it returns from being on hold."""

    def ballot(self, lane: str) -> tuple[Vote, ...]:
        """Return the votes in ``lane`` of the current stage and round."""
        here = (self.stage, lane, self.round)
        return tuple(each for each in self.votes if (each.stage, each.lane, each.round) == here)

    def votes_now(self, lane: str) -> frozenset[str]:
        """Return who has voted in ``lane`` of the current stage and round, and for whom."""
        votes = self.ballot(lane)
        return frozenset(user for vote in votes for user in (vote.user, *vote.behalf))

    def approved_in_round(self, stage: str) -> Vote | None:
        """Return the last vote of this round in ``stage``, or None."""
        found = [vote for vote in self.votes if (vote.stage, vote.round) == (stage, self.round)]
        return found[-1] if found else None
