"""A PostgreSQL that is gone, locked, slow or silent is Unavailable in time, then works again."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url

from bot.ports import haste
from tests.postgres import Server
from tests.storage.conftest import Open
from tests.storage.examples import NOW, sow
from tests.storage.outage import unavailable, use, works
from tests.storage.proxy import proxied


@contextmanager
def superuser(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def test_postgresql_with_a_locked_table(migrated_postgres: str, open_database: Open) -> None:
    database = open_database(migrated_postgres)
    works(database)
    with superuser(migrated_postgres) as other:
        with other.transaction():
            other.execute("LOCK TABLE deliveries, outbox")
            with unavailable():
                use(database)
            with unavailable():
                database.post_office.claim(NOW)
        works(database)
        use(database)


def test_whoever_has_waited_already_waits_for_a_lock_as_long_as_is_left(
    migrated_postgres: str, open_database: Open
) -> None:
    database = open_database(migrated_postgres)
    with superuser(migrated_postgres) as other, other.transaction():
        other.execute("LOCK TABLE deliveries")
        with haste.within(0.2), unavailable(0.9):  # of a second that it is waited for otherwise
            use(database)
        with unavailable(), haste.within(5):
            use(database)


def test_postgresql_that_is_slow(migrated_postgres: str, open_database: Open) -> None:
    database = open_database(migrated_postgres)
    with superuser(migrated_postgres) as other:
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


def end_all(other: psycopg.Connection[tuple[object, ...]]) -> None:
    """End everybody else's connections, as a restart does."""
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
    other.execute(f"SELECT pg_terminate_backend(pid, 5000) {others}".encode())


def test_a_restart_of_postgresql_between_units_is_not_noticed(
    migrated_postgres: str, open_database: Open
) -> None:
    database = open_database(migrated_postgres)
    works(database)
    with superuser(migrated_postgres) as other:
        end_all(other)
    works(database)


def test_a_restart_of_postgresql_in_a_unit(migrated_postgres: str, open_database: Open) -> None:
    database = open_database(migrated_postgres)
    with superuser(migrated_postgres) as other, unavailable(), database.unit() as unit:
        unit.requests.add(sow(), "V1")
        end_all(other)
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") is None
    works(database)


def test_postgresql_that_takes_no_connections(
    migrated_postgres: str, postgres_server: Server, open_database: Open
) -> None:
    database = open_database(migrated_postgres)
    works(database)
    name = make_url(migrated_postgres).database
    with superuser(postgres_server.url) as admin, superuser(migrated_postgres) as other:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        end_all(other)
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


def test_postgresql_that_does_not_answer(migrated_postgres: str, open_database: Open) -> None:
    with proxied(migrated_postgres) as proxy:
        database = open_database(proxy.url, connections=2)
        works(database)
        proxy.freeze()
        with unavailable():
            use(database)
        assert not database.alive()
        proxy.thaw()
        works(database)


def test_postgresql_that_falls_silent_in_a_unit(
    migrated_postgres: str, open_database: Open
) -> None:
    with proxied(migrated_postgres) as proxy:
        database = open_database(proxy.url)
        with unavailable(), database.unit() as unit:
            unit.deliveries.first("ev:T1:Ev1", NOW)
            proxy.freeze()
            unit.requests.add(sow(), "V1")
            unit.commit()
        proxy.thaw()
        works(database)
        with database.unit() as unit:
            assert unit.requests.from_view("V1") is None


def test_all_connections_in_use(migrated_postgres: str, open_database: Open) -> None:
    database = open_database(migrated_postgres, connections=1)
    with database.unit(), unavailable():
        use(database)
    works(database)
