"""Who holds what right now: what the engine must know of the company to authorise a gesture."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.definition import ANY, Lane, Need, Policy, Quorum, Workflow
from workflows.request import Request
from workflows.roles import Party, Role, Seat


@dataclass(frozen=True, slots=True)
class Office:
    """The company's settings for one workflow, and the holders of every role, by Slack user id."""

    policy: Policy = field(default_factory=Policy)
    holders: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    def holding(self, role: Role) -> frozenset[str]:
        """Return who holds ``role``; nobody, when nothing says otherwise."""
        return self.holders.get(role, frozenset())

    def rule(self, lane: Lane) -> Quorum:
        """Return how many must approve in ``lane``: as the company set it, else as it is usual."""
        return self.policy.approvals.get(lane.name, lane.quorum)

    def wants_several(self, lane: Lane) -> bool:
        """Whether the company wants so many different people there that giving it is not enough."""
        rule = self.policy.approvals.get(lane.name)
        return rule is not None and rule.need is Need.COUNT and rule.count > 1


def eligible(lane: Lane, request: Request, office: Office) -> frozenset[str]:
    """Return who may vote in ``lane``: its holders or who it was given to, never the asker.

    Where the company wants several, who it was given to votes beside the holders.
    """
    given = request.assigned.get(lane.name)
    people = office.holding(lane.role) if given is None else frozenset({given})
    if given is not None and office.wants_several(lane):
        people |= office.holding(lane.role)
    return people - {request.asker}


def voters(workflow: Workflow, lane: Lane, request: Request, office: Office) -> frozenset[str]:
    """Return who may vote in ``lane`` and does not judge their own work by it."""
    votes = (each for each in workflow.leaving(request.stage) if each.vote and each.barred)
    own = [each.barred(request) for each in votes if each.barred is not None]
    return eligible(lane, request, office).difference(*own)


def quorum(lane: Lane, request: Request, office: Office) -> Quorum:
    """Return the rule of ``lane``; one approval will do where it was given to one person.

    Not where the company wants several: giving it to somebody does not take the second away.
    """
    is_given = lane.name in request.assigned and not office.wants_several(lane)
    return ANY if is_given else office.rule(lane)


def needed(workflow: Workflow, request: Request) -> tuple[Lane, ...]:
    """Return the lanes of the current stage that the request has to pass."""
    lanes = workflow.stage(request.stage).lanes
    return tuple(lane for lane in lanes if lane.waived is None or not lane.waived(request))


def missing(workflow: Workflow, request: Request, office: Office) -> tuple[Lane, ...]:
    """Return the lanes of the current stage that are needed and not satisfied yet."""
    return tuple(
        lane
        for lane in needed(workflow, request)
        if not quorum(lane, request, office).met(
            request.votes_now(lane.name), voters(workflow, lane, request, office)
        )
    )


def deciders(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return who has the ball: the people whose gesture the current stage waits for.

    Empty when the request is ended, and when nobody holds the role (then somebody must be told).
    When the last vote that was missing left with its holder, everybody eligible may conclude.
    """
    stage = workflow.stage(request.stage)
    if stage.lanes:
        people: frozenset[str] = frozenset()
        lacking = missing(workflow, request, office)
        for lane in lacking:
            people |= voters(workflow, lane, request, office) - request.votes_now(lane.name)
        if lacking:
            return people
        lanes = needed(workflow, request)
        return frozenset().union(*(voters(workflow, lane, request, office) for lane in lanes))
    if stage.holder is None:
        return frozenset()
    given = request.assigned.get("")
    if given is not None:
        return frozenset({given})
    people = everybody(stage.holder, workflow, request, office)
    return people - {request.asker} if isinstance(stage.holder, Role) else people


def everybody(party: Party, workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    """Return every person who is ``party`` for this request."""
    if isinstance(party, Role):
        return office.holding(party)
    if party is Seat.DECIDER:
        return _deciding(workflow, request, office)
    return _seated(party, workflow, request)


def _deciding(workflow: Workflow, request: Request, office: Office) -> frozenset[str]:
    if not workflow.stage(request.stage).lanes:
        return deciders(workflow, request, office) - {request.asker}
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
