"""Who may have a form: it shows something of a request and of the company."""

from bot.desk import Desk
from bot.facts import may_see
from bot.ports import Draft, Unit
from workflows.definition import Transition
from workflows.permission import authorise
from workflows.refusals import NotAllowed
from workflows.request import Request


def request_of(desk: Desk, unit: Unit, draft: Draft) -> Request | None:
    """Return the request that a draft is about, if any, for somebody who may do what it is for.

    What a form shows of a request and of the company is not for whoever forges its id. Raises
    NotAllowed.
    """
    if draft.ref is None:
        return None
    request = unit.requests.get(draft.ref)
    transition = desk.workflows[draft.workflow].transition(draft.transition)
    if request is None or transition is None:
        raise NotAllowed
    if not is_theirs(desk, unit, request, transition, draft.user):
        raise NotAllowed
    return request


def is_theirs(desk: Desk, unit: Unit, request: Request, transition: Transition, user: str) -> bool:
    """Say whether somebody may do what a form is for, as the request stands."""
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow, user)
    allowed = authorise(workflow, transition, request, user, office) is None
    return allowed and may_see(desk, unit, request, user)
