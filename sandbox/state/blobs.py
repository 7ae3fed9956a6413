"""The bytes of uploaded files, beside the journal or in memory."""

from collections.abc import Iterator
from pathlib import Path

CHUNK = b"\0" * 2**20


class Blobs:
    """Bytes by file id."""

    def __init__(self, journal: Path | None) -> None:
        self._folder = (
            journal.with_suffix(journal.suffix + ".files") if journal is not None else None
        )
        self._memory: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        """Keep the bytes of a file."""
        if self._folder is None:
            self._memory[key] = content
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / key).write_bytes(content)

    def get(self, key: str) -> bytes:
        """The bytes of a file; raises KeyError when there are none."""
        if self._folder is None:
            return self._memory[key]
        path = self._folder / key
        if not path.is_file():
            raise KeyError(key)
        return path.read_bytes()

    def stream(self, key: str, size: int) -> Iterator[bytes]:
        """The bytes of a file, then zeros up to `size`; raises KeyError when there are none."""
        content = self.get(key)
        return self._padded(content, size - len(content))

    def _padded(self, content: bytes, zeros: int) -> Iterator[bytes]:
        yield content
        while zeros > 0:
            yield CHUNK[:zeros]
            zeros -= len(CHUNK)

    def drop(self, key: str) -> None:
        """Forget the bytes."""
        self._memory.pop(key, None)
        if self._folder is not None:
            (self._folder / key).unlink(missing_ok=True)
