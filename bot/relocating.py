"""The files of the library are taken to another place, and each is compared with its hash there."""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from enum import Enum

from bot.ports import Library, LibraryUnavailable

_HANDS = 4
"""Files that are on their way at the same time; each is in memory while it is."""


class CutShort(Exception):
    """One of the two places does not do; the text says why. What has been taken stays there."""


class Outcome(Enum):
    """What became of a file: it was ``TAKEN``, was ``THERE`` already, or cannot be read."""

    TAKEN = "taken"
    THERE = "there"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Relocation:
    """From where to where. ``source`` is only read."""

    source: Library
    destination: Library

    def take(
        self,
        hashes: Collection[str],
        known: Collection[str],
        done: Callable[[str, Outcome], None],
    ) -> None:
        """Take the files with these ``hashes``; ``done`` is told of each, one at a time.

        A file that is ``known`` to have been compared there is only looked for. Raises CutShort
        when nothing can be read here or kept there; then, as when it is interrupted, what is in
        hand is finished and nothing else begun.
        """
        turn, stopped = threading.Lock(), threading.Event()

        def one(sha256: str) -> None:
            if stopped.is_set():
                return
            outcome = self._one(sha256, is_known=sha256 in known)
            with turn:
                done(sha256, outcome)

        with ThreadPoolExecutor(_HANDS, thread_name_prefix="relocation") as hands:
            try:
                began = [hands.submit(one, each) for each in sorted(hashes)]
                finished, _ = wait(began, return_when=FIRST_EXCEPTION)
            finally:
                stopped.set()
        for each in finished:
            each.result()

    def forget(self, hashes: Collection[str]) -> int:
        """Remove files there that are needed no more; return how many there were.

        Raises CutShort.
        """
        count = 0
        try:
            for each in hashes:
                if self.destination.has(each):
                    self.destination.remove(each)
                    count += 1
        except LibraryUnavailable as trouble:
            raise CutShort(f"There: {trouble}") from trouble
        return count

    def _one(self, sha256: str, *, is_known: bool) -> Outcome:
        if self._is_there(sha256, is_known=is_known):
            return Outcome.THERE
        content = self._read(sha256)
        if isinstance(content, Outcome):
            return content
        try:
            self.destination.keep(content)
            self.destination.open(sha256).close()
        except LibraryUnavailable as trouble:
            raise CutShort(f"There: {trouble}") from trouble
        except KeyError:
            raise CutShort("There: what was kept a moment ago is gone.") from None
        return Outcome.TAKEN

    def _is_there(self, sha256: str, *, is_known: bool) -> bool:
        """Whether the file is there and whole; one that is not is kept anew."""
        try:
            if is_known:
                return self.destination.has(sha256)
            self.destination.open(sha256).close()
        except (KeyError, LibraryUnavailable):
            return False
        return True

    def _read(self, sha256: str) -> bytes | Outcome:
        try:
            return self.source.read(sha256)
        except KeyError:
            return Outcome.MISSING
        except LibraryUnavailable as trouble:
            try:
                self.source.has(sha256)
            except LibraryUnavailable:
                raise CutShort(f"Here: {trouble}") from trouble
            return Outcome.DAMAGED
