"""Small windows: opened for whoever pressed, or shown in the window in which they pressed."""

from bot import parcels
from bot.desk import Desk, Gesture
from bot.ports import Claimed, Json, Unit


def show(desk: Desk, gesture: Gesture, view: Json) -> None:
    """Open the view at once; in an open window promise it in the place of what is shown there."""
    if not gesture.view_id:
        desk.slack.open_view(gesture.trigger_id, view)
        return
    with desk.store.unit() as unit:
        promise(desk, unit, gesture.view_id, view, gesture.trigger_id)
        unit.commit()
    desk.wake()


def promise(desk: Desk, unit: Unit, window: str, view: Json, occasion: str) -> None:
    """Promise to show the view in somebody's open ``window``; once an ``occasion``."""
    what: Json = {"view": window, "shows": view}
    unit.outbox.add(parcels.aside("window", occasion, f"view:{window}", what, desk.clock.now()))


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Show it in the open window."""
    what = claimed.parcel.payload
    desk.slack.update_view(str(what["view"]), "", what["shows"])
