"""Going on after a restore: Slack shows what has been lost, and is to show what is true again."""

from datetime import datetime

from bot import grants, parcels
from bot.ports import Unit
from bot.promising import HOME, redraw

RESTORED = "restored"
"""The action in the audit: what was done after ``taken_at``, in its detail, is lost."""

_PAGE = 200


def resume(unit: Unit, taken_at: datetime, now: datetime) -> None:
    """Put the restore on record, and promise that what Slack shows is drawn anew.

    That is every posted copy of an open request, and every Home tab. A copy of which it is not
    known where it stands is left to the promise to post it.
    """
    occasion = f"{RESTORED}:{now.isoformat()}"
    unit.audit.append(grants.entry(RESTORED, now, taken_at=taken_at.isoformat()))
    after: str | None = ""
    while after is not None:
        page = unit.requests.open(after_ref=after, limit=_PAGE)
        for request in page:
            posted = [card for card in unit.cards.of(request.ref) if card.ts]
            redraw(unit, request, posted, occasion, now)
        after = page[-1].ref if len(page) == _PAGE else None
    for card in unit.cards.of(HOME):
        unit.outbox.add(parcels.home(card.address.removeprefix("home:"), occasion, now))
