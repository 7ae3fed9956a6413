"""Socket Mode: the connection over which Slack reaches a bot that has no public address."""

import logging
import threading
from http.client import HTTPException

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackClientError

log = logging.getLogger(__name__)
_PAUSE = 2.0
_LONGEST_CLOSE = 5.0
"""Seconds: Bolt's client waits for itself for ever when Slack disconnects it while it closes."""


class SocketMode:
    """Connects to Slack, again and again while Slack is down; Bolt's client then stays connected.

    See https://docs.slack.dev/apis/events-api/using-socket-mode.
    """

    def __init__(self, bolt: App, app_token: str) -> None:
        """Prepare; :meth:`open` connects."""
        self._handler = SocketModeHandler(bolt, app_token)
        self._closing = threading.Event()
        self._trying = threading.Thread(target=self._keep_trying, name="socket-mode", daemon=True)

    def open(self) -> None:
        """Connect now or, when that fails, as soon as Slack answers."""
        if not self._connects():
            self._trying.start()

    def close(self) -> None:
        """Disconnect, or stop trying; takes at most a few seconds."""
        self._closing.set()
        if self._trying.is_alive():
            self._trying.join()
        closing = threading.Thread(target=self._handler.close, name="socket-close", daemon=True)
        closing.start()
        closing.join(_LONGEST_CLOSE)

    def _keep_trying(self) -> None:
        while not self._closing.wait(_PAUSE) and not self._connects():
            pass

    def _connects(self) -> bool:
        try:
            self._handler.client.connect_to_new_endpoint(force=True)
        except (SlackClientError, OSError, HTTPException) as error:
            log.warning("Slack cannot be reached over Socket Mode yet: %s", type(error).__name__)
            return False
        return True
