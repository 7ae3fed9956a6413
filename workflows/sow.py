"""The Statement of Work, from the ask to the money ("Deals Requiring SOW", steps 1 to 8)."""

from dataclasses import replace

from workflows import (
    client,
    collecting,
    drafting,
    follow_up,
    invoicing,
    payment,
    privacy,
    resending,
    signing,
    usual,
)
from workflows.deal import SowDetails, recorded
from workflows.definition import (
    Deed,
    Escalation,
    Given,
    Lane,
    Reminder,
    Stage,
    Style,
    Transition,
    Workflow,
)
from workflows.effects import Errand, Tell
from workflows.executive import (
    DOCUMENT_NEEDS_EXECUTIVE,
    LANE,
    REQUEST_NEEDS_EXECUTIVE,
    approved_request,
    weighty_request,
)
from workflows.payment import MONEY_AWAITED, nothing_paid
from workflows.request import Request
from workflows.roles import Role, Seat


def _marked(request: Request, deed: Deed) -> Request:
    details = replace(request.details, large_client=True, large_client_reason=deed.reason)
    return replace(request, details=details)


def _cleared(request: Request, _deed: Deed) -> Request:
    details = replace(request.details, large_client=False, large_client_reason="")
    return replace(request, details=details)


def _owned(request: Request, deed: Deed) -> Request:
    """Whoever accepts owns it; what a deputy accepts is the work of the one they stand in for."""
    return replace(request, owner=deed.behalf[0] if deed.behalf else deed.user)


def _asked_anew(request: Request, deed: Deed) -> Request:
    """What the executive approved was the request as it stood, so that approval is gone."""
    return recorded(usual.rewritten(request, deed), approved=None)


def _keeps_mark(request: Request, given: Given) -> str | None:
    """Clearing the mark needs the executive, so an edit cannot take it away."""
    if request.details.large_client and not given.values.get("large_client", True):
        return (
            "Only the executive can clear the large-client mark. Please leave it ticked; "
            "the sales assistant can propose to clear it."
        )
    return None


def _is_passed(stage: Stage) -> bool:
    return stage.skip_to is not None and stage.only_if is None


def _is_large(request: Request, _given: Given) -> str | None:
    return None if request.details.large_client else "This is not marked as a large client."


def _is_not_large(request: Request, _given: Given) -> str | None:
    return "This is already marked as a large client." if request.details.large_client else None


_STAGES = (
    Stage(name="submitted", label="Submitted", skip_to="executive_approval"),
    Stage(
        name="executive_approval",
        label="Waiting for executive approval",
        lanes=(Lane(LANE, Role.EXECUTIVE),),
        only_if=REQUEST_NEEDS_EXECUTIVE,
        skip_to="acceptance",
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the sales assistant accepts it for drafting",
    ),
    Stage(
        name="large_client_check",
        label="Executive checks the large-client mark",
        holder=Role.EXECUTIVE,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the request goes on with or without the mark",
    ),
    Stage(
        name="acceptance",
        label="Waiting for the sales assistant",
        holder=Role.SALES_ASSISTANT,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=16, to=Role.HEAD_OF_SALES),),
        next="then the Statement of Work is drafted",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.ASKER,
        reminders=(Reminder(after_hours=16, times=2),),
        next="then it is decided again",
    ),
    Stage(
        name="drafting",
        label="Drafting",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=16, times=3),),
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_SALES),),
        next="then the document is checked against what was approved",
    ),
    Stage(
        name="document_approval",
        label="Waiting for executive approval of the document",
        lanes=(Lane(LANE, Role.EXECUTIVE),),
        only_if=DOCUMENT_NEEDS_EXECUTIVE,
        skip_to="ready",
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the document can go to the client",
    ),
    Stage(
        name="ready",
        label="Ready for the client",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the client approves, asks for changes, or declines",
    ),
    Stage(
        name="with_client",
        label="With the client",
        holder=Seat.CLIENT,
        besides=(Seat.OWNER,),
        next="then Billing sends the invoice",
    ),
    Stage(
        name="client_changes",
        label="The client asks for changes",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the next version goes to the client",
    ),
    Stage(
        name="client_declined",
        label="Declined by the client",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then there is a new version, or the request is cancelled",
    ),
    Stage(name="client_approved", label="Approved by the client", skip_to="invoicing"),
    Stage(
        name="invoicing",
        label="Invoicing",
        holder=Role.BILLING,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=16, to=Role.HEAD_OF_SALES),),
        next="then the client gets the approved document with the invoice",
    ),
    Stage(
        name="awaiting_payment",
        label="Awaiting payment",
        holder=Seat.OWNER,
        besides=(Role.BILLING,),
        only_if=MONEY_AWAITED,
        own_ladder="the reminders of its invoices",
        skip_to="paid",
        next="then Billing confirms the payment",
    ),
    Stage(
        name="paid",
        label="Paid",
        holder=Role.BILLING,
        reminders=(Reminder(after_hours=8, times=3),),
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_SALES),),
        next="then the client is thanked and the record is closed",
    ),
    Stage(
        name="on_hold",
        label="On hold",
        holder=Seat.ASKER,
        besides=(Seat.OWNER,),
        reminders=(Reminder(after_hours=80, times=4),),
        next="then it goes on where it was",
    ),
    Stage(name="closed", label="Confirmed and closed", final=True),
    Stage(name="rejected", label="Rejected", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)
