"""Who has the ball: whom a request waits for, who may act on it, and in whose place.

Somebody who stands in for a holder has the ball in their place and may act; the holder may, too.
Nobody decides what they asked for or made themselves, whoever they stand in for: then the ball
stays with the holder.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from workflows.definition import Lane, Need, Transition, Workflow
from workflows.office import (
    Office,
    barred_from,
    eligible,
    filled,
    given_to,
    missing,
    needed,
    quorum,
    seats_for,
    voters,
)
from workflows.request import Request
from workflows.roles import Party, Role, Seat


def may_vote(user: str, workflow: Workflow, request: Request, office: Office) -> bool:
    """Whether a vote of ``user`` is waited for, in their own place or in another's.

    When the last vote that was missing left with its holder, everybody eligible may conclude.
    """
    if lacking := missing(workflow, request, office):
        return any(seats_for(user, lane, workflow, request, office) for lane in lacking)
    seats = _seats(workflow, needed(workflow, request), request, office)
    barred = barred_from(workflow, request)
    return user in seats or (
        user not in barred and any(user in office.stand_ins(seat, barred) for seat in seats)
    )


def deciders(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return who has the ball: the people whose gesture the current stage waits for.

    That is, for each seat, whoever stands in for its holder and may, else the holder, who may act
    as well. Empty when the request is ended, and when nobody holds the role (then somebody must be
    told). When the last vote missing left with its holder, everybody eligible may conclude.
    """
    stage = workflow.stage(request.stage)
    if lacking := missing(workflow, request, office):
        balls = (_waited_for(lane, workflow, request, office) for lane in lacking)
        return frozenset().union(*balls)
    if stage.lanes:
        seats = _seats(workflow, needed(workflow, request), request, office)
        return acting_for(seats, workflow, request, office)
    if stage.holder is Seat.ASKER:
        return _asking(workflow, request, office)
    return acting_for(_holding(workflow, request, office), workflow, request, office)


