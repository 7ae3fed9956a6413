"""The schema: made by migrations alone, equal to the tables, safe to make by two at once."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Index, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from bot.ports import Sought
from storage import revision
from storage.migrate import downgrade, migrate
from storage.schema import metadata
from tests.storage.conftest import Open
from tests.storage.examples import add, sow
from tests.storage.test_index import DECK

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


def engine_of(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def indexes(url: str) -> dict[str, str]:
    engine = engine_of(url)
    with engine.connect() as connection:
        rows = connection.execute(text(INDEXES[engine.dialect.name])).all()
    return {name: " ".join(sql.split()) for name, sql in rows if "alembic" not in name}


def _is_comparable(item: object, name: str | None, kind: str, *_: object) -> bool:
    """Whether SQLAlchemy can compare it: what FTS5 keeps it cannot describe.

    Nor does it know that an index is of one database only; the test below compares those.
    """
    if isinstance(item, Index) and item._ddl_if is not None:  # noqa: SLF001 - there is no door for this
        return False
    return kind != "table" or not str(name).startswith("indexed_terms")


def test_the_migrated_schema_is_what_the_tables_say(url: str) -> None:
    with engine_of(url).connect() as connection:
        opts = {"compare_type": True, "include_object": _is_comparable}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_the_migrated_indexes_are_what_the_tables_say(url: str) -> None:
    migrated = indexes(url)
    downgrade(url)
    engine = engine_of(url)
    metadata.create_all(engine)
    assert migrated == indexes(url)
    assert {"ix_outbox_due", "ix_requests_stage"} <= migrated.keys()


def test_down_and_up_again(url: str, open_database: Open) -> None:
    downgrade(url)
    left = set(inspect(engine_of(url)).get_table_names())
    assert left <= {revision.VERSION_TABLE}
    assert revision.current(url) is None
    assert not revision.is_current(url)
    migrate(url)
    assert revision.is_current(url)
    add(open_database(url), sow())


def test_the_first_release_gains_what_is_kept_beside_requests(
    url: str, open_database: Open
) -> None:
    downgrade(url, "0001")
    assert revision.current(url) == "0001"
    assert not {"files", "links", "deals"} & set(inspect(engine_of(url)).get_table_names())
    assert not {"ix_audit_at", "ix_outbox_failed", "ix_requests_resting"} & indexes(url).keys()
    migrate(url)
    add(open_database(url), sow(held="drafting"))


def test_the_second_release_gains_what_is_kept_beside_requests_for_assets(
    url: str, open_database: Open
) -> None:
    add(open_database(url), sow())
    downgrade(url, "0002")
    left = set(inspect(engine_of(url)).get_table_names())
    assert not {"indexed", "indexed_terms", "indexed_terms_data", "ranks", "marks"} & left
    assert "ix_requests_load" not in indexes(url)
    migrate(url)
    database = open_database(url)
    with database.unit() as unit:
        unit.index.put(DECK)
        assert unit.index.find(Sought(text="fintech")) == [DECK]
        assert unit.requests.get("SOW-1") == sow()


def test_migrating_twice_changes_nothing(url: str, open_database: Open) -> None:
    add(open_database(url), sow())
    migrate(url)
    with open_database(url).unit() as unit:
        assert unit.requests.get("SOW-1") == sow()


def test_an_empty_database_has_no_revision(empty_url: str) -> None:
    assert revision.current(empty_url) is None
    assert not revision.is_current(empty_url)


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    config = Config()
    folder = Path(revision.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == revision.NEWEST


def test_several_migrate_at_once(empty_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=migrate, args=(empty_url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(40)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert revision.is_current(empty_url)


def test_a_folder_is_made_for_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a' / 'b 100%' / 'frontdesk.db'}"
    migrate(url)
    assert revision.is_current(url)


def test_sqlite_is_durable_and_keeps_foreign_keys(url: str, open_database: Open) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("SQLite's settings")
    connections = open_database(url)._connections  # noqa: SLF001 - there is no door for this
    with connections.begin() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert found == ["wal", 2, 1, 1000]


def test_the_bot_runs_without_alembic_and_the_orm() -> None:
    program = (
        "import sys; import storage.database, storage.revision; "
        "print([name for name in sys.modules if name in ('alembic', 'sqlalchemy.orm')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
