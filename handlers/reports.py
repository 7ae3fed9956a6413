"""Reports as pictures: the form, and the buttons under a picture."""

from slack_bolt import Ack, App

from bot.desk import Desk, Gesture
from bot.reports import asking
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages.buttons import AskReport, Reports, Sheet
from modals.report import REPORT


def register(app: App, desk: Desk) -> None:
    """Listen to the form; before the listener for every other form."""

    @app.view(REPORT.key)
    @admits(Who.MEMBERS)
    def asked(ack: Ack, body: Body) -> None:
        errors = asking.hand_in(desk, of_submission(body), body["view"]["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")


def press(desk: Desk, gesture: Gesture, meant: Reports) -> None:
    """Do what a button about reports means."""
    match meant:
        case AskReport(workflow):
            asking.open_form(desk, gesture, workflow)
        case Sheet():
            asking.ask_sheet(desk, gesture, meant)
