"""What an approver writes below a card is no decision: they are offered to record it as one.

The offer is private, and for whoever may do just that now. What was written is read in Slack when
it is offered and stands there alone: kept are the place of the message, and that it was heard.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bot import facts, parcels
from bot.cards import GONE
from bot.conversation.arriving import Told, What
from bot.conversation.talk import place
from bot.desk import Desk, Gesture, is_here
from bot.errors import Problem, SlackRefused
from bot.members import member, names
from bot.ports import Card, Claimed, Json, Unit
from bot.sending import Needless, opaque
from bot.understanding.verdicts import Said, verdict_of
from messages.buttons import LONGEST_WORDS, Record
from messages.message import Message
from messages.quoting import mentioned, quoted
from messages.verdicts import offer, withdrawn
from workflows.definition import Transition
from workflows.permission import available
from workflows.verdict import Verdict

_NO_PLACE = frozenset(
    {
        *("channel_not_found", "user_not_in_channel", "not_in_channel", "is_archived"),
        *("cannot_reply_to_message", "thread_not_found", "restricted_action"),
    }
)
"""Slack's words for a place where the person cannot be told anything: it was an offer only."""
_RECORDS: dict[Verdict, Sequence[Verdict]] = {
    Verdict.APPROVE: (Verdict.APPROVE,),
    Verdict.REJECT: (Verdict.REJECT, Verdict.CHANGES),
    Verdict.CHANGES: (Verdict.CHANGES,),
}
"""As what a verdict can be recorded, the first that is possible: a review lane rejects nothing."""


class SaidOtherwise(Problem):
    """You changed what you wrote, or it is long ago: nothing was recorded. The card has buttons."""


class _Offer(NamedTuple):
    """What is offered, and as which verdict it would be recorded."""

    transition: Transition
    verdict: Verdict


def heard(desk: Desk, event: Gesture, message: Told) -> bool:
    """Promise to look into what was written below a card; return whether there is a verdict in it.

    Or was, until it was edited or deleted. However many events tell of it, it is one message, and
    each wording of it is offered once. Nothing is decided, and of somebody who may not do it
    nothing is stored.
    """
    if message.thread_ts in ("", message.ts):
        return False
    says = verdict_of(message.text) if message.what is not What.DELETED else None
    if message.what is What.WRITTEN and says is None:
        return False
    with desk.store.unit() as unit:
        was = message.what is not What.WRITTEN and unit.deliveries.has(_heard(_before(message)))
        card = unit.cards.at(message.channel, message.thread_ts) if says or was else None
        if card is None or not is_here(unit, event.user):
            return False
        what = _payload(unit, event, message, card)
        if was or (says is not None and _offered(desk, unit, what, says) is not None):
            _promise(unit, message, what, desk.clock.now())
            unit.commit()
    desk.wake()
    return True


def _promise(unit: Unit, message: Told, what: Json, now: datetime) -> None:
    """Promise to look at this wording, once, unless a newer one is known; the one before is over.

    A message that was written as no verdict, and edited before we hear of it, is a new one.
    """
    said = str(what["said"])
    if message.what is not What.WRITTEN:
        unit.deliveries.first(_over(_before(message)), now)
    if not unit.deliveries.has(_over(said)) and unit.deliveries.first(_heard(said), now):
        here = place(message.channel, message.thread_ts)
        address = parcels.conversation(here, str(what["user"]))
        unit.outbox.add(parcels.aside("verdict", said, address, what, now))


