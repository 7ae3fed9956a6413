"""Three reviews at once, and one list of changes for each version.

"Reviews conducted: Pre-Sales, technical accuracy; Marketing, brand consistency; Sales Manager,
sales narrative alignment" (Sales Asset Requests, 4.C). Every lane answers, with an approval or with
changes; then the owner gets them all at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from workflows import usual
from workflows.asset import asking, record_of, recorded, waived
from workflows.asset_review import Answer, Lane, Waiver
from workflows.definition import STAY, Deed, Given, Policy, Rule, Transition
from workflows.developing import IN_REVIEW, OWNED, answered_by, carried, is_kept
from workflows.effects import Errand, Tell
from workflows.request import Finding, Request
from workflows.roles import Role, Seat

CHECKLIST: Mapping[Lane, tuple[str, ...]] = MappingProxyType(
    {
        Lane.PRE_SALES: (
            "Every technical statement and figure is right",
            "Nothing is promised that we do not deliver",
        ),
        Lane.MARKETING: (
            "Logo, colours and fonts follow the brand guidelines",
            "Names, spelling and sources are right",
            "We may show every client, picture and quote",
        ),
        Lane.SALES_MANAGER: (
            "The story fits how we sell this",
            "It speaks to the audience it is for",
        ),
    }
)
"""What each lane looks at before it approves."""

JUDGES = (Role.PRE_SALES, Role.MARKETING, Role.SALES_MANAGER)


def _asked(request: Request, _policy: Policy) -> Finding:
    wanted = asking(request)
    names = " and ".join(dict.fromkeys(each.lane.label.partition(" (")[0] for each in wanted))
    version = record_of(request).draft
    said = f"version {version.number}" if version else "it"
    because = f"{names} asked for changes to {said}" if wanted else f"every review approved {said}"
    return Finding("changes_asked", bool(wanted), because, {each.lane.value: "" for each in wanted})


CHANGES_ASKED = Rule("changes_asked", _asked)


def makers(request: Request) -> frozenset[str]:
    """Return who made the draft: they do not judge it."""
    record = record_of(request)
    drafted = {user for each in record.drafts for user in (each.by, *each.helped_by)}
    return frozenset({*drafted, *record.contributors, request.owner or ""} - {""})


def _has_hash(request: Request, _given: Given) -> str | None:
    if is_kept(request):
        return None
    return "The draft is still being fetched; please try again in a moment."


def _is_answered(request: Request, given: Given) -> str | None:
    said = {each.lane for each in record_of(request).answers_now(request)}
    if any(lane not in said and not waived(lane, request) for lane in Lane):
        return "A review has not answered yet."
    return _has_hash(request, given)


def _approving(request: Request, deed: Deed) -> Request:
    return _said(request, answered_by(request, deed, approves=True))


def _wanting(request: Request, deed: Deed) -> Request:
    return _said(request, answered_by(request, deed, approves=False))


def _said(request: Request, answers: tuple[Answer, ...]) -> Request:
    return recorded(request, answers=(*record_of(request).answers, *answers))


def _waive(request: Request, deed: Deed) -> Request:
    waiver = Waiver(lane=Lane.PRE_SALES, by=deed.user, at=deed.at, reason=deed.reason)
    return recorded(request, waivers=(*record_of(request).waivers, waiver))


def _is_needed(request: Request, _given: Given) -> str | None:
    if waived(Lane.PRE_SALES, request):
        return "The pre-sales review is marked as not applicable already."
    if any(each.lane is Lane.PRE_SALES for each in record_of(request).answers):
        return "Pre-sales has looked at it already."
    return None


def _untouched(request: Request) -> tuple[Answer, ...]:
    """Return the approvals that were given to an earlier version and still count."""
    record = record_of(request)
    newest = record.draft.number if record.draft else 0
    return tuple(each for each in record.answers_now(request) if each.version != newest)


def carried_lanes(request: Request) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the choices of an objection: the lanes whose earlier approval still counts."""
    return {
        "lane": [
            (each.lane.value, f"{each.lane.label}, approved version {each.version}")
            for each in _untouched(request)
        ]
    }


def _is_carried(request: Request, given: Given) -> str | None:
    lanes = {each.lane.value for each in _untouched(request)}
    if not lanes:
        return "No approval of an earlier version counts here."
    if not given.offering and given.values.get("lane") not in lanes:
        return "This review looks at the new version already."
    return None


def _reopened(request: Request, deed: Deed) -> Request:
    return carried(request, frozenset(Lane) - {Lane(str(deed.values["lane"]))})


TRANSITIONS = (
    replace(
        usual.approve(IN_REVIEW, "changes_requested", guard=_has_hash),
        form="lane_approval",
        barred=makers,
        noting=_approving,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "review_done"),),
    ),
    replace(
        usual.request_changes((IN_REVIEW,), name="want_changes"),
        form="lane_changes",
        vote=True,
        guard=_has_hash,
        barred=makers,
        noting=_wanting,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "review_done"),),
    ),
    Transition(
        name="conclude",
        label="Reviewed",
        done="reviewed, with nobody left to answer",
        source=(IN_REVIEW,),
        target="changes_requested",
        by=(Seat.FRONTDESK,),
        guard=_is_answered,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "review_done"),),
    ),
    Transition(
        name="waive_pre_sales",
        label="No technical review",
        done="marked as needing no technical review",
        source=(*OWNED[:3], IN_REVIEW),
        target=STAY,
        by=(Seat.OWNER, Role.TRIAGE),
        guard=_is_needed,
        reason=True,
        form="waiver",
        apply=_waive,
        on_card=False,
        tell_asker=False,
        effects=(Errand("conclude_review"), Tell(Role.PRE_SALES, "waive_pre_sales")),
    ),
    Transition(
        name="object",
        label="Review it again",
        done="opened again for a review",
        source=(IN_REVIEW,),
        target=STAY,
        by=JUDGES,
        guard=_is_carried,
        choices=carried_lanes,
        reason=True,
        form="objection",
        apply=_reopened,
        renews=True,
        restarts=True,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "object"),),
    ),
)
