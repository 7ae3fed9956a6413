"""Posted copies of requests."""

import secrets
from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Identity,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    bindparam,
    select,
    update,
)

from bot.ports import Card
from storage.columns import Serial, Words, insert, metadata

cards = Table(
    "cards",
    metadata,
    Column("nth", Serial, Identity(), primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("ref", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("step", Integer, nullable=False),
    Column("channel", Words, nullable=False),
    Column("ts", Words, nullable=False),
    Column("shown", Integer, nullable=False),
    UniqueConstraint("ref", "address", "kind", "step"),
    Index("ix_cards_ts", "ts", "channel"),
)

_COPY = select(*(column for column in cards.c if column is not cards.c.nth))
_OF = _COPY.where(cards.c.ref == bindparam("request")).order_by(cards.c.nth)
AMONG = _OF.where(cards.c.address.in_(bindparam("addresses", expanding=True)))
_ONE = _COPY.where(cards.c.id == bindparam("wanted"))
AT = (
    _COPY.where(cards.c.ts == bindparam("at"), cards.c.channel == bindparam("place"))
    .order_by(cards.c.nth.desc())
    .limit(1)
)
_POSTED = update(cards).where(cards.c.id == bindparam("posted"))


@cache
def _ensure(dialect: str) -> Executable:
    new = insert(cards, dialect).values(channel="", ts="", shown=0)
    return new.on_conflict_do_update(  # changes nothing, but returns the row that is there
        index_elements=["ref", "address", "kind", "step"], set_={"kind": new.excluded.kind}
    ).returning(*_COPY.selected_columns)


class StoredCards:
    """:class:`bot.ports.Cards` in one transaction. A copy's id is opaque: Slack's users see it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ensure(self, ref: str, kind: str, address: str, step: int = 0) -> Card:
        """Return the copy of ``ref`` at ``address`` for ``step``, remembered from now on."""
        row = {"ref": ref, "kind": kind, "address": address, "step": step}
        row["id"] = secrets.token_hex(8)
        statement = _ensure(self._connection.dialect.name)
        return Card(**self._connection.execute(statement, row).mappings().one())

    def of(self, ref: str) -> Sequence[Card]:
        """Return every copy of the request, in the order in which they were remembered."""
        rows = self._connection.execute(_OF, {"request": ref}).mappings()
        return [Card(**row) for row in rows]

    def among(self, ref: str, addresses: Collection[str]) -> Sequence[Card]:
        """Return the copies of the request at one of ``addresses``, as they were remembered."""
        if not addresses:
            return []
        wanted = {"request": ref, "addresses": sorted(set(addresses))}
        return [Card(**row) for row in self._connection.execute(AMONG, wanted).mappings()]

    def get(self, card_id: str) -> Card | None:
        """Return the copy, or None."""
        row = self._connection.execute(_ONE, {"wanted": card_id}).mappings().one_or_none()
        return None if row is None else Card(**row)

    def at(self, channel: str, ts: str) -> Card | None:
        """Return the copy that stands there, or None."""
        row = self._connection.execute(AT, {"at": ts, "place": channel}).mappings().one_or_none()
        return None if row is None else Card(**row)

    def posted(self, card_id: str, channel: str, ts: str, version: int) -> None:
        """Remember where the copy stands and which version of the request it shows."""
        row = {"posted": card_id, "channel": channel, "ts": ts, "shown": version}
        self._connection.execute(_POSTED, row)
