"""Files by the hash of their bytes: written once, never changed."""

from functools import cache
from hashlib import sha256

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Executable,
    LargeBinary,
    Table,
    bindparam,
    select,
)

from bot.ports import StoredFile
from storage.columns import Words, insert, metadata

files = Table(
    "files",
    metadata,
    Column("sha256", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("mime", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""``size`` is the number of bytes in ``content``, to be added up without reading any of them."""

_AT_ONCE = 500
"""Hashes a statement; no database takes any number of parameters."""

_FILE = select(files.c.sha256, files.c.name, files.c.mime, files.c.content)
_ONE = _FILE.where(files.c.sha256 == bindparam("wanted"))
_NEXT = _FILE.where(files.c.sha256 > bindparam("last")).order_by(files.c.sha256).limit(1)
_HAS = select(files.c.sha256).where(files.c.sha256.in_(bindparam("wanted", expanding=True)))


@cache
def _put(dialect: str) -> Executable:
    return insert(files, dialect).on_conflict_do_nothing(index_elements=["sha256"])


class StoredFiles:
    """:class:`bot.ports.Files` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, name: str, mime: str, content: bytes) -> str:
        """Keep the bytes, once, and return their SHA-256 in hex.

        Bytes that are there already keep the name and the type that they came with first.
        """
        digest = sha256(content).hexdigest()
        row = {"sha256": digest, "name": name, "mime": mime, "size": len(content)}
        statement = _put(self._connection.dialect.name)
        self._connection.execute(statement, row | {"content": content})
        return digest

    def get(self, sha256: str) -> StoredFile | None:
        """Return the file, or None."""
        row = self._connection.execute(_ONE, {"wanted": sha256}).mappings().one_or_none()
        return None if row is None else StoredFile(**row)

    def has(self, sha256: str) -> bool:
        """Whether the file is there; its bytes are not read."""
        return not absent(self._connection, {sha256})


def absent(connection: Connection, wanted: set[str]) -> set[str]:
    """Return those of the ``wanted`` hashes under which no file is stored."""
    gone, hashes = set(wanted), sorted(wanted)
    for start in range(0, len(hashes), _AT_ONCE):
        some = {"wanted": hashes[start : start + _AT_ONCE]}
        gone.difference_update(connection.execute(_HAS, some).scalars())
    return gone


def first_after(connection: Connection, last: str) -> StoredFile | None:
    """Return the file that follows the hash ``last`` ("": the first), or None after the last."""
    row = connection.execute(_NEXT, {"last": last}).mappings().one_or_none()
    return None if row is None else StoredFile(**row)
