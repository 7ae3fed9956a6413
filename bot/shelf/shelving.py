"""An asset comes on the shelf: from a delivered request, or by somebody's hand.

"Final copy stored in Repository with proper tags" (Sales Asset Requests, 4.D).
"""

from dataclasses import replace

from bot import moves, parcels
from bot.assets.fetching import NotTaken, fetch, is_awaited
from bot.assets.marking import file_mark, remember
from bot.desk import Desk
from bot.keeping import keepers
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json, Observation, Seen, Unit
from bot.shelf import picturing
from bot.shelf.naming import found
from bot.shelf.reviewing import await_review_of
from workflows.asset import record_of
from workflows.asset_parts import Delivery, Kept
from workflows.ball import deciders
from workflows.definition import Given
from workflows.engine import Actor
from workflows.refusals import Refusal
from workflows.request import Request
from workflows.roles import Seat
from workflows.shelf_life import HELD
from workflows.shelved import SAID, ShelfDetails, ShelfVersion
from workflows.shelved import record_of as shelf_record

WORKFLOW = "shelf"
_SURFACE = "delivery"


def shelve(desk: Desk, claimed: Claimed) -> None:
    """Put what was delivered on the shelf, or give it back to its owner with the reason."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    delivery = record_of(request).delivery if request else None
    if request is None or delivery is None or delivery.at != entry.at:
        return
    key = f"{claimed.parcel.key}:{claimed.id}"
    try:
        asset = _done_before(desk, request, delivery) or _on_the_shelf(desk, request, delivery)
    except Refusal as failure:
        why = str(failure)
        moves.by_frontdesk(desk, request.ref, "shelving_failed", key, reason=why, of=delivery.at)
        return
    moves.by_frontdesk(desk, request.ref, "shelved", key, asset=asset.ref, of=delivery.at)


def keep_asset(desk: Desk, claimed: Claimed) -> None:
    """Keep the file of an asset that was handed in by hand; say why where that is not possible."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        asset = unit.requests.get(entry.ref)
    if asset is None or shelf_record(asset).current is not None or asset.details.source:
        return
    if not is_awaited(desk, asset, "asset_kept"):
        return
    key, files = f"{claimed.parcel.key}:{claimed.id}", asset.details.files
    try:
        kept = fetch(desk, files[0], (entry.actor, asset.asker)) if files else None
        _refuse_twin(desk, asset, kept)
    except NotTaken as failure:
        why = str(failure)
        moves.by_frontdesk(desk, asset.ref, "keeping_failed", key, reason=why, files=files)
        return
    version = ShelfVersion(
        number=1, at=entry.at, by=asset.asker, kept=kept, link=asset.details.link
    )
    after = moves.by_frontdesk(desk, asset.ref, "asset_kept", key, version=version, files=files)
    if after is not None:
        _remember(desk, asset.ref, version)
        _show(desk, after, version)


def _refuse_twin(desk: Desk, asset: Request, kept: Kept | None) -> None:
    """Raise NotTaken where the current version of another asset on the shelf is this very file."""
    if kept is None:
        return
    with desk.store.unit() as unit:
        for ref, number in unit.marks.of(file_mark(kept.sha256)):
            other = unit.requests.get(ref) if ref != asset.ref else None
            if other is None or other.workflow != WORKFLOW or other.stage != "current":
                continue
            current = shelf_record(other).current
            if current is not None and current.number == number:
                raise NotTaken(f"The same file is on the shelf already, as {ref}.")


def _show(desk: Desk, asset: Request, version: ShelfVersion) -> None:
    """Promise the file that was handed in to those who decide about it."""
    if version.kept is None:
        return
    workflow, now = desk.workflows[asset.workflow], desk.clock.now()
    with desk.store.unit() as unit:
        for user in sorted(deciders(workflow, asset, desk.office(unit, workflow))):
            said, sha256, name = f"{asset.ref}", version.kept.sha256, version.kept.name
            unit.outbox.add(parcels.share(asset.ref, f"user:{user}", sha256, name, said, now))
        unit.commit()
    desk.wake()


def as_it_stands(desk: Desk, unit: Unit, request: Request, _about: str) -> Json:
    """Return how the asset is described that the request updates; nothing where it is a new one.

    What an earlier attempt to deliver said stands before that.
    """
    asset = found(desk, unit, request.details.existing_asset)
    if asset is None or asset.stage not in HELD or record_of(request).delivery is not None:
        return {}
    return {name: getattr(asset.details, name) for name in SAID}


