"""What the laws hold the engine against: the same questions, answered in another way."""

from datetime import timedelta

from tests.workflows.filling import Hand, filled
from tests.workflows.gestures import Step
from tests.workflows.harborlight import EVERYBODY, NOW
from tests.workflows.walks import attempt
from workflows.asset import asking
from workflows.definition import Given, Lane, Stage, Transition, Workflow
from workflows.delegation import Deputy
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
    if _is_party(user, party, workflow, request, office, transition):
        return True
    return (
        party in (Seat.OWNER, Seat.DECIDER, *_DELEGATED)
        and user != request.asker
        and any(
            deputy.user == user
            and _is_free_choice(deputy, workflow, request)
            and _is_party(away, party, workflow, request, office, transition)
            for away, deputy in office.deputies.items()
        )
    )


def _is_free_choice(deputy: Deputy, workflow: Workflow, request: Request) -> bool:
    """Say whether nobody chose the deputy whose own request or work it is."""
    judged = [
        each.barred(request)
        for each in workflow.leaving(request.stage)
        if each.vote and each.barred is not None
    ]
    return not any(
        chooser == request.asker or any(chooser in makers for makers in judged)
        for chooser in deputy.chosen_by
    )


_DELEGATED = {*Role} - {Role.REQUESTER, Role.ADMIN, Role.AUDITOR}


def _is_party(
    user: str,
    party: Party,
    workflow: Workflow,
    request: Request,
    office: Office,
    transition: Transition,
) -> bool:
    if party is Seat.ASKER:
        return user == request.asker
    if party is Seat.OWNER:
        return user == request.owner
    if party in (Seat.CLIENT, Seat.FRONTDESK):
        return user == party.value
    if party is Seat.CONTRIBUTOR:
        return user in request.details.record.contributors
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
    if stage.holder is Seat.FRONTDESK:
        return user == stage.holder.value
    sides: dict[str, Party | None] = {lane.name: lane.role for lane in stage.lanes}
    roles = [
        role for side, role in (sides or {"": stage.holder}).items() if side not in request.assigned
    ]
    return any(user in office.holders.get(role, ()) for role in roles if isinstance(role, Role))


def tried(
    workflow: Workflow, transition: Transition, request: Request, user: str, office: Office
) -> Move | Refusal:
    """Do it as a form that is filled in well would."""
    person = next(each for each in EVERYBODY if each not in (request.asker, request.owner))
    hand = Hand(person=person, lane="", wish=request.details)
    values = filled(workflow, transition, request, hand)
    given = Given(reason="because", values=values)
    now = NOW + timedelta(days=1)
    return attempt(workflow, request, transition.name, user, given, office, now)


def prepared(workflow: Workflow, request: Request, office: Office) -> Request:
    """Return the request once Frontdesk has done what people wait for before they decide."""
    for name in ("rendered", "checked", "draft_kept", "asset_kept"):
        transition = workflow.transition(name)
        if transition is not None and request.stage in transition.source:
            outcome = tried(workflow, transition, request, "frontdesk", office)
            assert isinstance(outcome, Move | Guarded)  # or it was done before
            request = outcome.request if isinstance(outcome, Move) else request
    return request


def everybody_approves(workflow: Workflow, request: Request, office: Office) -> Request:
    """Let everybody approve who can, once Frontdesk has done what it does before them."""
    request = prepared(workflow, request, office)
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


def carried(request: Request, step: Step, lane: Lane) -> frozenset[str]:
    """Return whose votes may count on when a new round begins: approvals of what is not touched."""
    if step.name not in ("post_draft", "object"):
        return frozenset()
    voted = request.votes_now(lane.name)
    if step.name == "object":
        return voted if lane.name != step.given.values["lane"] else frozenset()
    if lane.name in step.given.values["touches"]:
        return frozenset()
    wanting = [each for each in asking(request) if each.lane == lane.name]
    return frozenset() if wanting else voted
