"""What the three reviews of an asset said, as templates need it: by lane, and by instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.asset import open_conflict, record_of
from workflows.asset_review import Answer, Lane, Waiver
from workflows.request import Request


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What was said to a version: who asks for changes, who approves, who need not look."""

    version: int
    asking: tuple[Answer, ...]
    approving: tuple[Answer, ...]
    waived: tuple[Waiver, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one of the three reviews stands: what it has answered, or why it need not."""

    lane: Lane
    answers: tuple[Answer, ...]
    waiver: Waiver | None


def lane(value: Lane | str) -> str:
    """A review by its name alone: "Sales manager"; other words stay as they are."""
    known = {str(each): each.label.partition(" (")[0] for each in Lane}
    return known.get(str(value), str(value))


def reviewed(request: Request, at: datetime) -> Reviewed:
    """What the reviews had said at the instant ``at`` to the version that was the newest then."""
    record = record_of(request)
    round_ = _round(request, at)
    said = [each for each in record.answers if each.round == round_ and each.at <= at]
    inorder = sorted(said, key=lambda each: list(Lane).index(each.lane))
    return Reviewed(
        version=max((each.number for each in record.drafts if each.at <= at), default=0),
        asking=tuple(each for each in inorder if not each.approves),
        approving=tuple(each for each in inorder if each.approves),
        waived=tuple(each for each in record.waivers if each.at <= at),
    )


def answers_at(request: Request, at: datetime) -> tuple[Answer, ...]:
    """What was answered at the instant ``at``: more than one, where somebody holds two lanes."""
    said = {each.lane: each for each in reversed(record_of(request).answers) if each.at == at}
    return tuple(sorted(said.values(), key=lambda each: list(Lane).index(each.lane)))


def stands(request: Request) -> tuple[Stand, ...]:
    """Where each review stands now; none before the first version."""
    record = record_of(request)
    if record.draft is None:
        return ()
    waivers = {each.lane: each for each in record.waivers}
    said = record.answers_now(request)
    return tuple(
        Stand(each, tuple(answer for answer in said if answer.lane is each), waivers.get(each))
        for each in Lane
    )


def follows(request: Request, user: str) -> str:
    """The reference of the request of ``user`` that was merged into this one; "" for none."""
    return next((each.ref for each in record_of(request).followers if each.user == user), "")


def _round(request: Request, at: datetime) -> int:
    """Return the round in which the request was at the instant ``at``.

    An answer that still counts in a later round is kept once more there, so the first is meant.
    """
    record = record_of(request)
    said = [each.round for each in record.answers if each.at == at]
    later = sum(1 for each in record.drafts if each.at > at)
    return min(said, default=request.round - later)


FILTERS: dict[str, Any] = {
    each.__name__: each for each in (lane, reviewed, answers_at, stands, follows, open_conflict)
}
