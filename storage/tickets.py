"""Tickets of other systems: each is taken once. Of a ticket itself nothing is kept."""

from datetime import datetime
from functools import cache

from sqlalchemy import Column, Connection, Executable, Index, Table, bindparam, select, update

from bot.ports import Ticket
from storage.columns import Instant, Words, insert, metadata

tickets = Table(
    "tickets",
    metadata,
    Column("key", Words, primary_key=True),
    Column("ref", Words),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_tickets_ref", tickets.c.ref)

_ONE = select(tickets).where(tickets.c.key == bindparam("wanted"))
_BECAME = (
    update(tickets).where(tickets.c.key == bindparam("wanted")).values(ref=bindparam("became"))
)


@cache
def _add(dialect: str) -> Executable:
    return insert(tickets, dialect).on_conflict_do_nothing(index_elements=["key"])


class StoredTickets:
    """:class:`bot.ports.Tickets` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first(self, key: str, at: datetime) -> bool:
        """Record the ticket; return False when it was recorded before.

        Whoever brings the same one waits until this transaction ends.
        """
        row = {"key": key, "ref": None, "at": at}
        return self._connection.execute(_add(self._connection.dialect.name), row).rowcount == 1

    def get(self, key: str) -> Ticket | None:
        """Return what is known of the ticket, or None."""
        row = self._connection.execute(_ONE, {"wanted": key}).mappings().one_or_none()
        return None if row is None else Ticket(**row)

    def became(self, key: str, ref: str) -> None:
        """Remember which request the ticket has become, if there is such a ticket."""
        self._connection.execute(_BECAME, {"wanted": key, "became": ref})
