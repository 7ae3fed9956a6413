"""The offer to record what somebody wrote below a card: taken, or not meant."""

import logging
import re
from concurrent.futures import Executor
from dataclasses import replace

from slack_bolt import Ack, App

from bot import verdicts
from bot.conversation.talk import place
from bot.desk import Desk
from bot.errors import SlackError
from handlers import deciding
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction
from messages import buttons
from messages.buttons import Button, JustTalking, Record

log = logging.getLogger(__name__)

_OURS = re.compile(f"^(?:{re.escape(buttons.RECORD)}.*|{re.escape(buttons.JUST_TALKING)})$")


def register(app: App, desk: Desk, executor: Executor) -> None:
    """Listen to both buttons; before the listener for every other one.

    ``executor`` takes an offer that only its reader sees away after the ack.
    """

    @app.action(_OURS)
    @admits(Who.MEMBERS)
    def answered(ack: Ack, body: Body) -> None:
        action = body["actions"][0]
        gesture = replace(of_interaction(body, "button"), offer=_staying(body))
        match buttons.decode(action["action_id"], str(action.get("value", ""))):
            case Record() as meant:
                verdicts.still_says(desk, gesture, meant)
                button = Button(meant.action, meant.ref, meant.step)
                is_over = deciding.do(desk, gesture, button, meant.words)
            case JustTalking():
                verdicts.not_meant(desk, gesture)
                is_over = True
            case _:
                raise buttons.NotOurs
        if is_over and not gesture.offer and (url := body.get("response_url")):
            executor.submit(_take_away, desk, str(url))
        ack()


def _staying(body: Body) -> str:
    """Return where the offer stands, if it is a message; "" for one that only its reader sees."""
    container = body.get("container") or {}
    if container.get("is_ephemeral") or "channel_id" not in container:
        return ""
    return place(str(container["channel_id"]), str(container["message_ts"]))


def _take_away(desk: Desk, response_url: str) -> None:
    """Take away an offer that Slack keeps nowhere, best effort: pressed again it does nothing."""
    try:
        desk.slack.take_away(response_url)
    except (SlackError, OSError) as trouble:
        log.warning("Could not take an offer away: %s", trouble)
