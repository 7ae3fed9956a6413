"""The Statement of Work, from the ask to drafting ("Deals Requiring SOW", steps 1 and 2)."""

from dataclasses import dataclass, replace
from datetime import date

from workflows import usual
from workflows.definition import (
    Deed,
    Escalation,
    Given,
    Lane,
    Policy,
    Reminder,
    Rule,
    Stage,
    Style,
    Transition,
    Workflow,
)
from workflows.effects import Tell
from workflows.money import Money
from workflows.request import Finding, Request
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class SowDetails:
    """What is known of the deal. Optional fields are completed at drafting."""

    client: str
    client_type: str
    client_type_other: str = ""
    need: str
    amount: Money
    contact_name: str
    contact_email: str
    needed_by: date
    opportunity: str = ""
    scope: str = ""
    deliverables: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    fee: str = "one_off"
    billing_period: str = ""
    payment_terms: str = ""
    large_client: bool = False
    large_client_reason: str = ""
    notes: str = ""
    files: tuple[str, ...] = ()


def executive_needed(request: Request, policy: Policy) -> Finding:
    """Whether the executive decides ("For larger-scale clients, involve Ryan").

    Yes for a large client, and from the threshold of the amount's currency on (inclusive); also
    when that currency has no threshold. Not twice in one round of the same request.
    """
    details: SowDetails = request.details
    threshold = policy.thresholds.get(details.amount.currency)
    inputs = {
        "amount": str(details.amount),
        "threshold": str(threshold) if threshold else "none",
        "large_client": "yes" if details.large_client else "no",
    }

    if request.approved_in_round("executive_approval") is not None:
        applies, because = False, "the executive has already approved it in this round"
    elif details.large_client:
        applies, because = True, "it is marked as a large client"
    elif threshold is None:
        applies, because = True, f"no threshold is set for {details.amount.currency}"
    elif details.amount.minor >= threshold.minor:
        applies, because = True, f"{details.amount} is at or above the threshold of {threshold}"
    else:
        applies, because = False, f"{details.amount} is below the threshold of {threshold}"
    return Finding("executive_needed", applies, because, inputs)


def _marked(request: Request, deed: Deed) -> Request:
    details = replace(request.details, large_client=True, large_client_reason=deed.reason)
    return replace(request, details=details)


def _cleared(request: Request, _deed: Deed) -> Request:
    details = replace(request.details, large_client=False, large_client_reason="")
    return replace(request, details=details)


def _owned(request: Request, deed: Deed) -> Request:
    return replace(request, owner=deed.user)


def _keeps_mark(request: Request, given: Given) -> str | None:
    """Clearing the mark needs the executive, so an edit cannot take it away."""
    if request.details.large_client and not given.values.get("large_client", True):
        return (
            "Only the executive can clear the large-client mark. Please leave it ticked; "
            "the sales assistant can propose to clear it."
        )
    return None


def _is_large(request: Request, _given: Given) -> str | None:
    return None if request.details.large_client else "This is not marked as a large client."


def _is_not_large(request: Request, _given: Given) -> str | None:
    return "This is already marked as a large client." if request.details.large_client else None


_STAGES = (
    Stage(name="submitted", label="Submitted", skip_to="executive_approval"),
    Stage(
        name="executive_approval",
        label="Waiting for executive approval",
        lanes=(Lane("executive", Role.EXECUTIVE),),
        only_if=Rule("executive_needed", executive_needed),
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
        next="then the document goes to the client",
    ),
    Stage(name="rejected", label="Rejected", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)
_DECIDED_IN = ("executive_approval", "acceptance")
_OPEN = tuple(stage.name for stage in _STAGES[1:] if not stage.final)

WORKFLOW = Workflow(
    key="sow",
    prefix="SOW",
    command="/sow",
    title="Statement of Work",
    noun="Statement of Work",
    description="Ask for a Statement of Work and follow it",
    details=SowDetails,
    start="submitted",
    stages=_STAGES,
    transitions=(
        usual.approve("executive_approval", target="acceptance"),
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
        usual.resubmit(form="sow", target="submitted", guard=_keeps_mark),
        usual.answer(_OPEN),
        usual.request_changes(_DECIDED_IN),
        usual.ask((*_DECIDED_IN, "large_client_check", "drafting")),
        usual.reject(_DECIDED_IN),
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
        usual.reassign(tuple(stage for stage in _STAGES if stage.name in _OPEN)),
        usual.cancel(_OPEN),
    ),
)
