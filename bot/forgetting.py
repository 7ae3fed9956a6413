"""The end of a draft, wherever it ends: handed in, given up, or answered by what there is."""

from bot import parcels
from bot.ports import Draft, Unit


def forget(unit: Unit, draft: Draft, ref: str = "") -> None:
    """Forget a draft: it was handed in as ``ref``, or given up; a card of it says so."""
    unit.drafts.drop(draft.id, draft.user)
    if draft.place:
        unit.outbox.add(parcels.talk_end(draft, ref))
