"""What others hear of a change of settings, and whether a new channel can be posted in."""

from typing import Any

from bot import parcels
from bot.desk import Desk
from bot.errors import SlackRefused
from bot.ports import Claimed
from bot.sending import post_once
from messages.settings import ChangeFacts, changed, channel_trouble


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin, or the auditors, what was changed."""
    found: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in claimed.parcel.payload.items()
    }
    post_once(desk, claimed, changed(ChangeFacts(**found)))


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
