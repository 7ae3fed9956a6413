"""The controlled lists that admins keep."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Column, Connection, Executable, Table, bindparam, select

from storage.columns import Document, Words, insert, metadata

lists = Table(
    "lists",
    metadata,
    Column("name", Words, primary_key=True),
    Column("lines", Document, nullable=False),
)

_ONE = select(lists.c.lines).where(lists.c.name == bindparam("wanted"))


@cache
def _put(dialect: str) -> Executable:
    new = insert(lists, dialect)
    return new.on_conflict_do_update(index_elements=["name"], set_={"lines": new.excluded.lines})


class StoredLists:
    """:class:`bot.ports.Lists` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> tuple[str, ...] | None:
        """Return the lines, or None when nobody has set them yet."""
        lines = self._connection.execute(_ONE, {"wanted": name}).scalar_one_or_none()
        return None if lines is None else tuple(lines)

    def put(self, name: str, lines: Sequence[str]) -> None:
        """Set the lines."""
        row = {"name": name, "lines": list(lines)}
        self._connection.execute(_put(self._connection.dialect.name), row)
