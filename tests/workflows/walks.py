"""Random walks: random people do random things to a request, while roles come and go."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.harborlight import EVERYBODY, FULL_HOUSE, NOW
from tests.workflows.throwaway import THROWAWAY
from workflows.definition import STAY, Given, Transition, Workflow
from workflows.engine import Actor, Move, act, begin
from workflows.money import Money
from workflows.office import Office, deciders
from workflows.permission import available
from workflows.refusals import Refusal
from workflows.registry import find_workflows
from workflows.request import Request
from workflows.roles import Role

T = TypeVar("T")

EVERY_WORKFLOW = (*find_workflows().values(), *THROWAWAY)
_NUMBERS = [pytest.param(number, id=workflow.key) for number, workflow in enumerate(EVERY_WORKFLOW)]

_SAMPLES: Mapping[Any, tuple[Any, ...]] = {
    bool: (False, True),
    date: (date(2026, 3, 20),),
    Decimal: (Decimal(10),),
    int: (3,),
    str: ("something",),
    Money: (Money.of(1, "USD"), Money.of(8000, "USD"), Money.of(10**15, "JPY")),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One gesture: who tried what to which request in which office, and what came of it."""

    workflow: Workflow
    before: Request
    office: Office
    user: str
    name: str
    given: Given
    now: datetime
    outcome: Move | Refusal

    @property
    def transition(self) -> Transition:
        """What was done. Only for a gesture that was accepted."""
        found = self.workflow.transition(self.name)
        assert found is not None
        return found


class Walk:
    """A request's way: its first move, then every gesture in order."""

    def __init__(self, workflow: Workflow, first: Move, steps: tuple[Step, ...]) -> None:
        self.workflow = workflow
        self.first = first
        self.steps = steps

    def __repr__(self) -> str:
        """Tell the way as a story, for the report of a failure."""
        told = [f"{self.first.entry.actor} asks -> {self.first.request.stage}"]
        for step in self.steps:
            done = step.outcome
            end = done.request.stage if isinstance(done, Move) else type(done).__name__
            told.append(f"{step.user} {step.name} {step.given.values.get('person', '')} -> {end}")
        return "\n".join([self.workflow.key, *told])

    def accepted(self) -> Iterator[tuple[Step, Move]]:
        """Yield the gestures that moved the request, with their moves."""
        for step in self.steps:
            if isinstance(step.outcome, Move):
                yield step, step.outcome

    def states(self) -> Iterator[tuple[Request, Office]]:
        """Yield the request after every gesture, and the office as it was then."""
        for step in self.steps:
            after = step.outcome.request if isinstance(step.outcome, Move) else step.before
            yield after, step.office


def law(examples: int = 30) -> Callable[[Callable[[Walk], None]], Callable[[int], None]]:
    """Return a decorator: the test is run on so many walks through every workflow there is.

    The walks are the same every time, so that a failure is everybody's failure.
    """

    def decorate(test: Callable[[Walk], None]) -> Callable[[int], None]:
        def on_walks(number: int) -> None:
            @settings(max_examples=examples, deadline=None, derandomize=True)
            @given(walks(number))
            def walking(walk: Walk) -> None:
                test(walk)

            walking()

        return pytest.mark.parametrize("number", _NUMBERS)(on_walks)

    return decorate


def variants(details: type[Any]) -> list[Any]:
    """Return details of every kind that a rule may tell apart: amounts, yes and no."""
    hints = get_type_hints(details)
    choices = [
        _SAMPLES[hints[each.name]]
        if each.default is MISSING or hints[each.name] is bool
        else (each.default,)
        for each in fields(details)
    ]
    names = [each.name for each in fields(details)]
    return [
        details(**dict(zip(names, values, strict=True))) for values in itertools.product(*choices)
    ]


def values_for(
    workflow: Workflow, transition: Transition | None, person: str, lane: str, details: object
) -> dict[str, Any]:
    """Return what the transition's form would give."""
    if transition is not None and transition.form == workflow.key:
        return {each.name: getattr(details, each.name) for each in fields(workflow.details)}
    return {"person": person, "lane": lane, "owner": person, "due_on": date(2026, 3, 20)}


