"""Socket Mode: the connection over which Slack reaches a bot that has no public address.

See https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import logging
import threading
from concurrent.futures import Executor
from http.client import HTTPException
from typing import Any

from slack_bolt import App
from slack_sdk.errors import SlackApiError, SlackClientError
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from handlers.socket_link import Answers, Life, frames

log = logging.getLogger(__name__)

_FIRST_TRY = 10.0
"""Seconds for which the start waits for the first attempt, whatever comes of it."""
_LONGEST_PAUSE = 30.0
_PATIENCE = 5.0
"""Seconds for the handshake, for Slack's greeting, and for each of its answers to our pings."""
_LARGEST = 16 * 1024 * 1024
_DRAINED = 4.0
"""Seconds in which answers that are being found may still leave when we close."""

_PROBLEMS = {
    "link_disabled": "Socket Mode is switched off for this app: switch it on in its settings.",
    "too_many_websockets": "Slack takes no further connection: ten of this app are open.",
}
_NOT_YET = "Slack has not connected this process over Socket Mode yet."


class SocketMode:
    """Stays connected to Slack: tries again while it is down, and obeys when it is disconnected.

    When Slack says that it will disconnect, the next connection is opened before the old one ends,
    and both are read. Slack sends each envelope to any one connection; one that was cut short on
    its way is not acknowledged, so Slack sends it again.
    """

    def __init__(
        self, bolt: App, app_token: str, hands: Executor, *, patience: float = _PATIENCE
    ) -> None:
        """Prepare; :meth:`open` connects. Gestures are dealt with by ``hands``.

        Over a connection Slack greets us within ``patience`` seconds, or it is ended. One that ends
        as soon after its greeting, or has none, is a failure: the next is tried more slowly.
        """
        self._web, self._token, self._patience = bolt.client, app_token, patience
        self._answers = Answers(bolt, hands)
        self._closing, self._tried = threading.Event(), threading.Event()
        self._guard = threading.Lock()
        self._open: list[ClientConnection] = []
        self._problem = _NOT_YET

    def open(self) -> None:
        """Connect now or, when that fails, as soon as Slack answers."""
        threading.Thread(target=self._stay, name="socket-mode", daemon=True).start()
        self._tried.wait(_FIRST_TRY)

    def problem(self) -> str | None:
        """Return why no connection is open; None while there is one."""
        with self._guard:
            return None if self._open else self._problem

    def close(self) -> None:
        """Send what answers are being found, then disconnect; takes at most a few seconds."""
        self._closing.set()
        self._answers.drain(_DRAINED)
        with self._guard:
            left = list(self._open)
        for connection in left:
            connection.close()

    def _stay(self) -> None:
        failures = 0
        while not self._closing.wait(_pause(failures)):
            life = Life()
            threading.Thread(
                target=self._connection, args=(life,), name="socket-link", daemon=True
            ).start()
            life.ending.wait()
            failures = 0 if life.seconds() > self._patience else failures + 1

    def _connection(self, life: Life) -> None:
        """Open a connection and read it to its end."""
        try:
            with connect(
                self._address(),
                proxy=self._web.proxy,
                compression=None,
                open_timeout=self._patience,
                ping_interval=self._patience,
                ping_timeout=self._patience,
                close_timeout=1.0,
                max_size=_LARGEST,
            ) as connection:
                self._read(connection, life)
        except (SlackClientError, WebSocketException, OSError, HTTPException) as error:
            self._cannot(error)
        except Exception:
            log.exception("A connection over Socket Mode failed.")
        finally:
            self._tried.set()
            life.ending.set()

    def _address(self) -> str:
        return str(self._web.apps_connections_open(app_token=self._token)["url"])

    def _read(self, connection: ClientConnection, life: Life) -> None:
        try:
            for frame in frames(connection, life, self._patience):
                match frame.get("type"):
                    case "hello":
                        life.begin()
                        self._greeted(connection)
                    case "disconnect":
                        self._warned(str(frame.get("reason", "")))
                        life.ending.set()
                    case _:
                        self._answers.take(frame, connection, self._latest)
        finally:
            with self._guard:
                if connection in self._open:
                    self._open.remove(connection)

    def _greeted(self, connection: ClientConnection) -> None:
        with self._guard:
            self._open.append(connection)
        self._tried.set()
        log.info("Connected to Slack over Socket Mode.")
        if self._closing.is_set():
            connection.close()

    def _warned(self, reason: str) -> None:
        problem = _PROBLEMS.get(reason)
        with self._guard:
            self._problem = problem or "Slack has disconnected this process; it connects anew."
        if problem:
            log.error("%s", problem)
        else:
            log.info("Slack will disconnect us (%s); another connection is opened.", reason)

    def _cannot(self, error: Exception) -> None:
        said = type(error).__name__
        if isinstance(error, SlackApiError):
            said = str(error.response.get("error", said))
        with self._guard:
            self._problem = f"Slack cannot be reached over Socket Mode yet: {said}"
        if isinstance(error, SlackApiError) and (seconds := _asked_to_wait(error)):
            log.warning("Slack asks us to wait %s s before we connect.", seconds)
            self._closing.wait(seconds)
        elif not self._closing.is_set():
            log.warning("%s", self._problem)

    def _latest(self) -> ClientConnection | None:
        with self._guard:
            return self._open[-1] if self._open else None


def _pause(failures: int) -> float:
    """Return the seconds before the next attempt: none after a connection that lived."""
    return min(_LONGEST_PAUSE, 0.25 * 2.0 ** min(failures, 10)) if failures else 0.0


def _asked_to_wait(error: SlackApiError) -> float:
    headers: dict[str, Any] = getattr(error.response, "headers", None) or {}
    said = str(headers.get("Retry-After", ""))
    return float(said) if said.isdigit() else 0.0
