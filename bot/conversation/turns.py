"""A message of a conversation is delivered: read, kept, and promised an answer.

Whatever is said, nothing is decided and nothing handed in: that takes a button.
"""

import re
from collections.abc import Collection

from bot.conversation import guessing, replying
from bot.conversation.arriving import What
from bot.conversation.guessing import Solved
from bot.conversation.turn import Turn, is_to_us, thread_of
from bot.desk import Desk, Gesture
from bot.errors import UnknownPerson
from bot.members import NotKnownYet, member, names
from bot.ports import Claimed, Json, Unit
from bot.sending import NotYet, channel_of, post_once
from messages.message import Message
from messages.notice import greeting
from messages.quoting import mentioned, quoted

_MENTION = re.compile(r"<@[^<>]*>")


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Answer one message. Raises NotYet while Slack has not told us who wrote it.

    Forms are filled in where they are talked about. What is asked is answered in the DM, wherever
    it was asked: others in the channel may not see what whoever asks may.
    """
    what = claimed.parcel.payload
    gesture = Gesture(user=str(what["user"]), team=str(what["team"]), surface="message")
    try:
        answer = _turn(desk, gesture, claimed, _plain(desk, what))
    except NotKnownYet as stranger:
        raise NotYet(str(stranger)) from stranger
    except UnknownPerson:
        answer = greeting(()) if what["what"] == What.WRITTEN and is_to_us(what) else None
    if answer is not None and what["direct"]:
        post_once(desk, claimed, answer, str(what["channel"]), thread_of(what))
    elif answer is not None:
        post_once(desk, claimed, answer, channel_of(desk, f"user:{gesture.user}"))
    desk.wake()


def _plain(desk: Desk, what: Json) -> str:
    """Return what was said as it reads in Slack, without the mention of us."""
    said = str(what["text"])
    if what["us"]:
        said = re.sub(rf"<@{re.escape(str(what['us']))}(?:\|[^>]*)?>[\s,:]*", "", said)
    return quoted(said, names(desk, mentioned(said))).strip()


def _turn(desk: Desk, gesture: Gesture, claimed: Claimed, text: str) -> Message | None:
    """Do what the message asks for to the forms it is about, once; else return what is answered."""
    what = claimed.parcel.payload
    solved = _solved(desk, gesture, claimed, text)
    with desk.store.unit() as unit:
        turn = _begun(desk, unit, gesture, claimed, text, solved)
        if turn is None:
            return None
        if turn.taken():
            turn.keep()
            unit.commit()
            return None
        wanted = turn.wanted
    if what["what"] != What.WRITTEN or not is_to_us(what):
        return None
    return replying.reply(desk, gesture, wanted, text)


def _solved(desk: Desk, gesture: Gesture, claimed: Claimed, text: str) -> Solved:
    """Return what the language model, if there is one, makes of what rules leave open.

    It is found out in a transaction that keeps nothing, and asked outside of any.
    """
    what = claimed.parcel.payload
    if desk.interpreter is None or what["what"] == What.DELETED or not is_to_us(what):
        return {}
    with desk.store.unit() as unit:
        turn = _begun(desk, unit, gesture, claimed, text, {})
        if turn is None:
            return {}
        turn.taken()
        puzzles = turn.puzzles
    return guessing.solved(desk, puzzles, _people(desk, str(what["text"])) if puzzles else ())


def _begun(
    desk: Desk, unit: Unit, gesture: Gesture, claimed: Claimed, text: str, solved: Solved
) -> Turn | None:
    """Return the turn; None when it was taken already."""
    person = member(desk, unit, gesture)
    if not unit.deliveries.first(f"turn:{claimed.parcel.key}", desk.clock.now()):
        return None
    return Turn(desk, unit, person, claimed.parcel.payload, text, solved)


def _people(desk: Desk, said: str) -> Collection[str]:
    """Return how the people whom the message mentions are called in it."""
    known = names(desk, mentioned(said))
    return {quoted(each, known) for each in _MENTION.findall(said)}
