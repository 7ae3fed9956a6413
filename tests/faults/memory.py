"""What a bot remembers, copied and brought back: its database, its files and its workspace."""

import fcntl
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.postgres import Server

_PAST = "2020-01-01 00:00:00.000000"
_NOTHING_WAITS = (
    "UPDATE outbox SET free_at = '{past}' WHERE state = 'due' AND token IS NULL",
    "UPDATE gates SET opens_at = '{past}' WHERE opens_at > '{past}'",
)
_NOTHING_IS_IN_HAND = (
    "UPDATE outbox SET free_at = '{past}' WHERE state = 'due' AND token IS NOT NULL",
    "UPDATE gates SET leased_until = '{past}' WHERE token IS NOT NULL",
)
_AT_WORK = "FROM pg_stat_activity WHERE datname ="
_OPEN = "SELECT count(*), count(token) FROM outbox WHERE state = 'due' AND due_at <= '{now}'"


@dataclass
class Databases:
    """Databases of one kind: files of SQLite in the folders, or PostgreSQL's on a server."""

    server: Server | None = None
    _made: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The name that people know."""
        return "PostgreSQL" if self.server else "SQLite"

    def new(self, folder: Path) -> str:
        """Return the URL of a database that is not there yet."""
        if self.server is None:
            return f"sqlite:///{folder / 'frontdesk.db'}"
        name = f"frontdesk_kills_{uuid.uuid4().hex[:12]}"
        self._made.append(name)
        return make_url(self.server.url).set(database=name).render_as_string(hide_password=False)

    def create(self, url: str) -> None:
        """Make an empty one; a file makes itself."""
        self._on_server(f'CREATE DATABASE "{make_url(url).database}" TEMPLATE template0')

    def copy(self, source: str, target: str) -> None:
        """Make ``target`` as ``source`` is now; nobody may be at work in it on a server."""
        if self.server is None:
            files = [str(make_url(each).database) for each in (source, target)]
            with (
                closing(sqlite3.connect(files[0])) as old,
                closing(sqlite3.connect(files[1])) as new,
            ):
                old.backup(new)
            return
        old_name, new_name = (make_url(each).database for each in (source, target))
        self._on_server(
            f"SELECT pg_terminate_backend(pid, 5000) {_AT_WORK} '{old_name}'",
            f'CREATE DATABASE "{new_name}" TEMPLATE "{old_name}"',
        )

    def drop(self, url: str) -> None:
        """Forget a database; a file goes with its folder."""
        name = str(make_url(url).database)
        if name in self._made:
            self._made.remove(name)
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Forget them all."""
        for name in self._made:
            self._on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.clear()

    def _on_server(self, *statements: str) -> None:
        if self.server is None:
            return
        plain = make_url(self.server.url).set(drivername="postgresql")
        url = plain.render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            for each in statements:
                connection.execute(each.encode())


def end_waits(url: str) -> None:
    """What two minutes of waiting do while a bot works: back-offs end, and so do pauses.

    What somebody has in hand stays there: a live bot is done with it long before its lease ends.
    """
    _each(url, [each.format(past=_PAST) for each in _NOTHING_WAITS], lambda _rows: None)


def end_leases(url: str) -> None:
    """What two minutes of waiting do after whoever had something in hand has died or given up."""
    statements = [each.format(past=_PAST) for each in (*_NOTHING_WAITS, *_NOTHING_IS_IN_HAND)]
    _each(url, statements, lambda _rows: None)


def open_parcels(url: str, now: datetime) -> tuple[int, int]:
    """Return how many parcels are due, and how many of them somebody has in hand."""
    [(due, in_hand)] = rows(url, _OPEN.format(now=f"{now:%Y-%m-%d %H:%M:%S.%f}"))
    assert isinstance(due, int)
    assert isinstance(in_hand, int)
    return due, in_hand


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds."""
    found: list[tuple[object, ...]] = []
    _each(url, [query], found.append)
    return found


def _each(url: str, statements: list[str], take: Callable[[tuple[object, ...]], object]) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(parsed.database), timeout=10)) as file, file:
            for each in statements:
                for row in file.execute(each):
                    take(tuple(row))
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    # Each by itself: what holds rows of one table here waits for no row of another one.
    with psycopg.connect(plain, autocommit=True, options="-c TimeZone=UTC") as connection:
        for each in statements:
            cursor = connection.execute(each.encode())
            for row in cursor if cursor.description else ():
                take(tuple(row))


def claimed(file: Path, names: Iterable[str]) -> set[str]:
    """Return those of ``names`` that nobody has claimed in ``file`` before, now claimed."""
    with file.open("a+") as known:
        fcntl.flock(known, fcntl.LOCK_EX)
        known.seek(0)
        ours = set(names) - set(known.read().splitlines())
        known.writelines(f"{each}\n" for each in sorted(ours))
    return ours


Accounts = dict[str, dict[str, Any]]
"""What happened to the accounts at partners, by the partners' names."""


@dataclass(frozen=True)
class Memory:
    """Everything that outlives a bot and its workspace, at one moment."""

    folder: Path
    url: str
    accounts: Accounts | None = None
    """None where no partner is set."""

    def copied(self, databases: Databases, folder: Path) -> "Memory":
        """Return a copy of its own; the bot and the workspace are at rest."""
        shutil.copytree(
            self.folder, folder, ignore=shutil.ignore_patterns("frontdesk.db*", "*.lock")
        )
        copy = Memory(folder, databases.new(folder), deepcopy(self.accounts))
        databases.copy(self.url, copy.url)
        return copy

    def forget(self, databases: Databases) -> None:
        """Remove it."""
        databases.drop(self.url)
        shutil.rmtree(self.folder)
