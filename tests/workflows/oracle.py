"""What the laws hold the engine against: the same questions, answered in another way."""

from datetime import timedelta

from tests.workflows.filling import Hand, filled
from tests.workflows.harborlight import EVERYBODY, NOW
from tests.workflows.walks import attempt
from workflows.definition import Given, Lane, Stage, Transition, Workflow
from workflows.engine import Move
from workflows.office import Office
from workflows.refusals import Guarded, Refusal
from workflows.request import Request
from workflows.roles import Party, Role, Seat


def is_party(
    user: str,
    party: Party,
    workflow: Workflow,
    request: Request,
    office: Office,
    transition: Transition,
) -> bool:
    """Say whether ``user`` is entitled as ``party``, in other words than the engine's."""
    if party is Seat.ASKER:
        return user == request.asker
    if party is Seat.OWNER:
        return user == request.owner
    if party is Seat.CLIENT:
        return user == "client"
    if party is Seat.FRONTDESK:
        return user == "frontdesk"
    if party is Seat.DECIDER:
        stage = workflow.stage(request.stage)
        return user != request.asker and _has_the_say(user, stage, request, office)
    return user in office.holders.get(Role(party), ()) and (
        user != request.asker or transition.own_request
    )


def _has_the_say(user: str, stage: Stage, request: Request, office: Office) -> bool:
    if user in request.assigned.values():
        return True
    if stage.holder is Seat.OWNER:
        return user == request.owner
    sides: dict[str, Party | None] = {lane.name: lane.role for lane in stage.lanes}
    roles = [
        role for side, role in (sides or {"": stage.holder}).items() if side not in request.assigned
    ]
    return any(user in office.holders.get(role, ()) for role in roles if isinstance(role, Role))


def tried(
    workflow: Workflow, transition: Transition, request: Request, user: str, office: Office
) -> Move | Refusal:
    """Do it as a form that is filled in well would."""
    person = next(each for each in EVERYBODY if each != request.asker)
    hand = Hand(person=person, lane="", wish=request.details)
    values = filled(workflow, transition, request, hand)
    given = Given(reason="because", values=values)
    now = NOW + timedelta(days=1)
    return attempt(workflow, request, transition.name, user, given, office, now)


def everybody_approves(workflow: Workflow, request: Request, office: Office) -> Request:
    """Let everybody approve who can, once Frontdesk has done what it does before them."""
    for name in ("rendered", "checked"):
        transition = workflow.transition(name)
        if transition is not None and request.stage in transition.source:
            outcome = tried(workflow, transition, request, "frontdesk", office)
            assert isinstance(outcome, Move | Guarded)  # or it was done before
            request = outcome.request if isinstance(outcome, Move) else request
    votes = [each for each in workflow.leaving(request.stage) if each.vote]
    people = [*EVERYBODY, *request.assigned.values()]
    stage = request.stage
    for transition in votes:
        for user in people:
            outcome = tried(workflow, transition, request, user, office)
            if request.stage == stage and isinstance(outcome, Move):
                request = outcome.request
    return request


def lane_of(stage: Stage, given: Given) -> Lane:
    return next((lane for lane in stage.lanes if lane.name == given.values["lane"]), stage.lanes[0])
