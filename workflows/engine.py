"""The engine: the only thing that moves a request.

:func:`begin` and :func:`act` are pure. They guard, authorise, move, audit and promise, in this
order, and return all of it as one value; whoever calls them stores that value in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflows.ball import filled_in, in_place_of
from workflows.changes import changes
from workflows.consequences import arrival, consequences
from workflows.definition import BACK, STAY, Deed, Given, Transition, Workflow
from workflows.effects import Log, Promise, Tell
from workflows.office import Office, missing, needed, seats_for
from workflows.permission import asked, authorise, may_ask
from workflows.refusals import (
    Guarded,
    NoSuchTransition,
    NotAllowed,
    NotNow,
    ReasonMissing,
    Unconfirmed,
)
from workflows.request import Finding, Request, Vote
from workflows.roles import Seat

HELD = "held:"
"""Marks in :attr:`Request.assigned` what was given before a hold, and counts again after it."""

FOR = "for"
"""In an entry's detail: whose place the actor took (user ids), "B for A" in words."""

FALLBACK = "fallback for"
"""In an entry's detail: the roles that nobody held, whose work the actor did."""

SUBMIT = "submit"
"""The action under which a new request enters the audit."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts (a Slack user id), and from which surface: ``command``, ``button``, ``modal``..."""

    user: str
    surface: str = "button"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the audit keeps of one action. ``before`` is empty for a new request."""

    at: datetime
    actor: str
    action: str
    ref: str
    before: str
    after: str
    version: int
    surface: str
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def behalf(self) -> tuple[str, ...]:
        """In whose place the actor acted (user ids)."""
        return tuple(filter(None, self.detail.get(FOR, "").split(", ")))


@dataclass(frozen=True, slots=True)
class Move:
    """Everything one gesture brings about, to be stored as a whole or not at all."""

    request: Request
    entry: Entry
    promises: tuple[Promise, ...]
    before: Request | None = None
    """The request as it was; None for a new one."""


def begin(
    workflow: Workflow, ref: str, details: object, actor: Actor, office: Office, now: datetime
) -> Move:
    """Return a new request, already at the first stage where somebody has the ball.

    Raises :class:`NotAllowed` when ``actor`` holds none of the roles that may ask.
    """
    if not may_ask(workflow, actor.user, office):
        roles = " or ".join(role.label for role in workflow.may_ask)
        raise NotAllowed(
            f"Only people with the role {roles} can ask for a {workflow.noun}. "
            "Ask your Frontdesk admin to add you."
        )
    fresh = Request(
        workflow=workflow.key,
        ref=ref,
        stage=workflow.start,
        asker=actor.user,
        details=details,
        created_at=now,
        since=now,
        version=0,
        step=0,
    )
    placed, path = _enter(workflow, fresh, workflow.start, office, now)
    request = replace(placed, version=1, step=1)
    detail = {"path": " > ".join(path)} | _findings(fresh, request)
    entry = _audit(SUBMIT, "", request, actor, detail, now)
    told: tuple[Promise, ...] = (Log(SUBMIT), Tell(Seat.ASKER, SUBMIT), *workflow.on_submit)
    promises = (*told, *arrival(workflow, request, office.policy), *workflow.after_each)
    return Move(request, entry, promises)


def act(
    workflow: Workflow,
    request: Request,
    name: str,
    actor: Actor,
    given: Given,
    office: Office,
    now: datetime,
) -> Move:
    """Return what follows when ``actor`` does the transition ``name`` to ``request``.

    Raises a :class:`Refusal` whose text is the sentence for the person; nothing has happened then.
    """
    transition = _guard(workflow, request, name, given)
    refusal = authorise(workflow, transition, request, actor.user, office)
    if refusal is not None:
        raise refusal
    confirmation = asked(transition, request, office)
    if confirmation is not None and given.confirmed != str(confirmation):
        raise Unconfirmed
    deed = Deed(
        user=actor.user,
        at=now,
        reason=given.reason,
        values=given.values,
        behalf=in_place_of(actor.user, transition, workflow, request, office),
    )
    after, path = _move(workflow, transition, request, deed, office)
    unfilled = (role.label for role in filled_in(actor.user, transition, workflow, request, office))
    detail = {FOR: ", ".join(deed.behalf), FALLBACK: ", ".join(unfilled)}
    detail |= {"reason": given.reason, "path": " > ".join(path)}
    detail |= _findings(request, after) | changes(request, after) | dict(given.evidence)
    detail["confirmed"] = given.confirmed if confirmation else ""
    entry = _audit(name, request.stage, after, actor, detail, now)
    promises = consequences(workflow, transition, request, after, actor.user, office.policy)
    return Move(after, entry, (*promises, *workflow.after_each), request)


def _guard(workflow: Workflow, request: Request, name: str, given: Given) -> Transition:
    transition = workflow.transition(name)
    if transition is None:
        raise NoSuchTransition
    if request.stage not in transition.source or given.step not in (None, request.step):
        raise NotNow
    if transition.reason and not given.reason.strip():
        raise ReasonMissing
    if transition.guard is not None and (why := transition.guard(request, given)) is not None:
        raise Guarded(why)
    return transition


def _move(
    workflow: Workflow,
    transition: Transition,
    request: Request,
    deed: Deed,
    office: Office,
) -> tuple[Request, list[str]]:
    now, after = deed.at, replace(request, version=request.version + 1)
    if transition.vote:
        after = _vote(workflow, after, deed, office)
        if transition.noting is not None:
            after = transition.noting(after, deed)
        if missing(workflow, after, office):
            return after, [request.stage]
    if transition.apply is not None:
        after = transition.apply(after, deed)
    if transition.renews:
        after = replace(after, round=after.round + 1)
    if transition.target == STAY:
        if transition.restarts:
            after = replace(after, step=request.step + 1, since=now)
        return after, [request.stage]
    after = replace(after, step=request.step + 1)
    if transition.target == BACK:
        return _return(after, now)
    placed, path = _enter(workflow, after, transition.target, office, now)
    return (_resting(after, placed) if after.held and not request.held else placed), path


def _vote(workflow: Workflow, request: Request, deed: Deed, office: Office) -> Request:
    cast = [
        (lane.name, seats_for(deed.user, lane, workflow, request, office))
        for lane in missing(workflow, request, office) or needed(workflow, request)
    ]
    votes = tuple(
        Vote(request.stage, lane, deed.user, request.round, deed.at, _others(seats, deed.user))
        for lane, seats in cast
        if seats
    )
    return replace(request, votes=request.votes + votes)


def _others(seats: Sequence[str], user: str) -> tuple[str, ...]:
    return tuple(seat for seat in seats if seat != user)


def _resting(before: Request, placed: Request) -> Request:
    """Keep what a request on hold goes on with: its open questions, and who was given what."""
    kept = {f"{HELD}{lane}": person for lane, person in before.assigned.items()}
    return replace(placed, assigned=kept, questions=before.questions)


def _return(request: Request, now: datetime) -> tuple[Request, list[str]]:
    """Place ``request`` where it was put on hold. Nothing is judged anew: no approval is lost."""
    given = {lane.removeprefix(HELD): person for lane, person in request.assigned.items()}
    placed = replace(request, stage=request.held, since=now, assigned=given, held="")
    return placed, [placed.stage]


def _enter(
    workflow: Workflow, request: Request, target: str, office: Office, now: datetime
) -> tuple[Request, list[str]]:
    """Place ``request`` in ``target``, or in the first stage after it that it may not skip."""
    path = [target]
    findings = {finding.rule: finding for finding in request.findings}
    stage = workflow.stage(target)
    while stage.skip_to is not None:
        if stage.only_if is not None:
            finding = stage.only_if.judge(request, office.policy)
            findings[finding.rule] = finding
            if finding.applies:
                break
        stage = workflow.stage(stage.skip_to)
        path.append(stage.name)
    placed = replace(
        request,
        stage=stage.name,
        since=now,
        assigned={},
        questions=(),
        findings=tuple(findings.values()),
    )
    return placed, path


def _findings(before: Request, after: Request) -> dict[str, str]:
    fresh: list[Finding] = [each for each in after.findings if each not in before.findings]
    return {f"rule {finding.rule}": finding.because for finding in fresh}


def _audit(
    action: str,
    before: str,
    request: Request,
    actor: Actor,
    detail: Mapping[str, str],
    now: datetime,
) -> Entry:
    return Entry(
        at=now,
        actor=actor.user,
        action=action,
        ref=request.ref,
        before=before,
        after=request.stage,
        version=request.version,
        surface=actor.surface,
        detail={key: value for key, value in detail.items() if value},
    )
