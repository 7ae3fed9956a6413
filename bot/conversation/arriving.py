"""A message to Frontdesk arrives: it is taken once, and looked into by the worker, in its turn."""

from dataclasses import dataclass
from enum import StrEnum

from bot import parcels
from bot.conversation.talk import place
from bot.desk import Desk, Gesture
from bot.ports import Json, Unit

LONGEST = 40_000
"""Characters of a message that are kept: as many as Slack takes."""


class What(StrEnum):
    """What became of a message."""

    WRITTEN = "written"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message to Frontdesk: its place, its text as Slack sends it.

    ``thread_ts`` is the ``ts`` of what it answers, or "". ``direct``: in a DM with us. ``us`` is
    our own user id, where the message mentions us, else "". ``shared``: people of another company
    read the channel, too.
    """

    channel: str
    ts: str
    text: str
    thread_ts: str = ""
    direct: bool
    us: str = ""
    shared: bool = False
    what: What = What.WRITTEN
    wording: str = ""
    before: str = ""
    """When it was edited last, and the time before that: "" as it was written at first."""


def told(desk: Desk, gesture: Gesture, message: Told) -> None:
    """Promise to answer a message; however many events tell of it, it is one message."""
    now, once = desk.clock.now(), _once(gesture, message)
    with desk.store.unit() as unit:
        if unit.deliveries.first(once, now):
            here = place(message.channel, message.thread_ts or message.ts)
            address = parcels.conversation(here, gesture.user)
            unit.outbox.add(parcels.aside("told", once, address, _payload(gesture, message), now))
        unit.commit()
    desk.wake()


def goes_on(desk: Desk, gesture: Gesture, message: Told) -> bool:
    """Whether the person is talking about something unfinished in the thread of this message."""
    if not message.thread_ts:
        return False
    with desk.store.unit() as unit:
        return _talks(unit, gesture.user, place(message.channel, message.thread_ts))


def _talks(unit: Unit, user: str, where: str) -> bool:
    return any(draft.place == where for draft in unit.drafts.talked(user))


def _once(gesture: Gesture, message: Told) -> str:
    """Return what names the message: a mention in a channel comes as two events."""
    if message.what is What.WRITTEN:
        return f"ev:told:{gesture.team}:{message.channel}:{message.ts}"
    return gesture.key


def _payload(gesture: Gesture, message: Told) -> Json:
    return {
        "user": gesture.user,
        "team": gesture.team,
        "channel": message.channel,
        "ts": message.ts,
        "thread": message.thread_ts,
        "direct": message.direct,
        "us": message.us,
        "shared": message.shared,
        "what": message.what.value,
        "text": "" if message.what is What.DELETED else message.text[:LONGEST],
    }
