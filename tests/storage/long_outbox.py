"""An outbox with so many rows between its parcels that no single statement may read all of them."""

from sqlalchemy import create_engine, event, update
from sqlalchemy.pool import NullPool

from storage.database import Database
from storage.outbox import outbox

_APART = 1_000_000
"""More than a statement looks at."""


def move_apart(url: str) -> None:
    """Let the parcels have numbers as if very many others stood between them."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(update(outbox).values(id=outbox.c.id * _APART))
    engine.dispose()


def heard_by(database: Database) -> list[str]:
    """Return a list to which every statement is added that the database is asked from now on."""
    heard: list[str] = []
    engine = database._connections._engine  # noqa: SLF001 - no other way to hear it
    event.listen(engine, "before_cursor_execute", lambda *said: heard.append(str(said[2])))
    return heard
