"""A request is moved: the engine's move, its promises and its audit row, in one transaction.

By a person's gesture it is a decision (:mod:`bot.decisions`). What is here is also how Frontdesk
itself and the client, who are not in Slack, move one.
"""

from contextlib import suppress

from bot.desk import Desk
from bot.errors import NotFound, Stale
from bot.ports import Unit
from bot.promising import promise
from workflows.definition import Given, Workflow
from workflows.engine import Actor, Move, act, begin
from workflows.office import Office
from workflows.privacy import is_private
from workflows.refusals import Refusal
from workflows.request import Request
from workflows.roles import Seat

_TRIES = 5

Standing = tuple[Workflow, Request, Office]
"""A request with its workflow and who holds what, read in one transaction."""


def do(
    desk: Desk,
    unit: Unit,
    standing: Standing,
    name: str,
    actor: Actor,
    given: Given,
) -> Move:
    """Move a request in the transaction ``unit``, which the caller commits.

    Raises the refusals of the engine; nothing is written then.
    """
    workflow, request, office = standing
    move = act(workflow, request, name, actor, given, office, desk.clock.now())
    unit.requests.save(move.request)
    if is_private(move.request):  # in this transaction: nobody finds it from now on
        unit.ranks.drop(request.ref)
        unit.index.drop(request.ref)
    promise(desk, unit, workflow, move, office)
    unit.audit.append(move.entry)
    return move


def make(
    desk: Desk,
    unit: Unit,
    workflow: Workflow,
    details: object,
    actor: Actor,
    office: Office,
    source: str,
) -> Request:
    """Make a new request in the transaction ``unit``, which the caller commits.

    ``source`` names what it comes from (a modal, a delivery): it makes one request and no second;
    Stale says so. Raises NotAllowed when ``actor`` may not ask for this.
    """
    ref = unit.requests.next_ref(workflow.key, workflow.prefix)
    move = begin(workflow, ref, details, actor, office, desk.clock.now())
    unit.requests.add(move.request, source)
    promise(desk, unit, workflow, move, office)
    unit.audit.append(move.entry)
    return move.request


def from_outside(
    desk: Desk, seat: Seat, ref: str, name: str, given: Given, surface: str, key: str = ""
) -> Request:
    """Do the transition ``name`` as the client or as Frontdesk itself, and return the request.

    ``key`` names the occasion: a second time it does nothing. Somebody else's change at the same
    moment is waited for and tried over. Raises NotFound and the refusals of the engine.
    """
    actor = Actor(seat.value, surface)
    for _ in range(_TRIES):
        with suppress(Stale), desk.store.unit() as unit:
            request = unit.requests.get(ref)
            if request is None:
                raise NotFound
            if key and not unit.deliveries.first(key, desk.clock.now()):
                return request
            workflow = desk.workflows[request.workflow]
            office = desk.office(unit, workflow)
            move = do(desk, unit, (workflow, request, office), name, actor, given)
            unit.commit()
            desk.wake()
            return move.request
    raise Stale


def by_frontdesk(
    desk: Desk, ref: str, name: str, key: str = "", **values: object
) -> Request | None:
    """Do the transition ``name`` as Frontdesk itself; return None where it is not possible now.

    ``reason`` is the reason, and ``evidence`` (texts by name) goes into the audit.
    """
    evidence = values.pop("evidence", {})
    given = Given(
        reason=str(values.pop("reason", "")),
        values=values,
        evidence=evidence if isinstance(evidence, dict) else {},
    )
    try:
        return from_outside(desk, Seat.FRONTDESK, ref, name, given, "frontdesk", key)
    except Refusal:
        return None
