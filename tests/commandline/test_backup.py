"""Backup and restore as an admin does them, and what PostgreSQL needs for them."""

import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from storage.migrate import downgrade
from tests.commandline.test_app import app
from tests.commandline.test_export import data
from tests.postgres import Server, programs

__all__ = ["data"]


@pytest.mark.prove
def test_a_backup_is_written_here_and_put_back_elsewhere(data: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"

    written = app(data, "backup", str(archive))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / "audit.key").write_bytes((data / "audit.key").read_bytes())
    restored = app(elsewhere, "restore", str(archive))

    assert (written.returncode, written.stderr) == (0, "")
    assert re.search(r"with the audit key [0-9a-f]{16}, which is not in it", written.stdout)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "every hash fits, and the audit is whole up to row 1" in restored.stdout
    assert app(elsewhere, "verify-audit").returncode == 0
    assert '"client": "Globex"' in app(elsewhere, "export", "SOW-1", "--json").stdout


@pytest.mark.prove
def test_another_key_another_file_and_another_place_are_sentences(
    data: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "backup.zip"
    app(data, "backup", str(archive))

    again = app(data, "backup", str(archive))
    nowhere = app(data, "backup", str(tmp_path / "no folder" / "backup.zip"))
    fresh = app(tmp_path / "fresh", "restore", str(archive))
    other = app(data, "restore", str(data / "audit.key"))
    occupied = app(data, "restore", str(archive))

    assert "is there already; nothing is overwritten" in again.stderr
    assert "could not be written: No such file or directory." in nowhere.stderr
    assert "Nothing was restored. The archive was made with the audit key" in fresh.stderr
    assert "is something else" in other.stderr
    assert "There is a database already" in occupied.stderr
    for each in (again, nowhere, fresh, other, occupied):
        assert each.returncode == 2
        assert "Traceback" not in each.stderr


@dataclass
class Postgres:
    """An installation over PostgreSQL with an owner and the bot's own role."""

    folder: Path
    environ: dict[str, str]

    def command(self, *arguments: str, **environ: str) -> tuple[int, str, str]:
        ended = app(self.folder, *arguments, **(self.environ | environ))
        assert "Traceback" not in ended.stderr
        return ended.returncode, ended.stdout, ended.stderr

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        owners = self.environ["MIGRATION_DATABASE_URL"].replace("+psycopg", "", 1)
        with psycopg.connect(owners, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []


@pytest.fixture
def postgres(tmp_path: Path, postgres_url: str) -> Iterator[Postgres]:
    role = f"bot_{secrets.token_hex(4)}"
    bots = make_url(postgres_url).set(username=role).render_as_string(hide_password=False)
    path = f"{programs()}{os.pathsep}{os.environ['PATH']}"
    environ = {"DATABASE_URL": bots, "MIGRATION_DATABASE_URL": postgres_url, "PATH": path}
    made = Postgres(tmp_path, environ)
    made.execute(f'CREATE ROLE "{role}" LOGIN')
    assert made.command("migrate")[0] == 0
    yield made
    made.execute(f'DROP OWNED BY "{role}"')
    made.execute(f'DROP ROLE "{role}"')


@pytest.mark.prove
def test_postgresql_is_put_back_with_the_rights_of_the_bots_role_or_not_at_all(
    postgres: Postgres, postgres_server: Server
) -> None:
    archive = str(postgres.folder / "backup.zip")
    assert postgres.command("backup", archive)[0] == 0
    role = make_url(postgres.environ["DATABASE_URL"]).username
    with postgres_server.fresh_database() as url:
        bots = make_url(url).set(username=role).render_as_string(hide_password=False)
        other = Postgres(postgres.folder, postgres.environ)
        other.environ = postgres.environ | {"DATABASE_URL": bots, "MIGRATION_DATABASE_URL": url}
        code, _, said = other.command("restore", archive, FRONTDESK_AUDIT_KEY="cd" * 32)
        assert code == 2
        assert "made with the audit key" in said

        code, _, said = other.command("restore", archive)
        assert (code, said) == (0, "")
        asked = f"SELECT has_table_privilege('{role}', 'audit', 'UPDATE')"
        assert other.execute(asked) == [(False,)]
        assert other.command("verify-audit")[0] == 0
        assert "There are tables already" in other.command("restore", archive)[2]
        other.execute(f'DROP OWNED BY "{role}"')


@pytest.mark.prove
def test_a_tampered_postgresql_is_not_put_in_place(
    postgres: Postgres, postgres_server: Server
) -> None:
    postgres.execute("INSERT INTO requests SELECT * FROM requests")
    postgres.execute(
        "INSERT INTO audit VALUES (1, now(), '', 'approve', 'SOW-1', '', '', 1, '', '{}', 'no')"
    )
    archive = str(postgres.folder / "backup.zip")
    assert postgres.command("backup", archive)[0] == 0
    with postgres_server.fresh_database() as url:
        other = Postgres(postgres.folder, {**postgres.environ, "DATABASE_URL": url})
        del other.environ["MIGRATION_DATABASE_URL"]
        code, _, said = other.command("restore", archive)

        assert code == 2
        assert "Row 1 of the audit" in said
        other.environ["MIGRATION_DATABASE_URL"] = url
        tables = other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables in ([], [("alembic_version",)])
        assert other.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'audit_%'") == []


@pytest.mark.prove
def test_an_earlier_postgresql_is_migrated_when_it_is_put_back(
    postgres: Postgres, postgres_server: Server
) -> None:
    downgrade(postgres.environ["MIGRATION_DATABASE_URL"], "0001")
    archive = str(postgres.folder / "backup.zip")
    assert postgres.command("backup", archive)[0] == 0
    with postgres_server.fresh_database() as url:
        other = Postgres(postgres.folder, {**postgres.environ, "DATABASE_URL": url})
        del other.environ["MIGRATION_DATABASE_URL"]
        assert other.command("restore", archive)[0] == 0
        assert other.command("verify-audit")[0] == 0


@pytest.mark.prove
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("", "pg_dump is not on PATH. Install PostgreSQL's client programs"),
        ("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n", "pg_dump is of PostgreSQL 9 and the"),
        ("#!/bin/sh\necho hello\n", "does not say its version"),
    ],
    ids=["none", "too old", "something else"],
)
def test_without_the_right_pg_dump_there_is_a_sentence(
    postgres: Postgres, script: str, said: str
) -> None:
    folder = postgres.folder / "bin"
    folder.mkdir()
    if script:
        (folder / "pg_dump").write_text(script)
        (folder / "pg_dump").chmod(0o755)
    archive = postgres.folder / "backup.zip"

    code, _, told = postgres.command("backup", str(archive), PATH=str(folder))

    assert code == 2
    assert said in told
    assert not archive.exists()
    assert not list(postgres.folder.glob(".*"))


@pytest.mark.prove
def test_a_role_that_may_not_read_everything_is_a_sentence(postgres: Postgres) -> None:
    archive = postgres.folder / "backup.zip"

    code, _, said = postgres.command("backup", str(archive), MIGRATION_DATABASE_URL="")

    assert code == 2
    assert said.startswith("pg_dump failed: ")
    assert "Set MIGRATION_DATABASE_URL to the owner's." in said
    assert not archive.exists()
