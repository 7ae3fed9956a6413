"""Short messages about what happened: to a person, and as a line in the request's thread."""

from bot import facts, parcels
from bot.desk import Desk, Gesture
from bot.parcels import entry_from_json
from bot.ports import Card, Claimed, Json, Unit
from bot.sending import NotYet, post_once
from messages.buttons import Gesture as Meant
from messages.buttons import decode, encode
from messages.notice import log_line, notice
from messages.problem import whisper
from workflows.definition import Transition
from workflows.permission import available
from workflows.privacy import is_private
from workflows.request import Request

IN_THREAD = frozenset({"ask", "answer"})
"""Notices that stand in the thread of the reader's own card, where there is one."""


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell one person what happened, with the buttons that help them to go on."""
    payload = claimed.parcel.payload
    entry = entry_from_json(payload["entry"])
    user = claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or not facts.may_see(desk, unit, request, claimed.parcel.address):
            return
        buttons = _buttons(desk, unit, request, user)
        message = notice(
            facts.card_facts(desk, unit, request, claimed.parcel.address),
            str(payload["name"]),
            entry,
            buttons,
            to=user,
        )
        card = _newest(unit, request, claimed.parcel.address) if entry.action in IN_THREAD else None
    if card is None:
        post_once(desk, claimed, message)
    else:
        post_once(desk, claimed, message, card.channel, card.ts)


def log(desk: Desk, claimed: Claimed) -> None:
    """Add a line to the request's thread. Raises NotYet while its card is not posted."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or is_private(request):
            return
        card = _newest(unit, request, claimed.parcel.address)
        message = log_line(facts.card_facts(desk, unit, request, claimed.parcel.address), entry)
    if card is None:
        raise NotYet(f"The card of {entry.ref} is not in the channel yet.")
    post_once(desk, claimed, message, card.channel, card.ts)


def promise_way(desk: Desk, gesture: Gesture, sentence: str, again: Meant | None) -> None:
    """Promise a DM with the way to what did not open; once, however often the gesture comes."""
    said: Json = {}
    if again is not None:
        said["action_id"], said["value"] = encode(again)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        occasion = gesture.trigger_id or gesture.key
        parcel = parcels.not_opened(occasion, gesture.user, sentence, said, now)
        unit.outbox.add(parcel)
        unit.commit()
    desk.wake()


def not_opened(desk: Desk, claimed: Claimed) -> None:
    """Tell somebody that Slack did not open it, with the button that does."""
    payload = claimed.parcel.payload
    button = payload["button"]
    again = decode(button["action_id"], button["value"]) if button else None
    post_once(desk, claimed, whisper(str(payload["sentence"]), again))


def _newest(unit: Unit, request: Request, address: str) -> Card | None:
    copies = [card for card in unit.cards.of(request.ref) if card.address == address and card.ts]
    return copies[-1] if copies else None


def _buttons(desk: Desk, unit: Unit, request: Request, user: str) -> tuple[Transition, ...]:
    workflow = desk.workflows[request.workflow]
    return available(workflow, request, user, desk.office(unit, workflow, user))
