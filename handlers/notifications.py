"""How somebody is reached: the form in which they choose it."""

from slack_bolt import Ack, App

from bot import notifications
from bot.desk import Desk
from handlers.gestures import Body, of_submission
from modals.notifications import NOTIFICATIONS


def register(app: App, desk: Desk) -> None:
    """Listen to the form; before the listener for every other form."""

    @app.view(NOTIFICATIONS.key)
    def chosen(ack: Ack, body: Body) -> None:
        errors = notifications.keep(desk, of_submission(body), body["view"]["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")
