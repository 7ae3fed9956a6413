"""The audit only grows, and shows it when somebody made it do something else."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.audit import audit
from storage.chain import EMPTY, Anchor, Link, code
from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import KEY, entry, later, record

WRONG_KEY = b"somebody else's visibly fake key"


@pytest.fixture
def whole(database: Database) -> Database:
    """An audit of ten rows."""
    record(database, *(entry(f"SOW-{n % 3}", at=later(hours=n), version=n) for n in range(10)))
    return database


@contextmanager
def owner(url: str) -> Iterator[Engine]:
    engine = create_engine(url, poolclass=NullPool)
    yield engine
    engine.dispose()


def tamper(url: str, *statements: str) -> None:
    """Do what an owner of the database can do: take the triggers away first."""
    with owner(url) as engine, engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER audit_{name}"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


def test_an_untouched_audit_is_whole(whole: Database) -> None:
    assert whole.verify_audit() == []
    assert whole.verify_audit(whole.head()) == []
    assert whole.head().seq == 10


def test_an_empty_audit_is_whole(database: Database) -> None:
    assert database.head() == EMPTY
    assert database.verify_audit() == []
    assert database.verify_audit(EMPTY) == []


def test_an_older_anchor_still_holds(whole: Database) -> None:
    anchor = whole.head()
    record(whole, entry("SOW-9"))
    assert whole.verify_audit(anchor) == []
    assert whole.verify_audit(EMPTY) == []


def test_several_entries_of_one_unit_are_chained(database: Database) -> None:
    with database.unit() as unit:
        for version in range(3):
            unit.audit.append(entry(version=version))
        unit.commit()
        unit.audit.append(entry(version=3))
        unit.commit()
    assert database.head().seq == 4
    assert database.verify_audit() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-11-20 09:30:00.123457'"),
        ("actor", "'U_ADAM'"),
        ("action", "'reject'"),
        ("ref", "'SOW-99'"),
        ("before", "'drafting'"),
        ("after", "'rejected'"),
        ("version", "99"),
        ("surface", "'command'"),
        ("detail", "'{}'"),
        ("mac", "'" + "0" * 64 + "'"),
    ],
)
def test_an_altered_row_is_named(whole: Database, url: str, column: str, value: str) -> None:
    cast = "::timestamp AT TIME ZONE 'UTC'" if column == "at" and "sqlite" not in url else ""
    tamper(url, f'UPDATE audit SET "{column}" = {value}{cast} WHERE seq = 4')  # noqa: S608
    [finding] = whole.verify_audit()
    assert finding.startswith("Row 4 of the audit")
    assert "not as it was written" in finding


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["DELETE FROM audit WHERE seq = 4"], "Row 4 of the audit is missing"),
        (["DELETE FROM audit WHERE seq = 1"], "Row 1 of the audit is missing"),
        (
            ["DELETE FROM audit WHERE seq = 4", "UPDATE audit SET seq = 4 WHERE seq = 5"],
            "Row 4 of the audit",
        ),
        (
            [
                "UPDATE audit SET seq = 99 WHERE seq = 4",
                "UPDATE audit SET seq = 4 WHERE seq = 7",
                "UPDATE audit SET seq = 7 WHERE seq = 99",
            ],
            "Row 4 of the audit",
        ),
        (["UPDATE audit SET seq = seq + 100 WHERE seq > 6"], "Row 7 of the audit is missing"),
        (
            [
                "CREATE TABLE copied AS SELECT * FROM audit WHERE seq = 4",
                "UPDATE audit SET seq = seq + 100 WHERE seq > 4",
                "UPDATE audit SET seq = seq - 99 WHERE seq > 100",
                "UPDATE copied SET seq = 5",
                "INSERT INTO audit SELECT * FROM copied",
            ],
            "Row 5 of the audit",
        ),
    ],
    ids=["removed", "first removed", "removed and closed up", "swapped", "moved", "put in"],
)
def test_a_removed_moved_or_added_row_is_named(
    whole: Database, url: str, statements: list[str], said: str
) -> None:
    tamper(url, *statements)
    [finding] = whole.verify_audit()
    assert finding.startswith(said)


def test_a_cut_tail_is_found_with_an_anchor(whole: Database, url: str) -> None:
    anchor = whole.head()
    tamper(url, "DELETE FROM audit WHERE seq > 7")
    assert whole.verify_audit() == []
    [finding] = whole.verify_audit(anchor)
    assert finding == "The audit ends at row 7; rows up to 10 were there before."


def test_an_emptied_audit_is_found_with_an_anchor(whole: Database, url: str) -> None:
    anchor = whole.head()
    tamper(url, "DELETE FROM audit")
    assert whole.verify_audit() == []
    assert len(whole.verify_audit(anchor)) == 1


def _rebuild(connection: Connection, key: bytes, change: Callable[[Link], Link]) -> None:
    last = EMPTY
    for row in connection.execute(audit.select().order_by(audit.c.seq)).all():
        link = change(Link._make(row))
        last = Anchor(link.seq, code(key, last.mac, link))
        values = link._replace(mac=last.mac)._asdict()
        connection.execute(audit.update().where(audit.c.seq == link.seq).values(**values))


def _blame(link: Link) -> Link:
    return link._replace(actor="U_ADAM") if link.seq == 4 else link


def test_a_chain_rebuilt_with_another_key_is_found(whole: Database, url: str) -> None:
    tamper(url)
    with owner(url) as engine, engine.begin() as connection:
        _rebuild(connection, WRONG_KEY, _blame)
    [finding] = whole.verify_audit()
    assert finding.startswith("Row 1 of the audit")


def test_a_chain_rebuilt_with_the_key_is_found_with_an_anchor(whole: Database, url: str) -> None:
    anchor = whole.head()
    tamper(url)
    with owner(url) as engine, engine.begin() as connection:
        _rebuild(connection, KEY, _blame)
    assert whole.verify_audit() == []
    [finding] = whole.verify_audit(anchor)
    assert finding == "Row 10 of the audit is not the one that was there before."


def test_a_row_written_around_the_bot_is_found(whole: Database, url: str) -> None:
    tamper(
        url,
        "CREATE TABLE copied AS SELECT * FROM audit WHERE seq = 10",
        "UPDATE copied SET seq = 11",
        "INSERT INTO audit SELECT * FROM copied",
    )
    [finding] = whole.verify_audit()
    assert finding.startswith("Row 11 of the audit")


def refused(url: str, statement: str, because: str = "append-only") -> None:
    with owner(url) as engine, engine.connect() as connection:
        with pytest.raises(DBAPIError, match=because):
            connection.execute(text(statement))
        connection.rollback()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = 'U_ADAM' WHERE seq = 4", "DELETE FROM audit WHERE seq = 10"],
)
def test_even_the_owner_is_refused(whole: Database, url: str, statement: str) -> None:
    refused(url, statement)
    assert whole.verify_audit() == []
    assert whole.head().seq == 10


def test_no_row_is_replaced(whole: Database, url: str) -> None:
    again = "INTO audit SELECT * FROM audit WHERE seq = 4"
    if url.startswith("sqlite"):
        refused(url, f"INSERT OR REPLACE {again}")
        refused(url, f"REPLACE {again}")
    else:
        refused(url, f"INSERT {again}", "duplicate key")
        refused(url, "TRUNCATE audit")
    assert whole.verify_audit() == []


def test_the_wrong_key_fits_nothing(whole: Database, url: str) -> None:
    stranger = Database(url, audit_key=WRONG_KEY)
    [finding] = stranger.verify_audit(whole.head())
    stranger.close()
    assert re.search("Row 1 of the audit .*key is another one", finding)


def test_thousands_of_rows_are_verified_in_a_moment(url: str, open_database: Open) -> None:
    database = open_database(url)
    with database.unit() as unit:
        for n in range(5700):
            unit.audit.append(entry(f"SOW-{n}", detail={"reason": "because " * 10}))
        unit.commit()
    times = []
    for _ in range(3):
        start = time.thread_time()  # what others do to the machine does not count
        assert database.verify_audit() == []
        times.append(time.thread_time() - start)
    assert min(times) < 0.4  # 0.07 s on an idle core
