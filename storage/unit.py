"""One transaction over everything that is remembered."""

from sqlalchemy import Connection

from bot.ports import (
    Audit,
    Lookups,
    Outbox,
    Requests,
)
from storage.audit import ChainedAudit
from storage.beside import Beside
from storage.lookups import StoredLookups
from storage.outbox import BufferedOutbox
from storage.request_rows import RequestRows
from storage.requests import StoredRequests
from storage.states import Snapshot


class StoredUnit(Beside):
    """:class:`bot.ports.Unit` over one connection in a transaction.

    What is added to the outbox and the audit is written by :meth:`commit`: in few round trips, and
    with the audit's lock held as shortly as can be.
    """

    def __init__(self, connection: Connection, rows: RequestRows, audit_key: bytes) -> None:
        super().__init__(connection)
        self._stored: dict[str, Snapshot] = {}
        self.lookups: Lookups = (lookups := StoredLookups(connection, rows))
        self.requests: Requests = StoredRequests(connection, rows, self._stored, lookups)
        self.audit: Audit = (audit := ChainedAudit(connection, audit_key, self._stored))
        self.outbox: Outbox = (outbox := BufferedOutbox(connection))
        self._connection = connection
        self._buffers = (outbox, audit)

    def commit(self) -> None:
        """Make everything durable. Raises Stale or Unavailable; nothing is written then.

        One exception: when the connection breaks while the database commits, nobody can know.
        Whoever is told Unavailable and comes again is recognised by delivery key and version.
        """
        for buffer in self._buffers:
            buffer.flush()
        self._connection.commit()
        self._stored.clear()
