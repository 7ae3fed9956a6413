"""Whoever waits for an answer goes first; what is sent a moment later gives way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Precedence:
    """Knows whether gestures are being answered, in any thread of this process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._answering = 0
        self._change = threading.Condition()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Have the precedence while a gesture is answered."""
        with self._change:
            self._answering += 1
        try:
            yield
        finally:
            with self._change:
                self._answering -= 1
                if not self._answering:
                    self._change.notify_all()

    def give_way(self, seconds: float) -> None:
        """Return as soon as nobody waits for an answer, or after so many seconds."""
        with self._change:
            self._change.wait_for(lambda: not self._answering, seconds)
