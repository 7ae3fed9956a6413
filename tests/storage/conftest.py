"""Migrated databases of both kinds, copied from one that was migrated once."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from storage.database import Database
from storage.migrate import migrate
from tests.postgres import Server
from tests.storage.examples import KEY

Open = Callable[..., Database]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a file that is not there yet."""
    return f"sqlite:///{tmp_path / 'frontdesk.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database in which there is nothing yet."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "frontdesk.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def migrated_sqlite(sqlite_template: Path, sqlite_url: str) -> str:
    shutil.copyfile(sqlite_template, str(make_url(sqlite_url).database))
    return sqlite_url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> Iterator[str]:
    with postgres_server.fresh_database() as url:
        migrate(url)
        yield url


@pytest.fixture
def migrated_postgres(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    name = f"frontdesk_test_{secrets.token_hex(6)}"
    template = make_url(postgres_template)
    plain = make_url(postgres_server.url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.database}"'.encode())
        yield template.set(database=name).render_as_string(hide_password=False)
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database."""
    name = "migrated_sqlite" if request.param == "sqlite" else "migrated_postgres"
    return str(request.getfixturevalue(name))


@pytest.fixture
def open_database() -> Iterator[Open]:
    """Opens databases, and closes them after the test."""
    opened: list[Database] = []

    def open_(url: str, pace: float = 0.0, lease: float = 120.0, connections: int = 10) -> Database:
        database = Database(url, audit_key=KEY, pace=pace, lease=lease, connections=connections)
        opened.append(database)
        return database

    yield open_
    for each in opened:
        each.close()


@pytest.fixture
def database(url: str, open_database: Open) -> Database:
    return open_database(url)
