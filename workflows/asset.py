"""What is known of a sales asset that somebody asked for: what was asked, and what grew from it.

"Requests are tracked, prioritized, fulfilled on time" (Sales Asset Requests, 1): all of it is part
of one request, so one version guards it and one audit covers it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from workflows.asset_news import draft_news, review_news
from workflows.asset_parts import (
    AssetDraft,
    Delivery,
    Feedback,
    Follower,
    Justification,
)
from workflows.asset_review import Answer, Conflict, Lane, Waiver
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRecord:
    """What grew from the request, from triage to feedback."""

    priority: str = ""
    """What triage made of it: high, normal or low."""
    contributors: tuple[str, ...] = ()
    followers: tuple[Follower, ...] = ()
    deferred_until: date | None = None
    merged_into: str = ""
    answered_with: str = ""
    """The asset on the shelf that answered it."""
    accepted_at: datetime | None = None
    drafts: tuple[AssetDraft, ...] = ()
    answers: tuple[Answer, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    justifications: tuple[Justification, ...] = ()
    warned_for: tuple[date, ...] = ()
    """The due dates of which the owner and the requester were warned."""
    escalated_for: tuple[date, ...] = ()
    """The due dates that were missed and of which the head of sales was told."""
    delivery: Delivery | None = None
    shelved_as: str = ""
    """The asset on the shelf that came of it."""
    delivered_at: datetime | None = None
    asked_again_at: datetime | None = None
    feedback: tuple[Feedback, ...] = ()

    @property
    def draft(self) -> AssetDraft | None:
        """The newest version, or None before the first."""
        return self.drafts[-1] if self.drafts else None

    def answers_now(self, request: Request) -> tuple[Answer, ...]:
        """Return what each lane said last in the request's current round, oldest first."""
        here = sorted((e for e in self.answers if e.round == request.round), key=lambda e: e.at)
        last = {each.lane: each for each in here}
        return tuple(each for each in here if last[each.lane] is each)

    def since(self, before: "AssetRecord") -> list[str]:
        """Return a line for each thing that was not so ``before``, for the audit."""
        return list(_news(before, self))


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
    language: str = ""
    goal: str = ""
    special_notes: str = ""
    opportunity: str = ""
    reuse: str = "one_off"
    files: tuple[str, ...] = ()
    private: bool = False
    record: AssetRecord = field(default_factory=AssetRecord)


def record_of(request: Request) -> AssetRecord:
    """Return what has grown from the request so far."""
    record: AssetRecord = request.details.record
    return record


def recorded(request: Request, **parts: object) -> Request:
    """Return the request with some parts of its record replaced."""
    record = replace(record_of(request), **parts)  # type: ignore[arg-type]  # fields by name
    return replace(request, details=replace(request.details, record=record))


def waived(lane: Lane, request: Request) -> bool:
    """Whether the lane is not applicable to this request."""
    return any(each.lane is lane for each in record_of(request).waivers)


def asking(request: Request) -> tuple[Answer, ...]:
    """Return the answers of this round that ask for changes, in the order of the lanes."""
    wanted = [each for each in record_of(request).answers_now(request) if not each.approves]
    return tuple(sorted(wanted, key=lambda each: list(Lane).index(each.lane)))


def open_conflict(request: Request) -> Conflict | None:
    """Return the conflict that nobody has resolved yet, or None."""
    conflicts = record_of(request).conflicts
    return conflicts[-1] if conflicts and not conflicts[-1].decided_by else None


def _news(before: AssetRecord, after: AssetRecord) -> Iterator[str]:
    for name in ("priority", "merged_into", "answered_with", "shelved_as"):
        if getattr(before, name) != getattr(after, name):
            yield f"{name.replace('_', ' ')}: {getattr(after, name)}"
    if after.deferred_until and after.deferred_until != before.deferred_until:
        yield f"deferred until: {after.deferred_until.isoformat()}"
    if after.contributors != before.contributors:
        yield f"contributors: {', '.join(after.contributors) or 'nobody'}"
    for follower in after.followers[len(before.followers) :]:
        yield f"followed by: {follower.user}, who asked for {follower.ref or 'the same'}"
    yield from draft_news(before.drafts, after.drafts)
    yield from review_news(before.answers, after.answers, before.waivers, after.waivers)
    yield from _conflict_news(before.conflicts, after.conflicts)
    for each in after.justifications[len(before.justifications) :]:
        yield f"due date {each.before.isoformat()} -> {each.until.isoformat()}, justified"
    if after.delivery != before.delivery and after.delivery:
        yield f"delivered: version {after.delivery.version}, {after.delivery.title}"
    for said in after.feedback[len(before.feedback) :]:
        yield f"feedback: {said.verdict.value}"


def _conflict_news(before: tuple[Conflict, ...], after: tuple[Conflict, ...]) -> Iterator[str]:
    for conflict in after[len(before) :]:
        yield f"conflict ({conflict.topic.value}): {' and '.join(conflict.lanes)}"
    if before and after != before and after[-1].decided_by:
        yield f"conflict resolved in favour of: {after[-1].upholds}"
