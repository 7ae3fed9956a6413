"""The global shortcut and the message shortcut: the same forms, from anywhere."""

from collections.abc import Mapping

from slack_bolt import Ack, App

from bot import form_opening, members, outside, overview
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction
from messages.problem import problem
from messages.quoting import mentioned, quoted
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


OFFER = "offer_the_form"
"""``callback_id`` of the message shortcut that offers the form to whoever wrote the message."""


def open_to_all(workflows: Mapping[str, Workflow]) -> tuple[Workflow, ...]:
    """Return what requesters may ask for: everybody sees shortcuts, so these alone have any."""
    return tuple(each for each in workflows.values() if Role.REQUESTER in each.may_ask)


def register(app: App, desk: Desk) -> None:
    """Listen to the shortcuts of every workflow."""
    for workflow in open_to_all(desk.workflows):
        _register(app, desk, workflow)

    @app.shortcut(OFFER)
    @admits(Who.MEMBERS)
    def offer(ack: Ack, body: Body) -> None:
        message, gesture = body["message"], of_interaction(body, "message")
        said = str(message.get("text", ""))
        text = quoted(said, members.names(desk, mentioned(said)))
        told = outside.offer_for(desk, gesture, str(message.get("user", "")), text, _link(body))
        desk.slack.open_view(gesture.trigger_id, problem(told))
        ack()

    @app.shortcut(MY_REQUESTS)
    @admits(Who.MEMBERS)
    def my_requests(ack: Ack, body: Body) -> None:
        overview.show_all(desk, of_interaction(body, "shortcut"))
        ack()


def _register(app: App, desk: Desk, workflow: Workflow) -> None:
    @app.shortcut(ask_id(workflow))
    @admits(Who.MEMBERS)
    def ask(ack: Ack, body: Body) -> None:
        form_opening.open_new(desk, of_interaction(body, "shortcut"), workflow)
        ack()

    @app.shortcut(from_message_id(workflow))
    @admits(Who.MEMBERS)
    def from_message(ack: Ack, body: Body) -> None:
        said = str(body["message"].get("text", ""))
        text = quoted(said, members.names(desk, mentioned(said)))
        gesture = of_interaction(body, "message")
        form_opening.open_new(desk, gesture, workflow, text=text, link=_link(body))
        ack()


def _link(body: Body) -> str:
    place = f"{body['channel']['id']}/p{body['message']['ts'].replace('.', '')}"
    return f"https://{body['team']['domain']}.slack.com/archives/{place}"
