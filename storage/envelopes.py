"""What was asked of a partner through which clients sign: intents, and what came of them."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Executable, Index, Integer, RowMapping, Table, select

from bot.ports import Envelope, Standing
from storage.columns import Instant, Words, insert, metadata

envelopes = Table(
    "envelopes",
    metadata,
    Column("key", Words, primary_key=True),
    Column("ref", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("move", Integer, nullable=False),
    Column("envelope", Words, nullable=False),
    Column("standing", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_envelopes_ref", envelopes.c.ref, envelopes.c.move)
Index("ix_envelopes_envelope", envelopes.c.envelope)


@cache
def _add(dialect: str) -> Executable:
    return insert(envelopes, dialect).on_conflict_do_nothing(index_elements=["key"])


@cache
def _put(dialect: str) -> Executable:
    adding = insert(envelopes, dialect)
    changing = ("envelope", "standing", "changed_at")
    return adding.on_conflict_do_update(
        index_elements=["key"], set_={name: adding.excluded[name] for name in changing}
    )


class StoredEnvelopes:
    """:class:`bot.ports.Envelopes` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, envelope: Envelope) -> None:
        """Keep a new one; what has the same key already stays as it is, also by another hand."""
        self._connection.execute(_add(self._connection.dialect.name), _row(envelope))

    def put(self, envelope: Envelope) -> None:
        """Keep it, in the place of what has the same key."""
        self._connection.execute(_put(self._connection.dialect.name), _row(envelope))

    def get(self, key: str, *, to_change: bool = False) -> Envelope | None:
        """Return the one with this key of ours, or None."""
        found = select(envelopes).where(envelopes.c.key == key)
        if to_change:
            found = found.with_for_update()
        row = self._connection.execute(found).mappings().one_or_none()
        return None if row is None else _of(row)

    def named(self, envelope: str) -> Envelope | None:
        """Return the one that the partner calls so, or None."""
        found = select(envelopes).where(envelopes.c.envelope == envelope).limit(1)
        row = self._connection.execute(found).mappings().one_or_none() if envelope else None
        return None if row is None else _of(row)

    def of(self, ref: str) -> Sequence[Envelope]:
        """Return all of a request, in the order of their moves."""
        found = select(envelopes).where(envelopes.c.ref == ref).order_by(envelopes.c.move)
        return [_of(row) for row in self._connection.execute(found).mappings()]


def _row(envelope: Envelope) -> dict[str, Any]:
    return asdict(envelope) | {"standing": envelope.standing.value}


def _of(row: RowMapping) -> Envelope:
    return Envelope(**{**row, "standing": Standing(row["standing"])})
