"""Private requests: seen by the people concerned and by auditors, whatever roles others hold."""

from dataclasses import replace

from workflows.ball import deciders, everybody, stuck
from workflows.definition import STAY, Deed, Given, Transition, Workflow
from workflows.office import Office
from workflows.request import Request
from workflows.roles import Role, Seat


def is_private(request: Request) -> bool:
    """Whether only the people concerned see it; what has no such mark never is."""
    return bool(getattr(request.details, "private", False))


def concerned(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return whom the request concerns by what it says itself, and whoever stands in for them.

    Whoever asked, owns it, helps, follows it, has voted, or can act where it rests now. Where
    nobody can act on it any more, the admins: else it would rest there for good.
    """
    stage = workflow.stage(request.stage)
    parties = (Seat.ASKER, Seat.OWNER, Seat.DECIDER, *workflow.seats, *stage.besides)
    people = frozenset().union(*(everybody(each, workflow, request, office) for each in parties))
    people |= deciders(workflow, request, office)
    people |= {user for vote in request.votes for user in (vote.user, *vote.behalf)}
    left = {Seat.OWNER: request.owner, Seat.ASKER: request.asker}
    holder = stage.holder if isinstance(stage.holder, Seat) else None
    is_left = holder is not None and left.get(holder) in office.gone
    rests = not stage.final and (is_left or bool(stuck(workflow, request, office)))
    return people | (office.holding(Role.ADMIN) if rests else frozenset())


def transitions(source: tuple[str, ...], role: Role) -> tuple[Transition, ...]:
    """Return what makes a request private, and open again: by whoever asked, and by ``role``."""
    private = Transition(
        name="make_private",
        label="Make private",
        done="made private",
        source=source,
        target=STAY,
        by=(Seat.ASKER, role),
        guard=_is_open,
        apply=_private,
        on_card=False,
    )
    return private, replace(
        private,
        name="make_open",
        label="Make open",
        done="made open again",
        guard=_is_private,
        apply=_open,
    )


def _is_open(request: Request, _given: Given) -> str | None:
    return "This request is private already." if is_private(request) else None


def _is_private(request: Request, _given: Given) -> str | None:
    return None if is_private(request) else "This request is not private."


def _private(request: Request, _deed: Deed) -> Request:
    return replace(request, details=replace(request.details, private=True))


def _open(request: Request, _deed: Deed) -> Request:
    return replace(request, details=replace(request.details, private=False))
