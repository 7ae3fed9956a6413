"""The form of the deals. Registered before ``submissions``, which takes every other form."""

from slack_bolt import Ack, App

from bot import deal_book
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from modals.deal import FORM


def register(app: App, desk: Desk) -> None:
    """Listen to the form in which deals are kept."""

    @app.view(FORM.key)
    @admits(Who.MEMBERS)
    def handed_in(ack: Ack, body: Body) -> None:
        errors = deal_book.hand_in(desk, of_submission(body), body["view"]["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")
