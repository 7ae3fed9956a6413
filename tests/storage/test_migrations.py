"""The schema: made by migrations alone, equal to the tables, safe to make by two at once."""

import multiprocessing
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from storage import revision
from storage.migrate import NotTheBotsRoleError, downgrade, migrate
from storage.schema import metadata
from tests.storage.conftest import Open
from tests.storage.examples import NOW, add, entry, parcel, promise, sow
from tests.storage.test_deals import ROLLOUT
from tests.storage.test_links import KAI
from tests.storage.test_opinions import ANAS

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


def test_the_migrated_schema_is_what_the_tables_say(url: str) -> None:
    with engine_of(url).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
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


def _as_role(url: str, role: str) -> str:
    return make_url(url).set(username=role).render_as_string(hide_password=False)


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _refused(url: str, statement: str) -> None:
    forbidden = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(_libpq(url)) as connection, forbidden:
        connection.execute(statement.encode())


@pytest.fixture
def role(postgres_url: str) -> Iterator[str]:
    """A role of the bot's own; it owns nothing."""
    name = f"Frontdesk-{secrets.token_hex(4)}"
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'CREATE ROLE "{name}" LOGIN'.encode())
        yield name
        connection.execute(f'DROP OWNED BY "{name}"'.encode())
        connection.execute(f'DROP ROLE "{name}"'.encode())


def test_the_bots_role_can_do_its_work_and_no_more(
    postgres_url: str, role: str, open_database: Open
) -> None:
    migrate(postgres_url, bot_role=role)
    bots = _as_role(postgres_url, role)
    assert revision.is_current(bots)
    database = open_database(bots)
    promise(database, parcel("a"))
    with database.unit() as unit:
        unit.requests.add(sow(), "")
        unit.audit.append(entry())
        unit.cards.ensure("SOW-1", "asker", "user:U_ANA")
        unit.files.put("SOW-1.pdf", "application/pdf", b"a PDF")
        unit.links.add(KAI)
        for _ in range(2):
            unit.deals.put([ROLLOUT])
            unit.deals.note("D-7", "sent:SOW-1", "Sent to the client", NOW)
            unit.opinions.put(ANAS)
        unit.commit()
    [claimed] = database.post_office.claim(NOW)
    database.post_office.done(claimed)
    assert database.verify_audit() == []
    for statement in (
        "UPDATE audit SET actor = 'U_ADAM'",
        "DELETE FROM audit",
        "UPDATE files SET content = ''",
        "DELETE FROM files",
        "UPDATE links SET expires_at = now()",
        "DELETE FROM links",
        "DELETE FROM deal_notes",
        "TRUNCATE audit",
        "ALTER TABLE audit DISABLE TRIGGER USER",
        "DROP TABLE requests",
        "DELETE FROM alembic_version",
        "CREATE TABLE mine (x int)",
    ):
        _refused(bots, statement)


def test_migrating_again_takes_back_what_the_role_should_not_have(
    postgres_url: str, role: str
) -> None:
    migrate(postgres_url, bot_role=role)
    with psycopg.connect(_libpq(postgres_url), autocommit=True) as connection:
        connection.execute(f'GRANT ALL ON audit TO "{role}"'.encode())
    migrate(postgres_url, bot_role=role)
    _refused(_as_role(postgres_url, role), "DELETE FROM audit")


@pytest.mark.parametrize(
    ("wrong", "said"), [("nobody's", "no database role"), ("postgres", "another one")]
)
def test_a_role_that_cannot_be_the_bots(postgres_url: str, wrong: str, said: str) -> None:
    with pytest.raises(NotTheBotsRoleError, match=said):
        migrate(postgres_url, bot_role=wrong)
    assert revision.current(postgres_url) is None