def walks(number: int) -> st.SearchStrategy[Walk]:
    """Return the strategy for walks of twelve to thirty gestures, through that workflow.

    A walk ends one gesture after its request.
    """
    throws = st.binary(min_size=12 * _THROWS, max_size=30 * _THROWS)
    return throws.map(lambda thrown: _walk(number, thrown))


_THROWS = 9
"""How many choices a gesture takes; one byte each, so that one draw makes a walk (it is fast)."""


@cache
def _walk(number: int, thrown: bytes) -> Walk:
    workflow, dice = EVERY_WORKFLOW[number], Dice(thrown)
    wishes = variants(workflow.details)
    asker = dice.choose([each for each in EVERYBODY if _may_ask(workflow, each)])
    ref = f"{workflow.prefix}-1"
    first = begin(workflow, ref, dice.choose(wishes), Actor(asker), FULL_HOUSE, NOW)
    request, office, steps = first.request, FULL_HOUSE, list[Step]()
    while dice.left >= _THROWS:
        office = _change(dice, office, workflow, request)
        step = _gesture(dice, workflow, request, office, dice.choose(wishes))
        if isinstance(step.outcome, Move):
            request = step.outcome.request
        steps.append(step)
        if workflow.stage(step.before.stage).final:
            break
    return Walk(workflow, first, tuple(steps))


class Dice:
    """Choices made by bytes."""

    def __init__(self, thrown: bytes) -> None:
        self._thrown = iter(thrown)
        self.left = len(thrown)

    def choose(self, options: Sequence[T]) -> T:
        """Return one of ``options``, by the next byte."""
        self.left -= 1
        return options[next(self._thrown) % len(options)]


def _gesture(
    dice: Dice, workflow: Workflow, request: Request, office: Office, details: object
) -> Step:
    user = dice.choose(_people(workflow, request, office))
    name = dice.choose(_names(workflow, request, user, office))
    lanes = [lane.name for lane in workflow.stage(request.stage).lanes]
    person, lane = dice.choose(EVERYBODY), dice.choose([*lanes, ""])
    values = values_for(workflow, workflow.transition(name), person, lane, details)
    given = Given(reason=dice.choose(["because", "because", "because", " "]), values=values)
    now = request.since + timedelta(minutes=request.version)
    return Step(
        workflow=workflow,
        before=request,
        office=office,
        user=user,
        name=name,
        given=given,
        now=now,
        outcome=attempt(workflow, request, name, user, given, office, now),
    )


def attempt(
    workflow: Workflow,
    request: Request,
    name: str,
    user: str,
    given: Given,
    office: Office,
    now: datetime,
) -> Move | Refusal:
    """Return the move, or why there is none."""
    try:
        return act(workflow, request, name, Actor(user), given, office, now)
    except Refusal as refusal:
        return refusal


def _may_ask(workflow: Workflow, user: str) -> bool:
    return any(user in FULL_HOUSE.holding(role) for role in workflow.may_ask)


def _people(workflow: Workflow, request: Request, office: Office) -> list[str]:
    concerned = deciders(workflow, request, office) | {request.asker} | office.holding(Role.ADMIN)
    return sorted(concerned) * 4 + list(EVERYBODY)


def _names(workflow: Workflow, request: Request, user: str, office: Office) -> list[str]:
    """Return anything; the more often what may be done here, and does not end the request.

    Most often what needs no reason: that is how a request comes forward.
    """
    offered = available(workflow, request, user, office)
    onward = [each for each in offered if each.target == STAY or _goes_on(workflow, each)]
    forward = [each for each in offered if not each.reason]
    anything = [*workflow.leaving(request.stage), *workflow.transitions]
    return [each.name for each in (*forward * 16, *onward * 4, *offered, *anything)]


def _goes_on(workflow: Workflow, transition: Transition) -> bool:
    return not workflow.stage(transition.target).final


def _change(dice: Dice, office: Office, workflow: Workflow, request: Request) -> Office:
    """Return the same office, mostly; else one in which somebody got or lost a role."""
    if dice.choose([True, True, True, False]):
        return office
    holders = workflow.stage(request.stage).holders()
    role = dice.choose([party for party in holders if isinstance(party, Role)] or list(Role))
    somebody = frozenset({dice.choose(EVERYBODY)})
    return replace(office, holders={**office.holders, role: office.holding(role) ^ somebody})
