"""An asset on the shelf: current, outdated, withdrawn; who owns it answers for that.

"Asset Repository: central library where all approved and updated assets are stored" (Sales Asset
Requests, 3). It comes there from a request, whose reviews approved it, or by hand, and then the
head of marketing approves it: nothing unapproved stands on the shelf.
"""

from dataclasses import replace

from workflows import shelf_life, usual
from workflows.definition import (
    Deed,
    Escalation,
    Given,
    Lane,
    Policy,
    Reminder,
    Rule,
    Stage,
    Transition,
    Workflow,
)
from workflows.effects import Errand
from workflows.request import Finding, Request
from workflows.roles import Role, Seat
from workflows.shelved import (
    ShelfDetails,
    record_of,
    recorded,
    with_version,
)


def _unreviewed(request: Request, _policy: Policy) -> Finding:
    source = request.details.source
    because = f"it was reviewed as {source}" if source else "nobody has reviewed it here"
    return Finding("unreviewed", not source, because)


def _is_kept(request: Request, _given: Given) -> str | None:
    record = record_of(request)
    if record.current is not None:
        return None
    return record.trouble or "The file is still being fetched; please try again in a moment."


def _is_of_these_files(request: Request, given: Given) -> str | None:
    if record_of(request).current is not None:
        return "It is kept."
    if given.values.get("files", ()) != request.details.files:
        return "Another file has been handed in meanwhile."
    return None


def _owned(request: Request, deed: Deed) -> Request:
    version = deed.values["version"]
    owned = replace(request, owner=request.owner or request.asker)
    return with_version(recorded(owned, trouble=""), version)


def _troubled(request: Request, deed: Deed) -> Request:
    return recorded(request, trouble=deed.reason)


def _handed_in_anew(request: Request, deed: Deed) -> Request:
    return recorded(usual.rewritten(request, deed), versions=(), trouble="")


_STAGES = (
    Stage(name="submitted", label="Handed in", skip_to="approval"),
    Stage(
        name="approval",
        label="Waiting for the head of marketing",
        lanes=(Lane("head_of_marketing", Role.HEAD_OF_MARKETING),),
        only_if=Rule("unreviewed", _unreviewed),
        skip_to="current",
        reminders=(Reminder(after_hours=16, times=3),),
        escalations=(Escalation(after_hours=40, to=Role.HEAD_OF_SALES),),
        next="then it stands on the shelf",
    ),
    Stage(
        name="changes_requested",
        label="Changes requested",
        holder=Seat.ASKER,
        reminders=(Reminder(after_hours=16, times=2),),
        next="then the head of marketing looks at it again",
    ),
    Stage(
        name="current",
        label="On the shelf, current",
        holder=Seat.FRONTDESK,
        besides=(Seat.OWNER,),
        next="then its owner reviews it when its date comes",
    ),
    Stage(
        name="outdated",
        label="Outdated",
        holder=Seat.OWNER,
        reminders=(Reminder(after_hours=40, times=3),),
        escalations=(Escalation(after_hours=80, to=Role.HEAD_OF_MARKETING),),
        next="then it is renewed, replaced or withdrawn",
    ),
    Stage(name="withdrawn", label="Withdrawn", final=True),
    Stage(name="rejected", label="Rejected", final=True),
    Stage(name="cancelled", label="Cancelled", final=True),
)

WORKFLOW = Workflow(
    key="shelf",
    prefix="SHELF",
    command="/shelf",
    title="Asset for the shelf",
    noun="place on the shelf",
    description="Put an asset on the shelf that you have already",
    details=ShelfDetails,
    found_by=("title", "whom_for", "asset_type", "industries"),
    start="submitted",
    may_ask=(Role.MARKETING, Role.PRE_SALES, Role.DELIVERY, Role.TRIAGE),
    on_submit=(Errand("keep_asset"),),
    after_each=(Errand("index"),),
    stages=_STAGES,
    transitions=(
        replace(
            usual.approve("approval", target="current", guard=_is_kept),
            effects=(Errand("announce_shelved"), Errand("await_review")),
        ),
        replace(
            usual.resubmit(form="shelf", target="submitted"),
            apply=_handed_in_anew,
            effects=(Errand("keep_asset"),),
        ),
        usual.request_changes(("approval",)),
        usual.ask(("approval",)),
        usual.answer(("approval", "changes_requested")),
        usual.reject(("approval",)),
        usual.cancel(("approval", "changes_requested")),
        usual.noted(
            "asset_kept",
            "File kept",
            "kept",
            ("approval", "current"),
            guard=_is_of_these_files,
            apply=_owned,
            logged=False,
        ),
        Transition(
            name="keeping_failed",
            label="File could not be kept",
            done="sent back, because its file could not be kept",
            source=("approval",),
            target="changes_requested",
            by=(Seat.FRONTDESK,),
            guard=_is_of_these_files,
            reason=True,
            form="changes",
            apply=_troubled,
            on_card=False,
        ),
        *shelf_life.TRANSITIONS,
        usual.reassign(_STAGES[1:2]),
        usual.hand_on(_STAGES[1:2]),
    ),
)
