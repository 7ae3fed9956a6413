"""What is not needed any more is forgotten: old delivery keys and delivered parcels."""

from datetime import datetime, timedelta

from bot.desk import Desk

KEYS_KEPT = timedelta(days=7)
"""Slack repeats an event within minutes; a week leaves room for anything."""

PARCELS_KEPT = timedelta(days=30)


def forget(desk: Desk, now: datetime) -> int:
    """Forget delivery keys after 7 days and delivered parcels after 30; return how many rows."""
    with desk.store.unit() as unit:
        count = unit.deliveries.forget(now - KEYS_KEPT)
        unit.commit()
    return count + desk.post_office.forget(now - PARCELS_KEPT)
