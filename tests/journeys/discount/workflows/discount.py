"""A discount: the head of sales grants it or rejects it."""

from dataclasses import dataclass

from workflows import usual
from workflows.definition import Escalation, Lane, Reminder, Stage, Workflow
from workflows.money import Money
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountDetails:
    """What is known of the deal."""

    client: str
    off: Money
    because: str


_DECIDED_IN = ("asked",)
_OPEN = ("asked", "changes_requested")
_STAGES = (
    Stage(
        name="asked",
        label="Waiting for the head of sales",
        lanes=(Lane("head", Role.HEAD_OF_SALES),),
        reminders=(Reminder(after_hours=8, times=2),),
        escalations=(Escalation(after_hours=24, to=Role.ADMIN),),
        next="then the discount may be offered",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.ASKER,
        reminders=(Reminder(after_hours=16, times=2),),
        next="then it is decided again",
    ),
    Stage(name="granted", label="Granted", final=True),
    Stage(name="rejected", label="Rejected", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)

WORKFLOW = Workflow(
    key="discount",
    prefix="DISC",
    command="/discount",
    title="Discount",
    noun="discount",
    description="Ask for a discount and follow it",
    details=DiscountDetails,
    start="asked",
    stages=_STAGES,
    transitions=(
        usual.approve("asked", target="granted"),
        usual.resubmit(form="discount", target="asked"),
        usual.request_changes(_DECIDED_IN),
        usual.ask(_DECIDED_IN),
        usual.answer(_OPEN),
        usual.reject(_DECIDED_IN),
        usual.reassign(tuple(stage for stage in _STAGES if stage.name in _OPEN)),
        usual.cancel(_OPEN),
    ),
)
