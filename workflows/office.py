"""Who holds what right now: what the engine must know of the company to authorise a gesture.

A seat is a holder's: of a role, of a lane, or of the request itself. Whoever stands in for somebody
may fill their seat; the seat, and what is needed, stay as they are. Who has the ball, and who may
act at all, is in :mod:`workflows.ball`.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from workflows.definition import ANY, Lane, Need, Policy, Quorum, Workflow
from workflows.delegation import Deputy
from workflows.request import Request
from workflows.roles import Role


@dataclass(frozen=True, slots=True)
class Office:
    """The company's settings for one workflow, and the holders of every role, by Slack user id."""

    policy: Policy = field(default_factory=Policy)
    holders: Mapping[Role, frozenset[str]] = field(default_factory=dict)
    deputies: Mapping[str, Deputy] = field(default_factory=dict)
    """Who stands in for whom right now: the end of each chain, and never in a circle."""
    fallbacks: Mapping[Role, Role] = field(default_factory=dict)
    """Whose holders do the work of a role that nobody holds; an admin's where nothing is said."""
    gone: frozenset[str] = frozenset()
    """Who has left: what was given to them goes back to the role, what they owned to the admins."""

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

    def filling(self, role: Role) -> frozenset[str]:
        """Return who holds ``role``, or who does its work while nobody holds it."""
        asked: list[Role] = []
        while not (people := self.holding(role)) and role in self.fallbacks and role not in asked:
            asked.append(role)
            role = self.fallbacks[role]
        return people

    def stand_ins(self, user: str, barred: AbstractSet[str]) -> frozenset[str]:
        """Return who may act in the place of ``user``: their deputy, or who sees to what they left.

        Nobody, where nobody does, and where one of ``barred`` had a say in who it is: whoever asked
        for something, or made it, does not choose who decides on it either.
        """
        if user in self.gone:
            return self.filling(self.fallbacks.get(Role.ADMIN, Role.ADMIN))
        deputy = self.deputies.get(user)
        if deputy is None or deputy.chosen_by & barred:
            return frozenset()
        return frozenset({deputy.user})


def given_to(name: str, request: Request, office: Office) -> str | None:
    """Return who the lane ``name`` (or "") was given to, unless they have left."""
    given = request.assigned.get(name)
    return None if given is None or given in office.gone else given


def eligible(lane: Lane, request: Request, office: Office) -> frozenset[str]:
    """Return whose seats are in ``lane``: its holders or who it was given to, never the asker.

    Where the company wants several, who it was given to votes beside the holders.
    """
    given = given_to(lane.name, request, office)
    people = office.filling(lane.role) if given is None else frozenset({given})
    if given is not None and office.wants_several(lane):
        people |= office.filling(lane.role)
    return people - {request.asker}


def voters(workflow: Workflow, lane: Lane, request: Request, office: Office) -> frozenset[str]:
    """Return whose seats are in ``lane`` who do not judge their own work by it."""
    return eligible(lane, request, office) - makers_of(workflow, request)


def makers_of(workflow: Workflow, request: Request) -> frozenset[str]:
    """Return who would judge their own work by a vote in the current stage."""
    votes = (each for each in workflow.leaving(request.stage) if each.vote and each.barred)
    own = (each.barred(request) for each in votes if each.barred is not None)
    return frozenset().union(*own)


def barred_from(workflow: Workflow, request: Request) -> frozenset[str]:
    """Return who decides nothing in the current stage: whoever asked, and whoever made it."""
    return makers_of(workflow, request) | {request.asker}


def quorum(lane: Lane, request: Request, office: Office) -> Quorum:
    """Return the rule of ``lane``; one approval will do where it was given to one person.

    Not where the company wants several: giving it to somebody does not take the second away.
    """
    is_given = given_to(lane.name, request, office) is not None and not office.wants_several(lane)
    return ANY if is_given else office.rule(lane)


def needed(workflow: Workflow, request: Request) -> tuple[Lane, ...]:
    """Return the lanes of the current stage that the request has to pass."""
    lanes = workflow.stage(request.stage).lanes
    return tuple(lane for lane in lanes if lane.waived is None or not lane.waived(request))


def filled(lane: Lane, request: Request, office: Office) -> frozenset[str]:
    """Return the seats of ``lane`` that votes of this round fill.

    A vote fills every seat it was cast for. Where so many different people are counted, each fills
    one: their own if they have one here, else the one they were asked to fill.
    """
    if quorum(lane, request, office).need is not Need.COUNT:
        return request.votes_now(lane.name)
    own = eligible(lane, request, office)
    votes = request.ballot(lane.name)
    return frozenset(
        vote.user if vote.user in own else min(vote.behalf, default=vote.user) for vote in votes
    )


def missing(workflow: Workflow, request: Request, office: Office) -> tuple[Lane, ...]:
    """Return the lanes of the current stage that are needed and not satisfied yet."""
    return tuple(
        lane
        for lane in needed(workflow, request)
        if not quorum(lane, request, office).met(
            filled(lane, request, office), voters(workflow, lane, request, office)
        )
    )


def seats_for(
    user: str, lane: Lane, workflow: Workflow, request: Request, office: Office
) -> tuple[str, ...]:
    """Return the seats of ``lane`` that a vote of ``user`` would fill; none if it counts nothing.

    Nobody votes twice in a round. Where people are counted, one vote fills one seat, their own
    before another's.
    """
    barred = barred_from(workflow, request)
    if user in barred or user in {vote.user for vote in request.ballot(lane.name)}:
        return ()
    left = voters(workflow, lane, request, office) - filled(lane, request, office)
    mine = sorted(left & {user}) + sorted(
        seat for seat in left - {user} if user in office.stand_ins(seat, barred)
    )
    counted = quorum(lane, request, office).need is Need.COUNT
    return tuple(mine[:1] if counted else mine)
