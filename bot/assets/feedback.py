"""Feedback: the requester is asked at the delivery and again some days later.

"Requester provides feedback on usefulness" (Sales Asset Requests, 4.E).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import moves, parcels
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed
from bot.promising import zone_of

_GRACE = timedelta(days=7)
"""So long after the second question the request closes without an answer."""


def await_feedback(desk: Desk, claimed: Claimed) -> None:
    """Promise to ask the requester again, on a working morning, whether the asset helped."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None:
            return
        days = desk.company.policy(request.workflow).feedback_days
        zone = zone_of(desk, unit, request.asker)
        due = _morning(desk, entry.at + timedelta(days=days), zone)
        unit.outbox.add(parcels.later("feedback_due", request.ref, "", {}, due))
        unit.commit()


def ask_again(desk: Desk, claimed: Claimed) -> None:
    """Ask the requester again; promise to close the request when nothing comes of it."""
    ref = str(claimed.parcel.payload["ref"])
    now = desk.clock.now()
    with desk.store.unit() as unit:
        due = _morning(desk, now + _GRACE, desk.company.zone)
        unit.outbox.add(parcels.later("feedback_over", ref, "", {}, due))
        unit.commit()
    moves.by_frontdesk(desk, ref, "ask_again", claimed.parcel.key)


def close(desk: Desk, claimed: Claimed) -> None:
    """Close a request whose requester says no more."""
    ref = str(claimed.parcel.payload["ref"])
    moves.by_frontdesk(desk, ref, "close_unanswered", claimed.parcel.key)


def _morning(desk: Desk, at: datetime, zone: ZoneInfo) -> datetime:
    return max(at, desk.company.calendar.next_morning(at.astimezone(zone).date(), zone))
