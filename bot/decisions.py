"""A person does something to a request: one transaction from the check to the promises."""

from contextlib import suppress
from dataclasses import replace

from bot import moves, parcels
from bot.checking import second_look
from bot.desk import Desk, Gesture
from bot.errors import NotFound, Stale, TooLate, Unavailable
from bot.facts import card_facts, request_for
from bot.ports import Unit
from bot.recorded import REFUSED
from bot.unmoved import beside
from messages.notice import stale
from workflows.definition import Given, Transition
from workflows.engine import Actor, Move
from workflows.permission import authorise
from workflows.refusals import AlreadyVoted, Guarded, NotAllowed, NotNow, OwnRequest, Refusal
from workflows.request import Request

_TRIES = 5
"""How often a gesture is looked at anew when somebody else's came at the same moment."""


def decide(
    desk: Desk, gesture: Gesture, ref: str, step: int, name: str, given: Given, draft: str = ""
) -> Request:
    """Do the transition ``name`` to ``ref`` and return the request as it stands then.

    The ``draft`` of the form that asked for what was given is done with, in the same transaction.

    ``step`` is what the person saw; when the request has moved on since, nothing happens and
    :class:`TooLate` says who decided what, and when. Raises the engine's refusals; one for lack of
    permission is put on record. Two people at once: the database lets one of them win, and what the
    other did is looked at anew, so that two votes that are both needed both count.
    """
    for _ in range(_TRIES):
        with suppress(Stale):
            try:
                return _decided(desk, gesture, ref, step, name, given, draft)
            except (NotAllowed, OwnRequest, NotFound) as refusal:
                put_on_record(desk, gesture, ref, name, refusal)
                raise
    raise TooLate(_faster(desk, ref, name, gesture.user))


def _done_before(desk: Desk, unit: Unit, gesture: Gesture, ref: str, draft: str) -> Request:
    """Return the request of a form that came twice; what its copy left as a draft is forgotten."""
    request = request_for(desk, unit, gesture, ref)[1]
    if draft:
        unit.drafts.drop(draft, gesture.user)
        unit.commit()
    return request


def form_of(desk: Desk, ref: str, name: str) -> str | None:
    """Return the form that the transition ``name`` of ``ref`` needs, if any; reads no request."""
    for workflow in desk.workflows.values():
        transition = workflow.transition(name)
        if transition is not None and workflow.names(ref):
            return transition.form
    return None


def check(
    desk: Desk, gesture: Gesture, ref: str, step: int, name: str
) -> tuple[Request, Transition]:
    """Return request and transition when the person could do this now (before asking by a form).

    Raises the same refusals as :func:`decide`.
    """
    try:
        with desk.store.unit() as unit:
            workflow, request, office = request_for(desk, unit, gesture, ref)
            transition = workflow.possible(request.stage, name)
            if transition is None or (request.step != step and not transition.anytime):
                raise TooLate(_stale(desk, unit, request, name, gesture.user))
            refusal = authorise(workflow, transition, request, gesture.user, office)
            if refusal is not None:
                raise refusal
            return request, transition
    except (NotAllowed, OwnRequest, NotFound) as refused:
        put_on_record(desk, gesture, ref, name, refused)
        raise


def _decided(
    desk: Desk, gesture: Gesture, ref: str, step: int, name: str, given: Given, draft: str
) -> Request:
    with desk.store.unit() as unit:
        if gesture.key and not unit.deliveries.first(gesture.key, desk.clock.now()):
            return _done_before(desk, unit, gesture, ref, draft)
        move = _decide(desk, unit, gesture, ref, step, name, given)
        if draft:
            unit.drafts.drop(draft, gesture.user)
        if gesture.offer:
            unit.outbox.add(parcels.offer_over(gesture.offer, gesture.user, move.entry.at))
        if gesture.view_id:
            unit.outbox.add(parcels.page(move.request, gesture.view_id, gesture, move.entry.at))
        unit.commit()
    desk.wake()
    return move.request


def _decide(
    desk: Desk, unit: Unit, gesture: Gesture, ref: str, step: int, name: str, given: Given
) -> Move:
    standing = request_for(desk, unit, gesture, ref)
    actor, seen = Actor(gesture.user, gesture.surface), replace(given, step=step)
    workflow, request, _office = standing
    if wrong := second_look(desk, unit, workflow, name, request, given.values):
        raise Guarded(" ".join(wrong.values()))
    try:
        return moves.do(desk, unit, standing, name, actor, seen)
    except (NotNow, AlreadyVoted):
        raise TooLate(_stale(desk, unit, standing[1], name, gesture.user)) from None


def _stale(desk: Desk, unit: Unit, request: Request, name: str, user: str) -> str:
    workflow = desk.workflows[request.workflow]
    return stale(card_facts(desk, unit, request, f"user:{user}"), workflow.transition(name))


def _faster(desk: Desk, ref: str, name: str, user: str) -> str:
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            return TooLate.__doc__ or ""
        return _stale(desk, unit, request, name, user)


def put_on_record(desk: Desk, gesture: Gesture, ref: str, name: str, refusal: Refusal) -> None:
    """Put a refused attempt on record, once however often it is repeated at this step.

    The refusal itself stands even when this fails.
    """
    with suppress(Unavailable), desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            return
        attempt = f"refused:{gesture.user}:{ref}:{request.step}:{name[:80]}"
        if not unit.deliveries.first(attempt, desk.clock.now()):
            return
        detail = {"transition": name, "refusal": type(refusal).__name__}
        now, surface = desk.clock.now(), gesture.surface
        unit.audit.append(beside(request, REFUSED, gesture.user, surface, now, detail))
        unit.commit()
