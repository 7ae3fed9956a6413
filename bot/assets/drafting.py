"""Drafts: each is kept as a version with its hash, and shown to those who review it."""

from bot import facts, keeping, moves, parcels
from bot.assets.fetching import NotTaken, fetch, is_awaited
from bot.assets.marking import remember
from bot.desk import Desk
from bot.documents import thread
from bot.owners import is_owners, owners
from bot.parcels import entry_from_json
from bot.ports import Claimed, Unit
from bot.sending import post_once
from messages.owner_brief import owner_brief
from workflows.asset import record_of
from workflows.asset_parts import AssetDraft, Kept
from workflows.ball import deciders
from workflows.office import missing
from workflows.permission import available
from workflows.request import Request


def keep_draft(desk: Desk, claimed: Claimed) -> None:
    """Keep the file of the newest draft; its owner is told when that is not possible."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    draft = record_of(request).draft if request else None
    if request is None or draft is None or draft.at != entry.at:
        return
    if draft.kept is not None:
        _show(desk, request)
        return
    if draft.link:
        _mark(desk, request, draft, None)
        return
    if not is_awaited(desk, request, "draft_kept"):
        return
    key = f"{claimed.parcel.key}:{claimed.id}"
    try:
        kept = fetch(desk, draft.file, (draft.by,))
    except NotTaken as failure:
        moves.by_frontdesk(
            desk, entry.ref, "draft_failed", key, reason=str(failure), file=draft.file
        )
        return
    _mark(desk, request, draft, kept)
    after = moves.by_frontdesk(desk, entry.ref, "draft_kept", key, file=draft.file, kept=kept)
    if after is not None:
        _show(desk, after)


def _mark(desk: Desk, request: Request, draft: AssetDraft, kept: Kept | None) -> None:
    with desk.store.unit() as unit:
        remember(unit, request.ref, draft.number, kept, draft.link)
        unit.commit()


def _show(desk: Desk, request: Request) -> None:
    """Promise the draft's file to the request's thread and to those who review it."""
    draft = record_of(request).draft
    if draft is None or draft.kept is None:
        return
    now = desk.clock.now()
    with desk.store.unit() as unit:
        said = f"{request.ref}, version {draft.number}"
        for address in _audience(desk, unit, request, draft):
            name, sha256 = draft.kept.name, draft.kept.sha256
            unit.outbox.add(parcels.share(request.ref, address, sha256, name, said, now))
        unit.commit()
    desk.wake()


def _audience(desk: Desk, unit: Unit, request: Request, draft: AssetDraft) -> list[str]:
    """Return who sees the file: the thread, who reviews it, and whose approval it inherits."""
    workflow = desk.workflows[request.workflow]
    people = set(deciders(workflow, request, desk.office(unit, workflow)))
    answers = record_of(request).answers_now(request)
    people |= {each.by for each in answers if each.version != draft.number}
    return [*thread(unit, request.ref), *(f"user:{each}" for each in sorted(people))]


def conclude_review(desk: Desk, claimed: Claimed) -> None:
    """Conclude a review in which nobody is left to answer, after a lane was waived."""
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or request.stage != "in_review":
            return
        workflow = desk.workflows[request.workflow]
        if missing(workflow, request, desk.office(unit, workflow)):
            return
    moves.by_frontdesk(desk, ref, "conclude", claimed.parcel.key)


def brief_owner(desk: Desk, claimed: Claimed) -> None:
    """Promise whoever owns the request now, or stands in for them, the task."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or request.owner is None:
            return
        occasion, now = str(entry.version), desk.clock.now()
        for user in owners(desk, unit, request):
            unit.outbox.add(parcels.word("owner_brief", entry.ref, occasion, user, {}, now))
        unit.commit()
    desk.wake()


def brief(desk: Desk, claimed: Claimed) -> None:
    """Give the owner the task: what is asked, until when, and what to start from."""
    ref, user = str(claimed.parcel.payload["ref"]), claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None or not is_owners(desk, unit, request, claimed):
            return
        known = facts.card_facts(desk, unit, request, claimed.parcel.address)
        found = [(each.name, each.link) for each in keeping.guidelines(unit)]
        workflow = desk.workflows[request.workflow]
        office = desk.office(unit, workflow, user)
    buttons = available(workflow, request, user, office)
    post_once(desk, claimed, owner_brief(known, found, buttons))
