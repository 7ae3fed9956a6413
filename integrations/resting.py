"""Leaving a partner alone that did not answer, so that its silence holds up nothing else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic


class Resting(Exception):
    """It is not asked now; nothing was sent."""

    def __init__(self) -> None:
        """Say why."""
        super().__init__("did not answer just now, and is left alone a while")


class Rest:
    """After silence a partner is asked nothing for ``seconds``, then by one thread at a time.

    As soon as it answers all may ask again. What an error says of the partner is told by
    ``is_silence``; a refusal is an answer. For any thread.
    """

    def __init__(self, seconds: float, is_silence: Callable[[BaseException], bool]) -> None:
        """Ask at once."""
        self._seconds, self._is_silence = seconds, is_silence
        self._lock = threading.Lock()
        self._until: float | None = None
        self._is_tried = False

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask within it. Raises Resting before anything is sent."""
        is_try = self._begin()
        try:
            yield
        except BaseException as error:
            self._end(is_try=is_try, is_silent=self._is_silence(error))
            raise
        self._end(is_try=is_try, is_silent=False)

    def _begin(self) -> bool:
        with self._lock:
            if self._until is None:
                return False
            if self._is_tried or monotonic() < self._until:
                raise Resting
            self._is_tried = True
            return True

    def _end(self, *, is_try: bool, is_silent: bool) -> None:
        with self._lock:
            self._until = monotonic() + self._seconds if is_silent else None
            if is_try:
                self._is_tried = False
