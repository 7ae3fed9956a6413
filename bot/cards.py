"""A card is a view of state: posted once, redrawn whole from the request whenever it moves."""

from collections.abc import Mapping

from bot import facts
from bot.desk import Desk
from bot.errors import SlackRefused
from bot.ports import Card, Claimed, Unit
from bot.sending import Needless, already_posted, channel_of, post
from messages.card import Reader
from messages.card import card as drawn
from messages.message import Message
from messages.problem import whisper
from workflows.definition import Transition
from workflows.permission import available
from workflows.privacy import is_private
from workflows.request import Request

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Slack's words for a copy that a person deleted or that cannot be edited: it stays as it is."""


NOT_YOURS = "This request is no longer yours to see."

_READERS: Mapping[str, Reader] = {"asker": "asker", "channel": "channel"}


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post or redraw the copy, unless it shows this version of the request already.

    Many versions may wait while Slack is down: the first to be delivered shows the newest, and the
    others are needless. Somebody who may not see the request any more gets no copy, and what they
    have is emptied.
    """
    payload = claimed.parcel.payload
    ref, kind, step = str(payload["ref"]), str(payload["kind"]), int(payload["step"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            raise Needless
        card = unit.cards.ensure(ref, kind, claimed.parcel.address, step)
        if card.shown >= request.version and not payload.get("anew"):
            raise Needless
        if kind == "channel":
            seen, instead = not is_private(request), f"{ref} is private."
        else:
            seen, instead = facts.may_see(desk, unit, request, claimed.parcel.address), NOT_YOURS
        if not seen and not card.ts and claimed.unsure_since is None:
            raise Needless
        message = _message(desk, unit, request, card) if seen else whisper(instead)
        unit.commit()
    moot = not seen or (kind == "decider" and step != request.step)
    channel, ts = _show(desk, claimed, card, message, moot=moot)
    with desk.store.unit() as unit:
        unit.cards.posted(card.id, channel, ts, request.version)
        unit.commit()


def _show(
    desk: Desk, claimed: Claimed, card: Card, message: Message, *, moot: bool
) -> tuple[str, str]:
    """Post the copy, or redraw it; also one that an earlier attempt posted as it was then.

    Raises Needless for one that is ``moot`` and has never been posted.
    """
    channel = card.channel or channel_of(desk, card.address)
    ts = card.ts or already_posted(desk, claimed, channel)
    if not ts and moot:
        raise Needless
    if not ts:
        return channel, post(desk, claimed, message, channel)
    try:
        desk.slack.update(channel, ts, message)
    except SlackRefused as refused:
        if refused.code not in GONE:
            raise
    return channel, ts


def _message(desk: Desk, unit: Unit, request: Request, card: Card) -> Message:
    reader = _READERS.get(card.kind, "decider")
    to = card.address.removeprefix("user:") if card.kind != "channel" else ""
    known = facts.card_facts(desk, unit, request, card.address)
    buttons = _buttons(desk, unit, request, card)
    return drawn(known, buttons, reader=reader, to=to)


def _buttons(desk: Desk, unit: Unit, request: Request, card: Card) -> tuple[Transition, ...]:
    """Return what the reader of this copy may do: none in a channel, none on an older copy.

    A decider is summoned anew at each step, so a copy of an earlier one is an older copy.
    """
    if card.kind == "channel" or (card.kind == "decider" and card.step != request.step):
        return ()
    workflow = desk.workflows[request.workflow]
    user = card.address.removeprefix("user:")
    return available(workflow, request, user, desk.office(unit, workflow, user))
