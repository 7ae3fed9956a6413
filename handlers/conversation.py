"""What is said to Frontdesk, and the buttons and controls on the cards that answer it."""

from slack_bolt import Ack, App

from bot.conversation import pressing
from bot.desk import Desk, Gesture
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction
from messages.buttons import Discard, Pick, Submit, Talk
from messages.talk_wire import ANSWER, answered
from modals.wire import answer_of


def register(app: App, desk: Desk) -> None:
    """Listen to the controls on cards; before the listener for every other action."""

    @app.action(ANSWER)
    @admits(Who.MEMBERS)
    def chosen(ack: Ack, body: Body) -> None:
        action = body["actions"][0]
        draft, field = answered(str(action.get("block_id", "")))
        pressing.choose(desk, of_interaction(body, "message"), draft, field, answer_of(action))
        ack()


def press(desk: Desk, gesture: Gesture, meant: Talk) -> None:
    """Do what a button of a conversation means."""
    match meant:
        case Pick(draft, shown, field, nth):
            pressing.pick(desk, gesture, draft, shown, field, nth)
        case Submit(draft, shown):
            pressing.submit(desk, gesture, draft, shown)
        case Discard(draft):
            pressing.discard(desk, gesture, draft)
