"""Everybody presses every button about every request: the real listeners say what comes of it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from slack_bolt import BoltRequest

from bot import moves
from messages.buttons import Button, Gesture, encode
from modals.metadata import Metadata
from tests.journeys.house import House
from tests.workflows.assets import WANTED
from tests.workflows.deals import deal
from workflows.engine import Actor

DONE, OPENS, ERRORS = "done", "opens", "errors"
"""What comes of a gesture that is not refused: it is done, its form or page is opened, or the form
stays open with what is wrong in it."""

STAFF = (
    *("ana", "ben", "dian", "ryan", "bea", "mia", "sol", "priya"),
    *("leo", "greta", "hugo", "hana", "audra", "adam"),
)
KEYS = {"SOW": "sow", "AST": "sales_asset"}
DETAILS = {"SOW": deal(), "AST": WANTED}
ASKERS = {"SOW": "ana", "AST": "ben"}


class Outcomes(logging.Handler):
    """What the funnel says came of a gesture."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith("Refused: "):
            self.said.append(message.removeprefix("Refused: "))
        elif message.startswith("Slack: "):
            self.said.append(OPENS)
        elif record.exc_info:
            self.said.append(f"an error: {message}")


@contextmanager
def outcomes() -> Iterator[Outcomes]:
    """Listen to the funnel."""
    heard, log = Outcomes(), logging.getLogger("handlers.funnel")
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(heard)
    try:
        yield heard
    finally:
        log.removeHandler(heard)
        log.setLevel(before)


class Matrix:
    """Presses buttons as anybody; there is no trigger with which Slack would show what opens."""

    def __init__(self, house: House, heard: Outcomes) -> None:
        self._house, self._heard = house, heard
        self._views = count()

    def asked(self, prefix: str, user: str) -> str:
        """Return a new request of somebody's, as it stands when it was just asked for."""
        desk = self._house.frontdesk.desk
        workflow = desk.workflows[KEYS[prefix]]
        with desk.store.unit() as unit:
            office = desk.office(unit, workflow, user)
            details, view = DETAILS[prefix], f"V{next(self._views)}"
            made = moves.make(desk, unit, workflow, details, Actor(user), office, view)
            unit.commit()
        return made.ref

    def press(self, user: str, meant: Gesture) -> str:
        """Press a button that means this; return what came of it."""
        action_id, value = encode(meant)
        action = {"type": "button", "action_id": action_id, "value": value, "action_ts": "1.1"}
        body = {"type": "block_actions", "trigger_id": "1.1.none", "actions": [action]}
        return self._said(user, body)

    def decide(self, user: str, ref: str, name: str) -> str:
        """Press the button of a decision."""
        return self.press(user, Button(name, ref, self._house.request(ref).step))

    def hand_in(self, user: str, ref: str, name: str) -> str:
        """Hand in the form of a decision, which was never opened, with a reason."""
        request, desk = self._house.request(ref), self._house.frontdesk.desk
        transition = desk.workflows[request.workflow].transition(name)
        form = (transition and transition.form) or "reason"
        meta = Metadata(form, request.workflow, name, ref=ref, step=request.step, draft="forged")
        text = {"type": "plain_text_input", "value": "Because."}
        view = {
            "id": f"V{next(self._views)}",
            "type": "modal",
            "callback_id": form,
            "private_metadata": meta.encode(),
            "state": {"values": {"reason": {"field:reason": text}}},
            "blocks": [],
        }
        return self._said(user, {"type": "view_submission", "view": view})

    def _said(self, user: str, body: dict[str, Any]) -> str:
        team = self._house.workspace.team_id
        who = {"user": {"id": user, "team_id": team}, "team": {"id": team}}
        self._heard.said.clear()
        asked = BoltRequest(mode="socket_mode", body=body | who)
        answer = self._house.frontdesk.bolt.dispatch(asked).body or ""
        if '"errors"' in answer:
            return ERRORS
        return self._heard.said[0] if self._heard.said else DONE
