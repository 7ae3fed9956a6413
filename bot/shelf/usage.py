"""Who took an asset, and for which deal: what an asset is worth, for those who care for it."""

from bot.desk import Desk, Gesture
from bot.errors import NotFound
from bot.members import member
from bot.ports import Seen
from bot.shelf.naming import found
from bot.triage.agenda import READERS
from messages.message import Message
from messages.usage import Taken, usage
from workflows.refusals import NotAllowed

SHELF = "shelf"
_MOST = 40


def used(desk: Desk, gesture: Gesture, text: str) -> Message:
    """Return who opened the asset that ``text`` names, and in which deals it is used, newest first.

    Raises NotFound, and NotAllowed for who neither owns it nor oversees assets.
    """
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        asset = found(desk, unit, text)
        if asset is None:
            raise NotFound
        office = desk.office(unit, desk.workflows[SHELF], person.user)
        overseeing = any(person.user in office.holding(role) for role in READERS)
        if person.user != asset.owner and not overseeing:
            raise NotAllowed(
                "Its owner, marketing, the sales manager and the heads see who uses it."
            )
        seen = unit.observations.of(asset.ref, Seen.OPENED, Seen.USED, Seen.REUSED)
        known = unit.known_deals.several({each.about for each in seen if each.what is Seen.USED})
    taken = [
        Taken(
            user=each.user,
            what=each.what.value,
            deal=each.about if each.what is Seen.USED else "",
            stage=deal.stage if (told := known.get(each.about)) and (deal := told.deal) else "",
            at=each.at,
        )
        for each in reversed(seen)
    ]
    return usage(asset.ref, asset.details.title, taken[:_MOST], len(taken))
