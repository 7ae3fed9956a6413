"""Who may do what to a request: one place, for the buttons that are shown and the clicks that come.

Deny by default: a transition names who may do it, and nobody decides their own request.
"""

from dataclasses import replace

from workflows.ball import deputies_of, everybody, may_vote
from workflows.confirmation import Confirmation
from workflows.definition import Given, Transition, Workflow
from workflows.office import Office, eligible
from workflows.refusals import AlreadyVoted, NotAllowed, OwnRequest, Refusal
from workflows.request import Request
from workflows.roles import Seat

_BY_A_COLLEAGUE = (
    "A colleague has already answered this in your place; the others' answers are still missing."
)


def available(
    workflow: Workflow, request: Request, user: str, office: Office
) -> tuple[Transition, ...]:
    """Return what ``user`` may do to ``request`` now: the buttons they see, and no others.

    The label of one that has to be confirmed ends in "...": its button opens the confirming form.
    """
    return tuple(
        transition
        if asked(transition, request, office) is None
        else replace(transition, label=f"{transition.label}...")
        for transition in workflow.leaving(request.stage)
        if authorise(workflow, transition, request, user, office) is None
        and (
            transition.guard is None
            or transition.guard(request, Given(reason="?", offering=True)) is None
        )
    )


def may_ask(workflow: Workflow, user: str, office: Office) -> bool:
    """Whether ``user`` holds one of the roles that may ask for this."""
    return any(user in office.holding(role) for role in workflow.may_ask)


def asked(transition: Transition, request: Request, office: Office) -> Confirmation | None:
    """Return what has to be confirmed before ``transition`` is done to ``request``, or None."""
    return None if transition.weighty is None else transition.weighty(request, office.policy)


def authorise(
    workflow: Workflow, transition: Transition, request: Request, user: str, office: Office
) -> Refusal | None:
    """Return why ``user`` may not do ``transition``, or None when they may. Deny by default."""
    entitled = [
        party for party in transition.by if user in everybody(party, workflow, request, office)
    ]
    deciding = not any(party in (Seat.ASKER, Seat.OWNER, Seat.CONTRIBUTOR) for party in entitled)
    if user == request.asker and deciding and not transition.own_request:
        holders = workflow.stage(request.stage).holders() if Seat.DECIDER in transition.by else ()
        would = any(
            user
            in everybody(party, workflow, request, office)
            | deputies_of(party, workflow, request, office)
            for party in holders
        )
        return OwnRequest() if entitled or would else NotAllowed()
    if transition.barred is not None and user in transition.barred(request):
        lanes = workflow.stage(request.stage).lanes
        if entitled or any(user in eligible(lane, request, office) for lane in lanes):
            return OwnRequest("This is your own work, so somebody else decides it.")
    if not entitled:
        return NotAllowed()
    if transition.vote and not may_vote(user, workflow, request, office):
        lanes = workflow.stage(request.stage).lanes
        voted = any(user == vote.user for lane in lanes for vote in request.ballot(lane.name))
        return AlreadyVoted() if voted else AlreadyVoted(_BY_A_COLLEAGUE)
    return None
