"""Where a database goes when it is restored: it is put there last, and all at once."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from storage import revision
from storage.backups import programs
from storage.backups.archive import Archive, settle
from storage.backups.trouble import NoBackup
from storage.connections import database_url, report_unavailable
from storage.migrate import downgrade, migrate
from storage.sqlite import connect, database_file

T = TypeVar("T")

_BESIDE = ("-wal", "-shm")
_STAGED = ".restoring"
_REPLACE = "Add --replace to move that aside first, or name an empty place."


@contextmanager
def place(url: str, archive: Archive, now: datetime, *, replace: bool) -> Iterator[str]:
    """Put the archive's database where the bot does not find it; yield its URL there, migrated.

    When this ends well it is at ``url``; when it does not, ``url`` is as it was. With ``replace``
    what was there is moved aside, under a name with ``now`` in it. Raises NoBackup, Unavailable.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() != archive.manifest.kind:
        raise NoBackup(
            f"The archive holds a {archive.manifest.kind} database; DATABASE_URL names a "
            f"{parsed.get_backend_name()} one. Name one of the same kind."
        )
    if problem := revision.problem(archive.manifest.revision, may_be_older=True):
        raise NoBackup(problem)
    aside = f"{now:%Y%m%dt%H%M%S}"
    if parsed.get_backend_name() == "sqlite":
        with _file(database_file(parsed), archive, aside, replace=replace) as staged:
            yield staged
    else:
        with _schema(parsed, archive, aside, replace=replace):
            yield url


@contextmanager
def _file(file: Path, archive: Archive, aside: str, *, replace: bool) -> Iterator[str]:
    there = [each for each in _files(file) if each.exists() and each.stat().st_size]
    if there and not replace:
        raise NoBackup(f"There is a database already: {file}. {_REPLACE}")
    staged = file.with_name(f"{file.name}{_STAGED}")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in _files(staged):
        left.unlink(missing_ok=True)
    try:
        archive.extract_database(staged)
        url = f"sqlite:///{staged}"
        if archive.manifest.revision != revision.NEWEST:
            migrate(url)
        yield url
        _close(staged)
        for each in _files(file):
            if each.exists():
                each.rename(each.with_name(f"{each.name}.before-{aside}"))
        staged.rename(file)
        settle(file.parent)
    finally:
        for left in _files(staged):
            left.unlink(missing_ok=True)


def _files(file: Path) -> list[Path]:
    """Return a SQLite file, and what SQLite may have put beside it."""
    return [file, *(file.with_name(f"{file.name}{each}") for each in _BESIDE)]


def _close(file: Path) -> None:
    """Have all of a SQLite database in its one file, on the disk."""
    connection = connect(file, 5.0, "rw")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


@contextmanager
def _schema(url: URL, archive: Archive, aside: str, *, replace: bool) -> Iterator[None]:
    """Until the revision of the schema is written, last of all, no bot works with it."""
    address = url.render_as_string(hide_password=False)
    moved = _make_room(url, f"{programs.ASIDE}{aside}", replace=replace)
    try:
        _load(url, archive, address)
        yield
        _change(url, lambda connection: revision.write(connection, revision.NEWEST))
    except BaseException:
        _take_back(url, address, moved)
        raise


def _make_room(url: URL, aside: str, *, replace: bool) -> str | None:
    """See to it that there is no table; return the schema in which those are that were there."""

    def look(connection: Connection) -> str | None:
        schema = connection.dialect.default_schema_name
        if not inspect(connection).get_table_names():
            return None
        if not replace:
            raise NoBackup(f"There are tables already in the database {url.database}. {_REPLACE}")
        quote = connection.dialect.identifier_preparer.quote_identifier
        for statement in (
            f"ALTER SCHEMA {quote(str(schema))} RENAME TO {quote(aside)}",
            f"CREATE SCHEMA {quote(str(schema))}",
        ):
            connection.exec_driver_sql(statement)
        return aside

    try:
        return _change(url, look)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", error)).partition("\n")[0]
        raise NoBackup(
            f"What is in the database could not be moved aside: {said}. "
            "Make an empty database, and name that in DATABASE_URL."
        ) from error


def _load(url: URL, archive: Archive, address: str) -> None:
    """Put the archive's tables in, at the newest revision, which is not written down yet."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-restore-") as folder:
        dumped = Path(folder) / "database"
        archive.extract_database(dumped)
        programs.load(url, dumped)
    earlier = archive.manifest.revision
    if earlier != revision.NEWEST:
        _change(url, lambda connection: revision.write(connection, earlier))
        migrate(address)
        _change(url, lambda connection: revision.write(connection, None))


def _take_back(url: URL, address: str, moved: str | None) -> None:
    """Leave the database as it was before."""

    def back(connection: Connection) -> None:
        quote = connection.dialect.identifier_preparer.quote_identifier
        schema = quote(str(connection.dialect.default_schema_name))
        for statement in (
            f"DROP SCHEMA {schema} CASCADE",
            f"ALTER SCHEMA {quote(str(moved))} RENAME TO {schema}",
        ):
            connection.exec_driver_sql(statement)

    def name(connection: Connection) -> bool:
        if not revision.is_there(connection):
            return False
        if revision.seen(connection) is None:
            revision.write(connection, revision.NEWEST)
        return True

    if moved is not None:
        _change(url, back)
    elif _change(url, name):
        downgrade(address)


def _change(url: URL, change: Callable[[Connection], T]) -> T:
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 5})
    report_unavailable(engine)
    with engine.begin() as connection:
        return change(connection)
