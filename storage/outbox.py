"""Promises to the outside, written with the change that makes them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Executable,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from bot.ports import Parcel
from bot.ports.occasion import in_doubt
from storage.columns import Document, Instant, Serial, Words, insert, metadata, storable

DUE, SENT, DEAD, GATHERED, DROPPED = (
    literal_column(each, Text) for each in ("'due'", "'sent'", "'dead'", "'gathered'", "'dropped'")
)
"""The states of a parcel, spelled out in every statement so that partial indexes are found."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("payload", Document, nullable=False),
    Column("state", Words, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("free_at", Instant),
    Column("first_at", Instant),
    Column("unsure_since", Instant),
    Column("ended_at", Instant),
    Column("token", Words),
    Column("error", Words, nullable=False),
    Column("put_off_from", Instant),
    Column("digest", Words),
    Column("pinged_at", Instant),
)
"""``due_at``, ``put_off_from`` and ``pinged_at`` are business time; all other instants are real, by
the database's clock.

``free_at``: the parcel is not to be touched before, for its lease (then it has a ``token``, and its
gate decides) or its back-off. ``first_at``: its first attempt. ``ended_at``: when it was sent or
given up. ``put_off_from``: when it was due at first, if its reader was not to be disturbed then.
``digest``: the key of the parcel that carries it, once it is gathered. ``pinged_at``: when it
sounded.
"""
IS_DUE = outbox.c.state == DUE
IS_OVER = outbox.c.state != DUE
HAS_FAILED = IS_DUE & (outbox.c.error != literal_column("''", Text))
"""Whether a parcel that is still to be delivered has been tried in vain; few are at any time."""
Index(
    "ix_outbox_due",
    *(outbox.c.due_at, outbox.c.address, outbox.c.id),
    sqlite_where=IS_DUE,
    postgresql_where=IS_DUE,
)
Index(
    "ix_outbox_over",
    *(outbox.c.state, outbox.c.ended_at),
    sqlite_where=IS_OVER,
    postgresql_where=IS_OVER,
)
Index(
    "ix_outbox_failed",
    *(outbox.c.key, outbox.c.due_at),
    sqlite_where=HAS_FAILED,
    postgresql_where=HAS_FAILED,
)
IS_GATHERED = outbox.c.digest.is_not(None)
"""Whether a parcel is, or was, carried by another one."""
HAS_PINGED = outbox.c.pinged_at.is_not(None)
Index(
    "ix_outbox_digest",
    *(outbox.c.digest, outbox.c.id),
    sqlite_where=IS_GATHERED,
    postgresql_where=IS_GATHERED,
)
Index(
    "ix_outbox_pinged",
    *(outbox.c.address, outbox.c.pinged_at),
    sqlite_where=HAS_PINGED,
    postgresql_where=HAS_PINGED,
)

gates = Table(
    "gates",
    metadata,
    Column("address", Words, primary_key=True),
    Column("opens_at", Instant, nullable=False),
    Column("leased_until", Instant),
    Column("token", Words),
    sqlite_with_rowid=False,
)
"""One row an address: nothing goes there before ``opens_at`` (its pace, or Slack's word), nor while
another parcel for it is leased. The gate ``*`` stands before all others."""

PINGS = (
    select(func.count())
    .select_from(outbox)
    .where(HAS_PINGED, outbox.c.address == bindparam("reader"))
    .where(outbox.c.pinged_at >= bindparam("since", type_=Instant))
)

_beginning = func.substr(outbox.c.key, 1, bindparam("length", type_=Integer), type_=Words)
_saying = func.substr(outbox.c.error, 1, bindparam("said", type_=Integer), type_=Words)
STUCK = select(func.min(outbox.c.due_at)).where(
    HAS_FAILED, _beginning == bindparam("prefix"), _saying == bindparam("saying")
)
"""The earliest due instant of the failed parcels whose key's first ``:length`` letters are
``:prefix``, and whose error's first ``:said`` letters are ``:saying``."""

