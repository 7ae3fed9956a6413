"""What comes in over a Socket Mode connection, and the acknowledgements that go out."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, wait

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from handlers.gestures import Body
from handlers.shapes import is_sound

log = logging.getLogger(__name__)

_LAST_WORDS = 30.0
"""Seconds for which a connection is read on after Slack announced its end, some 10 s before it."""
_LOOK = 1.0
"""Seconds between two looks at whether that was announced."""
_OK = 200
_ENVELOPE = frozenset(("type", "envelope_id", "payload"))


class NoGreeting(OSError):
    """Slack has opened a connection and does not say hello over it, so nothing would come."""


class Life:
    """The life of a connection: from Slack's greeting until it is time for the next one.

    ``ending`` is set when that time has come; the old connection may be read for a while yet.
    """

    def __init__(self) -> None:
        """Wait for the greeting."""
        self.ending = threading.Event()
        self._begun: float | None = None

    def begin(self) -> None:
        """Live from now on: Slack has greeted us."""
        self._begun = time.monotonic()

    def seconds(self) -> float:
        """Return for how long it has lived; without a greeting not at all."""
        return 0.0 if self._begun is None else time.monotonic() - self._begun

    def is_waited_for(self) -> bool:
        """Whether Slack has not greeted us yet, and not announced an end instead."""
        return self._begun is None and not self.ending.is_set()


def frames(connection: ClientConnection, life: Life, patience: float) -> Iterator[Body]:
    """Yield every whole frame until the connection ends, or some time after its end was announced.

    Whatever was cut short, or is no JSON object, is none. NoGreeting: Slack has not greeted us
    within ``patience`` seconds.
    """
    opened = time.monotonic()
    until: float | None = None
    while True:
        if until is None and life.ending.is_set():
            until = time.monotonic() + _LAST_WORDS
        if until is not None and time.monotonic() > until:
            return
        if life.is_waited_for() and time.monotonic() > opened + patience:
            raise NoGreeting
        try:
            text = connection.recv(timeout=min(_LOOK, patience))
        except TimeoutError:
            continue
        except ConnectionClosed:
            return
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            log.warning("Slack sent something over Socket Mode that is no JSON.")
            continue
        if isinstance(frame, dict):
            yield frame


class Answers:
    """Gestures are dealt with side by side, and acknowledged when that is committed."""

    def __init__(self, bolt: App, hands: Executor) -> None:
        """Prepare to dispatch to ``bolt`` in ``hands``."""
        self._bolt, self._hands = bolt, hands
        self._guard = threading.Lock()
        self._under_way: set[Future[None]] = set()

    def take(
        self,
        frame: Body,
        connection: ClientConnection,
        latest: Callable[[], ClientConnection | None],
    ) -> None:
        """Deal with an envelope; its answer goes back where it came from, else by ``latest``."""
        if not frame.keys() >= _ENVELOPE:
            return
        with self._guard:
            doing = self._hands.submit(self._deal, frame, connection, latest)
            self._under_way.add(doing)
        doing.add_done_callback(self._done)

    def drain(self, seconds: float) -> None:
        """Wait until every answer is sent, at most so many seconds."""
        with self._guard:
            left = set(self._under_way)
        wait(left, seconds)

    def _done(self, doing: Future[None]) -> None:
        with self._guard:
            self._under_way.discard(doing)

    def _deal(
        self,
        frame: Body,
        connection: ClientConnection,
        latest: Callable[[], ClientConnection | None],
    ) -> None:
        try:
            said = self._answer(frame) if is_sound(frame["payload"]) else _refusal(frame)
            if said is not None:
                _send(json.dumps(said.to_dict()), connection, latest)
        except Exception:
            log.exception("What Slack sent over Socket Mode could not be dealt with.")

    def _answer(self, frame: Body) -> SocketModeResponse | None:
        request = SocketModeRequest.from_dict(frame)
        if request is None:
            return None
        answer = self._bolt.dispatch(_as_bolt_has_it(request))
        if answer.status != _OK:
            return None
        return SocketModeResponse(request.envelope_id, _payload(answer))


def _refusal(frame: Body) -> SocketModeResponse | None:
    """Return what is said to an envelope that is spoilt; nobody listens to it.

    An event is acknowledged, as Slack would send it again, just as spoilt. What a person did is
    not: an acknowledgement would close their form as if it were taken, so they hear from Slack
    that the app did not answer.
    """
    said = frame["payload"]
    kind = said.get("type", "command") if isinstance(said, dict) else type(said).__name__
    log.warning(
        "Slack sent something over Socket Mode (%.40r, %.40r) that is of no shape that Frontdesk "
        "knows.",
        frame["type"],
        kind,
    )
    is_event = frame["type"] == "events_api"
    return SocketModeResponse(frame["envelope_id"]) if is_event else None


def _send(
    text: str, connection: ClientConnection, latest: Callable[[], ClientConnection | None]
) -> None:
    for which in (lambda: connection, latest):
        if (each := which()) is None:
            continue
        try:
            each.send(text)
        except ConnectionClosed:
            continue
        return
    log.info("The connection ended before an answer could be sent; Slack sends events again.")


def _as_bolt_has_it(request: SocketModeRequest) -> BoltRequest:
    headers: dict[str, str | list[str]] = {}
    if request.retry_attempt is not None:
        headers["x-slack-retry-num"] = str(request.retry_attempt)
        headers["x-slack-retry-reason"] = str(request.retry_reason or "")
    return BoltRequest(mode="socket_mode", body=request.payload, headers=dict(headers))


def _payload(answer: BoltResponse) -> Body | None:
    """Return what stands in the acknowledgement: nothing, Bolt's JSON, or its text."""
    if not answer.body:
        return None
    kind = str(answer.headers.get("content-type", [""])[0])
    if kind.startswith("application/json"):
        found: Body = json.loads(answer.body)
        return found
    return {"text": answer.body}
