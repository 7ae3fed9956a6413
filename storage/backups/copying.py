"""A copy of the whole database as it was at one moment, made while the bot goes on."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect, select, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from bot.errors import Unavailable
from storage import audit, revision
from storage.backups import programs
from storage.backups.trouble import NoBackup
from storage.chain import Anchor
from storage.connections import database_url, report_unavailable
from storage.files import files
from storage.request_rows import requests
from storage.sqlite import connect, database_file
from storage.verification import mentioned

_PATIENCE = 60.0
"""Seconds that the copy waits for a migration to end."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a copy holds. ``kind`` is ``sqlite`` or ``postgresql``.

    ``named`` are the hashes of the files that its requests name and that are not in it.
    """

    kind: str
    revision: str
    head: Anchor
    named: frozenset[str]


def copy_out(url: str, into: Path) -> Copy:
    """Write the database at ``url`` to ``into``, an empty file.

    A SQLite file by SQLite's online backup; a PostgreSQL by pg_dump, over one exported snapshot.
    Raises Unavailable, and NoBackup when it cannot be copied.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _of_sqlite(database_file(parsed), into)
    return _of_postgresql(parsed, into)


def _of_sqlite(file: Path, into: Path) -> Copy:
    try:
        source, target = connect(file, _PATIENCE, "rw"), sqlite3.connect(into)
    except sqlite3.Error as error:
        raise Unavailable(f"The database is not available: {error}") from error
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
        [damage] = target.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise NoBackup(f"The database could not be copied: {error}.") from error
    finally:
        source.close()
        target.close()
    if damage != "ok":
        raise NoBackup(
            f"The database {file} is damaged: {damage.strip()}. Restore an earlier backup."
        )
    engine = create_engine(f"sqlite:///{into}", poolclass=NullPool)
    with engine.connect() as connection:
        return _seen("sqlite", connection)


def _of_postgresql(url: URL, into: Path) -> Copy:
    engine = create_engine(
        url,
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        connect_args={"connect_timeout": 5},
    )
    report_unavailable(engine)
    with engine.connect() as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        copy = _seen("postgresql", connection)
        server = connection.execute(text("SHOW server_version_num")).scalar_one()
        programs.dump(url, into, str(snapshot), int(server) // 10_000)
    return copy


def _seen(kind: str, connection: Connection) -> Copy:
    found = revision.seen(connection)
    if found is None:
        raise NoBackup("There is nothing of Frontdesk's in this database yet.")
    named: set[str] = set()
    for details in connection.execute(select(requests.c.details)).yield_per(_AT_ONCE).scalars():
        named.update(mentioned(details))
    if inspect(connection).has_table(files.name):
        named.difference_update(connection.execute(select(files.c.sha256)).scalars())
    return Copy(kind=kind, revision=found, head=audit.head(connection), named=frozenset(named))
