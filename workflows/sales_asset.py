"""A sales asset, from the ask to the shelf, and back for feedback (SOP "Sales Asset Requests")."""

from dataclasses import replace

from workflows import (
    conflicts,
    deadlines,
    delivering,
    developing,
    privacy,
    reviewing,
    triaging,
    usual,
)
from workflows.asset import AssetDetails, waived
from workflows.asset_review import Lane as Review
from workflows.conflicts import NARRATIVE
from workflows.definition import Escalation, Lane, Reminder, Stage, Workflow
from workflows.delivering import FEEDBACK_AWAITED
from workflows.effects import Errand, Tell
from workflows.request import Request
from workflows.reviewing import CHANGES_ASKED
from workflows.roles import Role, Seat


def _not_applicable(request: Request) -> bool:
    return waived(Review.PRE_SALES, request)


_DAILY = (Reminder(after_hours=8, times=3),)
_SLOWER = (Reminder(after_hours=16, times=2),)
_TRIAGE_LATE = (Escalation(after_hours=40, to=Role.HEAD_OF_MARKETING),)

_STAGES = (
    Stage(
        name="submitted",
        label="Waiting for triage",
        holder=Role.TRIAGE,
        reminders=_SLOWER,
        escalations=_TRIAGE_LATE,
        next="then triage accepts it with an owner and a due date, or declines it",
    ),
    Stage(
        name="in_triage",
        label="In triage",
        holder=Role.TRIAGE,
        reminders=_SLOWER,
        escalations=_TRIAGE_LATE,
        next="then it is accepted with an owner and a due date, or declined",
    ),
    Stage(
        name="deferred",
        label="Deferred",
        holder=Seat.FRONTDESK,
        besides=(Role.TRIAGE,),
        next="then it comes back into triage",
    ),
    Stage(
        name="returned",
        label="Back with the requester",
        holder=Seat.ASKER,
        reminders=_SLOWER,
        next="then triage looks at it again",
    ),
    Stage(
        name="accepted",
        label="Accepted",
        holder=Seat.OWNER,
        reminders=_DAILY,
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_MARKETING),),
        next="then a draft is made and reviewed",
    ),
    Stage(
        name="in_development",
        label="In development",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=40, times=2),),
        next="then pre-sales, marketing and the sales manager review the draft",
    ),
    Stage(
        name="in_review",
        label="In review",
        lanes=(
            Lane(Review.PRE_SALES.value, Role.PRE_SALES, waived=_not_applicable),
            Lane(Review.MARKETING.value, Role.MARKETING),
            Lane(Review.SALES_MANAGER.value, Role.SALES_MANAGER),
        ),
        besides=(Seat.OWNER,),
        reminders=_DAILY,
        escalations=(
            Escalation(after_hours=24, to=Role.HEAD_OF_MARKETING),
            Escalation(after_hours=40, to=Role.HEAD_OF_SALES),
        ),
        next="then the owner gets one list of changes, or delivers it",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.OWNER,
        only_if=CHANGES_ASKED,
        skip_to="approved",
        reminders=_SLOWER,
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_MARKETING),),
        next="then the reviews concerned look at the new version",
    ),
    Stage(
        name="conflict_narrative",
        label="Conflict about the sales narrative",
        holder=Role.HEAD_OF_SALES,
        only_if=NARRATIVE,
        skip_to="conflict_content",
        reminders=_DAILY,
        escalations=(Escalation(after_hours=24, to=Role.EXECUTIVE),),
        next="then the owner makes the next version",
    ),
    Stage(
        name="conflict_content",
        label="Conflict about brand or technical content",
        holder=Role.HEAD_OF_MARKETING,
        reminders=_DAILY,
        escalations=(Escalation(after_hours=24, to=Role.EXECUTIVE),),
        next="then the owner makes the next version",
    ),
    Stage(
        name="approved",
        label="Approved",
        holder=Seat.OWNER,
        reminders=_DAILY,
        escalations=(Escalation(after_hours=24, to=Role.HEAD_OF_MARKETING),),
        next="then it is delivered and put on the shelf",
    ),
    Stage(
        name="delivered",
        label="Delivered, on its way to the shelf",
        holder=Seat.FRONTDESK,
        besides=(Seat.OWNER,),
        next="then it is announced",
    ),
    Stage(name="announced", label="Announced", skip_to="feedback"),
    Stage(
        name="feedback",
        label="Waiting for feedback",
        holder=Seat.ASKER,
        besides=(Seat.OWNER,),
        only_if=FEEDBACK_AWAITED,
        own_ladder="asked again after some days, then closed",
        skip_to="closed",
        next="then the request is closed",
    ),
    Stage(name="closed", label="Closed", final=True),
    Stage(name="declined", label="Declined", final=True),
    Stage(name="merged", label="Merged into another request", final=True),
    Stage(name="answered", label="Answered from the shelf", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)
_BEFORE_DELIVERY = (*triaging.UNENDED, *deadlines.UNDER_WAY)
_HELD_BY_PEOPLE = tuple(
    stage
    for stage in _STAGES
    if stage.name in _BEFORE_DELIVERY and stage.holder is not Seat.FRONTDESK
)

WORKFLOW = Workflow(
    key="sales_asset",
    prefix="AST",
    former_prefixes=("ASSET",),
    command="/asset",
    title="Sales asset",
    noun="sales asset",
    description="Ask for a sales asset and follow it",
    details=AssetDetails,
    money=frozenset({Role.TRIAGE, Role.MARKETING}),
    found_by=("purpose", "asset_type", "asset_type_other", "industry", "audience", "opportunity"),
    may_ask=(
        *(Role.REQUESTER, Role.PRE_SALES, Role.DELIVERY),
        *(Role.MARKETING, Role.HEAD_OF_MARKETING),
    ),
    subcommands={
        "find": "finds assets on the shelf: find fintech case study",
        "usage": "says who took an asset, and for which deal: usage SHELF-3",
        "triage": "shows what waits for triage, ranked, with the reasons",
        "why": "says why a request has its number: why AST-7",
        "review": "says how the last quarter went",
        "log": "sends the log of all requests, as CSV and XLSX",
        "lists": "shows the lists behind the forms, and changes them",
        "weights": "shows what a priority is made of, and changes it",
        "mail": "sends you announcements of new assets by mail, or no more",
    },
    start="submitted",
    on_submit=(Errand("write_back"),),
    stages=_STAGES,
    transitions=(
        *triaging.TRANSITIONS,
        *developing.TRANSITIONS,
        *reviewing.TRANSITIONS,
        *conflicts.TRANSITIONS,
        *delivering.TRANSITIONS,
        *deadlines.TRANSITIONS,
        usual.resubmit(form="sales_asset", target="submitted", source="returned"),
        usual.ask((*triaging.WAITING, "accepted", "in_development")),
        usual.answer(_BEFORE_DELIVERY),
        usual.reassign(_HELD_BY_PEOPLE, reviewing.makers),
        usual.hand_on(_HELD_BY_PEOPLE),
        *privacy.transitions(_BEFORE_DELIVERY, Role.TRIAGE),
        replace(
            usual.cancel(_BEFORE_DELIVERY),
            effects=(
                Tell(Seat.OWNER, "cancel"),
                Tell(Seat.FOLLOWER, "cancel"),
                Errand("write_back"),
            ),
        ),
    ),
    after_each=(Errand("rank"),),
    seats={
        Seat.CONTRIBUTOR: triaging.contributors,
        Seat.FOLLOWER: triaging.followers,
    },
)