_DECIDED_IN = ("executive_approval", "acceptance")
_OPEN = tuple(stage.name for stage in _STAGES if not stage.final and not _is_passed(stage))
_BEFORE_PAYMENT = tuple(name for name in _OPEN if name != "paid")
_HELD_FROM = tuple(name for name in _BEFORE_PAYMENT if name != "on_hold")

WORKFLOW = Workflow(
    key="sow",
    prefix="SOW",
    command="/sow",
    title="Statement of Work",
    noun="Statement of Work",
    description="Ask for a Statement of Work and follow it",
    details=SowDetails,
    client="client",
    money=frozenset({Role.SALES_ASSISTANT, Role.BILLING}),
    found_by=("need", "opportunity"),
    subcommands={
        "report": "says how the Statements of Work of the last 30 days went",
        "deals": "shows the deals that can be linked, and adds to them",
        "bank": "compares bank statements with open invoices, for Billing",
    },
    start="submitted",
    on_submit=(Errand("write_back"),),
    stages=_STAGES,
    transitions=(
        usual.approve(
            "executive_approval",
            target="acceptance",
            apply=approved_request,
            weighty=weighty_request,
        ),
        Transition(
            name="accept",
            label="Accept",
            done="accepted for drafting",
            source=("acceptance",),
            target="drafting",
            by=(Seat.DECIDER,),
            apply=_owned,
            style=Style.PRIMARY,
        ),
        Transition(
            name="clear_large_client",
            label="Clear the mark",
            done="cleared of the large-client mark",
            source=("large_client_check",),
            target="executive_approval",
            by=(Seat.DECIDER,),
            apply=_cleared,
            effects=(Tell(Role.SALES_ASSISTANT, "clear_large_client"),),
            style=Style.PRIMARY,
        ),
        Transition(
            name="keep_large_client",
            label="Keep the mark",
            done="kept as a large client",
            source=("large_client_check",),
            target="executive_approval",
            by=(Seat.DECIDER,),
            reason=True,
            form="reason",
            effects=(Tell(Role.SALES_ASSISTANT, "keep_large_client"),),
        ),
        replace(
            usual.resubmit(form="sow", target="submitted", guard=_keeps_mark), apply=_asked_anew
        ),
        *drafting.TRANSITIONS,
        *client.TRANSITIONS,
        *signing.TRANSITIONS,
        *payment.TRANSITIONS,
        *invoicing.TRANSITIONS,
        *resending.TRANSITIONS,
        *follow_up.TRANSITIONS,
        *collecting.TRANSITIONS,
        usual.answer(_OPEN),
        usual.request_changes(_DECIDED_IN),
        usual.ask((*_DECIDED_IN, "large_client_check", "drafting", "document_approval")),
        replace(
            usual.reject((*_DECIDED_IN, "document_approval")),
            effects=(Errand("write_back"),),
        ),
        Transition(
            name="mark_large_client",
            label="Mark as large client",
            done="marked as a large client",
            source=("acceptance",),
            target="executive_approval",
            by=(Role.SALES_ASSISTANT,),
            guard=_is_not_large,
            reason=True,
            form="reason",
            apply=_marked,
            on_card=False,
        ),
        Transition(
            name="propose_clearing",
            label="Not a large client",
            done="proposed to be cleared of the large-client mark",
            source=_DECIDED_IN,
            target="large_client_check",
            by=(Role.SALES_ASSISTANT,),
            guard=_is_large,
            reason=True,
            form="reason",
            on_card=False,
        ),
        usual.reassign(tuple(stage for stage in _STAGES if stage.name in _OPEN), drafting.writer),
        usual.hand_on(tuple(stage for stage in _STAGES if stage.name in _OPEN)),
        replace(usual.hold(_HELD_FROM, guard=nothing_paid), effects=(signing.WITHDRAW,)),
        usual.resume(Errand("await_client"), Errand("await_payment")),
        *privacy.transitions(_OPEN, Role.SALES_ASSISTANT),
        replace(
            usual.cancel(_BEFORE_PAYMENT, guard=nothing_paid),
            effects=(signing.WITHDRAW, collecting.TELL_PARTNER, Errand("write_back")),
        ),
    ),
)
