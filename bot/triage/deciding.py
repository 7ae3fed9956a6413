"""What follows a decision of triage outside of the request: a twin is told, a day is awaited."""

from datetime import date

from bot import moves, parcels
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, Unit
from bot.sending import post_once
from messages.problem import whisper
from workflows.asset import record_of


def join_twin(desk: Desk, claimed: Claimed) -> None:
    """Make whoever waited for a merged request follow the one it was merged into.

    Where that one was itself merged meanwhile they follow the one that still goes on.
    """
    what = claimed.parcel.payload
    entry = entry_from_json(what["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        twin = _still_open(unit, str(what["twin"]))
    if request is None:
        return
    followers = [[request.asker, request.ref], *what["followers"]]
    joined = moves.by_frontdesk(
        desk,
        twin,
        "join",
        claimed.parcel.key,
        followers=followers,
        evidence={"merged": entry.ref},
    )
    if joined is None:
        _tell_that_it_ended(desk, twin, [str(user) for user, _ref in followers], entry.ref)


def _tell_that_it_ended(desk: Desk, twin: str, users: list[str], ref: str) -> None:
    """Tell whoever would wait in vain: the request they were to follow has ended meanwhile."""
    now = desk.clock.now()
    with desk.store.unit() as unit:
        for user in sorted(set(users)):
            unit.outbox.add(parcels.word("twin_ended", ref, twin, user, {"twin": twin}, now))
        unit.commit()
    desk.wake()


def tell_ended(desk: Desk, claimed: Claimed) -> None:
    """Tell one of them."""
    what = claimed.parcel.payload
    command = desk.workflows["sales_asset"].command
    said = f"{what['ref']} was merged into {what['twin']}, which has ended meanwhile."
    post_once(desk, claimed, whisper(f"{said} If you still need it, ask again with {command}."))


def _still_open(unit: Unit, ref: str) -> str:
    """Return ``ref``, or the request that it was merged into, however often."""
    passed = {ref}
    while (request := unit.requests.get(ref)) is not None and request.stage == "merged":
        ref = record_of(request).merged_into
        if ref in passed:
            break
        passed.add(ref)
    return ref


def await_return(desk: Desk, claimed: Claimed) -> None:
    """Promise to bring a deferred request back on the morning of its day."""
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        until = record_of(request).deferred_until if request else None
        if until is None:
            return
        morning = desk.company.calendar.morning(until, desk.company.zone)
        what, occasion = {"until": until.isoformat()}, f"{until.isoformat()}:{claimed.parcel.key}"
        unit.outbox.add(parcels.later("deferral_over", ref, occasion, what, morning))
        unit.commit()


def bring_back(desk: Desk, claimed: Claimed) -> None:
    """Bring a deferred request back into triage."""
    what = claimed.parcel.payload
    until = date.fromisoformat(str(what["until"]))
    moves.by_frontdesk(desk, str(what["ref"]), "come_back", claimed.parcel.key, until=until)
