"""Beyond the cap of a day: one message that says how much waits, and is kept current."""

from datetime import date

from bot.cards import GONE
from bot.concerns import concerns
from bot.desk import Desk
from bot.errors import SlackRefused
from bot.ports import Card, Claimed
from bot.sending import channel_of, post_once
from messages.digest import pile
from messages.message import Message

PILE = "pile"
"""The ``ref`` under which the message of a day is remembered among the cards."""


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post what waits for the reader, or redraw the message that says so today."""
    address = claimed.parcel.address
    day = date.fromisoformat(str(claimed.parcel.payload["day"])).toordinal()
    with desk.store.unit() as unit:
        card = unit.cards.ensure(PILE, "pile", address, day)
        found = concerns(desk, unit, address.removeprefix("user:"), None)
        unit.commit()
    count = len(found.waiting) + found.more_waiting
    if count or card.ts:
        channel, ts = _show(desk, claimed, card, pile(found.waiting, count), waits=count > 0)
        with desk.store.unit() as unit:
            unit.cards.posted(card.id, channel, ts, count)
            unit.commit()
    desk.post_office.carried(claimed.parcel.key)


def _show(
    desk: Desk, claimed: Claimed, card: Card, message: Message, *, waits: bool
) -> tuple[str, str]:
    """Redraw the message of the day, or post it: also anew when somebody has deleted it.

    Unless nothing ``waits`` any more: then what is gone stays gone.
    """
    if card.ts:
        try:
            desk.slack.update(card.channel, card.ts, message)
        except SlackRefused as refused:
            if refused.code not in GONE:
                raise
            if waits:
                return card.channel, post_once(desk, claimed, message, card.channel)
        return card.channel, card.ts
    channel = channel_of(desk, card.address)
    return channel, post_once(desk, claimed, message, channel)