STUCK_ON_SQLITE = STUCK.where(
    outbox.c.key >= bindparam("prefix"), outbox.c.key < bindparam("beyond")
)
"""The same; without statistics SQLite takes the index of failed parcels for a range alone."""

_LET_GO = (
    update(outbox)
    .where(IS_DUE, outbox.c.address == bindparam("reader"))
    .where(outbox.c.put_off_from.is_not(None), outbox.c.due_at > bindparam("now", type_=Instant))
    .values(due_at=bindparam("now", type_=Instant))
)
_REPLAY = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel"), outbox.c.state == DEAD)
    .values(state=DUE, attempts=0, error="", free_at=None, first_at=None, ended_at=None)
)


_WINDOW = 20_000
"""Rows a statement: the whole outbox at once would not be read within its time limit."""
_LAST = select(func.max(outbox.c.id))


def windows(connection: Connection) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together hold for every parcel of now: the oldest parcels' first.

    One statement with each of them looks at so many rows that it stays within its time limit.
    """
    last = connection.execute(_LAST).scalar() or 0
    for start in range(0, last + 1, _WINDOW):
        yield outbox.c.id.between(start, start + _WINDOW - 1)


def row_of(parcel: Parcel) -> dict[str, Any]:
    """Return what is stored of a new parcel."""
    return {
        "key": parcel.key,
        "kind": parcel.kind,
        "address": parcel.address,
        "payload": parcel.payload,
        "due_at": parcel.due,
        "unsure_since": in_doubt(),
    }


@cache
def _add(dialect: str) -> Executable:
    new = insert(outbox, dialect).values(state=DUE, attempts=0, error="")
    return new.on_conflict_do_nothing(index_elements=["key"])


class BufferedOutbox:
    """:class:`bot.ports.Outbox`: parcels wait until the unit is committed, then go in together.

    What a parcel promises that may have been delivered before is itself in doubt: after a restore
    the whole of it may have been sent by the bot of then.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._parcels: list[Parcel] = []

    def add(self, parcel: Parcel) -> None:
        """Store the parcel when the unit is committed, unless its key exists."""
        self._parcels.append(parcel)

    def stuck(self, prefix: str, saying: str = "") -> datetime | None:
        """Return since when a parcel whose key begins so has been tried in vain, or None.

        That is the earliest due instant among those that failed and are still to be delivered, and
        whose last error begins with ``saying``.
        """
        clean = storable(prefix)
        wanted = {"prefix": clean, "length": len(clean), "beyond": f"{clean}\U0010ffff"}
        wanted |= {"saying": saying, "said": len(saying)}
        on_sqlite = self._connection.dialect.name == "sqlite"
        statement = STUCK_ON_SQLITE if on_sqlite else STUCK
        since: datetime | None = self._connection.execute(statement, wanted).scalar_one()
        return since

    def pings(self, address: str, since: datetime) -> int:
        """Return how many parcels have sounded at ``address`` from ``since`` (business time) on."""
        wanted = {"reader": address, "since": since}
        return int(self._connection.execute(PINGS, wanted).scalar_one())

    def let_go(self, address: str, now: datetime) -> None:
        """Make due ``now`` what was put off for the reader at ``address``."""
        self._connection.execute(_LET_GO, {"reader": address, "now": now})

    def replay(self, parcel_id: int) -> bool:
        """Make a dead parcel due again; return False when there is no such dead parcel.

        Its attempts count from one again, and why it failed is forgotten; that its outcome is
        unknown is not.
        """
        return self._connection.execute(_REPLAY, {"parcel": parcel_id}).rowcount == 1

    def flush(self) -> None:
        """Write what was added."""
        add(self._connection, self._parcels)
        self._parcels.clear()


def add(connection: Connection, parcels: Sequence[Parcel]) -> None:
    """Store parcels, but none whose key exists."""
    if parcels:
        rows = [row_of(each) for each in parcels]
        connection.execute(_add(connection.dialect.name), rows)
