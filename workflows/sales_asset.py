"""A sales asset, from the ask to an owner and a due date (SOP sections 4.A and 4.B)."""

from dataclasses import dataclass, replace
from datetime import date

from workflows import usual
from workflows.definition import Deed, Escalation, Reminder, Stage, Style, Transition, Workflow
from workflows.request import Request
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetDetails:
    """What is asked for: the SOP's mandatory fields first, then what helps to prioritise."""

    requester_name: str
    requester_role: str
    asset_type: str
    asset_type_other: str = ""
    kind: str
    existing_asset: str = ""
    purpose: str
    deadline: date
    industry: str = ""
    audience: str = ""
    special_notes: str = ""
    opportunity: str = ""
    reuse: str = "one_off"
    files: tuple[str, ...] = ()


def _accepted(request: Request, deed: Deed) -> Request:
    return replace(request, owner=str(deed.values["owner"]), due_on=deed.values["due_on"])


_WAITING = ("submitted", "in_triage")
_STAGES = (
    Stage(
        name="submitted",
        label="Waiting for triage",
        holder=Role.TRIAGE,
        reminders=(Reminder(after_hours=16, times=2),),
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_MARKETING),),
        next="then triage accepts it with an owner and a due date, or declines it",
    ),
    Stage(
        name="in_triage",
        label="In triage",
        holder=Role.TRIAGE,
        reminders=(Reminder(after_hours=16, times=2),),
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_MARKETING),),
        next="then it is accepted with an owner and a due date, or declined",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.ASKER,
        reminders=(Reminder(after_hours=16, times=2),),
        next="then triage looks at it again",
    ),
    Stage(
        name="accepted",
        label="Accepted",
        holder=Seat.OWNER,
        next="then a draft is made and reviewed",
    ),
    Stage(name="declined", label="Declined", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)
_OPEN = (*_WAITING, "changes_requested", "accepted")

WORKFLOW = Workflow(
    key="sales_asset",
    prefix="ASSET",
    command="/asset",
    title="Sales asset",
    noun="sales asset",
    description="Ask for a sales asset and follow it",
    details=AssetDetails,
    start="submitted",
    stages=_STAGES,
    transitions=(
        Transition(
            name="triage",
            label="Take into triage",
            done="taken into triage",
            source=("submitted",),
            target="in_triage",
            by=(Seat.DECIDER,),
        ),
        Transition(
            name="accept",
            label="Accept",
            done="accepted",
            source=_WAITING,
            target="accepted",
            by=(Seat.DECIDER,),
            form="acceptance",
            apply=_accepted,
            style=Style.PRIMARY,
        ),
        usual.resubmit(form="sales_asset", target="submitted"),
        usual.answer(_OPEN),
        usual.request_changes(_WAITING),
        usual.ask((*_WAITING, "accepted")),
        Transition(
            name="decline",
            label="Decline",
            done="declined",
            source=_WAITING,
            target="declined",
            by=(Seat.DECIDER,),
            reason=True,
            form="declining",
            style=Style.DANGER,
        ),
        usual.reassign(tuple(stage for stage in _STAGES if stage.name in _OPEN)),
        usual.cancel(_OPEN),
    ),
)
