"""Word that is meant for the owner of a request: whoever stands in for them gets it instead."""

from bot.desk import Desk
from bot.facts import may_see
from bot.ports import Claimed, Unit
from workflows.ball import acting_for, everybody
from workflows.request import Request
from workflows.roles import Seat


def owners(desk: Desk, unit: Unit, request: Request) -> list[str]:
    """Return who sees to what waits for the owner now; nobody, where nobody owns it."""
    if request.owner is None:
        return []
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow)
    return sorted(acting_for({request.owner}, workflow, request, office))


def is_owners(desk: Desk, unit: Unit, request: Request, claimed: Claimed) -> bool:
    """Whether what was promised to the owner, or to who stood in, is still theirs to get."""
    workflow, address = desk.workflows[request.workflow], claimed.parcel.address
    people = everybody(Seat.OWNER, workflow, request, desk.office(unit, workflow))
    is_theirs = address.removeprefix("user:") in people
    return is_theirs and may_see(desk, unit, request, address)