def still_says(desk: Desk, gesture: Gesture, meant: Record) -> None:
    """Raise SaidOtherwise unless the message still says what it said when this was offered."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        is_heard = unit.deliveries.has(_heard(meant.said))
        if not is_heard or unit.deliveries.has(_over(meant.said)):
            raise SaidOtherwise


def not_meant(desk: Desk, gesture: Gesture) -> None:
    """A member was just talking: nothing is done but that the offer goes."""
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        if gesture.offer:
            unit.outbox.add(parcels.offer_over(gesture.offer, gesture.user, desk.clock.now()))
            unit.commit()
    desk.wake()


def take_away(desk: Desk, claimed: Claimed) -> None:
    """Take away an offer in a DM. Raises Needless where it is gone."""
    channel, _, ts = str(claimed.parcel.payload["place"]).partition("/")
    try:
        desk.slack.delete(channel, ts)
    except SlackRefused as refused:
        if refused.code not in GONE:
            raise
        raise Needless from refused


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Make the offer, or withdraw it. Raises Needless where there is nothing to say.

    In a channel only its reader sees it, and Slack never says whether it came: it is made once at
    most. In a DM there is one message about each of theirs, which changes with it.
    """
    what = claimed.parcel.payload
    channel, ts, thread = str(what["channel"]), str(what["ts"]), str(what["thread"])
    message = _message(desk, what, desk.slack.text_of(channel, ts, thread))
    try:
        if what["direct"]:
            _in_dm(desk, claimed, message)
        elif message is None or claimed.unsure_since is not None:
            raise Needless
        else:
            desk.slack.whisper(channel, str(what["user"]), message, thread)
    except SlackRefused as refused:
        if refused.code not in _NO_PLACE:
            raise
        raise Needless from refused


def _in_dm(desk: Desk, claimed: Claimed, message: Message | None) -> None:
    what = claimed.parcel.payload
    channel, ts, thread = str(what["channel"]), str(what["ts"]), str(what["thread"])
    key, since = opaque(f"verdict:{channel}:{ts}"), datetime.fromtimestamp(float(ts), UTC)
    is_first = what["what"] == What.WRITTEN and claimed.unsure_since is None
    posted = None if is_first else desk.slack.posted(channel, key, since, thread)
    if posted:
        try:
            desk.slack.update(channel, posted, message or withdrawn(str(what["ref"])))
        except SlackRefused as refused:
            if refused.code not in GONE:
                raise
    elif message is None:
        raise Needless
    else:
        desk.slack.post(channel, message, key, thread)


def _message(desk: Desk, what: Json, text: str | None) -> Message | None:
    """Return the offer, None where none is to be made (any more)."""
    said = verdict_of(text) if text else None
    if text is None or said is None:
        return None
    ref, step = str(what["ref"]), int(what["step"])
    with desk.store.unit() as unit:
        if unit.deliveries.has(_over(str(what["said"]))):
            raise Needless  # it has been edited: that is looked into by itself
        found = _offered(desk, unit, what, said)
    if found is None:
        return None
    written = quoted(text, names(desk, mentioned(text))).strip()
    has_reason = said.gives_reason and found.transition.reason
    words = written[:LONGEST_WORDS] if has_reason else ""
    meant = Record(found.transition.name, ref, step, str(what["said"]), words)
    return offer(found.transition, found.verdict, written, meant)


def _offered(desk: Desk, unit: Unit, what: Json, said: Said) -> _Offer | None:
    """Return what records the verdict, if the person may do that now to what they wrote about."""
    user, request = str(what["user"]), unit.requests.get(str(what["ref"]))
    if request is None or request.step != what["step"]:
        return None
    if not facts.may_see(desk, unit, request, f"user:{user}"):
        return None
    workflow = desk.workflows[request.workflow]
    offered = available(workflow, request, user, desk.office(unit, workflow, user))
    for verdict in _RECORDS[said.verdict]:
        for each in offered:
            if each.verdict is verdict:
                return _Offer(each, verdict)
    return None


def _payload(unit: Unit, event: Gesture, message: Told, card: Card) -> Json:
    request = unit.requests.get(card.ref)
    step = request.step if request is not None and card.kind != "decider" else card.step
    return {
        "ref": card.ref,
        "step": step,
        "user": event.user,
        "channel": message.channel,
        "ts": message.ts,
        "thread": message.thread_ts,
        "direct": message.direct,
        "what": message.what.value,
        "said": _said(message),
    }


def _said(message: Told) -> str:
    """Return what names this wording of the message."""
    return f"{message.channel}:{message.ts}:{message.wording}"


def _before(message: Told) -> str:
    """Return what names the wording before this one."""
    return f"{message.channel}:{message.ts}:{message.before}"


def _heard(said: str) -> str:
    return f"ev:verdict:{said}"


def _over(said: str) -> str:
    return f"ev:verdict-over:{said}"
