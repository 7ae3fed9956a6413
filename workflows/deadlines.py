"""Deadlines of an asset: at risk, justified, missed.

"Missed deadlines by Marketing without justification → escalated to Head of Sales" (Sales Asset
Requests, 6): once, on record.
"""

from dataclasses import replace
from datetime import date

from workflows.asset import record_of, recorded
from workflows.asset_parts import Justification
from workflows.definition import STAY, Deed, Given, Transition
from workflows.effects import Errand, Tell
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.usual import noted

UNDER_WAY = (
    *("accepted", "in_development", "in_review", "changes_requested"),
    *("conflict_narrative", "conflict_content", "approved"),
)
"""Where a due date presses."""


def _has_no_draft(request: Request, given: Given) -> str | None:
    if given.values.get("due_on") != request.due_on:
        return "The due date is another one now."
    record = record_of(request)
    if record.drafts:
        return "There is a draft."
    return "That was said." if request.due_on in record.warned_for else None


def _warned(request: Request, _deed: Deed) -> Request:
    return recorded(request, warned_for=_with(record_of(request).warned_for, request.due_on))


def _with(days: tuple[date, ...], day: date | None) -> tuple[date, ...]:
    return days if day is None else (*days, day)


def _is_missed(request: Request, given: Given) -> str | None:
    due, today = request.due_on, given.values.get("today")
    if due is None or given.values.get("due_on") != due or today is None or today <= due:
        return "The due date is not over."
    if due in record_of(request).escalated_for:
        return "The head of sales knows already."
    return None


def _escalated(request: Request, _deed: Deed) -> Request:
    return recorded(request, escalated_for=_with(record_of(request).escalated_for, request.due_on))


def _is_later(request: Request, given: Given) -> str | None:
    if given.offering:
        return None
    until = given.values.get("until")
    if until is None or (request.due_on is not None and until <= request.due_on):
        return "The new date must be after the one that cannot be kept."
    return None


def _justified(request: Request, deed: Deed) -> Request:
    until = deed.values["until"]
    justification = Justification(
        by=deed.user,
        at=deed.at,
        reason=deed.reason,
        before=request.due_on or until,
        until=until,
    )
    justified = recorded(
        request, justifications=(*record_of(request).justifications, justification)
    )
    return replace(justified, due_on=until)


def _can_be_refused(request: Request, _given: Given) -> str | None:
    filed = record_of(request).justifications
    if not filed or filed[-1].refused_by:
        return "There is no justification to refuse."
    return None


def _refused(request: Request, deed: Deed) -> Request:
    *earlier, last = record_of(request).justifications
    refused = replace(last, refused_by=deed.user, refusal=deed.reason)
    changed = recorded(request, justifications=(*earlier, refused))
    return replace(changed, due_on=last.before)


TRANSITIONS = (
    noted(
        "at_risk",
        "At risk",
        "at risk: a quarter of its time is left, and there is no draft",
        UNDER_WAY,
        Tell(Seat.OWNER, "at_risk"),
        Tell(Seat.ASKER, "at_risk"),
        guard=_has_no_draft,
        apply=_warned,
    ),
    noted(
        "missed",
        "Missed",
        "not delivered by its due date",
        UNDER_WAY,
        Tell(Role.HEAD_OF_SALES, "missed"),
        Tell(Seat.OWNER, "missed"),
        Tell(Seat.ASKER, "missed"),
        Tell(Seat.FOLLOWER, "missed"),
        guard=_is_missed,
        apply=_escalated,
    ),
    Transition(
        name="justify",
        label="Justify a later date",
        done="given a later due date, with a justification",
        source=UNDER_WAY,
        target=STAY,
        by=(Seat.OWNER,),
        guard=_is_later,
        reason=True,
        form="justification",
        apply=_justified,
        on_card=False,
        effects=(
            Tell(Role.HEAD_OF_MARKETING, "justify"),
            Tell(Seat.FOLLOWER, "justify"),
            Errand("await_due"),
        ),
    ),
    Transition(
        name="refuse_justification",
        label="Refuse the later date",
        done="held to its earlier due date",
        source=UNDER_WAY,
        target=STAY,
        by=(Role.HEAD_OF_MARKETING,),
        guard=_can_be_refused,
        reason=True,
        form="refusal",
        apply=_refused,
        own_request=True,
        effects=(
            Tell(Seat.OWNER, "refuse_justification"),
            Tell(Seat.FOLLOWER, "refuse_justification"),
            Errand("await_due"),
        ),
    ),
)
