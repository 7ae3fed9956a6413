"""Using an asset in a deal: said by whoever does, so that its worth can be seen."""

from collections.abc import Mapping

from bot import parcels
from bot.desk import Desk, Gesture
from bot.members import member
from bot.ports import Claimed, Json, Observation, Seen
from bot.shelf.naming import by_ref
from bot.shelf.opening import NotOnTheShelf
from bot.triage.worth import read_deal
from modals.metadata import Metadata
from modals.usage import USE_IN_DEAL
from workflows.shelf_life import HELD

WORKFLOW = "shelf"


def open_use(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Ask in which deal the asset is used. Raises NotOnTheShelf."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        asset = by_ref(unit, ref)
        if asset is None or asset.stage not in HELD:
            raise NotOnTheShelf
    metadata = Metadata(form=USE_IN_DEAL.key, workflow=WORKFLOW, transition="", ref=asset.ref)
    view = USE_IN_DEAL.view({}, metadata)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def use(desk: Desk, gesture: Gesture, ref: str, values: Json) -> Mapping[str, str]:
    """Record that the person uses the asset in a deal; return what is wrong, by block id."""
    checked = USE_IN_DEAL.check(USE_IN_DEAL.read(values), today=desk.clock.now().date())
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        if checked.errors:
            return checked.errors
        deal = str(checked.values["deal"])
        asset = by_ref(unit, ref)
        if asset is None or asset.stage not in HELD:
            raise NotOnTheShelf
        seen = Observation(
            key=f"use:{asset.ref}:{person.user}:{deal}"[:250],
            what=Seen.USED,
            user=person.user,
            at=desk.clock.now(),
            ref=asset.ref,
            about=deal,
        )
        unit.observations.add(seen)
        what = {"deal": deal}
        unit.outbox.add(parcels.aside("learn_deal", seen.key, f"deal:{deal}", what, seen.at))
        unit.commit()
    desk.wake()
    return {}


def learn_deal(desk: Desk, claimed: Claimed) -> None:
    """Ask the CRM how the deal stands in which an asset is used."""
    read_deal(desk, str(claimed.parcel.payload["deal"]))
