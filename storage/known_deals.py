"""What the CRM said of deals, and when, so that it may be down."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Index,
    Integer,
    Row,
    Table,
    bindparam,
    select,
)

from bot.ports import Deal, KnownDeal
from storage.columns import Document, Instant, Words, insert, metadata

known_deals = Table(
    "known_deals",
    metadata,
    Column("ref", Words, primary_key=True),
    Column("deal", Document),
    Column("read_at", Instant, nullable=False),
)
"""``deal`` is NULL where the CRM knows no such deal."""
Index("ix_known_deals_read_at", known_deals.c.read_at, known_deals.c.ref)

_AT_ONCE = 500
"""References a statement; no database takes any number of parameters."""

_DEAL = TypeAdapter(Deal)
_ONE = select(known_deals).where(known_deals.c.ref == bindparam("wanted"))
_SEVERAL = select(known_deals).where(known_deals.c.ref.in_(bindparam("wanted", expanding=True)))
UNREAD = (
    select(known_deals.c.ref)
    .where(known_deals.c.read_at < bindparam("before"))
    .order_by(known_deals.c.read_at, known_deals.c.ref)
    .limit(bindparam("limit", type_=Integer))
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(known_deals, dialect)
    return new.on_conflict_do_update(
        index_elements=["ref"], set_={name: new.excluded[name] for name in ("deal", "read_at")}
    )


class StoredKnownDeals:
    """:class:`bot.ports.KnownDeals` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, known: KnownDeal) -> None:
        """Store it, in the place of what was known before."""
        deal = known.deal
        row = {
            "ref": known.ref,
            "deal": None if deal is None else _DEAL.dump_python(deal, mode="json"),
            "read_at": known.read_at,
        }
        self._connection.execute(_put(self._connection.dialect.name), row)

    def get(self, ref: str) -> KnownDeal | None:
        """Return what is known, or None."""
        row = self._connection.execute(_ONE, {"wanted": ref}).one_or_none()
        return None if row is None else _known(row)

    def several(self, refs: Collection[str]) -> Mapping[str, KnownDeal]:
        """Return what is known of these deals, by reference."""
        found: dict[str, KnownDeal] = {}
        wanted = sorted(set(refs))
        for start in range(0, len(wanted), _AT_ONCE):
            some = {"wanted": wanted[start : start + _AT_ONCE]}
            found.update((row.ref, _known(row)) for row in self._connection.execute(_SEVERAL, some))
        return found

    def unread_since(self, before: datetime, limit: int = 200) -> Sequence[str]:
        """Return references of deals that were last read before ``before``, the oldest first."""
        wanted = {"before": before, "limit": limit}
        return self._connection.execute(UNREAD, wanted).scalars().all()


def _known(row: Row[Any]) -> KnownDeal:
    deal = None if row.deal is None else _DEAL.validate_python(row.deal)
    return KnownDeal(ref=row.ref, deal=deal, read_at=row.read_at)
