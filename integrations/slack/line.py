"""The line to Slack's Web API, shared by everything that calls it in this process."""

import threading
import time
from collections.abc import Callable
from typing import Any

from slack_sdk.web import SlackResponse

from bot.errors import RateLimited, SlackError, SlackStopped, SlackUnsure
from bot.ports import Count, Json, Meter, NoMeter, Span
from bot.ports.meter import timed
from integrations.slack.errors import asked, kind_of

_BY_CHANNEL = "chat.postMessage"
"""Slack's limit for it is one a second and channel; every other method's is for the workspace.

See https://docs.slack.dev/apis/web-api/rate-limits.
"""
_DOWN = 5
"""Calls in a row that got no answer: beyond them it is Slack that is down, for everybody."""
_MANY = 3
"""Channels: when so many are closed to posts at a time, it is the workspace that says too much."""


class Line:
    """Calls Slack, but no method before the end of the wait that Slack asked for.

    One refusal is enough: until then further calls are refused here, and Slack is not asked.
    """

    def __init__(self, meter: Meter | None = None) -> None:
        """Open the line; nothing is called yet. ``meter``: told of each call, and of failures."""
        self._meter = meter or NoMeter()
        self._guard = threading.Lock()
        self._until: dict[tuple[str, str], float] = {}
        self._closing = threading.Event()
        self._end: float | None = None
        self._in_vain = 0

    def call(self, method: str, api: Callable[..., Any], **arguments: Any) -> Json:
        """Call ``api`` and return the answer's JSON. Raises the classes of :mod:`bot.errors`."""
        data = self.answered(method, api, **arguments).data
        if not isinstance(data, dict):
            raise SlackUnsure("no_json", method)
        return data

    def answered(self, method: str, api: Callable[..., Any], **arguments: Any) -> SlackResponse:
        """Call ``api`` and return the whole answer, with its headers. Raises as :meth:`call`."""
        channel = str(arguments.get("channel", "")) if method == _BY_CHANNEL else ""
        self._must_be_open(method, channel)
        try:
            with timed(self._meter, Span.SLACK_CALL, method=method):
                answer = asked(method, api, **arguments)
        except SlackError as error:
            self._meter.count(Count.SLACK_FAILURES, method=method, kind=kind_of(error))
            self._learn(method, channel, error)
            raise
        self._in_vain = 0
        return answer

    def close(self, seconds: float) -> None:
        """After so many seconds begin no further call; whoever waits here is woken at once."""
        self._end = time.monotonic() + seconds
        self._closing.set()

    def wait(self, seconds: float) -> None:
        """Wait so long. Raises SlackStopped when the line is closed meanwhile."""
        if self._closing.wait(seconds):
            raise SlackStopped("stopping")

    def _must_be_open(self, method: str, channel: str) -> None:
        now = time.monotonic()
        if self._end is not None and now > self._end:
            raise SlackStopped("stopping", method)
        with self._guard:
            waits = [self._until.get(key, 0.0) - now for key in ((method, channel), (method, ""))]
        if (left := max(waits)) > 0:
            raise RateLimited(method, left)

    def _learn(self, method: str, channel: str, error: SlackError) -> None:
        match error:
            case RateLimited():
                self._limited(method, channel, error.retry_after)
            case SlackUnsure():
                self._in_vain += 1
                error.is_down = self._in_vain > _DOWN
            case _:
                self._in_vain = 0

    def _limited(self, method: str, channel: str, seconds: float) -> None:
        now = time.monotonic()
        with self._guard:
            self._until = {key: until for key, until in self._until.items() if until > now}
            self._until[method, channel] = now + seconds
            closed = [until for (name, _), until in self._until.items() if name == method]
            if channel and len(closed) >= _MANY:
                self._until[method, ""] = max(closed)
