"""The memory of the bot, as one value: :class:`Database`."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from bot.errors import Unavailable
from bot.ports import Library, Meter, PostOffice, Unit
from storage import audit, chain, revision, rights, verification
from storage.connections import Connections
from storage.post_office import StoredPostOffice
from storage.request_rows import RequestRows
from storage.unit import StoredUnit
from workflows.registry import find_workflows


class Database:
    """:class:`bot.ports.Store` in the migrated database at ``url``.

    ``url``: ``sqlite:///file`` (one process) or ``postgresql://...`` (any number; at most
    ``connections`` connections each). ``audit_key`` is kept outside the database. ``pace`` and
    ``lease``: see :class:`storage.post_office.StoredPostOffice`. Safe to use from many threads.
    Nothing connects before it is needed. Raises ValueError for another URL or an empty key.
    """

    def __init__(
        self,
        url: str,
        *,
        audit_key: bytes,
        pace: float = 1.0,
        lease: float = 120.0,
        connections: int = 10,
        meter: Meter | None = None,
    ) -> None:
        if not audit_key:
            raise ValueError("The audit needs a key.")
        self._connections = Connections(url, connections, meter)
        self._audit_key = audit_key
        self._rows = RequestRows(find_workflows())
        self.post_office: PostOffice = StoredPostOffice(self._connections, pace, lease)

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Open a transaction, rolled back unless it is committed.

        Raises Unavailable when it cannot be had in about 2.5 s (7 s by a thread for which nobody
        waits; on SQLite no later than a thread's time to wait is over: :mod:`bot.ports.haste`); so
        does everything done in it. A thread that opens one
        while it has another waits for itself.
        """
        with self._connections.begin() as connection:
            yield StoredUnit(connection, self._rows, self._audit_key)

    def alive(self) -> bool:
        """Whether the database answers, now."""
        try:
            with self._connections.begin() as connection:
                connection.execute(text("SELECT 1"))
        except Unavailable:
            return False
        return True

    def is_current(self) -> bool:
        """Whether the schema is the one that this code needs. Reads only. Raises Unavailable."""
        return self.schema_problem() is None

    def schema_problem(self) -> str | None:
        """Return why this code cannot work with the schema, and the fix. Raises Unavailable."""
        with self._connections.begin() as connection:
            return revision.problem(revision.seen(connection))

    def too_mighty(self) -> list[str]:
        """Return what the database role can do and must not; nothing on SQLite."""
        with self._connections.begin() as connection:
            return list(rights.too_mighty(connection))

    def fits_key(self) -> bool:
        """Whether the key is that of the audit's last rows. Whether all are whole it does not say.

        Raises Unavailable.
        """
        with self._connections.begin() as connection:
            rows = audit.page_after(connection, max(0, audit.head(connection).seq - 2))
        last = [link for link, _said in rows]
        before = chain.EMPTY.mac if last and last[0].seq == 1 else None
        for link in last:
            if before is not None and link.mac != chain.code(self._audit_key, before, link):
                return False
            before = link.mac
        return True

    def head(self) -> chain.Anchor:
        """Return the audit's last row: an anchor to keep where the database's owner is not."""
        with self._connections.begin() as connection:
            return audit.head(connection)

    def verify_audit(self, *anchors: chain.Anchor, library: Library | None = None) -> list[str]:
        """Return a sentence for everything that is wrong with the audit; nothing when it is whole.

        Names the first row that was altered, put in, removed or moved, and says when a row that
        one of ``anchors`` remembers is another one now, or cut off. In a whole audit, names every
        row that says something else than it did, or nothing more without being erased on record,
        and every request that is not as it was put on record. Names every file whose bytes are not
        those of its hash, and every file that a request's details name and that is neither stored
        nor in ``library``; what is there is read as well.
        """
        return verification.findings(self._connections, self._audit_key, anchors, library)

    def library_files(self) -> frozenset[str]:
        """Return the hashes of the files that requests name and that are in the library."""
        return verification.not_stored(self._connections)

    def close(self) -> None:
        """Close every connection."""
        self._connections.close()
