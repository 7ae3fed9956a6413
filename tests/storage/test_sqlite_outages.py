"""A SQLite file that is gone, locked or full is Unavailable in time, and then works again."""

import resource
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.ports.haste import within
from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import NOW, add, parcel, promise, sow
from tests.storage.outage import unavailable, use, works


@pytest.fixture
def file(migrated_sqlite: str) -> Path:
    return Path(str(make_url(migrated_sqlite).database))


@pytest.fixture
def sqlite(migrated_sqlite: str, open_database: Open) -> Database:
    return open_database(migrated_sqlite)


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


def test_sqlite_locked_for_somebody_who_has_no_more_time(sqlite: Database, file: Path) -> None:
    """All waits together end in time, and whoever comes next has all of theirs."""
    works(sqlite)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.monotonic()
    with within(0.3):
        for _ in range(4):
            with unavailable():
                use(sqlite)
    assert 0.3 <= time.monotonic() - begun < 2.0

    begun = time.monotonic()
    with unavailable():
        use(sqlite)
    assert time.monotonic() - begun > 0.9
    other.close()
    with within(0):
        works(sqlite)


def test_sqlite_written_by_another_thread_while_somebody_has_no_more_time(
    sqlite: Database,
) -> None:
    took = list[float]()

    def wait() -> None:
        begun = time.monotonic()
        with within(0.3):
            for _ in range(4):
                with unavailable():
                    use(sqlite)
        took.append(time.monotonic() - begun)

    with sqlite.unit():
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join(10)
    assert 0.3 <= took[0] < 2.0
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
