"""What people say of an asset on the shelf is remembered beside it: reports, and learnings."""

from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, Observation, Seen


def keep_report(desk: Desk, claimed: Claimed) -> None:
    """Remember a report that an asset is outdated; those who decide have been told by the move."""
    _kept(desk, claimed, Seen.REPORTED)


def keep_learning(desk: Desk, claimed: Claimed) -> None:
    """Remember a learning, to be shown at the next triage and in the quarterly review."""
    _kept(desk, claimed, Seen.LEARNED)


def _kept(desk: Desk, claimed: Claimed, what: Seen) -> None:
    entry = entry_from_json(claimed.parcel.payload["entry"])
    seen = Observation(
        key=f"{what.value}:{entry.ref}:{entry.version}",
        what=what,
        user=entry.actor,
        at=entry.at,
        ref=entry.ref,
        text=entry.detail.get("reason", ""),
    )
    with desk.store.unit() as unit:
        unit.observations.add(seen)
        unit.commit()
