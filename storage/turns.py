"""A lock whose waiters are served in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import Unavailable


class Turns:
    """Turns at something that only one thread can use at a time.

    SQLite has one writer, and its own way to wait for it lets some threads starve; a thread that
    waits here is overtaken by nobody.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Wait for a turn, at most ``patience`` seconds; then raises Unavailable."""
        self._take(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, patience: float) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            call = threading.Lock()
            call.acquire()
            self._waiting.append(call)
        if call.acquire(timeout=patience):
            return
        with self._mutex:
            if call not in self._waiting:  # called in the moment of giving up: the turn is ours
                return
            self._waiting.remove(call)
        raise Unavailable(f"The database was busy for {patience} s.")

    def _pass_on(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
