"""What Slack has delivered, by key."""

from datetime import datetime
from functools import cache

from sqlalchemy import Column, Connection, Executable, Table, bindparam, func, select

from storage.columns import Instant, Words, insert, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", Words, primary_key=True),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

_ONE = select(deliveries.c.at).where(deliveries.c.key == bindparam("wanted"))
_LAST = select(func.max(deliveries.c.at)).where(
    func.substr(deliveries.c.key, 1, func.length(bindparam("prefix", type_=Words)))
    == bindparam("prefix", type_=Words)
)


@cache
def _first(dialect: str) -> Executable:
    return insert(deliveries, dialect).on_conflict_do_nothing(index_elements=["key"])


class StoredDeliveries:
    """:class:`bot.ports.Deliveries` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first(self, key: str, now: datetime) -> bool:
        """Record ``key``; return False when it was recorded before.

        A unit that records the same key at the same time is waited for.
        """
        statement = _first(self._connection.dialect.name)
        return self._connection.execute(statement, {"key": key, "at": now}).rowcount == 1

    def has(self, key: str) -> bool:
        """Whether ``key`` is recorded."""
        return self._connection.execute(_ONE, {"wanted": key}).first() is not None

    def last(self, prefix: str) -> datetime | None:
        """Return when the last delivery came in whose key begins so, or None. Reads all of them."""
        found: datetime | None = self._connection.execute(_LAST, {"prefix": prefix}).scalar_one()
        return found
