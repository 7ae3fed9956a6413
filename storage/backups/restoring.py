"""Back from an archive: looked at whole, put in place last, and going on where it was taken."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Executable, bindparam, case, func, update

from bot.ports import Library, LibraryUnavailable, Unit
from storage.backups.archive import Archive, opened
from storage.backups.manifest import Manifest
from storage.backups.places import place
from storage.backups.trouble import NoBackup
from storage.columns import Instant, insert
from storage.connections import Connections
from storage.counters import counters
from storage.database import Database
from storage.outbox import IS_DUE, gates, outbox
from workflows.registry import find_workflows

_SHOWN = 5
_MOST_A_DAY = 100
"""Requests of one workflow, asked for on one day since the archive was made, and lost with it."""

_taken_at = bindparam("taken_at", type_=Instant)
_in_flight = case((outbox.c.token.is_not(None), outbox.c.first_at))
_MAY_BE_SENT = (
    update(outbox)
    .where(IS_DUE, outbox.c.due_at <= bindparam("until", type_=Instant))
    .values(
        token=None,
        free_at=None,
        unsure_since=func.coalesce(outbox.c.unsure_since, _in_flight, _taken_at),
    )
)
_LEASES = update(outbox).where(IS_DUE).values(token=None, free_at=None)
_GATES = update(gates).values(leased_until=None, token=None)


def _skip(dialect: str) -> Executable:
    new = insert(counters, dialect)
    return new.on_conflict_do_update(
        index_elements=["workflow"], set_={"last": counters.c.last + new.excluded.last}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored. ``in_doubt``: parcels that Slack is asked about before they are sent."""

    manifest: Manifest
    in_doubt: int


def restore(  # noqa: PLR0913 - where from, where to, and as of when
    path: Path,
    url: str,
    *,
    key: bytes,
    library: Library,
    now: datetime,
    until: datetime,
    replace: bool,
    resume: Callable[[Unit, datetime], None],
) -> Restored:
    """Restore the archive at ``path`` into the database at ``url``, and its files to ``library``.

    Nothing is put in place before every hash, every row of the audit and every request is found to
    be as it was written.

    What was due to be sent by ``until`` (business time) may have been sent since the archive was
    made: Slack is asked before it is sent again. Numbers that requests may have been given since
    are not given again. ``resume`` writes whatever else is due, in a unit; it is told as of when
    the archive is. Raises NoBackup, Unavailable.
    """
    with opened(path, key) as archive:
        archive.verify()
        with place(url, archive, now, replace=replace) as staged:
            _examine(staged, archive, key)
            _hand_over(archive, library)
            in_doubt = _settle(staged, archive.manifest, now, until)
            _resume(staged, key, lambda unit: resume(unit, archive.manifest.taken_at))
        return Restored(manifest=archive.manifest, in_doubt=in_doubt)


class Packed:
    """:class:`bot.ports.Library` of an archive's files, to be read.

    Those that were missing when it was made were named then; they are not missed a second time.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._missing = frozenset(archive.manifest.missing)

    def has(self, sha256: str) -> bool:
        """Whether the file is there, or was known to be missing."""
        return sha256 in self._archive.manifest.files or sha256 in self._missing

    def read(self, sha256: str) -> bytes:
        """Return the file's bytes; none for one that was known to be missing."""
        return b"" if sha256 in self._missing else self._archive.read(sha256)

    def open(self, sha256: str) -> BinaryIO:
        """Return the same as a file."""
        return BytesIO(self.read(sha256))

    def keep(self, content: bytes) -> str:  # noqa: ARG002 - the port's
        """Raise LibraryUnavailable: an archive is not changed."""
        raise LibraryUnavailable("An archive takes no files.")

    def remove(self, sha256: str) -> None:  # noqa: ARG002 - the port's
        """Raise LibraryUnavailable: an archive is not changed."""
        raise LibraryUnavailable("An archive loses no files.")


def _examine(url: str, archive: Archive, key: bytes) -> None:
    database = Database(url, audit_key=key)
    try:
        found = database.verify_audit(archive.manifest.head, library=Packed(archive))
    finally:
        database.close()
    if found:
        more = f" ... and {len(found) - _SHOWN} more." if len(found) > _SHOWN else ""
        raise NoBackup(f"What is in the archive is not whole. {' '.join(found[:_SHOWN])}{more}")


def _hand_over(archive: Archive, library: Library) -> None:
    """Keep the files, which have been compared with their hashes, one after the other."""
    try:
        for sha256 in archive.manifest.files:
            library.keep(archive.read(sha256))
    except LibraryUnavailable as trouble:
        raise NoBackup(f"The files could not be kept: {trouble}") from trouble


def _settle(url: str, manifest: Manifest, now: datetime, until: datetime) -> int:
    """Take back every lease; return how many parcels may have been sent since.

    A button of a lost request must never meet another request of the same number.
    """
    gap = _MOST_A_DAY * (1 + max(0, (now - manifest.taken_at).days))
    numbered = [{"workflow": each, "last": gap} for each in find_workflows()]
    connections = Connections(url, 1)
    try:
        with connections.begin() as connection:
            doubt: Executable = _MAY_BE_SENT
            said = {"taken_at": manifest.taken_at, "until": until}
            in_doubt = connection.execute(doubt, said).rowcount
            for each in (_LEASES, _GATES):
                connection.execute(each)
            connection.execute(_skip(connection.dialect.name), numbered)
            connection.commit()
    finally:
        connections.close()
    return in_doubt


def _resume(url: str, key: bytes, resume: Callable[[Unit], None]) -> None:
    database = Database(url, audit_key=key)
    try:
        with database.unit() as unit:
            resume(unit)
            unit.commit()
    finally:
        database.close()
