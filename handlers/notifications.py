"""How somebody is reached: the form in which they choose it, and the menu of a reminder."""

from slack_bolt import Ack, App

from bot import notifications, putting_off
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction, of_submission
from messages import buttons
from modals.notifications import NOTIFICATIONS


def register(app: App, desk: Desk) -> None:
    """Listen to the form and the menu; before the listeners for every other one."""

    @app.view(NOTIFICATIONS.key)
    @admits(Who.MEMBERS)
    def chosen(ack: Ack, body: Body) -> None:
        errors = notifications.keep(desk, of_submission(body), body["view"]["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")

    @app.action(buttons.PUT_OFF)
    @admits(Who.MEMBERS)
    def later(ack: Ack, body: Body) -> None:
        action, container = body["actions"][0], body["container"]
        chosen = action.get("selected_option") or action
        asked = buttons.decode(buttons.PUT_OFF, chosen["value"])
        if not isinstance(asked, buttons.PutOff):
            raise buttons.NotOurs
        place = str(container["channel_id"]), str(container["message_ts"])
        putting_off.put_off(desk, of_interaction(body, "button"), asked, *place)
        ack()
