"""The library: the bytes of assets, by their hash, wherever they are kept."""

from typing import BinaryIO, Protocol


class LibraryUnavailable(Exception):
    """The library takes or gives nothing now; the text says why: full, not there, damaged."""


class Library(Protocol):
    """Bytes that never change, by their SHA-256 in hex. Raises LibraryUnavailable."""

    def keep(self, content: bytes) -> str:
        """Keep the bytes, once, and return their SHA-256. Nothing half-written is ever found."""

    def read(self, sha256: str) -> bytes:
        """Return the bytes; they have this hash, or LibraryUnavailable says that they are damaged.

        Raises KeyError when there are none.
        """

    def open(self, sha256: str) -> BinaryIO:
        """Return the same as a file to be read piece by piece and closed, at its beginning.

        Raises as :meth:`read` does, before anything is read from it.
        """

    def has(self, sha256: str) -> bool:
        """Whether there are bytes under this hash; they are not read."""

    def remove(self, sha256: str) -> None:
        """Remove the bytes, if there are any."""
