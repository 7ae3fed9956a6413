"""The archive: a ZIP of the database's copy, the files that it names, and the manifest.

Everything is read and written piece by piece; nothing in it is believed before its hash is known.
"""

import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256 as hash_of
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from bot.ports import Library, LibraryUnavailable
from storage.backups import manifest
from storage.backups.copying import Copy
from storage.backups.manifest import Manifest, Sum
from storage.backups.trouble import NoBackup

_MANIFEST, _SEAL, _DATABASE, _LIBRARY = "manifest.json", "manifest.mac", "database", "library/"
_PIECE = 1024 * 1024
_LONGEST_MANIFEST = 32 * 1024 * 1024
"""Bytes; some 350,000 files can be named in so many. It is read before anything is known of it."""
_LONGEST_SEAL = 1024
_OWNERS_ALONE = 0o100600 << 16
_UNIX = 3
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members are written. Of others, Python cannot be told to unpack a piece and no more."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What Python's zipfile raises for bytes that are no whole ZIP, or one of a strange kind."""


def write(
    path: Path, copy: Copy, copied: Path, library: Library, key: bytes, taken_at: datetime
) -> Manifest:
    """Write the archive of ``copied`` to ``path``, a new file (mode 0600), and say what is in it.

    It appears whole or not at all. A file that the library lacks is named in the manifest. Raises
    NoBackup when ``path`` is there already or cannot be written, or what it is to hold is too much.
    """
    try:
        with _appearing(path) as out, zipfile.ZipFile(out, "w") as file:
            kept: dict[str, int] = {}
            with copied.open("rb") as content:
                packs = copy.kind == "sqlite"  # what pg_dump writes is compressed already
                database = _add(file, _DATABASE, content, taken_at, packs=packs)
            for each in sorted(copy.named):
                if (content_of := _opened(library, each)) is not None:
                    with content_of as content:
                        kept[each] = _add(file, _LIBRARY + each, content, taken_at).size
            found = manifest.made(copy, key, taken_at, database, kept)
            text = found.model_dump_json(indent=1).encode()
            if len(text) > _LONGEST_MANIFEST:
                raise NoBackup("There are too many files in the library for one archive.")
            _add(file, _MANIFEST, BytesIO(text), taken_at, packs=True)
            _add(file, _SEAL, BytesIO(manifest.seal(text, key)), taken_at)
    except FileExistsError:
        raise NoBackup(f"{path} is there already; nothing is overwritten.") from None
    except OSError as error:
        raise NoBackup(f"{path} could not be written: {error.strerror}.") from error
    return found


class Archive:
    """An archive to be restored. Raises NoBackup for whatever is not as it was written."""

    def __init__(self, file: zipfile.ZipFile, key: bytes) -> None:
        self._file = file
        names = file.namelist()
        if any(each.compress_type not in _PACKINGS for each in file.infolist()):
            raise NoBackup("The archive was packed by another program, and is none of ours.")
        text, seal = self._short(_MANIFEST, _LONGEST_MANIFEST), self._short(_SEAL, _LONGEST_SEAL)
        self.manifest = manifest.read(text, seal, key)
        wanted = {_MANIFEST, _SEAL, _DATABASE, *(_LIBRARY + each for each in self.manifest.files)}
        if len(names) != len(wanted) or set(names) != wanted:
            raise NoBackup("The archive does not hold what its list of contents says.")

    def verify(self) -> None:
        """Read everything and compare it with its hash."""
        for sha256, size in self.manifest.files.items():
            if not self._holds(_LIBRARY + sha256, Sum(size=size, sha256=sha256)):
                raise NoBackup(f"The file {sha256[:12]}… in the archive is damaged.")
        if not self._holds(_DATABASE, self.manifest.database):
            raise NoBackup("The database in the archive is damaged.")

    def extract_database(self, into: Path) -> None:
        """Write the database's copy to ``into``, a new file of the owner's alone."""
        try:
            handle = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out, self._file.open(_DATABASE) as content:
                shutil.copyfileobj(content, out, _PIECE)
        except OSError as error:
            raise NoBackup(f"{into} could not be written: {error.strerror}.") from error

    def read(self, sha256: str) -> bytes:
        """Return one file's bytes, as they are in the archive."""
        with _readable():
            return self._file.read(_LIBRARY + sha256)

    def _short(self, name: str, longest: int) -> bytes:
        """Return a member of at most ``longest`` bytes, whatever the archive says of its size."""
        with _readable(), self._file.open(name) as content:
            found = content.read(longest + 1)
        if len(found) > longest:
            raise NoBackup(f"The archive's {name} is too long to be one.")
        return found

    def _holds(self, name: str, wanted: Sum) -> bool:
        """Whether a member is what is named; of a longer one no more is unpacked than that."""
        found, left = hash_of(), wanted.size
        with _readable(), self._file.open(name) as content:
            while left >= 0 and (piece := content.read(_PIECE)):
                found.update(piece)
                left -= len(piece)
        return left == 0 and found.hexdigest() == wanted.sha256


@contextmanager
def opened(path: Path, key: bytes) -> Iterator[Archive]:
    """Open the archive at ``path`` for reading. Raises NoBackup."""
    if not path.is_file():
        raise NoBackup(f"There is no file {path}.")
    with _readable():
        file = zipfile.ZipFile(path)
    with file:
        yield Archive(file, key)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (KeyError, *_BROKEN):
        raise NoBackup(
            "This is no whole archive of Frontdesk: it was cut off, damaged, or is something else."
        ) from None


def _add(
    file: zipfile.ZipFile, name: str, content: BinaryIO, at: datetime, *, packs: bool = False
) -> Sum:
    info = zipfile.ZipInfo(name, at.astimezone(UTC).timetuple()[:6])
    info.create_system, info.external_attr = _UNIX, _OWNERS_ALONE
    info.compress_type = zipfile.ZIP_DEFLATED if packs else zipfile.ZIP_STORED
    found, size = hash_of(), 0
    with file.open(info, "w", force_zip64=True) as out:
        while piece := content.read(_PIECE):
            out.write(piece)
            found.update(piece)
            size += len(piece)
    return Sum(size=size, sha256=found.hexdigest())


def _opened(library: Library, sha256: str) -> BinaryIO | None:
    try:
        return library.open(sha256)
    except (KeyError, LibraryUnavailable):
        return None


@contextmanager
def _appearing(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that is at ``path`` when this ends well, on the disk and whole; else none."""
    if path.exists():
        raise FileExistsError(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(handle)
        _give(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)
    settle(path.parent)


def _give(written: Path, path: Path) -> None:
    """Let what was written be at ``path``; never in the place of another file, where links are."""
    try:
        path.hardlink_to(written)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        written.rename(path)


def settle(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk, where a system lets us ask for that."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