def _waited_for(lane: Lane, workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return who is waited for in ``lane``; whoever fills one seat there fills no other."""
    left = voters(workflow, lane, request, office) - filled(lane, request, office)
    counted = quorum(lane, request, office).need is Need.COUNT
    people, busy = set[str](), set(left if counted else ())
    barred = barred_from(workflow, request)
    for seat in sorted(left):
        deputies = (each for each in office.stand_ins(seat, barred) - busy)
        able = {each for each in deputies if seats_for(each, lane, workflow, request, office)}
        people |= able or {seat}
        busy |= able if counted else set()
    return frozenset(people)


def acting_for(
    people: AbstractSet[str], workflow: Workflow, request: Request, office: Office
) -> frozenset[str]:
    """Return who sees to what waits for ``people``: whoever stands in for each and may, else they.

    Their seats in the current stage, what they own, or word that is meant for them.
    """
    barred = barred_from(workflow, request)
    return frozenset().union(
        *(office.stand_ins(each, barred) - barred or {each} for each in people)
    )


def _seats(
    workflow: Workflow, lanes: Iterable[Lane], request: Request, office: Office
) -> frozenset[str]:
    return frozenset().union(*(voters(workflow, lane, request, office) for lane in lanes))


def _holding(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return who holds a stage without lanes, whoever stands in for them."""
    holder = workflow.stage(request.stage).holder
    if holder is None:
        return frozenset()
    if (given := given_to("", request, office)) is not None:
        return frozenset({given})
    if isinstance(holder, Role):
        return office.filling(holder) - {request.asker}
    return _seated(holder, workflow, request)


def _asking(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return the asker, who alone can answer; of one who has left, whoever can end the request."""
    leaving = workflow.leaving(request.stage)
    if request.asker in office.gone and any(Role.ADMIN in each.by for each in leaving):
        return office.stand_ins(request.asker, frozenset()) or frozenset({request.asker})
    return frozenset({request.asker})


_NOT_DELEGATED = (Role.REQUESTER, Role.ADMIN, Role.AUDITOR)
"""Roles that are held in person: what they may do waits for nobody."""


def everybody(party: Party, workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return every person who is ``party`` for this request, or stands in for one of them."""
    deputies = deputies_of(party, workflow, request, office) - {request.asker}
    return _in_person(party, workflow, request, office) | deputies


def deputies_of(
    party: Party, workflow: Workflow, request: Request, office: Office
) -> frozenset[str]:
    """Return who stands in for one who is ``party``, also where their own request bars them."""
    places, barred = _places(party, workflow, request, office), barred_from(workflow, request)
    return frozenset().union(*(office.stand_ins(each, barred) for each in places))


def _in_person(
    party: Party, workflow: Workflow, request: Request, office: Office
) -> frozenset[str]:
    if isinstance(party, Role):
        return office.filling(party)
    if party is Seat.DECIDER:
        return _deciding(workflow, request, office) - {request.asker}
    return _seated(party, workflow, request)


def _places(party: Party, workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return who can be stood in for as ``party``: not whoever asked, where others decide."""
    if party is Seat.OWNER:
        return _seated(party, workflow, request)
    if party is Seat.DECIDER or (isinstance(party, Role) and party not in _NOT_DELEGATED):
        return _in_person(party, workflow, request, office) - {request.asker}
    return frozenset()


def _deciding(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    stage = workflow.stage(request.stage)
    if not stage.lanes:
        return _holding(workflow, request, office)
    lanes = needed(workflow, request)
    return frozenset().union(*(eligible(lane, request, office) for lane in lanes))


def _seated(seat: Seat, workflow: Workflow, request: Request) -> frozenset[str]:
    if seat is Seat.ASKER:
        return frozenset({request.asker})
    if seat is Seat.OWNER:
        return frozenset({request.owner} if request.owner else ())
    if seat in (Seat.CLIENT, Seat.FRONTDESK):
        return frozenset({seat.value})
    seated = workflow.seats.get(seat)
    return seated(request) if seated else frozenset()


def stood_in_for(
    user: str, workflow: Workflow, request: Request, office: Office
) -> tuple[str, ...]:
    """Return in whose place the current stage waits for ``user``, beside their own."""
    lanes = missing(workflow, request, office)
    cast = {seat for lane in lanes for seat in seats_for(user, lane, workflow, request, office)}
    held = () if workflow.stage(request.stage).lanes else _holding(workflow, request, office)
    barred = barred_from(workflow, request)
    cast |= {seat for seat in held if user in office.stand_ins(seat, barred) - barred}
    return tuple(sorted(cast - {user}))


def in_place_of(
    user: str, transition: Transition, workflow: Workflow, request: Request, office: Office
) -> tuple[str, ...]:
    """Return for whom ``user`` does ``transition``; nobody, where they may do it themselves."""
    if transition.vote:
        cast = [
            seats_for(user, lane, workflow, request, office)
            for lane in missing(workflow, request, office)
        ]
        return tuple(sorted({seat for seats in cast for seat in seats} - {user}))
    if any(user in _in_person(party, workflow, request, office) for party in transition.by):
        return ()
    places = (_places(party, workflow, request, office) for party in transition.by)
    seats, barred = frozenset[str]().union(*places), barred_from(workflow, request)
    return tuple(sorted(each for each in seats if user in office.stand_ins(each, barred)))


def filled_in(
    user: str, transition: Transition, workflow: Workflow, request: Request, office: Office
) -> tuple[Role, ...]:
    """Return the roles that nobody holds and whose work ``user`` does by ``transition``."""
    return tuple(
        role
        for role in unheld(workflow, request, office)
        if user in office.filling(role) and {role, Seat.DECIDER} & {*transition.by}
    )


def unheld(workflow: Workflow, request: Request, office: Office) -> tuple[Role, ...]:
    """Return the roles that the current stage waits for though nobody holds them."""
    stage = workflow.stage(request.stage)
    names = {lane.name: lane.role for lane in missing(workflow, request, office)}
    if not stage.lanes and isinstance(stage.holder, Role):
        names = {"": stage.holder}
    return tuple(
        role
        for name, role in names.items()
        if given_to(name, request, office) is None and not office.holding(role)
    )


def stuck(workflow: Workflow, request: Request, office: Office) -> tuple[Role, ...]:
    """Return the roles without which the current stage can never end: too few people hold them."""
    stage = workflow.stage(request.stage)
    lanes = tuple(
        lane.role
        for lane in needed(workflow, request)
        if len(people := voters(workflow, lane, request, office))
        < quorum(lane, request, office).required(people)
    )
    if lanes or stage.lanes or stage.holder is None or deciders(workflow, request, office):
        return lanes
    return (Role(stage.holder),) if isinstance(stage.holder, Role) else (Role.ADMIN,)
