"""Due dates: who is warned, and who is told when one is missed without a justification."""

from datetime import datetime, timedelta

from bot import moves, parcels
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed
from workflows.standing import due_end, risky_from


def await_due(desk: Desk, claimed: Claimed) -> None:
    """Promise to look at a request when it is at risk, and on the morning after its due day."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or request.due_on is None:
            return
        zone, calendar = desk.company.zone, desk.company.calendar
        due = request.due_on
        what, occasion = {"due_on": due.isoformat()}, f"{due.isoformat()}:{entry.version}"
        risky = risky_from(request, zone)
        if risky is not None:
            at = calendar.after(risky, 0, zone)
            unit.outbox.add(parcels.later("asset_at_risk", request.ref, occasion, what, at))
        morning = calendar.next_morning(due + timedelta(days=1), zone)
        late = max(morning, due_end(due, zone))
        unit.outbox.add(parcels.later("asset_due", request.ref, occasion, what, late))
        unit.commit()
    desk.wake()


def look_at_risk(desk: Desk, claimed: Claimed) -> None:
    """Warn the owner and the requester, if a quarter of the time is left and there is no draft."""
    _look(desk, claimed, "at_risk")


def look_at_due(desk: Desk, claimed: Claimed) -> None:
    """Tell the head of sales, once and on record, of a due date that was missed."""
    _look(desk, claimed, "missed")


def _look(desk: Desk, claimed: Claimed, transition: str) -> None:
    what = claimed.parcel.payload
    today = desk.clock.now().astimezone(desk.company.zone).date()
    due = datetime.fromisoformat(str(what["due_on"])).date()
    key = claimed.parcel.key
    moves.by_frontdesk(
        desk,
        str(what["ref"]),
        transition,
        key,
        due_on=due,
        today=today,
        evidence={"due on": due.isoformat()},
    )
