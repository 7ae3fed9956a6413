"""The one funnel for errors: a sentence where the person is, or a reference that is in the log."""

import json
import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any
from uuid import uuid4

from slack_bolt import App, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot import notices
from bot.desk import Desk
from bot.errors import NotSaved, SlackError, Unavailable
from bot.ports import Count, Meter
from bot.ports.occasion import note
from handlers.again import way
from handlers.entrance import OUTCOME
from handlers.gestures import Body, of_interaction
from messages.buttons import Gesture as Meant
from messages.problem import plainly, problem, whisper
from workflows.refusals import Refusal

log = logging.getLogger(__name__)

OLD_BUTTON = "This is from an older version of Frontdesk. Please open the request again."
SLOW_SLACK = "Slack took too long to open this. Nothing is lost: please try again."


_OUTCOMES: tuple[tuple[type[Exception], tuple[str, str]], ...] = (
    (Refusal, ("refused", "")),
    (Unavailable, ("not_saved", "database")),
    (SlackError, ("slack", "slack")),
    (BoltUnhandledRequestError, ("old", "")),
    (Exception, ("error", "unexpected")),
)
"""What became of a gesture, and what kind of error of ours that is, if it is one."""


def install(app: App, desk: Desk, executor: Executor) -> None:
    """Make every error of every listener go through this funnel.

    ``executor`` shows sentences for clicks, which have no answer of their own, after the ack.
    """

    @app.error
    def answered(error: Exception, body: Body) -> BoltResponse:
        sentence = sentence_of(error, desk.meter)
        if _is_event(body):
            return _event(error)
        if body.get("type") == "view_submission":
            return _in_the_form(error, body, sentence)
        if "command" in body:
            said = whisper(sentence, _way(desk, body, error))
            return _json({"response_type": "ephemeral", "text": said.text, "blocks": said.blocks})
        executor.submit(_show, desk, body, sentence, error)
        return BoltResponse(status=200)


def sentence_of(error: Exception, meter: Meter) -> str:
    """Return what the person is told. What is not a refusal of ours is logged by a reference."""
    outcome, kind = next(kinds for each, kinds in _OUTCOMES if isinstance(error, each))
    note(**{OUTCOME: outcome})
    if kind:
        meter.count(Count.ERRORS, where="gesture", kind=kind)
    match error:
        case Refusal():
            log.info("Refused: %s", type(error).__name__)
            return str(error)
        case Unavailable():
            log.warning("Not saved: %s", error)
            return str(NotSaved())
        case SlackError():
            log.warning("Slack: %s", error)
            return SLOW_SLACK
        case BoltUnhandledRequestError():
            return OLD_BUTTON
        case _:
            reference = uuid4().hex[:8]
            note(error=reference)
            log.error("Unexpected error, reference %s", reference, exc_info=error)
            return (
                f"Something went wrong; nothing was changed. Reference for your admin: {reference}"
            )


def _event(error: Exception) -> BoltResponse:
    if isinstance(error, Refusal | BoltUnhandledRequestError):
        return BoltResponse(status=200)
    return BoltResponse(status=503 if isinstance(error, Unavailable) else 500)


def _show(desk: Desk, body: Body, sentence: str, error: Exception) -> None:
    """Show the sentence where the click was: privately in the channel, or as a small modal.

    What Slack did not open has no modal to say so in: that is said in a DM.
    """
    try:
        again = _way(desk, body, error)
        if url := body.get("response_url"):
            desk.slack.respond(str(url), whisper(sentence, again))
        elif isinstance(error, SlackError):
            notices.promise_way(desk, of_interaction(body, "button"), sentence, again)
        elif trigger := body.get("trigger_id"):
            on_top = (body.get("view") or {}).get("type") == "modal"
            desk.slack.open_view(str(trigger), problem(sentence), on_top=on_top)
    except (SlackError, OSError, Unavailable) as trouble:
        log.warning("Could not show a person why their click did nothing: %s", trouble)


def _way(desk: Desk, body: Body, error: Exception) -> Meant | None:
    return way(desk, body) if isinstance(error, SlackError) else None


def _in_the_form(error: Exception, body: Body, sentence: str) -> BoltResponse:
    """Answer a form that was handed in; it stays open, with what was typed, in every case."""
    takes_errors = any(each["type"] == "input" for each in body["view"]["blocks"])
    if (isinstance(error, Refusal) or not takes_errors) and _has_room_on_top(body["view"]):
        return _json({"response_action": "push", "view": problem(sentence)})
    return _json({"response_action": "errors", "errors": {_block(body): plainly(sentence)}})


def _has_room_on_top(view: Body) -> bool:
    """Whether another view fits on this one: Slack stacks three of them."""
    below = view.get("previous_view_id")
    return below in (None, view.get("root_view_id"))


def _block(body: Body) -> str:
    """Return the first input of the form: Slack shows errors at inputs only."""
    blocks = body["view"]["blocks"]
    return next((str(each["block_id"]) for each in blocks if each["type"] == "input"), "form")


def _is_event(body: Body) -> bool:
    return body.get("type") == "event_callback"


def _json(body: dict[str, Any]) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}
    return BoltResponse(status=200, body=json.dumps(body), headers=headers)
