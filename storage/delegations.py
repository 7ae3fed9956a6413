"""Who stands in for whom, and when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, Table, bindparam, or_, select, update

from storage.columns import Instant, Words, insert, metadata
from workflows.delegation import Delegation

delegations = Table(
    "delegations",
    metadata,
    Column("id", Words, primary_key=True),
    Column("user", Words, nullable=False),
    Column("deputy", Words, nullable=False),
    Column("begins", Instant),
    Column("ends", Instant),
    Column("note", Words, nullable=False),
    Column("set_by", Words, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Words, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)
_STILL = delegations.c.ended_at.is_(None)
Index(
    "ix_delegations_ends",
    delegations.c.ends,
    sqlite_where=_STILL,
    postgresql_where=_STILL,
)

_ONE = select(delegations).where(delegations.c.id == bindparam("wanted"))
_OPEN = (
    select(delegations)
    .where(_STILL, or_(delegations.c.ends.is_(None), delegations.c.ends > bindparam("after")))
    .order_by(delegations.c.set_at, delegations.c.id)
)
_END = update(delegations).where(delegations.c.id == bindparam("wanted"), _STILL)


class StoredDelegations:
    """:class:`bot.ports.Delegations` in one transaction.

    Who stands in for whom is asked at every gesture; it is read once for each instant, and again
    after this transaction has changed it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[datetime, Sequence[Delegation]] = {}

    def add(self, delegation: Delegation) -> None:
        """Store a new one; a second with the same id changes nothing."""
        self._read = {}
        row = {name: getattr(delegation, name) for name in delegations.c.keys()}  # noqa: SIM118 - a collection of columns
        new = insert(delegations, self._connection.dialect.name)
        self._connection.execute(new.on_conflict_do_nothing(index_elements=["id"]), row)

    def get(self, delegation_id: str) -> Delegation | None:
        """Return the delegation, or None."""
        row = self._connection.execute(_ONE, {"wanted": delegation_id}).one_or_none()
        return None if row is None else _delegation(row)

    def open(self, now: datetime) -> Sequence[Delegation]:
        """Return what was not ended and is not over at ``now``, as it was set."""
        if now not in self._read:
            rows = self._connection.execute(_OPEN, {"after": now})
            self._read[now] = [_delegation(row) for row in rows]
        return self._read[now]

    def end(self, delegation_id: str, by: str, at: datetime) -> bool:
        """End it; return False when it was ended before."""
        self._read = {}
        values: dict[str, Any] = {"ended_by": by, "ended_at": at}
        ended = self._connection.execute(_END.values(**values), {"wanted": delegation_id})
        return ended.rowcount == 1


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(**row._mapping)  # noqa: SLF001 - public, in spite of its name
