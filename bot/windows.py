"""Small windows: opened for whoever pressed, or shown in the window in which they pressed."""

from bot import parcels
from bot.desk import Desk, Gesture
from bot.ports import Claimed, Json


def show(desk: Desk, gesture: Gesture, view: Json) -> None:
    """Open the view at once; in an open window promise it in the place of what is shown there."""
    if not gesture.view_id:
        desk.slack.open_view(gesture.trigger_id, view)
        return
    now = desk.clock.now()
    with desk.store.unit() as unit:
        what: Json = {"view": gesture.view_id, "shows": view}
        occasion, address = gesture.trigger_id, f"view:{gesture.view_id}"
        unit.outbox.add(parcels.aside("window", occasion, address, what, now))
        unit.commit()
    desk.wake()


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Show it in the open window."""
    what = claimed.parcel.payload
    desk.slack.update_view(str(what["view"]), "", what["shows"])
