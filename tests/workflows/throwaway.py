"""Workflows that nobody uses, to prove what the engine can do and ours do not need yet."""

from dataclasses import dataclass, replace

from workflows import usual
from workflows.definition import (
    ALL,
    ANY,
    Deed,
    Escalation,
    Given,
    Lane,
    Policy,
    Quorum,
    Reminder,
    Rule,
    Stage,
    Transition,
    Workflow,
    at_least,
)
from workflows.effects import Tell
from workflows.money import Money
from workflows.request import Finding, Request
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for."""

    what: str
    amount: Money


def _ending(*names: str) -> tuple[Stage, ...]:
    return tuple(Stage(name=name, label=name.capitalize(), final=True) for name in names)


_CHANGES = Stage(name="changes_requested", label="Changes requested", holder=Seat.ASKER)


def stand(legal: Quorum = ANY, finance: Quorum = ANY, key: str = "stand") -> Workflow:
    """Return a stand at a fair: legal and finance in parallel, then one more signature.

    Sales managers are legal, billing is finance. The head of sales may ``send_back`` what both
    have approved, in the same round.
    """
    stages = (
        Stage(
            name="review",
            label="Legal and finance",
            lanes=(
                Lane("legal", Role.SALES_MANAGER, legal),
                Lane("finance", Role.BILLING, finance),
            ),
            reminders=(Reminder(after_hours=8, times=2), Reminder(after_hours=40)),
            escalations=(
                Escalation(after_hours=24, to=Role.HEAD_OF_SALES),
                Escalation(after_hours=48, to=Role.ADMIN),
            ),
        ),
        Stage(name="signature", label="Signature", holder=Role.HEAD_OF_SALES),
        _CHANGES,
        *_ending("booked", "rejected", "cancelled"),
    )
    return Workflow(
        key=key,
        prefix="STAND",
        command="/stand",
        title="Stand",
        noun="stand",
        description="Ask for a stand at a fair",
        details=Wish,
        start="review",
        stages=stages,
        transitions=(
            usual.approve("review", target="signature"),
            Transition(
                name="sign",
                label="Sign",
                done="signed",
                source=("signature",),
                target="booked",
                by=(Seat.DECIDER,),
                effects=(Tell(Role.MARKETING, "sign"),),
            ),
            Transition(
                name="send_back",
                label="Look again",
                done="sent back",
                source=("signature",),
                target="review",
                by=(Seat.DECIDER,),
            ),
            usual.reject(("review", "signature")),
            usual.request_changes(("review", "signature")),
            usual.resubmit(form=key, target="review"),
            usual.ask(("review", "signature")),
            usual.answer(("review", "signature")),
            usual.reassign(stages[:2]),
            usual.cancel(("review", "signature", "changes_requested")),
        ),
    )


def _is_expensive(request: Request, policy: Policy) -> Finding:
    threshold = policy.thresholds[request.details.amount.currency]
    applies = request.details.amount.minor >= threshold.minor
    because = "it is expensive" if applies else "it is cheap"
    return Finding("expensive", applies, because, {"threshold": str(threshold)})


def _taken(request: Request, deed: Deed) -> Request:
    return replace(request, owner=deed.user)


def _only_when_cheap(request: Request, _given: Given) -> str | None:
    if request.details.amount.minor < 1_000_000_00:
        return None
    return "Nobody can finish an errand of a million."


_ERRAND_STAGES = (
    Stage(name="arrived", label="Arrived", skip_to="manager"),
    Stage(
        name="manager", label="Manager", lanes=(Lane("manager", Role.SALES_MANAGER, at_least(1)),)
    ),
    Stage(name="between", label="Between", skip_to="head"),
    Stage(
        name="head",
        label="Head",
        lanes=(Lane("head", Role.HEAD_OF_SALES, ALL),),
        only_if=Rule("expensive", _is_expensive),
        skip_to="pool",
    ),
    Stage(name="pool", label="Pool", holder=Role.DELIVERY, reminders=(Reminder(after_hours=4),)),
    Stage(name="running", label="Running", holder=Seat.OWNER),
    *_ending("done", "cancelled"),
)
_ERRAND_OPEN = ("manager", "head", "pool", "running")

ERRAND = Workflow(
    key="errand",
    prefix="ERRAND",
    command="/errand",
    title="Errand",
    noun="errand",
    description="Ask for an errand",
    details=Wish,
    start="arrived",
    may_ask=(Role.REQUESTER, Role.AUDITOR),
    stages=_ERRAND_STAGES,
    transitions=(
        usual.approve("manager", target="between"),
        Transition(
            name="endorse",
            label="Endorse",
            done="endorsed",
            source=("head",),
            target="pool",
            by=(Seat.DECIDER,),
            vote=True,
        ),
        Transition(
            name="take",
            label="Take it",
            done="taken",
            source=("pool",),
            target="running",
            by=(Seat.DECIDER, Role.DELIVERY),
            own_request=True,
            apply=_taken,
        ),
        Transition(
            name="finish",
            label="Finish",
            done="finished",
            source=("running",),
            target="done",
            by=(Seat.OWNER,),
            guard=_only_when_cheap,
            tell_asker=False,
        ),
        usual.ask(("running",)),
        usual.reassign(tuple(stage for stage in _ERRAND_STAGES if stage.name in _ERRAND_OPEN)),
        usual.cancel(_ERRAND_OPEN),
    ),
)
"""One after the other: a manager, the heads if it is expensive, then whoever takes it.

Whoever takes it may have asked for it: the workflow says so.
"""

THROWAWAY = (
    stand(),
    stand(ALL, ANY, key="large_stand"),
    stand(at_least(2), ALL, key="huge_stand"),
    ERRAND,
)
