"""Where a draft ends, wherever it ends, and how it leaves a channel in which it is talked about."""

from dataclasses import replace

from bot import parcels
from bot.ports import Draft, Unit
from bot.promising import HOME

_DM = "D"
"""With it the ids of direct messages begin."""


def forget(unit: Unit, draft: Draft, ref: str = "") -> None:
    """Forget a draft: it was handed in as ``ref``, or given up; a card of it says so."""
    unit.drafts.drop(draft.id, draft.user)
    if ref:  # what began it elsewhere is done with, too
        unit.tickets.became(draft.id, ref)
    if draft.place:
        unit.outbox.add(parcels.talk_end(draft, ref))
        follow(unit, draft, "end")


def follow(unit: Unit, draft: Draft, occasion: str) -> None:
    """Promise the Home tab of whoever has the draft, if they have opened one: it lists drafts."""
    if unit.cards.among(HOME, [f"home:{draft.user}"]):
        unit.outbox.add(parcels.home(draft.user, f"{draft.id}:{occasion}", draft.at))


def withdrawn(unit: Unit, draft: Draft) -> Draft:
    """Return the draft taken out of its channel, if it is in one: it goes on in the DM.

    What is typed into a form is not for others to read. Its card in the channel says where it is.
    """
    if not draft.place or is_apart(draft.place):
        return draft
    unit.outbox.add(parcels.talk_moved(draft))
    return replace(draft, place=parcels.in_dm(draft.user), talk={**draft.talk, "ts": ""})


def is_apart(place: str) -> bool:
    """Whether nobody else reads what is said there."""
    return place.startswith((_DM, parcels.in_dm("")[:-1]))
