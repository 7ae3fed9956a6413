"""The global shortcut and the message shortcut: the same forms, from anywhere."""

from collections.abc import Mapping

from slack_bolt import Ack, App

from bot import intake, members, overview
from bot.desk import Desk
from handlers.gestures import Body, of_interaction
from handlers.quoting import mentioned, quoted
from workflows.definition import Workflow
from workflows.roles import Role

MY_REQUESTS = "my_requests"
"""``callback_id`` of the global shortcut that shows everything that concerns me."""


def ask_id(workflow: Workflow) -> str:
    """Return the ``callback_id`` of the workflow's global shortcut."""
    return f"ask_{workflow.key}"


def from_message_id(workflow: Workflow) -> str:
    """Return the ``callback_id`` of the workflow's message shortcut."""
    return f"from_message_{workflow.key}"


def open_to_all(workflows: Mapping[str, Workflow]) -> tuple[Workflow, ...]:
    """Return what requesters may ask for: everybody sees shortcuts, so these alone have any."""
    return tuple(each for each in workflows.values() if Role.REQUESTER in each.may_ask)


def register(app: App, desk: Desk) -> None:
    """Listen to the shortcuts of every workflow."""
    for workflow in open_to_all(desk.workflows):
        _register(app, desk, workflow)

    @app.shortcut(MY_REQUESTS)
    def my_requests(ack: Ack, body: Body) -> None:
        overview.show_all(desk, of_interaction(body, "shortcut"))
        ack()


def _register(app: App, desk: Desk, workflow: Workflow) -> None:
    @app.shortcut(ask_id(workflow))
    def ask(ack: Ack, body: Body) -> None:
        intake.open_new(desk, of_interaction(body, "shortcut"), workflow)
        ack()

    @app.shortcut(from_message_id(workflow))
    def from_message(ack: Ack, body: Body) -> None:
        message, channel = body["message"], body["channel"]["id"]
        place = f"{channel}/p{message['ts'].replace('.', '')}"
        link = f"https://{body['team']['domain']}.slack.com/archives/{place}"
        said = str(message.get("text", ""))
        text = quoted(said, members.names(desk, mentioned(said)))
        intake.open_new(desk, of_interaction(body, "message"), workflow, text=text, link=link)
        ack()
