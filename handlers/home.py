"""What the Home tab shows: the form in which one says so, and the buttons that turn its pages."""

from slack_bolt import Ack, App

from bot import looking
from bot.desk import Desk, Gesture
from bot.lookups import answering
from bot.ports import Spot
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages.buttons import Help, HomeTab, LookFor, Newest, Older, ShowEverything
from modals.look_for import LOOK_FOR


def register(app: App, desk: Desk) -> None:
    """Listen to the form; before the listener for every other form."""

    @app.view(LOOK_FOR.key)
    @admits(Who.MEMBERS)
    def look_for(ack: Ack, body: Body) -> None:
        errors = looking.keep(desk, of_submission(body), body["view"]["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")


def press(desk: Desk, gesture: Gesture, meant: HomeTab) -> None:
    """Do what a button of the Home tab means."""
    match meant:
        case LookFor():
            looking.open_form(desk, gesture)
        case ShowEverything():
            looking.show_everything(desk, gesture)
        case Older(at, ref):
            looking.turn(desk, gesture, Spot(at=at, ref=ref))
        case Newest():
            looking.turn(desk, gesture, None)
        case Help():
            answering.show_help(desk, gesture)
