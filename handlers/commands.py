"""Slash commands: one per workflow, and ``/requests`` for everything that concerns me."""

from collections.abc import Callable, Mapping

from slack_bolt import Ack, App

from bot import (
    deal_book,
    form_opening,
    keeping,
    notifications,
    overview,
    quarterly,
    report,
    request_log,
    standing_in,
)
from bot.bank import showing as bank
from bot.desk import Desk, Gesture
from bot.lookups import answering
from bot.reports import asking
from bot.setting import showing
from bot.shelf import announcing, finding, usage
from bot.subcommands import Help, List, New, Own, Status, Unknown, read, ref_in
from bot.triage import agenda
from handlers.admission import Who, admits
from handlers.gestures import Body, of_command
from messages import listing
from messages.message import Message
from messages.problem import whisper
from workflows.definition import Workflow

REQUESTS = "/requests"
SETTINGS = "settings"

Answers = Callable[[Desk, Gesture, str], Message | None]
"""What a subcommand does with the rest of its line; what it returns is said."""


def register(app: App, desk: Desk) -> None:
    """Listen to every workflow's command and to ``/requests``."""
    for workflow in desk.workflows.values():
        app.command(workflow.command)(_listener(desk, workflow))

    @app.command(REQUESTS)
    @admits(Who.MEMBERS)
    def requests(ack: Ack, body: Body) -> None:
        gesture, words = of_command(body), str(body.get("text", "")).lower().split()
        match words:
            case ["away"]:
                standing_in.open_form(desk, gesture)
                ack()
            case ["report" | "reports"]:
                asking.open_form(desk, gesture)
                ack()
            case ["away", "off"]:
                _answer(ack, standing_in.end_own(desk, gesture))
            case [word] if word == SETTINGS:
                notifications.open_form(desk, gesture)
                ack()
            case ["admin"] if showing.open_overview(desk, gesture):
                ack()
            case ["help"]:
                _answer(ack, answering.help_for(desk, gesture))
            case []:
                _answer(ack, overview.requests_of(desk, gesture, None))
            case _:
                _answer(ack, answering.answer(desk, gesture, str(body["text"]), None))


def _listener(desk: Desk, workflow: Workflow) -> Callable[[Ack, Body], None]:
    @admits(Who.MEMBERS)
    def command(ack: Ack, body: Body) -> None:
        gesture = of_command(body)
        match read(workflow, str(body.get("text", ""))):
            case New():
                form_opening.open_new(desk, gesture, workflow)
                ack()
            case List(""):
                _answer(ack, overview.requests_of(desk, gesture, workflow))
            case List(words):
                _answer(ack, answering.answer(desk, gesture, words, workflow))
            case Status("", words):
                _answer(ack, answering.status(desk, gesture, workflow, words))
            case Status(ref):
                _answer(ack, overview.status(desk, gesture, ref))
            case Help():
                _answer(ack, listing.help_text(workflow))
            case Own(name, rest):
                _own(ack, desk, gesture, workflow, name, rest)
            case Unknown(typed, nearest):
                _answer(ack, listing.unknown_subcommand(workflow, typed, nearest))

    return command


def _own(ack: Ack, desk: Desk, gesture: Gesture, workflow: Workflow, name: str, rest: str) -> None:
    answer = OWN[(workflow.key, name)](desk, gesture, rest)
    if answer is None:
        ack()
    else:
        _answer(ack, answer)


def _why(desk: Desk, gesture: Gesture, rest: str) -> Message:
    workflow = desk.workflows["sales_asset"]
    ref = ref_in(workflow, rest)
    if ref is None:
        return whisper(f"Of which request? For example: {workflow.command} why {workflow.prefix}-7")
    return agenda.why(desk, gesture, ref)


def _silently(opens: Callable[[Desk, Gesture], None]) -> Answers:
    """Return an answer that says nothing: something opens instead."""

    def opened(desk: Desk, gesture: Gesture, _rest: str) -> None:
        opens(desk, gesture)

    return opened


OWN: Mapping[tuple[str, str], Answers] = {
    ("sow", "report"): lambda desk, gesture, _rest: report.answer(desk, gesture),
    ("sow", "deals"): _silently(deal_book.open_deals),
    ("sow", "bank"): _silently(bank.open_rows),
    ("sales_asset", "find"): finding.find,
    ("sales_asset", "triage"): lambda desk, gesture, _rest: agenda.answer(desk, gesture),
    ("sales_asset", "why"): _why,
    ("sales_asset", "review"): lambda desk, gesture, _rest: quarterly.answer(desk, gesture),
    ("sales_asset", "log"): lambda desk, gesture, _rest: whisper(request_log.ask(desk, gesture)),
    ("sales_asset", "lists"): _silently(keeping.open_lists),
    ("sales_asset", "weights"): _silently(keeping.open_weights),
    ("sales_asset", "usage"): usage.used,
    ("sales_asset", "mail"): lambda desk, gesture, _rest: announcing.switch_mail(desk, gesture),
}
"""What a workflow's own subcommands do, by its key and their name; what they return is said."""


def _answer(ack: Ack, message: Message) -> None:
    ack(text=message.text, blocks=list(message.blocks), response_type="ephemeral")
