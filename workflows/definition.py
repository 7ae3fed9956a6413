"""The vocabulary of a workflow: stages, lanes, rules, transitions. Nothing runs here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflows.effects import Tell
from workflows.money import Money
from workflows.request import Finding, Request
from workflows.roles import Party, Role


class Need(StrEnum):
    """How many of a lane's eligible holders must approve."""

    ANY = "any"
    ALL = "all"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quorum:
    """An approval rule: any one, all, or ``count`` of the lane's holders."""

    need: Need = Need.ANY
    count: int = 1

    def met(self, votes: frozenset[str], eligible: frozenset[str]) -> bool:
        """Whether ``votes`` suffice. Nobody eligible never suffices, whatever the rule."""
        counted = votes & eligible
        if self.need is Need.ALL:
            return bool(eligible) and counted == eligible
        return len(counted) >= self.required(eligible)

    def required(self, eligible: frozenset[str]) -> int:
        """Return how many approvals are needed among ``eligible``."""
        return max(1, len(eligible) if self.need is Need.ALL else self.count)


ANY = Quorum()
ALL = Quorum(Need.ALL)


def at_least(count: int) -> Quorum:
    """Return the rule "``count`` of the lane's holders"."""
    return Quorum(Need.COUNT, count)


@dataclass(frozen=True, slots=True)
class Lane:
    """One group of deciders. A stage's lanes run in parallel and all of them must be satisfied."""

    name: str
    role: Role
    quorum: Quorum = ANY


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company set for one workflow; the rules read it, and freeze what they read."""

    thresholds: Mapping[str, Money] = field(default_factory=dict)
    """By currency: from this amount on, the executive decides."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether a stage is needed for a request, and why or why not."""

    name: str
    judge: Callable[[Request, Policy], Finding]


@dataclass(frozen=True, slots=True)
class Reminder:
    """After ``after_hours`` working hours the holders are reminded, ``times`` times in all."""

    after_hours: int
    times: int = 1


@dataclass(frozen=True, slots=True)
class Escalation:
    """After ``after_hours`` working hours the holders of ``to`` are told."""

    after_hours: int
    to: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A place where a request rests until somebody acts.

    ``holder`` has the ball when there are no lanes. A stage with ``skip_to`` is passed through:
    always, or, with ``only_if``, when that rule says that it is not needed.
    """

    name: str
    label: str
    holder: Party | None = None
    lanes: tuple[Lane, ...] = ()
    only_if: Rule | None = None
    skip_to: str | None = None
    reminders: tuple[Reminder, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    final: bool = False
    next: str = ""
    """What happens next, in words, for the card."""

    def holders(self) -> tuple[Party, ...]:
        """Return who has the ball here: the lanes' roles, else the holder, else nobody."""
        if self.lanes:
            return tuple(dict.fromkeys(lane.role for lane in self.lanes))
        return () if self.holder is None else (self.holder,)


STAY = "(stays)"
"""A transition's target when the request stays where it is."""


class Style(StrEnum):
    """How a transition's button looks (docs.slack.dev, button element)."""

    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the person gave with the gesture: a reason, and the values of the transition's form.

    ``step`` is where the request stood when they saw it; None where nothing was shown to them.
    """

    step: int | None = None
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was given, by whom and when (UTC): what a transition may write into the request."""

    user: str
    at: datetime
    reason: str
    values: Mapping[str, Any]


Guard = Callable[[Request, Given], str | None]
"""Returns why a transition is not possible now, in a sentence for the person, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One thing that can be done to a request, and everything that governs it.

    Deny by default: only ``by`` may do it, and nobody to their own request unless ``own_request``
    (the asker acting as :attr:`Seat.ASKER` is not deciding). A ``vote`` counts towards the stage's
    lanes and moves the request once all of them are satisfied. ``renews`` starts a new round.
    """

    name: str
    label: str
    done: str
    """The past participle for sentences: "approved"."""
    source: tuple[str, ...]
    target: str
    by: tuple[Party, ...]
    guard: Guard | None = None
    form: str | None = None
    """Key of the form that asks for what this needs; None: one click is enough."""
    reason: bool = False
    vote: bool = False
    own_request: bool = False
    renews: bool = False
    restarts: bool = False
    """Whether a transition that stays makes earlier buttons stale and summons the holders anew."""
    apply: Callable[[Request, Deed], Request] | None = None
    """How what was given changes the request."""
    style: Style = Style.DEFAULT
    confirm: str | None = None
    on_card: bool = True
    """Whether it has a button on the card, or only behind "More"."""
    tell_asker: bool = True
    effects: tuple[Tell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A whole process as a value. ``key`` names its forms, messages, settings and channel."""

    key: str
    prefix: str
    """Of a request's reference: ``SOW`` in ``SOW-7``."""
    command: str
    title: str
    noun: str
    """What one asks for, in a sentence: "Statement of Work"."""
    description: str
    details: type[Any]
    start: str
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    may_ask: tuple[Role, ...] = (Role.REQUESTER,)

    def stage(self, name: str) -> Stage:
        """Return the stage ``name``. Raises KeyError when the workflow has none."""
        return self._stages[name]

    def transition(self, name: str) -> Transition | None:
        """Return the transition ``name``, or None."""
        return next((each for each in self.transitions if each.name == name), None)

    def leaving(self, stage: str) -> tuple[Transition, ...]:
        """Return the transitions possible in ``stage``, in the order of their buttons."""
        return tuple(each for each in self.transitions if stage in each.source)

    @property
    def _stages(self) -> dict[str, Stage]:
        return {stage.name: stage for stage in self.stages}

    @property
    def open_stages(self) -> tuple[str, ...]:
        """The names of the stages in which a request can rest and is not ended."""
        return tuple(
            stage.name
            for stage in self.stages
            if not stage.final and (stage.skip_to is None or stage.only_if is not None)
        )
