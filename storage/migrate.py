"""Migrations, run by whoever owns the schema. On SQLite that is the bot, when it starts."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from storage.connections import database_url, report_unavailable
from storage.revision import VERSION_TABLE
from storage.schema import APPEND_ONLY, REMOVABLE, WRITABLE
from storage.sqlite import database_file, sqlite_engine

_FOLDER = Path(__file__).parent / "migrations"
_PATIENCE = 60.0
"""Seconds that a migration waits for another one, or for the bot, to leave the schema alone."""
_LOCK = 4_019_470_001
"""Any number, the same for everybody who migrates."""


class NotTheBotsRoleError(ValueError):
    """The role cannot be the bot's; the text says why."""


def migrate(url: str, bot_role: str | None = None) -> None:
    """Bring the schema at ``url`` to the newest revision; a SQLite file is created.

    All of it or nothing. Of several that migrate at once, one does and the others wait. On
    PostgreSQL ``bot_role``, the role that the bot connects as, gets what it needs and no more: it
    reads and writes rows; files and links it never changes, the audit it only appends to. Whoever
    has no such right of their own can create nothing in the schema (PostgreSQL before 15 lets
    everybody), as far as it is ours to take that away.
    Raises Unavailable, and NotTheBotsRoleError when there is no such role or it owns the schema.
    """

    def newest(connection: Connection) -> None:
        command.upgrade(_config(connection), "head")
        if bot_role is not None and connection.dialect.name == "postgresql":
            _grant(connection, bot_role)

    _run(url, newest)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the schema back to ``revision``; ``base`` drops everything. Raises Unavailable."""
    _run(url, lambda connection: command.downgrade(_config(connection), revision))


def _run(url: str, change: Callable[[Connection], None]) -> None:
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            change(connection)
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        database_file(parsed).parent.mkdir(parents=True, exist_ok=True)
        engine = sqlite_engine(parsed, patience=_PATIENCE, create=True)
    else:
        limit = f"-c lock_timeout={int(_PATIENCE * 1000)}"
        engine = create_engine(
            parsed, poolclass=NullPool, connect_args={"connect_timeout": 5, "options": limit}
        )
    report_unavailable(engine)
    return engine


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _grant(connection: Connection, role: str) -> None:
    _check(connection, role)
    quote = connection.dialect.identifier_preparer.quote_identifier
    bot, schema = quote(role), quote(connection.dialect.default_schema_name or "public")
    writable, removable, append_only = (
        ", ".join(quote(table.name) for table in tables)
        for tables in (WRITABLE, REMOVABLE, APPEND_ONLY)
    )
    for statement in (
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {bot}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {bot}",
        f"GRANT USAGE ON SCHEMA {schema} TO {bot}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {writable} TO {bot}",
        f"GRANT SELECT, INSERT, DELETE ON {removable} TO {bot}",
        f"GRANT SELECT, INSERT ON {append_only} TO {bot}",
        f"GRANT SELECT ON {quote(VERSION_TABLE)} TO {bot}",
    ):
        connection.exec_driver_sql(statement)


def _check(connection: Connection, role: str) -> None:
    found = connection.execute(
        text("SELECT pg_has_role(rolname, current_user, 'USAGE') FROM pg_roles WHERE rolname = :r"),
        {"r": role},
    ).scalar()
    if found is None:
        raise NotTheBotsRoleError(f"There is no database role {role!r}; create it first.")
    if found:
        raise NotTheBotsRoleError(
            f"The database role {role!r} can do everything to the schema; give the bot another one."
        )