def _done_before(desk: Desk, request: Request, delivery: Delivery) -> Request | None:
    """Return the asset that this delivery made before it was interrupted, or None."""
    with desk.store.unit() as unit:
        known = unit.requests.from_view(_source(request, delivery))
        updated = found(desk, unit, request.details.existing_asset)
        asset = unit.requests.get(known) if known else updated
    versions = shelf_record(asset).versions if asset is not None else ()
    made = [each for each in versions if (each.source, each.at) == (request.ref, delivery.at)]
    if asset is None or not made:
        return None
    _remember(desk, asset.ref, made[-1])
    return asset


def _source(request: Request, delivery: Delivery) -> str:
    return f"shelf:{request.ref}:{delivery.at.isoformat()}"


def _on_the_shelf(desk: Desk, request: Request, delivery: Delivery) -> Request:
    """Return the asset that the delivery made, or made another version of; once."""
    version = _version(request, delivery)
    with desk.store.unit() as unit:
        before = found(desk, unit, request.details.existing_asset)
        if before is not None and before.stage in HELD:
            asset = _renewed(desk, unit, before, delivery, version)
        else:
            asset = _made(desk, unit, request, delivery, version)
        _suggest(desk, unit, request, delivery)
        await_review_of(desk, unit, asset)
        unit.commit()
    desk.wake()
    _remember(desk, asset.ref, shelf_record(asset).versions[-1])
    return asset


def _version(request: Request, delivery: Delivery) -> ShelfVersion:
    """Return the approved draft as a version: its bytes or its link, and nothing else."""
    drafts = [each for each in record_of(request).drafts if each.number == delivery.version]
    return ShelfVersion(
        number=1,
        at=delivery.at,
        by=delivery.by,
        source=request.ref,
        kept=drafts[-1].kept if drafts else None,
        link=drafts[-1].link if drafts else "",
    )


def _made(
    desk: Desk, unit: Unit, request: Request, delivery: Delivery, version: ShelfVersion
) -> Request:
    workflow = desk.workflows[WORKFLOW]
    details = ShelfDetails(
        **{name: getattr(delivery, name) for name in SAID},
        review_by=delivery.review_by,
        source=request.ref,
    )
    office = desk.office(unit, workflow, delivery.by)
    actor = Actor(delivery.by, _SURFACE)
    source = _source(request, delivery)
    made = moves.make(desk, unit, workflow, details, actor, office, source)
    given = Given(values={"version": version})
    standing = (workflow, made, office)
    return moves.do(desk, unit, standing, "asset_kept", _frontdesk(), given).request


def _renewed(
    desk: Desk, unit: Unit, asset: Request, delivery: Delivery, version: ShelfVersion
) -> Request:
    versions = shelf_record(asset).versions
    workflow = desk.workflows[WORKFLOW]
    said = {name: getattr(delivery, name) for name in SAID}
    numbered = replace(version, number=versions[-1].number + 1 if versions else 1)
    given = Given(values={**said, "version": numbered, "review_by": delivery.review_by})
    standing = (workflow, asset, desk.office(unit, workflow))
    return moves.do(desk, unit, standing, "new_version", _frontdesk(), given).request


def _frontdesk() -> Actor:
    return Actor(Seat.FRONTDESK.value, "frontdesk")


def _remember(desk: Desk, ref: str, version: ShelfVersion) -> None:
    """Remember by what a version is recognised when somebody posts it."""
    with desk.store.unit() as unit:
        remember(unit, ref, version.number, version.kept, version.link)
        picturing.promise(desk, unit, ref, version)
        unit.commit()


def _suggest(desk: Desk, unit: Unit, request: Request, delivery: Delivery) -> None:
    """Offer a tag that its owner missed to those who keep the lists."""
    if not delivery.missing_tag:
        return
    now = desk.clock.now()
    suggested = Observation(
        key=f"tag:{request.ref}:{delivery.missing_tag.casefold()}"[:200],
        what=Seen.SUGGESTED,
        user=delivery.by,
        at=now,
        ref=request.ref,
        about=delivery.missing_list,
        text=delivery.missing_tag,
    )
    if unit.observations.add(suggested):
        for user in sorted(keepers(unit)):
            what = {"key": suggested.key}
            unit.outbox.add(
                parcels.word("tag_suggested", request.ref, suggested.key, user, what, now)
            )
