"""The journal: one line a change, appended and flushed before the change is visible outside.

A line is `crc32 space JSON`, the JSON a list of `[kind, key, fields or null]`. A torn last line,
as a killed process leaves it, is dropped when the journal is opened; opening also compacts it
into one line per living record.
"""

import fcntl
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from sandbox.errors import JournalInUse, JournalUnreadable

Change = tuple[str, str, dict[str, Any] | None]


def _line(changes: Iterable[Change]) -> bytes:
    body = json.dumps(list(changes), separators=(",", ":")).encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _parsed(line: bytes) -> list[Change] | None:
    """The changes of a line, or None when it is damaged."""
    checksum, _, body = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(body):
        return None
    return [(kind, key, fields) for kind, key, fields in json.loads(body)]


class Journal:
    """An append-only file of changes, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock: IO[bytes] | None = _held(path)
        self._file: IO[bytes] | None = None

    def read(self) -> Iterator[Change]:
        """Every change so far, oldest first.

        Raises JournalUnreadable when a line before the last is damaged.
        """
        if not self.path.exists():
            return
        lines = self.path.read_bytes().splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            changes = _parsed(line)
            if changes is not None:
                yield from changes
            elif number < len(lines):
                raise JournalUnreadable(line=number, path=self.path)

    def compact(self, changes: Iterable[Change]) -> None:
        """Replace the journal by these changes in one step, and go on appending."""
        fresh = self.path.with_suffix(self.path.suffix + ".new")
        with fresh.open("wb") as file:
            for change in changes:
                file.write(_line([change]))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
        self._file = self.path.open("ab", buffering=0)

    def append(self, changes: Iterable[Change]) -> None:
        """Add one line; it has left this process when the call returns."""
        if self._file is not None:
            self._file.write(_line(changes))

    def close(self) -> None:
        """Let go of the file; later changes are not written any more."""
        for file in (self._file, self._lock):
            if file is not None:
                file.close()
        self._file = self._lock = None


def _held(path: Path) -> IO[bytes]:
    """The lock file beside the journal, locked until closed or until this process ends."""
    lock = path.with_suffix(path.suffix + ".lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise JournalInUse(path=path) from None
    return lock
