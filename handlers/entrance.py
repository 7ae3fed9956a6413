"""The one way in for every gesture: it is named for the log, timed, and counted."""

import logging
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from time import monotonic
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse

from bot.ports import Meter, Span
from bot.ports.haste import within
from bot.ports.occasion import occasion
from handlers.gestures import Body

log = logging.getLogger(__name__)

SLOW = 2.5
"""Seconds; from three on Slack tells the person that Frontdesk did not answer."""

PATIENCE = 2.0
"""Seconds for which one gesture waits for the database, however often: there is time to say so."""

OUTCOME = "outcome"
"""Under this name the funnel notes what became of a gesture, where that is not ``ok``."""

_KINDS = {
    "block_actions": "click",
    "view_submission": "submission",
    "view_closed": "closed",
    "block_suggestion": "suggestion",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "event_callback": "event",
}
_REF = re.compile(r"\b[A-Z]{2,10}-[0-9]{1,9}\b")


Answering = Callable[[], AbstractContextManager[None]]


class Entrance(App):
    """Bolt's app, for which each gesture is an occasion of its own."""

    def __init__(self, meter: Meter, answering: Answering, **options: Any) -> None:
        """Take what Bolt's app takes. Every gesture is answered within ``answering()``."""
        super().__init__(**options)
        self._meter = meter
        self._answering = answering

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one gesture; where the database is busy for too long, in time to say so."""
        body: Body = req.body
        gesture, begun = kind_of(body), monotonic()
        about = occasion(gesture=gesture, key=_key(body), ref=_ref(body))
        with self._answering(), about as said, within(PATIENCE):
            answer = super().dispatch(req)
            seconds, outcome = monotonic() - begun, said.get(OUTCOME, "ok")
            self._meter.took(Span.ACKNOWLEDGEMENT, seconds, gesture=gesture, outcome=outcome)
            level = logging.WARNING if seconds > SLOW else logging.DEBUG
            log.log(level, "A gesture was answered.", extra={"seconds": round(seconds, 3)})
        return answer


def kind_of(body: Body) -> str:
    """Return what somebody did, in one word: a click, a submission, a command..."""
    return "command" if "command" in body else _KINDS.get(str(body.get("type")), "other")


def _key(body: Body) -> str:
    """Return what this delivery is called; it says nothing of anybody, and opens nothing.

    That is Slack's id of the event or the view, else the beginning of the SHA-256 of the trigger
    id: with the trigger id itself and the bot's token, a form could be opened to that person.
    """
    view = body.get("view")
    found = body.get("event_id") or (view.get("id") if isinstance(view, dict) else "")
    trigger = str(body.get("trigger_id") or "").encode(errors="replace")
    return str(found or (sha256(trigger).hexdigest()[:16] if trigger else ""))


def _ref(body: Body) -> str:
    """Return the request that it is about, as far as that can be seen."""
    view, actions = body.get("view"), body.get("actions")
    places = [str(body.get("text") or "").upper()] if "command" in body else []
    if isinstance(actions, list) and actions and isinstance(actions[0], dict):
        places.append(str(actions[0].get("value") or ""))
    if isinstance(view, dict):
        places.append(str(view.get("private_metadata") or ""))
    found = next(filter(None, map(_REF.search, places)), None)
    return found[0] if found else ""
