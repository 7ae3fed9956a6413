"""What people do, many times: the sandbox's own payloads, each made unique and signed."""

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.errors import NotMeasured
from bench.wire import Slack, get_json
from messages.buttons import Button, decode, encode

Payload = dict[str, Any]


@dataclass
class Gestures:
    """Requests made from ``story``: what the sandbox sent when people did one of everything."""

    slack: Slack
    workspace: str
    """The URL of the workspace that mints trigger ids."""
    story: dict[str, Payload]
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def forms_opened(self, count: int) -> list[bytes]:
        """`/sow` by Ana; the trigger ids work once, and for three seconds."""
        triggers = get_json(self.workspace, f"/bench/triggers?count={count}", "POST")
        return [
            self.slack.command(self.story["command"] | {"trigger_id": each}) for each in triggers
        ]

    def lists(self, count: int) -> list[bytes]:
        """`/sow list` by Ben."""
        return [
            self.slack.command(self.story["list"] | {"trigger_id": self._unique("T")})
            for _ in range(count)
        ]

    def submissions(self, count: int) -> list[bytes]:
        """The filled-in form below the threshold, by Ana, each from a view of its own."""
        return [self._submission("small", self._unique("V")) for _ in range(count)]

    def large_submission(self) -> tuple[str, bytes]:
        """The form that the executive has to approve; return the id of its view, too."""
        view = self._unique("V")
        return view, self._submission("large", view)

    def approvals(self, ref: str, count: int) -> list[bytes]:
        """Clicks on Approve on Ryan's card of the request ``ref``."""
        payload = copy.deepcopy(self.story["approve"])
        action = payload["actions"][0]
        meant = decode(action["action_id"], action["value"])
        if not isinstance(meant, Button):
            raise NotMeasured(f"Approve is no decision any more: {action}")
        action["value"] = encode(Button(meant.action, ref, meant.step))[1]
        return [
            self.slack.interaction(payload | {"trigger_id": self._unique("T")})
            for _ in range(count)
        ]

    def _submission(self, name: str, view_id: str) -> bytes:
        payload = self.story[name]
        view = payload["view"] | {"id": view_id, "root_view_id": view_id}
        return self.slack.interaction(payload | {"view": view, "trigger_id": self._unique("T")})

    def _unique(self, letter: str) -> str:
        return f"{letter}0BENCH{next(self._numbers):08d}"


def is_silence(body: bytes) -> bool:
    """Whether an answer has no words: all is well with a command or a click."""
    return not body


def is_list(body: bytes) -> bool:
    """Whether an answer is the list of Ben's requests."""
    return b"SOW-" in body


def is_taken(body: bytes) -> bool:
    """Whether an answer closes the form."""
    return b'"clear"' in body
