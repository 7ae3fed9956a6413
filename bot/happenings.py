"""What Slack tells us about the workspace: each event is taken once and seen to by the worker."""

from bot import parcels
from bot.desk import Desk, Gesture
from bot.ports import Parcel


def person_changed(desk: Desk, event: Gesture) -> None:
    """Somebody joined, left, or changed name or time zone: ask Slack about them again."""
    _once(desk, event, parcels.person(event.user, event.key, desk.clock.now()))


def group_changed(desk: Desk, event: Gesture) -> None:
    """A user group changed: resolve the roles anew."""
    _once(desk, event, parcels.roles(event.key, desk.clock.now()))


def _once(desk: Desk, event: Gesture, parcel: Parcel) -> None:
    with desk.store.unit() as unit:
        if unit.deliveries.first(event.key, desk.clock.now()):
            unit.outbox.add(parcel)
        unit.commit()
    desk.wake()
