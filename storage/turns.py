"""A lock whose waiters are served in the order in which they came, the hasty ones first."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import Unavailable

_IN_A_ROW = 8
"""So many hasty ones are served before one of the others that wait."""


class Turns:
    """Turns at something that only one thread can use at a time.

    SQLite has one writer, and its own way to wait for it lets some threads starve; a thread that
    waits here is overtaken by those alone that are in more haste, and not for ever.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._hasty: deque[threading.Lock] = deque()
        self._others: deque[threading.Lock] = deque()
        self._in_a_row = 0
        self._taken = False

    @contextmanager
    def turn(self, patience: float, *, hasty: bool = True) -> Iterator[None]:
        """Wait for a turn, at most ``patience`` seconds; then raises Unavailable."""
        self._take(patience, self._hasty if hasty else self._others)
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, patience: float, waiting: deque[threading.Lock]) -> None:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            call = threading.Lock()
            call.acquire()
            waiting.append(call)
        if call.acquire(timeout=patience):
            return
        with self._mutex:
            if call not in waiting:  # called in the moment of giving up: the turn is ours
                return
            waiting.remove(call)
        raise Unavailable(f"The database was busy for {patience:.2g} s.")

    def _pass_on(self) -> None:
        with self._mutex:
            waiting = self._next()
            if waiting:
                waiting.popleft().release()
            else:
                self._taken = False

    def _next(self) -> deque[threading.Lock]:
        """Return whose turn it is: the hasty ones', but now and then one of the others'."""
        if self._hasty and (self._in_a_row < _IN_A_ROW or not self._others):
            self._in_a_row += 1
            return self._hasty
        self._in_a_row = 0
        return self._others
