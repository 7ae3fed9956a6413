"""Triage: accepted with an owner and a due date, deferred, declined, merged, or answered.

"Sales Ops/Marketing reviews requests weekly. Assign owner (Marketing, Pre-Sales, or Delivery
input)" (Sales Asset Requests, 4.B).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from workflows import usual
from workflows.asset import record_of, recorded
from workflows.asset_parts import Follower
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.effects import Errand, Tell
from workflows.privacy import is_private
from workflows.request import Request
from workflows.roles import Role, Seat

WAITING = ("submitted", "in_triage")
"""Where a request waits for triage."""

RESTING = (*WAITING, "deferred")
"""Where triage can decide it."""

UNENDED = (*RESTING, "returned")
"""Where a request is before it is accepted."""

OWNERS = (Role.MARKETING, Role.PRE_SALES, Role.DELIVERY)
"""Who can own a request (4.B)."""


def _accepted(request: Request, deed: Deed) -> Request:
    owned = replace(request, owner=str(deed.values["owner"]), due_on=deed.values["due_on"])
    return recorded(
        owned,
        priority=str(deed.values.get("priority", "")),
        contributors=_without(deed.values.get("contributors", ()), owned.owner),
        accepted_at=deed.at,
        deferred_until=None,
    )


def _without(people: Sequence[str], owner: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in people if each != owner))


def _has_owner(_request: Request, given: Given) -> str | None:
    if given.offering or given.values.get("owner"):
        return None
    return "Please choose who owns it."


def _deferred(request: Request, deed: Deed) -> Request:
    return recorded(request, deferred_until=deed.values["until"])


def _back(request: Request, _deed: Deed) -> Request:
    return recorded(request, deferred_until=None)


def _is_the_day(request: Request, given: Given) -> str | None:
    """Frontdesk brings it back for the day that was set last, and for no earlier promise."""
    wanted = given.values.get("until")
    if wanted is not None and wanted != record_of(request).deferred_until:
        return "It was deferred to another day meanwhile."
    return None


def _another(request: Request, given: Given) -> str | None:
    if is_private(request):
        return "A private request is merged into no other. It can be made open first."
    if given.offering:
        return None
    twin = given.values.get("twin")
    if not twin:
        return "Please choose the request into which it is merged."
    if twin == request.ref:
        return "A request cannot be merged into itself."
    if twin in {each.ref for each in record_of(request).followers}:
        return f"{twin} was itself merged into {request.ref}."
    return None


def _merged(request: Request, deed: Deed) -> Request:
    return recorded(request, merged_into=str(deed.values["twin"]))


def joining(details: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the engine knows no details
    """Return what the request needs to know into which another one was merged."""
    record = details.record
    return {
        "twin": record.merged_into,
        "followers": [[each.user, each.ref] for each in record.followers],
    }


def _joined(request: Request, deed: Deed) -> Request:
    fresh = tuple(Follower(user=str(user), ref=str(ref)) for user, ref in deed.values["followers"])
    known = record_of(request).followers
    return recorded(request, followers=tuple(dict.fromkeys((*known, *fresh))))


def _answered(request: Request, deed: Deed) -> Request:
    return recorded(request, answered_with=str(deed.values["asset"]))


def _has_asset(_request: Request, given: Given) -> str | None:
    if given.offering or given.values.get("asset"):
        return None
    return "Please choose the asset that does it."


def _asked_for(request: Request, _today: date) -> Mapping[str, Any]:
    return {"due_on": request.details.deadline, "priority": record_of(request).priority or "normal"}


def followers(request: Request) -> frozenset[str]:
    """Return who waits for this request because theirs was merged into it."""
    return frozenset(each.user for each in record_of(request).followers)


def contributors(request: Request) -> frozenset[str]:
    """Return who helps the owner."""
    return frozenset(record_of(request).contributors)


TRANSITIONS = (
    Transition(
        name="triage",
        label="Take into triage",
        done="taken into triage",
        source=("submitted",),
        target="in_triage",
        by=(Role.TRIAGE, Seat.DECIDER),
        on_card=False,
    ),
    Transition(
        name="accept",
        label="Accept and assign",
        done="accepted",
        source=RESTING,
        target="accepted",
        by=(Role.TRIAGE, Seat.DECIDER),
        guard=_has_owner,
        form="acceptance",
        prefill=_asked_for,
        apply=_accepted,
        effects=(
            *(Errand("await_due"), Errand("brief_owner"), Errand("write_back")),
            *(Tell(Seat.CONTRIBUTOR, "helping"), Tell(Seat.FOLLOWER, "accept")),
        ),
        style=Style.PRIMARY,
    ),
    Transition(
        name="answer_from_shelf",
        label="Answer from the shelf",
        done="answered with an asset from the shelf",
        source=RESTING,
        target="answered",
        by=(Role.TRIAGE, Seat.DECIDER),
        guard=_has_asset,
        reason=True,
        form="shelf_answer",
        apply=_answered,
        tell_asker=False,
        effects=(Errand("hand_out"), Errand("write_back")),
    ),
    Transition(
        name="merge",
        label="Merge",
        done="merged into another request",
        source=RESTING,
        target="merged",
        by=(Role.TRIAGE, Seat.DECIDER),
        guard=_another,
        reason=True,
        form="merging",
        apply=_merged,
        effects=(Errand("join_twin", joining), Tell(Seat.FOLLOWER, "merge")),
    ),
    Transition(
        name="defer",
        label="Defer",
        done="deferred",
        source=WAITING,
        target="deferred",
        by=(Role.TRIAGE, Seat.DECIDER),
        reason=True,
        form="deferral",
        apply=_deferred,
        effects=(Errand("await_return"),),
    ),
    Transition(
        name="bring_back",
        label="Bring back now",
        done="brought back into triage",
        source=("deferred",),
        target="in_triage",
        by=(Role.TRIAGE, Seat.DECIDER),
        apply=_back,
    ),
    Transition(
        name="come_back",
        label="Back in triage",
        done="brought back into triage, as it was deferred to today",
        source=("deferred",),
        target="in_triage",
        by=(Seat.FRONTDESK,),
        guard=_is_the_day,
        apply=_back,
        on_card=False,
    ),
    Transition(
        name="decline",
        label="Decline",
        done="declined",
        source=RESTING,
        target="declined",
        by=(Role.TRIAGE, Seat.DECIDER),
        reason=True,
        form="declining",
        effects=(Tell(Seat.FOLLOWER, "decline"), Errand("write_back")),
        style=Style.DANGER,
    ),
    Transition(
        name="join",
        label="Followed",
        done="followed by another requester",
        source=(
            *UNENDED,
            *("accepted", "in_development", "in_review", "changes_requested"),
            *("conflict_narrative", "conflict_content", "approved"),
        ),
        target=STAY,
        by=(Seat.FRONTDESK,),
        apply=_joined,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "join"),),
    ),
    usual.request_changes(WAITING, "returned"),
)
