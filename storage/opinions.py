"""What people thought of how their requests went."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    select,
)

from bot.ports import Opinion
from storage.columns import Instant, Words, insert, metadata

opinions = Table(
    "opinions",
    metadata,
    Column("ref", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("score", Integer, nullable=False),
    Column("word", Words, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("ref", "user"),
    sqlite_with_rowid=False,
)
Index("ix_opinions_at", opinions.c.at, opinions.c.ref, opinions.c.user)

_OF = select(opinions).where(opinions.c.ref == bindparam("request"))
_ALL_OF = _OF.order_by(opinions.c.at, opinions.c.user)
_ONE = _OF.where(opinions.c.user == bindparam("of"))
SINCE = (
    select(opinions)
    .where(opinions.c.at >= bindparam("earliest"))
    .order_by(opinions.c.at, opinions.c.ref, opinions.c.user)
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(opinions, dialect)
    return new.on_conflict_do_update(
        index_elements=["ref", "user"],
        set_={name: new.excluded[name] for name in ("score", "word", "at")},
        where=opinions.c.at <= new.excluded.at,
    )


class StoredOpinions:
    """:class:`bot.ports.Opinions` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, opinion: Opinion) -> None:
        """Keep the opinion unless the same person has said something later about the request."""
        self._connection.execute(_put(self._connection.dialect.name), asdict(opinion))

    def get(self, ref: str, user: str) -> Opinion | None:
        """Return what the person said about the request, or None."""
        row = self._connection.execute(_ONE, {"request": ref, "of": user}).mappings().one_or_none()
        return None if row is None else Opinion(**row)

    def since(self, at: datetime) -> Sequence[Opinion]:
        """Return every opinion from ``at`` on, oldest first."""
        rows = self._connection.execute(SINCE, {"earliest": at}).mappings()
        return [Opinion(**row) for row in rows]

    def of(self, ref: str) -> Sequence[Opinion]:
        """Return every opinion about the request, oldest first."""
        rows = self._connection.execute(_ALL_OF, {"request": ref}).mappings()
        return [Opinion(**row) for row in rows]
