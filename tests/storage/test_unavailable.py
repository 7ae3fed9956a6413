"""A database that is gone, locked, full or slow is Unavailable in time, and works again after."""

import resource
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.errors import Unavailable
from storage.database import Database
from storage.turns import Turns
from tests.postgres import Server
from tests.storage.conftest import Open
from tests.storage.examples import KEY, NOW, add, eventually, parcel, promise, sow
from tests.storage.proxy import proxied

LIMIT = 4.0
"""Seconds: about 2 s are promised, and this machine may be busy."""


@contextmanager
def unavailable(limit: float = LIMIT) -> Iterator[None]:
    start = time.monotonic()
    with pytest.raises(Unavailable):
        yield
    assert time.monotonic() - start < limit


def works(database: Database) -> None:
    with database.unit() as unit:
        number = unit.requests.next_ref("sow", "SOW")
        unit.requests.add(sow(number), number, "")
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.get(number) is not None
    assert database.alive()


def use(database: Database) -> None:
    with database.unit() as unit:
        unit.deliveries.first("ev:T1:Ev1", NOW)
        unit.commit()


@pytest.fixture
def file(migrated_sqlite: str) -> Path:
    return Path(str(make_url(migrated_sqlite).database))


@pytest.fixture
def sqlite(migrated_sqlite: str, open_database: Open) -> Database:
    return open_database(migrated_sqlite)


@pytest.fixture
def migrated(migrated_postgres: str) -> str:
    return migrated_postgres


