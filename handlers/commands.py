"""Slash commands: one per workflow, and ``/requests`` for everything that concerns me."""

from collections.abc import Callable

from slack_bolt import Ack, App

from bot import deal_book, intake, overview, report
from bot.desk import Desk, Gesture
from bot.subcommands import Help, List, New, Own, Status, Unknown, read
from handlers.gestures import Body, of_command
from messages import listing
from messages.message import Message
from workflows.definition import Workflow

REQUESTS = "/requests"


def register(app: App, desk: Desk) -> None:
    """Listen to every workflow's command and to ``/requests``."""
    for workflow in desk.workflows.values():
        app.command(workflow.command)(_listener(desk, workflow))

    @app.command(REQUESTS)
    def requests(ack: Ack, body: Body) -> None:
        _answer(ack, overview.requests_of(desk, of_command(body), None))


def _listener(desk: Desk, workflow: Workflow) -> Callable[[Ack, Body], None]:
    def command(ack: Ack, body: Body) -> None:
        gesture = of_command(body)
        match read(workflow, str(body.get("text", ""))):
            case New():
                intake.open_new(desk, gesture, workflow)
                ack()
            case List():
                _answer(ack, overview.requests_of(desk, gesture, workflow))
            case Status(ref):
                _answer(ack, overview.status(desk, gesture, ref))
            case Help():
                _answer(ack, listing.help_text(workflow))
            case Own(name):
                _own(ack, desk, gesture, name)
            case Unknown(typed, nearest):
                _answer(ack, listing.unknown_subcommand(workflow, typed, nearest))

    return command


def _own(ack: Ack, desk: Desk, gesture: Gesture, name: str) -> None:
    if name == "report":
        _answer(ack, report.answer(desk, gesture))
    else:
        deal_book.open_deals(desk, gesture)
        ack()


def _answer(ack: Ack, message: Message) -> None:
    ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")
