"""A clock that follows the sandbox's movable one, for a bot that has sandbox tokens only."""

import json
import logging
import threading
import urllib.request
from datetime import datetime, timedelta

from integrations.clock import SystemClock

log = logging.getLogger(__name__)
_EVERY = 0.5


class FollowedClock:
    """The machine's time plus the sandbox's offset, asked every half second. Call :meth:`close`."""

    def __init__(self, token: str, api_url: str) -> None:
        """Ask the sandbox once, then keep asking in the background."""
        self._token, self._url = token, f"{api_url}sandbox.clock"
        self._real = SystemClock()
        self._offset = timedelta()
        self._closed = threading.Event()
        self._asking = threading.Lock()
        self.refresh()
        threading.Thread(target=self._follow, name="sandbox-clock", daemon=True).start()

    def now(self) -> datetime:
        """Return the sandbox's instant, UTC-aware."""
        return self._real.now() + self._offset

    def refresh(self) -> None:
        """Ask the sandbox now; keep the last offset when it does not answer.

        One asks at a time: an answer from before the clock was moved never replaces a later one.
        """
        request = urllib.request.Request(  # noqa: S310 - our own sandbox
            self._url, data=b"", headers={"Authorization": f"Bearer {self._token}"}
        )
        try:
            with self._asking, urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
                self._offset = timedelta(seconds=float(json.load(answer)["offset_s"]))
        except (OSError, ValueError, KeyError):
            log.debug("The sandbox did not say what time it is.")

    def close(self) -> None:
        """Stop following."""
        self._closed.set()

    def _follow(self) -> None:
        while not self._closed.wait(_EVERY):
            self.refresh()
