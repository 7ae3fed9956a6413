"""Which revision of the schema a database has; asked without Alembic, while the bot runs."""

from sqlalchemy import Connection, column, delete, insert, inspect, select, table

from storage.connections import Connections, database_url
from storage.sqlite import database_file

NEWEST = "0015"
"""The revision that this code needs: the newest in ``storage/migrations/versions``.

Revisions are numbers of four digits, so the one that is greater is the newer one.
"""

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


def problem(found: str | None, *, may_be_older: bool = False) -> str | None:
    """Return why this code cannot work with the revision ``found``, and the fix; None: it can."""
    if found is not None and found > NEWEST:
        return (
            f"The database was made by a newer version of Frontdesk (schema {found}; this one "
            f"knows {NEWEST}): update Frontdesk."
        )
    if found == NEWEST or (found is not None and may_be_older):
        return None
    return "The schema is not current: run `python app.py migrate`."


def is_there(connection: Connection) -> bool:
    """Whether the table of the revision is there."""
    return inspect(connection).has_table(VERSION_TABLE)


def write(connection: Connection, revision: str | None) -> None:
    """Write down which revision the schema has; with None no bot works with it."""
    versions = table(VERSION_TABLE, column("version_num"))
    connection.execute(delete(versions))
    if revision is not None:
        connection.execute(insert(versions).values(version_num=revision))


def seen(connection: Connection) -> str | None:
    """Return the revision that ``connection`` sees; None when there is nothing of ours yet."""
    if not is_there(connection):
        return None
    found: str | None = connection.execute(
        select(column("version_num")).select_from(table(VERSION_TABLE))
    ).scalar()
    return found


def is_current(url: str) -> bool:
    """Whether this code can work with the database at ``url``. Raises Unavailable."""
    return current(url) == NEWEST
