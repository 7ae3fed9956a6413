"""The vocabulary of a workflow: stages, lanes, rules, transitions. Nothing runs here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from typing import Any

from workflows.confirmation import Confirmation
from workflows.document import MATERIAL
from workflows.effects import Errand, Tell
from workflows.money import Money
from workflows.priority import WEIGHTS, Criterion
from workflows.request import Finding, Request
from workflows.roles import Party, Role, Seat
from workflows.verdict import Verdict


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
    waived: Callable[[Request], bool] | None = None
    """Whether a request does not need it: nothing there is this lane's to judge."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the company set for one workflow; the rules read it, and freeze what they read."""

    thresholds: Mapping[str, Money] = field(default_factory=dict)
    """By currency: from this amount on, the executive decides."""
    confirm_from: Mapping[str, Money] = field(default_factory=dict)
    """By currency: from this amount on, an approval is confirmed; nothing is while it is empty."""
    approvals: Mapping[str, Quorum] = field(default_factory=dict)
    """By lane: the company's own rule, in the place of the workflow's."""
    material: frozenset[str] = MATERIAL
    """The subjects of a document whose change resets the executive's approval."""
    link_days: int = 30
    """How long a client's link holds."""
    client_reminders: tuple[int, ...] = (3, 7, 14)
    """After so many business days without an answer the client is reminded."""
    payment_reminders: tuple[int, ...] = (-3, 0, 3, 7, 14)
    """The follow-up's ladder, in business days from an invoice's due day; then weekly."""
    most_payment_reminders: int = 8
    """How many times the sales assistant is nudged about one invoice in all."""
    overdue_days: int = 21
    """So many days after the due day the head of sales is told."""
    weights: Mapping[Criterion, int] = field(default_factory=lambda: WEIGHTS)
    """How much each criterion counts in triage, unless triage has set it in Slack."""
    triage_weekday: int = 0
    """On which day of the week the triage list is posted; Monday is 0."""
    triage_at: time = time(9)
    """From what time on, in the company's zone."""
    watched: tuple[str, ...] = ()
    """The channels in which asks outside the form, and outdated assets, are noticed; "*": all."""
    unwatched: tuple[str, ...] = ()
    """The channels that are never watched."""
    ladder: Mapping[str, int] = field(default_factory=dict)
    """By rung (:data:`workflows.ladder.RUNGS`): after so many working hours, in every stage."""
    feedback_days: int = 14
    """So many days after the delivery the requester is asked again whether it helped."""


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
    besides: tuple[Party, ...] = ()
    """Who else gets a card here, with what they may do, though the ball is not theirs."""
    lanes: tuple[Lane, ...] = ()
    only_if: Rule | None = None
    skip_to: str | None = None
    reminders: tuple[Reminder, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    own_ladder: str = ""
    """What follows it up instead of the usual ladder; "" where that is the ladder."""
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

BACK = "(back)"
"""A transition's target when the request returns to where it was put on hold."""


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
    offering: bool = False
    """Whether only a button is to be offered: what its form will give is not there yet."""
    confirmed: str = ""
    """What they confirmed by a click of its own, in the words that were repeated to them."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """What goes into the audit beside it: an address, a browser, the words that were agreed to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was given, by whom and when (UTC): what a transition may write into the request."""

    user: str
    at: datetime
    reason: str
    values: Mapping[str, Any]
    behalf: tuple[str, ...] = ()
    """In whose place it is done (user ids)."""


Guard = Callable[[Request, Given], str | None]
"""Returns why a transition is not possible now, in a sentence for the person, or None."""

Prefill = Callable[[Request, date], Mapping[str, Any]]
"""Returns with what a transition's form is opened: typed values by field name. Given the day."""

Weighty = Callable[[Request, Policy], Confirmation | None]
"""Returns what has to be confirmed by a click of its own, or None: one click will do."""

Choices = Callable[[Request], Mapping[str, Sequence[tuple[str, str]]]]
"""Returns what a form's selects offer for this request: by field name, values and labels."""


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
    verdict: Verdict | None = None
    """Which answer of a decider it records: who writes that below a card is offered it."""
    own_request: bool = False
    barred: Callable[[Request], frozenset[str]] | None = None
    """Who may not do it to this request, whatever their role: they would judge their own work."""
    anytime: bool = False
    """Whether its form opens from what was shown at an earlier step, too: it decides nothing."""
    renews: bool = False
    restarts: bool = False
    """Whether a transition that stays makes earlier buttons stale and summons the holders anew."""
    apply: Callable[[Request, Deed], Request] | None = None
    """How what was given changes the request. Of votes, only the one that moves it applies."""
    noting: Callable[[Request, Deed], Request] | None = None
    """What each vote writes into the request, also while others are missing."""
    style: Style = Style.DEFAULT
    confirm: str | None = None
    weighty: Weighty | None = None
    """What the person must confirm first. Unlike ``confirm``, which Slack asks, we demand it."""
    on_card: bool = True
    """Whether it has a button on the card, or only behind "More"."""
    tell_asker: bool = True
    logged: bool = True
    """Whether the request's thread gets a line about it."""
    effects: tuple[Tell | Errand, ...] = ()
    prefill: Prefill | None = None
    choices: Choices | None = None


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """A whole process as a value. ``key`` names its forms, messages, settings and channel.

    What follows from it alone is found out once: it is asked for every request of a list.
    """

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
    subcommands: Mapping[str, str] = field(default_factory=dict)
    """What else can be typed after the command: by name, what it does."""
    on_submit: tuple[Errand, ...] = ()
    """What is to be done outside as soon as somebody has asked."""
    after_each: tuple[Errand, ...] = ()
    """What is to be done outside after everything that happens to a request."""
    seats: Mapping[Seat, Callable[[Request], frozenset[str]]] = field(default_factory=dict)
    """Who sits in seats that only this workflow gives."""
    former_prefixes: tuple[str, ...] = ()
    """Of references that an earlier release gave; they stay what they are, on record and off."""
    money: frozenset[Role] = frozenset()
    """The roles whose part in it is its money: to them amounts are shown whatever the company
    decides about others."""
    client: str = ""
    """The field of the details that names the client, where there is one."""
    found_by: tuple[str, ...] = ()
    """The fields of the details, texts or several of them, by whose words a request is found."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Every prefix that a reference of this workflow can have."""
        return (self.prefix, *self.former_prefixes)

    def names(self, ref: str) -> bool:
        """Whether the reference is one of this workflow's."""
        return ref.partition("-")[0] in self.prefixes

    def stage(self, name: str) -> Stage:
        """Return the stage ``name``. Raises KeyError when the workflow has none."""
        return self._stages[name]

    def transition(self, name: str) -> Transition | None:
        """Return the transition ``name``, or None."""
        return next((each for each in self.transitions if each.name == name), None)

    def possible(self, stage: str, name: str) -> Transition | None:
        """Return the transition ``name`` if it is possible in ``stage``, else None."""
        found = self.transition(name)
        return found if found is not None and stage in found.source else None

    def leaving(self, stage: str) -> tuple[Transition, ...]:
        """Return the transitions possible in ``stage``, in the order of their buttons."""
        return self._leaving.get(stage, ())

    @cached_property
    def overseers(self) -> frozenset[Role]:
        """Whose holders see everything; requesters see what they may act on, where they may."""
        roles = {Role.ADMIN, Role.AUDITOR}
        for stage in self.stages:
            roles |= {party for party in stage.holders() if isinstance(party, Role)}
            roles |= {escalation.to for escalation in stage.escalations}
        for transition in self.transitions:
            named = {party for party in transition.by if isinstance(party, Role)}
            roles |= named - {Role.REQUESTER}
            told = (each.who for each in transition.effects if isinstance(each, Tell))
            roles |= {who for who in told if isinstance(who, Role)}
        return frozenset(roles)

    @cached_property
    def for_requesters(self) -> frozenset[str]:
        """The stages in which requesters may do something, whoever has asked."""
        own = (each for each in self.transitions if Role.REQUESTER in each.by)
        return frozenset(name for each in own for name in each.source)

    @cached_property
    def _leaving(self) -> dict[str, tuple[Transition, ...]]:
        return {
            stage.name: tuple(each for each in self.transitions if stage.name in each.source)
            for stage in self.stages
        }

    @cached_property
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
