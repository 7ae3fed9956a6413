"""Development: who owns the request makes drafts; every draft is a version with its hash.

"Draft created using existing templates/brand guidelines" (Sales Asset Requests, 4.C).
"""

from dataclasses import replace

from workflows import usual
from workflows.asset import record_of, recorded, waived
from workflows.asset_parts import AssetDraft, Kept
from workflows.asset_review import Answer, Lane
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.effects import Errand, Tell
from workflows.request import Request, Vote
from workflows.roles import Role, Seat

OWNED = ("accepted", "in_development", "changes_requested", "approved")
"""Where the owner has the ball."""

IN_REVIEW = "in_review"


def reopened(request: Request, touches: tuple[Lane, ...]) -> frozenset[Lane]:
    """Return the lanes that a new version opens: those that have not approved, and the touched.

    What takes the place of a version that everybody has approved is looked at by everybody.
    """
    record = record_of(request)
    counted = () if request.stage == "approved" else record.answers_now(request)
    approved = {each.lane for each in counted if each.approves}
    return frozenset(
        lane
        for lane in Lane
        if not waived(lane, request) and (lane not in approved or lane in touches)
    )


def carried(request: Request, lanes: frozenset[Lane]) -> Request:
    """Return the request whose answers of ``lanes`` count in the next round, too."""
    record = record_of(request)
    kept = [each for each in record.answers_now(request) if each.lane in lanes]
    votes = tuple(
        Vote(IN_REVIEW, each.lane.value, each.by, request.round + 1, each.at, each.behalf)
        for each in kept
    )
    answers = tuple(replace(each, round=request.round + 1) for each in kept)
    return replace(
        recorded(request, answers=(*record.answers, *answers)), votes=(*request.votes, *votes)
    )


def _is_to_be_looked_at(request: Request, given: Given) -> str | None:
    if request.stage == IN_REVIEW and is_kept(request):
        return "It is being reviewed; the changes come to you in one list."
    if given.offering:
        return None
    touches = tuple(Lane(each) for each in given.values.get("touches", ()))
    if not reopened(request, touches):
        return "Everything is approved as it is. Please say which reviews the new version touches."
    return None


def _drafted(request: Request, deed: Deed) -> Request:
    record, values = record_of(request), deed.values
    touches = tuple(Lane(each) for each in values.get("touches", ()))
    files = values.get("files") or ()
    draft = AssetDraft(
        number=1 + max((each.number for each in record.drafts), default=0),
        by=deed.user,
        at=deed.at,
        note=str(values.get("note", "")),
        file=str(files[0]) if files else "",
        link=str(values.get("link", "")),
        touches=touches,
        helped_by=tuple(filter(None, (request.owner, *record.contributors))),
    )
    opened = reopened(request, touches)
    untouched = carried(request, frozenset(Lane) - opened)
    kept = tuple(each for each in record.drafts if each.sha256)
    return recorded(untouched, drafts=(*kept, draft))


def is_kept(request: Request) -> bool:
    """Whether the newest version's file is in the library, so that it has a hash."""
    draft = record_of(request).draft
    return draft is not None and bool(draft.sha256)


def _is_this(request: Request, given: Given) -> str | None:
    draft = record_of(request).draft
    if draft is None or draft.file != given.values.get("file") or draft.kept is not None:
        return "Another version has been posted meanwhile."
    return None


def _kept(request: Request, deed: Deed) -> Request:
    *earlier, newest = record_of(request).drafts
    kept = deed.values["kept"]
    return recorded(request, drafts=(*earlier, replace(newest, kept=kept, file="")))


def kept_of(values: object) -> Kept | None:
    """Return the file that the values of a form or of Frontdesk hold, if any."""
    return values if isinstance(values, Kept) else None


def _lost(request: Request, _deed: Deed) -> Request:
    return recorded(request, drafts=record_of(request).drafts[:-1])


def _helped(request: Request, deed: Deed) -> Request:
    people = dict.fromkeys(str(each) for each in deed.values.get("people", ()))
    return recorded(request, contributors=tuple(each for each in people if each != request.owner))


def _helping(request: Request, _today: object) -> dict[str, object]:
    return {"people": record_of(request).contributors}


def _handed_over(request: Request, deed: Deed) -> Request:
    owner = str(deed.values["owner"])
    rest = tuple(each for each in record_of(request).contributors if each != owner)
    return recorded(replace(request, owner=owner), contributors=rest)


def _to_another(request: Request, given: Given) -> str | None:
    if given.offering:
        return None
    owner = given.values.get("owner")
    if not owner:
        return "Please choose who takes over."
    return "They own it already." if owner == request.owner else None


def answered_by(request: Request, deed: Deed, *, approves: bool) -> tuple[Answer, ...]:
    """Return what the vote that was just cast says, an answer for each of its lanes."""
    draft = record_of(request).draft
    lanes = [
        (Lane(vote.lane), vote.behalf)
        for vote in request.votes
        if (vote.stage, vote.user, vote.round, vote.at)
        == (IN_REVIEW, deed.user, request.round, deed.at)
    ]
    text = str(deed.values.get("remark", "")) if approves else deed.reason
    return tuple(
        Answer(
            lane=lane,
            version=draft.number if draft else 0,
            round=request.round,
            by=deed.user,
            behalf=behalf,
            at=deed.at,
            approves=approves,
            text=text,
            checked=tuple(
                each.partition(":")[2]
                for each in deed.values.get("points", ())
                if each.partition(":")[0] == lane.value
            ),
        )
        for lane, behalf in lanes
    )


TRANSITIONS = (
    Transition(
        name="start",
        label="Start",
        done="started",
        source=("accepted",),
        target="in_development",
        by=(Seat.OWNER,),
    ),
    Transition(
        name="post_draft",
        label="Post a draft",
        done="drafted",
        source=(*OWNED, IN_REVIEW),
        target=IN_REVIEW,
        by=(Seat.OWNER, Seat.CONTRIBUTOR),
        guard=_is_to_be_looked_at,
        form="asset_draft",
        renews=True,
        apply=_drafted,
        effects=(Errand("keep_draft"),),
        style=Style.PRIMARY,
    ),
    usual.noted(
        "draft_kept", "Draft kept", "kept", (IN_REVIEW,), guard=_is_this, apply=_kept, logged=False
    ),
    Transition(
        name="draft_failed",
        label="Draft could not be kept",
        done="sent back, because its file could not be kept",
        source=(IN_REVIEW,),
        target="in_development",
        by=(Seat.FRONTDESK,),
        guard=_is_this,
        reason=True,
        form="changes",
        apply=_lost,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "draft_failed"),),
    ),
    Transition(
        name="name_contributors",
        label="Who helps",
        done="given contributors",
        source=OWNED,
        target=STAY,
        by=(Seat.OWNER, Role.TRIAGE),
        form="contributors",
        prefill=_helping,
        apply=_helped,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.CONTRIBUTOR, "helping"),),
    ),
    Transition(
        name="hand_over",
        label="Hand over",
        done="handed over",
        source=OWNED,
        target=STAY,
        by=(Seat.OWNER, Role.TRIAGE, Role.HEAD_OF_MARKETING),
        guard=_to_another,
        reason=True,
        form="hand_over",
        apply=_handed_over,
        restarts=True,
        on_card=False,
        effects=(Errand("brief_owner"),),
    ),
)
