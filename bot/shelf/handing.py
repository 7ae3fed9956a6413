"""Assets in people's hands: one answers a request; who took one hears what becomes of it."""

from bot import parcels
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, Observation, Seen
from bot.sending import post_once
from bot.shelf.facts import asset_facts, takers
from bot.shelf.naming import by_ref
from messages.announcement import answered
from messages.shelf_news import Changed, taker_told
from workflows.asset import record_of


def hand_out(desk: Desk, claimed: Claimed) -> None:
    """Give the requester, and who followed them, the asset that answers the request."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        asset = by_ref(unit, record_of(request).answered_with) if request else None
        if request is None or asset is None:
            return
        now = desk.clock.now()
        people = {request.asker, *(each.user for each in record_of(request).followers)}
        for user in sorted(people):
            reason = entry.detail.get("reason", "")
            what = {"asset": asset.ref, "reason": reason, "by": entry.actor}
            unit.outbox.add(parcels.word("handed_out", request.ref, "", user, what, now))
        reused = Observation(
            key=f"reuse:{request.ref}",
            what=Seen.REUSED,
            user=request.asker,
            at=now,
            ref=asset.ref,
            about=request.ref,
            text=request.details.purpose[:300],
        )
        unit.observations.add(reused)
        unit.commit()
    desk.wake()


def tell_handed_out(desk: Desk, claimed: Claimed) -> None:
    """Tell somebody which asset answers what they asked for."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(what["asset"]))
        if asset is None:
            return
        facts = asset_facts(unit, asset)
    post_once(
        desk, claimed, answered(facts, str(what["ref"]), str(what["by"]), str(what["reason"]))
    )


def tell_takers(desk: Desk, claimed: Claimed) -> None:
    """Promise a word to everybody who took the asset: it is replaced, outdated or withdrawn."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    change = "replaced" if entry.action == "new_version" else entry.after
    with desk.store.unit() as unit:
        asset = unit.requests.get(entry.ref)
        if asset is None:
            return
        now = desk.clock.now()
        people = takers(unit, asset.ref) - {entry.actor, asset.owner or ""}
        for user in sorted(people):
            what = {"what": change, "reason": entry.detail.get("reason", "")}
            occasion = str(entry.version)
            unit.outbox.add(parcels.word("taker_told", asset.ref, occasion, user, what, now))
        unit.commit()
    desk.wake()


def tell_taker(desk: Desk, claimed: Claimed) -> None:
    """Tell one person what became of an asset they took."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(what["ref"]))
        if asset is None:
            return
        facts = asset_facts(unit, asset)
    change: Changed = what["what"]
    post_once(desk, claimed, taker_told(facts, change, str(what["reason"])))
