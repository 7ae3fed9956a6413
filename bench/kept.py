"""What a database keeps, looked at from outside the bot."""

from typing import Any

from sqlalchemy import NullPool, create_engine, text

from bench.desk import AUDIT_KEY
from bench.errors import Broken
from storage.connections import database_url
from storage.database import Database


def ask_database(url: str, statement: str, **values: str) -> tuple[Any, ...]:
    """Return the one row that the database at ``url`` answers; it waits for no writer."""
    engine = create_engine(database_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        return tuple(connection.execute(text(statement), values).one())


def stored(url: str) -> int:
    """Return how many requests there are."""
    [count] = ask_database(url, "SELECT count(*) FROM requests")
    return int(count)


def check_audit(database: str, url: str) -> None:
    """Raise Broken unless the audit in the database at ``url`` is whole."""
    kept = Database(url, audit_key=AUDIT_KEY)
    breaks = kept.verify_audit()
    kept.close()
    if breaks:
        raise Broken(f"{database}: {breaks[0]}")


def check_stored(database: str, url: str, taken: int) -> None:
    """Raise Broken unless so many requests are stored and the audit is whole."""
    if (found := stored(url)) != taken:
        raise Broken(f"{database}: {taken} forms were taken, {found} are stored.")
    check_audit(database, url)
