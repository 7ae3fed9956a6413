"""Random walks: random people do random things to a request, while roles come and go."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, get_type_hints

import pytest

from tests.workflows.filling import GROWN, Hand, filled
from tests.workflows.gestures import Step, Walk
from tests.workflows.guide import USUAL_WAYS, next_step
from tests.workflows.harborlight import EVERYBODY, FULL_HOUSE, NOW, OUTSIDE
from tests.workflows.throwaway import THROWAWAY
from workflows.ball import deciders
from workflows.definition import BACK, STAY, Given, Transition, Workflow
from workflows.delegation import Deputy
from workflows.engine import Actor, Move, act, begin
from workflows.money import Money
from workflows.office import Office
from workflows.permission import available
from workflows.refusals import Refusal
from workflows.registry import find_workflows
from workflows.request import Request
from workflows.roles import Role

EVERY_WORKFLOW = (*find_workflows().values(), *THROWAWAY)
_NUMBERS = [pytest.param(number, id=workflow.key) for number, workflow in enumerate(EVERY_WORKFLOW)]

_GESTURES = 30
"""Of a walk at most, after what it goes of the usual way."""

_SAMPLES: Mapping[Any, tuple[Any, ...]] = {
    bool: (False, True),
    date: (date(2026, 3, 20),),
    Decimal: (Decimal(10),),
    int: (3,),
    str: ("something",),
    tuple[str, ...]: (("F01",),),
    Money: (Money.of(1, "USD"), Money.of(8000, "USD"), Money.of(10**15, "JPY")),
}


def law(walks: int = 40) -> Callable[[Callable[[Walk], None]], Callable[[int], None]]:
    """Return a decorator: the test is run on so many walks through every workflow there is.

    The walks are the same every time, so that a failure is everybody's failure, and the same for
    every law. Through a workflow with a usual way, which is a long one, there are five times more.
    """

    def decorate(test: Callable[[Walk], None]) -> Callable[[int], None]:
        def on_walks(number: int) -> None:
            times = 5 if EVERY_WORKFLOW[number].key in USUAL_WAYS else 1
            for seed in range(walks * times):
                walk = walked(number, seed)
                try:
                    test(walk)
                except AssertionError as failure:
                    failure.add_note(repr(walk))
                    raise

        return pytest.mark.parametrize("number", _NUMBERS)(on_walks)

    return decorate


def variants(details: type[Any]) -> list[Any]:
    """Return details of every kind that a rule may tell apart: amounts, yes and no."""
    hints = get_type_hints(details)
    asked = [each for each in fields(details) if each.name != GROWN]
    choices = [
        _SAMPLES[hints[each.name]]
        if each.default is MISSING or hints[each.name] is bool
        else (each.default,)
        for each in asked
    ]
    names = [each.name for each in asked]
    return [
        details(**dict(zip(names, values, strict=True))) for values in itertools.product(*choices)
    ]


@cache
def walked(number: int, seed: int) -> Walk:
    """Return a walk of at most thirty gestures through that workflow.

    Where a usual way is known, a walk goes some steps of it first. It ends one gesture after its
    request.
    """
    workflow, dice = EVERY_WORKFLOW[number], Random(seed)  # noqa: S311 - nothing is a secret here
    wishes = variants(workflow.details)
    asker = dice.choice([each for each in EVERYBODY if _may_ask(workflow, each)])
    ref = f"{workflow.prefix}-1"
    first = begin(workflow, ref, dice.choice(wishes), Actor(asker), FULL_HOUSE, NOW)
    steps = list(_usual_way(dice, workflow, first.request, wishes))
    request, office = _after(steps, first.request), FULL_HOUSE
    for _ in range(_GESTURES):
        office = _change(dice, office, workflow, request)
        if seed % 2:
            office = _away(Random(f"{seed} {len(steps)}"), office)  # noqa: S311 - as above
        steps.append(_gesture(dice, workflow, request, office, dice.choice(wishes)))
        request = _after(steps, request)
        if workflow.stage(steps[-1].before.stage).final:
            break
    return Walk(workflow, first, tuple(steps))


def _after(steps: Sequence[Step], request: Request) -> Request:
    if steps and isinstance(steps[-1].outcome, Move):
        return steps[-1].outcome.request
    return request


def _usual_way(
    dice: Random, workflow: Workflow, request: Request, wishes: Sequence[Any]
) -> Iterator[Step]:
    """Yield some steps of the usual way, until it ends or somebody may not go on."""
    length, wish = dice.choice((0, 2, 4, 6, 7, 8, 9, 10, 10, 10, 11)), dice.choice(wishes)
    for nth in range(length):
        onward = next_step(request, FULL_HOUSE)
        if onward is None or workflow.stage(request.stage).final:
            return
        person = EVERYBODY[(length + nth) % len(EVERYBODY)]
        step = _try(workflow, request, FULL_HOUSE, onward, Hand(person=person, lane="", wish=wish))
        yield step
        if not isinstance(step.outcome, Move):
            return
        request = step.outcome.request


def _gesture(
    dice: Random, workflow: Workflow, request: Request, office: Office, details: object
) -> Step:
    user = dice.choice(_people(workflow, request, office))
    name = dice.choice(_names(workflow, request, user, office))
    lanes = [lane.name for lane in workflow.stage(request.stage).lanes]
    person, lane = dice.choice(EVERYBODY), dice.choice([*lanes, ""])
    reason = dice.choice(["because", "because", "because", " "])
    if user == "frontdesk":  # what it says is a sentence that a refusal may quote
        reason = "It is not a PDF."
    hand = Hand(person=person, lane=lane, wish=details)
    return _try(workflow, request, office, (user, name), hand, reason)


def _try(
    workflow: Workflow,
    request: Request,
    office: Office,
    onward: tuple[str, str],
    hand: Hand,
    reason: str = "because",
) -> Step:
    user, name = onward
    values = filled(workflow, workflow.transition(name), request, hand)
    given = Given(reason=reason, values=values)
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
    if workflow.key in USUAL_WAYS:
        concerned |= {request.owner or request.asker, *OUTSIDE}
        return sorted(concerned) * 12 + list(EVERYBODY)
    return sorted(concerned) * 4 + [*EVERYBODY, *OUTSIDE]


def _names(workflow: Workflow, request: Request, user: str, office: Office) -> list[str]:
    """Return anything; the more often what may be done here, and does not end the request.

    Most often what needs no reason: that is how a request comes forward. Where the usual way was
    gone before, everything that may be done is tried alike.
    """
    offered = available(workflow, request, user, office)
    onward = [each for each in offered if each.target == STAY or _goes_on(workflow, each)]
    forward = [each for each in offered if not each.reason]
    anything = [*workflow.leaving(request.stage), *workflow.transitions]
    eager, calm = (2, 16) if workflow.key in USUAL_WAYS else (16, 4)
    return [each.name for each in (*forward * eager, *onward * calm, *offered, *anything)]


def _goes_on(workflow: Workflow, transition: Transition) -> bool:
    return transition.target == BACK or not workflow.stage(transition.target).final


def _away(dice: Random, office: Office) -> Office:
    """Return the same office, mostly; else one in which others stand in for some people."""
    if dice.random() < 0.7:
        return office
    away = dice.sample(EVERYBODY, dice.randint(0, 6))
    here = [each for each in EVERYBODY if each not in away]
    choosers = [frozenset[str](), frozenset({dice.choice(EVERYBODY)})]
    deputies = {each: Deputy(dice.choice(here), dice.choice(choosers)) for each in away}
    return replace(office, deputies=deputies)


def _change(dice: Random, office: Office, workflow: Workflow, request: Request) -> Office:
    """Return the same office, mostly; else one in which somebody got or lost a role."""
    if dice.choice([True, True, True, False]):
        return office
    holders = workflow.stage(request.stage).holders()
    role = dice.choice([party for party in holders if isinstance(party, Role)] or list(Role))
    somebody = frozenset({dice.choice(EVERYBODY)})
    return replace(office, holders={**office.holders, role: office.holding(role) ^ somebody})
