"""SQLite as the bot uses it: a file in WAL mode, durable, with one connection a process."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from bot.errors import Unavailable
from bot.ports import haste

_OURS_ALONE = 0o600

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_WAITS = (
    (60.0, "PRAGMA busy_timeout = 60000"),
    (1.0, "PRAGMA busy_timeout = 1000"),
    (0.5, "PRAGMA busy_timeout = 500"),
    (0.2, "PRAGMA busy_timeout = 200"),
    (0.0, "PRAGMA busy_timeout = 50"),
)
"""By the seconds that are left: how another process is waited for, which takes no parameter."""


def database_file(url: URL) -> Path:
    """Return the file that ``url`` names. Raises ValueError when it names none."""
    if url.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///data/frontdesk.db")
    return Path(str(url.database))


def sqlite_engine(url: URL, *, patience: float, create: bool = False) -> Engine:
    """Return the engine of an existing file (``create``: or of a new one), its owner's alone.

    Another process that writes is waited for ``patience`` seconds, or what is left of them
    (:mod:`bot.ports.haste`). Every transaction begins as a writer's, so none fails half-way. A file
    that was moved away is not written any further.
    """
    file = database_file(url)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=patience,
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def fresh(*_: object) -> sqlite3.Connection:
        return connect(file, patience, "rwc" if create else "rw")

    @event.listens_for(engine, "connect")
    def remember(_connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's record
        record.info["file"] = _identity(file)

    @event.listens_for(engine, "checkout")
    def check(_connection: sqlite3.Connection, record: Any, _proxy: object) -> None:  # noqa: ANN401 - SQLAlchemy's record
        if _identity(file) != record.info["file"]:
            raise DisconnectionError(f"{file} is not the file any more that was opened.")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        try:
            cursor = connection.connection.cursor()
            left = haste.patience(patience)
            cursor.execute(next(wait for least, wait in _WAITS if least <= left))
            cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise Unavailable(f"The database is not available: {error}") from error

    return engine


def connect(file: Path, patience: float, mode: str) -> sqlite3.Connection:
    """Return a connection to ``file``; ``mode`` is SQLite's, ``rwc`` makes it. Raises its errors.

    Another process that writes is waited for ``patience`` seconds.
    """
    _close_to_others(file, create=mode == "rwc")
    connection = sqlite3.connect(
        f"file:{quote(str(file))}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _close_to_others(file: Path, *, create: bool) -> None:
    """Let the file's owner alone read it; the files that SQLite puts beside it do as it does."""
    with suppress(OSError):  # it is not there, or another account's: connecting says so
        if create:
            file.touch(mode=_OURS_ALONE)
        for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
            if each.exists() and each.stat().st_mode & 0o077:
                each.chmod(_OURS_ALONE)


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
