"""Which revision of the schema a database has; asked without Alembic, while the bot runs."""

from sqlalchemy import Connection, column, inspect, select, table

from storage.connections import Connections, database_url
from storage.sqlite import database_file

NEWEST = "0006"
"""The revision that this code needs: the newest in ``storage/migrations/versions``."""

VERSION_TABLE = "alembic_version"


def current(url: str) -> str | None:
    """Return the schema's revision; None for a database in which there is nothing of ours yet.

    Raises Unavailable.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite" and not database_file(parsed).exists():
        return None
    connections = Connections(url, 1)
    try:
        with connections.begin() as connection:
            return seen(connection)
    finally:
        connections.close()


def seen(connection: Connection) -> str | None:
    """Return the revision that ``connection`` sees; None when there is nothing of ours yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(
        select(column("version_num")).select_from(table(VERSION_TABLE))
    ).scalar()
    return found


def is_current(url: str) -> bool:
    """Whether this code can work with the database at ``url``. Raises Unavailable."""
    return current(url) == NEWEST
