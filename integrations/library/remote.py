"""A library in any file system that fsspec knows: a bucket of S3, Google's, Azure's, a server's."""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256 as hash_of
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, NamedTuple, cast

from bot.ports.library import LibraryUnavailable
from integrations.library.naming import DAMAGED, is_hash

PIECE = 8 * 1024 * 1024
"""Bytes of a large file that are sent, read, and held in memory at a time."""

LARGEST = 128 * 1024 * 1024
"""Bytes of a file; nothing so large was ever kept, and nothing larger is read."""
_SPOOLED = 256 * 1024
_ONGOING = "partial"
_CODE = re.compile(r"\w{1,64}")


class Shortcoming(NamedTuple):
    """What an admin should mend of a place that works, and how."""

    seen: str
    fix: str


class NotUsable(LibraryUnavailable):
    """The library cannot be used now; ``code`` is what that is called where it went wrong."""

    def __init__(self, why: str, code: str) -> None:
        """Remember both."""
        super().__init__(why)
        self.code = code


class RemoteLibrary:
    """Keeps bytes below ``root`` of ``files``, as ``ab/abcdef...``; any number may share it.

    ``root`` begins with what an admin makes: a bucket, a container, or for a file system with
    folders the one that the library's stands in. Where that is gone, nothing is taken for missing.
    ``is_bucket``: what is put there appears whole or not at all; elsewhere it is written aside and
    then moved. ``writing`` goes with each write. ``seconds`` is the time for one call, or one piece
    of a large file. Nothing of more than ``largest`` bytes is read: whatever it is, it is not ours.
    """

    def __init__(
        self,
        files: Any,  # noqa: ANN401 - a file system of fsspec, which has no types
        root: str,
        *,
        is_bucket: bool,
        writing: Mapping[str, Any] | None = None,
        seconds: float = 60.0,
        largest: int = LARGEST,
        looked_at: Callable[[], Iterable[Shortcoming]] = tuple,
    ) -> None:
        """Remember them; nothing is asked yet."""
        self._files = files
        self._root = root.rstrip("/")
        self._is_bucket = is_bucket
        self._writing = writing or {}
        self._seconds = seconds
        self._largest = largest
        self._looked_at = looked_at
        above, slash, _own = self._root.rpartition("/")
        self._stands_in = self._root.partition("/")[0] if is_bucket else above or slash

    def keep(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256; damaged ones of this hash are replaced."""
        sha256 = hash_of(content).hexdigest()
        with _explained():
            there = self._content(sha256)
            if there is None or hash_of(there).hexdigest() != sha256:
                self._write(sha256, content)
        return sha256

    def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises KeyError for none, LibraryUnavailable for damaged ones."""
        if not is_hash(sha256):
            raise KeyError(sha256)
        with _explained():
            content = self._content(sha256)
        if content is None:
            raise KeyError(sha256)
        if hash_of(content).hexdigest() != sha256:
            raise LibraryUnavailable(DAMAGED)
        return content

    def open(self, sha256: str) -> BinaryIO:
        """Return a file to be read and closed: a copy on this machine. Raises as :meth:`read`."""
        if not is_hash(sha256):
            raise KeyError(sha256)
        copy = cast("BinaryIO", SpooledTemporaryFile(_SPOOLED))  # noqa: SIM115 - the caller closes it
        try:
            self._copy(sha256, copy)
        except BaseException:
            copy.close()
            raise
        return copy

    def has(self, sha256: str) -> bool:
        """Whether there is a file of this hash. Raises LibraryUnavailable."""
        if not is_hash(sha256):
            return False
        with _explained():
            return self._size(sha256) is not None

    def remove(self, sha256: str) -> None:
        """Remove the file of this hash, if there is one. Raises LibraryUnavailable.

        A bucket with versions hides it, for as long as its own rules say.
        """
        if not is_hash(sha256):
            return
        with _explained():
            try:
                self._call("rm_file", self._place(sha256))
            except FileNotFoundError:
                self._arrive()

    def check(self) -> list[Shortcoming]:
        """Keep, read and remove a few bytes; return what an admin should mend besides.

        Raises LibraryUnavailable, as NotUsable wherever a server or the way to it is in the way.
        """
        content = uuid.uuid4().bytes
        sha256 = hash_of(content).hexdigest()
        self.keep(content)
        try:
            self.has(sha256)
            self.read(sha256)
        except KeyError:
            raise LibraryUnavailable(
                "The library does not have what was kept a moment ago; an admin has to look at it."
            ) from None
        finally:
            self.remove(sha256)
        return list(self._looked_at())

    def _place(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"

    def _content(self, sha256: str) -> bytes | None:
        """Return what is there, b"" in the place of what is too large to be it; None: nothing."""
        if self._is_too_large(sha256):
            return b""
        try:
            return bytes(self._call("cat_file", self._place(sha256)))
        except FileNotFoundError:
            self._arrive()
            return None

    def _is_too_large(self, sha256: str) -> bool:
        try:
            return int(self._call("info", self._place(sha256))["size"]) > self._largest
        except FileNotFoundError:
            return False
        except TimeoutError:
            raise
        except Exception:  # noqa: BLE001 - why, is said only to who asks for the content
            return False

    def _size(self, sha256: str) -> int | None:
        try:
            return int(self._call("info", self._place(sha256))["size"])
        except FileNotFoundError:
            self._arrive()
            return None

    def _copy(self, sha256: str, into: BinaryIO) -> None:
        with _explained():
            size = self._size(sha256)
        if size is None:
            raise KeyError(sha256)
        if size > self._largest:
            raise LibraryUnavailable(DAMAGED)
        found, place = hash_of(), self._place(sha256)
        with _explained():
            for start in range(0, size, PIECE):
                piece = self._call("cat_file", place, start=start, end=min(start + PIECE, size))
                found.update(piece)
                into.write(piece)
        if found.hexdigest() != sha256:
            raise LibraryUnavailable(DAMAGED)
        into.seek(0)

    def _write(self, sha256: str, content: bytes) -> None:
        place = self._place(sha256)
        if self._is_bucket:
            self._call("pipe_file", place, content, **self._writing)
            return
        aside = f"{self._root}/{_ONGOING}/{uuid.uuid4().hex}"
        for folder in (place, aside):
            self._call("makedirs", folder.rpartition("/")[0], exist_ok=True)
        try:
            self._call("pipe_file", aside, content)
            self._call("mv", aside, place)
        except BaseException:
            if self._call("exists", aside):
                self._call("rm_file", aside)
            raise

    def _arrive(self) -> None:
        """Raise FileNotFoundError when there is nothing that could be missing a file."""
        self._call("info", self._stands_in)

    def _call(self, name: str, *what: object, **how: object) -> Any:  # noqa: ANN401 - as fsspec
        if self._files.async_impl:
            how["timeout"] = self._seconds
        return getattr(self._files, name)(*what, **how)


@contextmanager
def _explained() -> Iterator[None]:
    """Raise NotUsable, with a sentence for a person, in the place of any other error."""
    try:
        yield
    except LibraryUnavailable:
        raise
    except Exception as error:
        code = _code(error)
        raise NotUsable(_sentence(error, code), code) from error


def _sentence(error: Exception, code: str) -> str:
    """Return what went wrong; of what was said, only the code that a server gives."""
    match error:
        case PermissionError():
            why = "The library refuses Frontdesk"
            who = "an admin has to see to its keys and what they may do"
        case FileNotFoundError():
            why = "The library's place is not there"
            who = "an admin has to see whether FRONTDESK_LIBRARY names it as it is called"
        case TimeoutError():
            why, who = "The library does not answer in time", "an admin has to see what keeps it"
        case _:
            why = "The library cannot be used"
            who = "an admin has to see whether it can be reached and is well"
    return f"{why} ({code}); {who}."


def _code(error: BaseException) -> str:
    """Return the code that a server gives, if it looks like one, or what kind of error it is."""
    answer = getattr(error.__cause__ or error, "response", None)
    code = str(answer.get("Error", {}).get("Code")) if isinstance(answer, Mapping) else ""
    return code if _CODE.fullmatch(code) else type(error).__name__