@contextmanager
def superuser(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def test_a_unit_that_takes_long_makes_others_unavailable(database: Database) -> None:
    with database.unit() as unit:
        unit.requests.next_ref("sow", "SOW")
        errors: list[BaseException] = []

        def wait() -> None:
            try:
                with unavailable(), database.unit() as other:
                    other.requests.next_ref("sow", "SOW")
            except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
                errors.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        thread.join(10)
    assert errors == []
    works(database)


def test_turns_are_given_in_the_order_of_asking() -> None:
    turns, served = Turns(), list[int]()

    def take(number: int) -> None:
        with turns.turn(10):
            served.append(number)

    with ExitStack() as first:
        first.enter_context(turns.turn(10))
        threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
        for number, thread in enumerate(threads, 1):
            thread.start()
            eventually(lambda wanted=number: [1] if len(turns._waiting) == wanted else [])  # type: ignore[misc]  # noqa: SLF001
        first.close()
        with turns.turn(10):
            served.append(8)
    for thread in threads:
        thread.join(10)
    assert served == list(range(9))


def test_a_turn_is_not_waited_for_for_ever() -> None:
    turns = Turns()
    with turns.turn(1):
        for _ in range(2):
            with unavailable(1), turns.turn(0.05):
                pass
    with turns.turn(0):
        pass


def test_sqlite_locked_by_another_process(sqlite: Database, file: Path) -> None:
    works(sqlite)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with unavailable():
        use(sqlite)
    assert not sqlite.alive()
    with unavailable():
        sqlite.post_office.claim(NOW)
    other.close()
    works(sqlite)


def test_sqlite_moved_away_and_back(sqlite: Database, file: Path) -> None:
    works(sqlite)
    away = file.with_suffix(".away")
    file.rename(away)
    with unavailable():
        use(sqlite)
    assert not file.exists()
    away.rename(file)
    works(sqlite)


def test_sqlite_replaced_by_a_backup(sqlite: Database, file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    with sqlite3.connect(backup) as copy, sqlite3.connect(file) as original:
        original.backup(copy)
    copy.close()
    original.close()
    add(sqlite, sow("SOW-7"))
    backup.replace(file)
    for leftover in ("-wal", "-shm"):
        file.with_name(file.name + leftover).unlink(missing_ok=True)
    works(sqlite)
    with sqlite.unit() as unit:
        assert unit.requests.get("SOW-7") is None


def test_sqlite_replaced_by_something_else(sqlite: Database, file: Path) -> None:
    works(sqlite)
    rubbish = file.with_suffix(".rubbish")
    rubbish.write_bytes(b"no database at all " * 1000)
    rubbish.replace(file)
    with unavailable():
        use(sqlite)


def test_sqlite_that_was_never_made(sqlite_url: str, open_database: Open) -> None:
    with unavailable():
        use(open_database(sqlite_url))
    assert not Path(str(make_url(sqlite_url).database)).exists()


def test_sqlite_on_a_full_disk(sqlite: Database, file: Path) -> None:
    works(sqlite)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = file.with_name(file.name + "-wal").stat().st_size + 20_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with unavailable():
            promise(sqlite, *(parcel(f"p{n}" * 500) for n in range(100)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert sqlite.post_office.claim(NOW) == []
    works(sqlite)


def test_postgresql_with_a_locked_table(migrated: str, open_database: Open) -> None:
    database = open_database(migrated)
    works(database)
    with superuser(migrated) as other:
        with other.transaction():
            other.execute("LOCK TABLE deliveries, outbox")
            with unavailable():
                use(database)
            with unavailable():
                database.post_office.claim(NOW)
        works(database)
        use(database)


def test_postgresql_that_is_slow(migrated: str, open_database: Open) -> None:
    database = open_database(migrated)
    with superuser(migrated) as other:
        other.execute("""
            CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$
        """)
        other.execute("""
            CREATE TRIGGER dawdle BEFORE INSERT ON deliveries
            FOR EACH ROW EXECUTE FUNCTION dawdle()
        """)
        with unavailable():
            use(database)
        other.execute("DROP TRIGGER dawdle ON deliveries")
    use(database)


def _end_all(other: psycopg.Connection[tuple[object, ...]]) -> None:
    """End everybody else's connections, as a restart does."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
    other.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}".encode())


def test_a_restart_of_postgresql_between_units_is_not_noticed(
    migrated: str, open_database: Open
) -> None:
    database = open_database(migrated)
    works(database)
    with superuser(migrated) as other:
        _end_all(other)
    works(database)


def test_a_restart_of_postgresql_in_a_unit(migrated: str, open_database: Open) -> None:
    database = open_database(migrated)
    with superuser(migrated) as other, unavailable(), database.unit() as unit:
        unit.requests.add(sow(), "V1", "")
        _end_all(other)
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") is None
    works(database)


def test_postgresql_that_takes_no_connections(
    migrated: str, postgres_server: Server, open_database: Open
) -> None:
    database = open_database(migrated)
    works(database)
    name = make_url(migrated).database
    with superuser(postgres_server.url) as admin, superuser(migrated) as other:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        _end_all(other)
        with unavailable():
            use(database)
        assert not database.alive()
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    works(database)


def test_postgresql_that_is_not_there(open_database: Open) -> None:
    database = open_database("postgresql://frontdesk@127.0.0.1:1/frontdesk")
    with unavailable():
        use(database)
    assert not database.alive()


def test_postgresql_that_does_not_answer(migrated: str, open_database: Open) -> None:
    with proxied(migrated) as proxy:
        database = open_database(proxy.url, connections=2)
        works(database)
        proxy.freeze()
        with unavailable():
            use(database)
        assert not database.alive()
        proxy.thaw()
        works(database)


def test_postgresql_that_falls_silent_in_a_unit(migrated: str, open_database: Open) -> None:
    with proxied(migrated) as proxy:
        database = open_database(proxy.url)
        with unavailable(), database.unit() as unit:
            unit.deliveries.first("ev:T1:Ev1", NOW)
            proxy.freeze()
            unit.requests.add(sow(), "V1", "")
            unit.commit()
        proxy.thaw()
        works(database)
        with database.unit() as unit:
            assert unit.requests.from_view("V1") is None


def test_all_connections_in_use(migrated: str, open_database: Open) -> None:
    database = open_database(migrated, connections=1)
    with database.unit(), unavailable():
        use(database)
    works(database)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://example.com/x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        Database(url, audit_key=KEY)


def test_an_empty_key_is_refused(sqlite_url: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Database(sqlite_url, audit_key=b"")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql(scheme: str, migrated: str, open_database: Open) -> None:
    rest = migrated.partition("://")[2]
    works(open_database(f"{scheme}://{rest}"))
