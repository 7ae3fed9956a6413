"""Which databases there can be, and how one process shares its connections to one."""

import threading

import pytest

from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import KEY
from tests.storage.outage import unavailable, works


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


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://example.com/x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SQLite"):
        Database(url, audit_key=KEY)


def test_an_empty_key_is_refused(sqlite_url: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Database(sqlite_url, audit_key=b"")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql(
    scheme: str, migrated_postgres: str, open_database: Open
) -> None:
    rest = migrated_postgres.partition("://")[2]
    works(open_database(f"{scheme}://{rest}"))
