"""What others hear of a change of settings, and whether a new channel can be posted in."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import SlackRefused
from bot.ports import Claimed, Unit
from bot.sending import post_once
from messages.settings import ChangeFacts, changed, channel_trouble, imported


def promise(
    unit: Unit, gesture: Gesture, facts: ChangeFacts, addresses: Collection[str], now: datetime
) -> None:
    """Promise to tell at the addresses what the person of the gesture made of a setting."""
    for address in sorted(addresses):
        occasion = f"{gesture.key}:{address}"
        unit.outbox.add(parcels.aside("setting_changed", occasion, address, asdict(facts), now))


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin, or the auditors, what was changed."""
    found: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in claimed.parcel.payload.items()
    }
    post_once(desk, claimed, changed(ChangeFacts(**found)))


def tell_import(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin, or the auditors, what the operator has changed at the command line."""
    changes = [tuple(map(str, each)) for each in claimed.parcel.payload["changes"]]
    post_once(desk, claimed, imported(changes))


def check_channel(desk: Desk, claimed: Claimed) -> None:
    """See whether the channel is there and we are in it; whoever set it hears where it is not."""
    what = claimed.parcel.payload
    with desk.store.unit():  # to have caught up with the change
        name = desk.company.channels.get(str(what["key"]))
    if name is None:
        return
    try:
        found = desk.slack.channel(name)
        is_well = found is not None and desk.slack.stands_in(name)
    except SlackRefused:
        is_well = False
    if is_well:
        return
    with desk.store.unit() as unit:
        said = {"label": what["label"], "name": name}
        occasion, address = claimed.parcel.key, f"user:{what['by']}"
        now = desk.clock.now()
        unit.outbox.add(parcels.aside("channel_trouble", occasion, address, said, now))
        unit.commit()
    desk.wake()


def tell_trouble(desk: Desk, claimed: Claimed) -> None:
    """Tell whoever set a channel that nothing can be posted in it."""
    what = claimed.parcel.payload
    post_once(desk, claimed, channel_trouble(str(what["label"]), str(what["name"])))
