"""Who sees amounts of money: the one place where it is decided, for every message and file."""

from bot.company import EVERYONE
from bot.desk import Desk
from messages.withholding import IN_CHANNEL, TO_ROLE, Withholding
from workflows.ball import deciders, everybody
from workflows.definition import Workflow
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Role, Seat

PERSON = "user:"


def sees_amounts(desk: Desk, request: Request, office: Office, to: str) -> bool:
    """Whether whoever reads at ``to`` (``user:U1``, ``channel:sales``) sees what it is about.

    Everybody, as long as the company names no roles. Then: who holds one of them, auditors, the
    roles whose part in it is its money; and whoever asked, owns it, decides or has decided it.
    A channel has no role. Whether they may see the request itself is not asked here.
    """
    if not desk.company.amounts:
        return True
    if not to.startswith(PERSON):
        return False
    user, workflow = to.removeprefix(PERSON), desk.workflows[request.workflow]
    return sees_every(desk, workflow, office, user) or user in _concerned(workflow, request, office)


def sees_every(desk: Desk, workflow: Workflow, office: Office, user: str) -> bool:
    """Whether somebody sees the amounts of every request of a workflow, by a role."""
    named = desk.company.amounts
    if not named or any(EVERYONE in desk.company.roles.get(role, ()) for role in named):
        return True
    people = frozenset().union(*(office.holding(role) for role in {*named, Role.AUDITOR}))
    people |= frozenset().union(*(office.filling(role) for role in workflow.money))
    return user in people | _standing_in(people, office)


def withholding(desk: Desk, request: Request, office: Office, to: str) -> Withholding | None:
    """Return what leaves the amounts out for the reader at ``to``; None: they see them."""
    if sees_amounts(desk, request, office, to):
        return None
    return Withholding.of(request, TO_ROLE if to.startswith(PERSON) else IN_CHANNEL)


def told(desk: Desk, request: Request, office: Office, to: str, text: str) -> str:
    """Return a text about the request, such as what its deal is worth, as it may be read."""
    if sees_amounts(desk, request, office, to):
        return text
    return Withholding(TO_ROLE if to.startswith(PERSON) else IN_CHANNEL).text(text)


def _concerned(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    seats = (Seat.ASKER, Seat.OWNER, Seat.DECIDER)
    people = frozenset().union(*(everybody(each, workflow, request, office) for each in seats))
    voted = {user for vote in request.votes for user in (vote.user, *vote.behalf)}
    return people | deciders(workflow, request, office) | voted


def _standing_in(people: frozenset[str], office: Office) -> frozenset[str]:
    return frozenset(office.deputies[each].user for each in people & office.deputies.keys())
