"""What is not needed any more is forgotten: old delivery keys, delivered parcels, old drafts."""

from datetime import datetime, timedelta

from bot.desk import Desk

KEYS_KEPT = timedelta(days=7)
"""Slack repeats an event within minutes; a week leaves room for anything."""

PARCELS_KEPT = timedelta(days=30)

SAID = frozenset(
    {
        *("mail", "stand_in", "share", "notice", "log", "remind", "escalated"),
        *("payment_nudge", "question_waits", "opinion", "opinion_thanks"),
        *("owner_brief", "delivered", "handed_out", "twin_ended", "tag_suggested"),
        *("announcement", "announcement_mail", "taker_told", "outside_offer"),
        *("misused", "misuse_alert", "misuses", "ownerless"),
        *("triage", "minutes", "quarterly"),
    }
)
"""Kinds of parcels by which somebody was told something about a request: a part of its record, so
they are kept. What only drew a card anew, fetched something or set a time is not, and neither is
a client's link that was handed to somebody to pass on: the mail says as much without it."""

DRAFTS_KEPT = timedelta(days=30)
"""After it was last touched, a form is not gone on with."""


def forget(desk: Desk, now: datetime) -> int:
    """Forget delivery keys after 7 days, drafts and delivered parcels, but messages, after 30.

    Returns how many rows there were.
    """
    with desk.store.unit() as unit:
        count = unit.deliveries.forget(now - KEYS_KEPT)
        count += unit.drafts.forget(now - DRAFTS_KEPT)
        unit.commit()
    return count + desk.post_office.forget(now - PARCELS_KEPT, SAID)
