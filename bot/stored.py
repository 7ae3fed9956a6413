"""Stored bytes by their hash, wherever they are: with the requests, or in the library."""

from bot.ports import Library, LibraryUnavailable, Store, StoredFile
from bot.sending import NotYet

_MIME = "application/octet-stream"


def stored(store: Store, library: Library, sha256: str, name: str = "") -> StoredFile | None:
    """Return the file with this hash, or None; ``name`` is what it is called where only we know.

    Not within a transaction: a file can be large. Raises NotYet while the library cannot be read.
    """
    with store.unit() as unit:
        file = unit.files.get(sha256)
    if file is not None:
        return file
    try:
        content = library.read(sha256)
    except KeyError:
        return None
    except LibraryUnavailable as trouble:
        raise NotYet(f"The library: {trouble}") from trouble
    return StoredFile(sha256=sha256, name=name or sha256[:12], mime=_MIME, content=content)
