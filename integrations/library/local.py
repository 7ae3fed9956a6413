"""The embedded default: the bytes of assets in files on local disk, named by their hash."""

import errno
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from hashlib import sha256 as hash_of
from pathlib import Path
from typing import BinaryIO

from bot.ports.library import LibraryUnavailable
from integrations.library.naming import DAMAGED, is_hash

_ONGOING = "partial"
"""The folder of files that are being written; no hash begins like that."""

_LEFT_BEHIND = 3600.0
"""Seconds after which a file that is not yet whole is nobody's any more."""

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_AWAY = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO})


class LocalLibrary:
    """Keeps bytes below ``folder``, as ``ab/abcdef...``; any number of processes may share it.

    The folder is made when first needed (mode 0700) if the one it stands in is there: a disk that
    is not mounted is no empty library. Files have mode 0600; they are on the disk, not only in
    memory, when :meth:`keep` returns.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_known = False
        self._arriving = threading.Lock()

    def keep(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256; damaged ones of this hash are replaced.

        Raises LibraryUnavailable: the disk is full, not there, or cannot be written.
        """
        sha256 = hash_of(content).hexdigest()
        with _explained():
            self._arrive()
            shelf = self._folder / sha256[:2]
            shelf.mkdir(mode=0o700, exist_ok=True)
            place = shelf / sha256
            if not _is_whole(place, sha256):
                self._write(place, content)
            for folder in (shelf, self._folder):
                _settle(folder)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises KeyError for none, LibraryUnavailable for damaged ones."""
        if not is_hash(sha256):
            raise KeyError(sha256)
        with _explained():
            self._arrive()
            try:
                content = self._place(sha256).read_bytes()
            except FileNotFoundError:
                raise KeyError(sha256) from None
        if hash_of(content).hexdigest() != sha256:
            raise LibraryUnavailable(DAMAGED)
        return content

    def open(self, sha256: str) -> BinaryIO:
        """Return a file to be read and closed. Raises as :meth:`read` does."""
        if not is_hash(sha256):
            raise KeyError(sha256)
        with _explained():
            self._arrive()
            try:
                file = self._place(sha256).open("rb")
            except FileNotFoundError:
                raise KeyError(sha256) from None
            found = file_digest(file, "sha256").hexdigest()
            file.seek(0)
        if found != sha256:
            file.close()
            raise LibraryUnavailable(DAMAGED)
        return file

    def has(self, sha256: str) -> bool:
        """Whether there is a file of this hash. Raises LibraryUnavailable."""
        if not is_hash(sha256):
            return False
        with _explained():
            self._arrive()
            try:
                self._place(sha256).stat()
            except FileNotFoundError:
                return False
        return True

    def remove(self, sha256: str) -> None:
        """Remove the file of this hash, if there is one. Raises LibraryUnavailable."""
        if not is_hash(sha256):
            return
        with _explained():
            self._arrive()
            self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _arrive(self) -> None:
        """Make the folder, once; raise FileNotFoundError when it is gone ever after."""
        with self._arriving:
            if not self._is_known:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                self._is_known = True
        os.scandir(self._folder).close()

    def _write(self, place: Path, content: bytes) -> None:
        ongoing = self._folder / _ONGOING
        ongoing.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=ongoing)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                _tidy(ongoing, os.fstat(handle).st_mtime)
                file.write(content)
                file.flush()
                os.fsync(handle)
            part.replace(place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _tidy(ongoing: Path, now: float) -> None:
    """Remove what was left half-written; ``now`` is the disk's own time, seconds since 1970."""
    for part in ongoing.iterdir():
        try:
            if part.stat().st_mtime < now - _LEFT_BEHIND:
                part.unlink()
        except FileNotFoundError:
            continue  # somebody else has finished, or tidied, it


def _is_whole(place: Path, sha256: str) -> bool:
    try:
        return hash_of(place.read_bytes()).hexdigest() == sha256
    except FileNotFoundError:
        return False


def _settle(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk, where a system lets us ask for that."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


@contextmanager
def _explained() -> Iterator[None]:
    """Raise LibraryUnavailable, with a sentence for a person, in the place of any OSError."""
    try:
        yield
    except OSError as error:
        raise LibraryUnavailable(_sentence(error)) from error


def _sentence(error: OSError) -> str:
    if error.errno in _FULL:
        return "The library's disk is full; nothing was kept. An admin has to make room there."
    if error.errno in _FORBIDDEN:
        return "Frontdesk may not use the library's folder as it is; an admin has to look at it."
    if error.errno in _AWAY:
        return "The library's folder is not there; an admin has to see whether its disk is mounted."
    said = error.strerror or type(error).__name__
    return f"The library's disk does not work ({said}); an admin has to look at it."
