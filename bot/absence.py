"""Somebody seems to be away: whoever asked is offered to have it handed to somebody else.

A sign is a word or an emoji in the Slack status (``[absence] signs``). It moves nothing by itself.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot import moves, parcels
from bot.desk import Desk, Gesture
from bot.errors import Problem, Stale, TooLate
from bot.facts import card_facts, may_see, request_for
from bot.ports import Claimed, Person, Unit
from bot.promising import due_at, zone_of
from bot.sending import post_once
from bot.standing_in import standing_deputy
from messages import absence as worded
from workflows.ball import deciders
from workflows.definition import ANY, Given, Workflow
from workflows.engine import Actor
from workflows.office import Office, barred_from, missing, seats_for
from workflows.refusals import NotAllowed, NotNow
from workflows.request import Request
from workflows.roles import OUTSIDE, Role, Seat

HAND_ON = "hand_on"
"""The transition by which it is handed on."""

_MOST = 3
"""How many people are offered at most."""


class NotOffered(Problem):
    """This is not offered any more: they are back, or it waits for somebody else by now."""


def look(
    desk: Desk, unit: Unit, workflow: Workflow, request: Request, office: Office, now: datetime
) -> None:
    """Offer to hand on what has waited long enough for people who all seem to be away."""
    people = _seemingly_away(desk, unit, workflow, request, office, now)
    hours = desk.company.offer_after_hours
    if not people or due_at(desk, unit, workflow, request, office, request.since, hours) > now:
        return
    for person in people:
        offered = _candidates(desk, unit, workflow, request, office, person.user, now)
        what = {"step": request.step, "away": person.user, "people": list(offered)}
        occasion = f"{request.step}:{person.user}"
        to = {request.asker} if offered else office.holding(Role.ADMIN)
        for user in sorted(to):
            parcel = parcels.word("seems_away", request.ref, occasion, user, what, now)
            unit.outbox.add(parcel)


def offer(desk: Desk, claimed: Claimed) -> None:
    """Write the offer, or word to an admin where there is nobody to hand it to."""
    what, now = claimed.parcel.payload, desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        if request is None or request.step != int(what["step"]):
            return
        workflow = desk.workflows[request.workflow]
        office = desk.office(unit, workflow)
        away = _seemingly_away(desk, unit, workflow, request, office, now)
        person = next((each for each in away if each.user == what["away"]), None)
        if person is None or not may_see(desk, unit, request, claimed.parcel.address):
            return
        zone = zone_of(desk, unit, person.user)
        until = person.status_until
        last = until.astimezone(zone).date() if until else None
        facts = card_facts(desk, unit, request, claimed.parcel.address)
        names = {user: found.name for user in what["people"] if (found := unit.people.get(user))}
    said = (person.status, person.emoji, last)
    post_once(desk, claimed, worded.seems_away(facts, person.user, said, names))


def hand_on(desk: Desk, gesture: Gesture, ref: str, step: int, to: str) -> None:
    """Hand it to one of those who were offered. Only whoever asked, and admins, may.

    With lanes it is one that waits for the one who is away, in their own place or in another's.
    Raises NotOffered, TooLate, and NotFound for what is not theirs to see.
    """
    now = desk.clock.now()
    try:
        with desk.store.unit() as unit:
            standing = workflow, request, office = request_for(desk, unit, gesture, ref)
            if gesture.user not in {request.asker} | office.holding(Role.ADMIN):
                raise NotAllowed
            if request.step != step:
                raise TooLate
            person = _offered(desk, unit, workflow, request, office, to, now)
            given = Given(
                step=step,
                values={"person": to, "lane": _lane(workflow, request, office, person.user)},
                evidence={"instead of": person.user, "asked by": gesture.user},
            )
            moves.do(
                desk, unit, standing, HAND_ON, Actor(Seat.FRONTDESK.value, gesture.surface), given
            )
            unit.commit()
    except (NotNow, Stale):
        raise TooLate from None
    desk.wake()


def _offered(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    request: Request,
    office: Office,
    to: str,
    now: datetime,
) -> Person:
    """Return in whose place ``to`` is offered. Raises NotOffered."""
    for person in _seemingly_away(desk, unit, workflow, request, office, now):
        if to in _candidates(desk, unit, workflow, request, office, person.user, now):
            return person
    raise NotOffered


def _seemingly_away(
    desk: Desk, unit: Unit, workflow: Workflow, request: Request, office: Office, now: datetime
) -> Sequence[Person]:
    """Return who has the ball, if all of them seem to be away; else nobody."""
    if workflow.possible(request.stage, HAND_ON) is None:
        return ()
    waiting = sorted(deciders(workflow, request, office) - OUTSIDE - {request.asker})
    found = [person for user in waiting if (person := unit.people.get(user)) is not None]
    return found if found and all(_has_sign(desk, each, now) for each in found) else ()


def _has_sign(desk: Desk, person: Person, now: datetime) -> bool:
    if person.status_until is not None and person.status_until <= now:
        return False
    said = person.status.casefold()
    signs = [each.casefold() for each in desk.company.away_signs]
    return any(sign == person.emoji.casefold() or sign in said for sign in signs)


def _candidates(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    request: Request,
    office: Office,
    away: str,
    now: datetime,
) -> tuple[str, ...]:
    """Return to whom it can be handed: whom they named for it, else those of the fallback role.

    Nobody, where more than one approval is asked for: that would make one of several.
    """
    if any(lane.quorum != ANY for lane in missing(workflow, request, office)):
        return ()
    named = standing_deputy(unit, away, now)
    people = [named] if named else sorted(office.holding(_fallback(desk, workflow, request)))
    barred = barred_from(workflow, request) | {away}
    return tuple(_able(desk, unit, people, barred, now))[:_MOST]


def _able(
    desk: Desk, unit: Unit, people: Sequence[str], barred: frozenset[str], now: datetime
) -> Iterator[str]:
    for user in people:
        person = unit.people.get(user)
        if person is None or not person.active or user in barred:
            continue
        if not _has_sign(desk, person, now):
            yield user


def _fallback(desk: Desk, workflow: Workflow, request: Request) -> Role:
    """Return whose holders are asked: the role's fallback, else whom the stage escalates to."""
    stage = workflow.stage(request.stage)
    roles = [each for each in stage.holders() if isinstance(each, Role)]
    fallbacks = desk.company.named_fallbacks
    named = [fallbacks[each] for each in roles if each in fallbacks]
    return next(iter((*named, *(each.to for each in stage.escalations), Role.ADMIN)))


def _lane(workflow: Workflow, request: Request, office: Office, away: str) -> str:
    """Return the first lane that waits for ``away``, "" in a stage without lanes.

    Raises NotOffered where none waits for them any more.
    """
    if not workflow.stage(request.stage).lanes:
        return ""
    for lane in missing(workflow, request, office):
        if seats_for(away, lane, workflow, request, office):
            return lane.name
    raise NotOffered
