"""The settings of the company: the buttons that lead to them, and the forms that change them."""

from slack_bolt import Ack, App

from bot.desk import Desk, Gesture
from bot.setting import saving, showing
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages import buttons, settings
from modals.metadata import Metadata
from modals.settings import SETTING
from workflows.refusals import NotAllowed


def register(app: App, desk: Desk) -> None:
    """Listen to the forms; before the listener for every other one."""

    @app.view(SETTING)
    @admits(Who.MEMBERS)
    def changed(ack: Ack, body: Body) -> None:
        view = body["view"]
        metadata = Metadata.decode(view["private_metadata"])
        errors = saving.save(desk, of_submission(body), metadata, view["state"]["values"])
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")


def press(desk: Desk, gesture: Gesture, meant: buttons.Company) -> None:
    """Open the settings, or one of them."""
    match meant:
        case buttons.Admin() | buttons.ChangeSetting(settings.MORE):
            if not showing.open_overview(desk, gesture, more=meant != buttons.Admin()):
                raise NotAllowed
        case buttons.ChangeSetting(name):
            showing.open_one(desk, gesture, name)
