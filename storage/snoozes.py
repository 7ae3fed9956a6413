"""What somebody has put off: to be reminded of a request later."""

from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Integer,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    select,
)

from bot.ports import Snooze
from storage.columns import Instant, Words, insert, metadata

snoozes = Table(
    "snoozes",
    metadata,
    Column("ref", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("step", Integer, nullable=False),
    Column("times", Integer, nullable=False),
    Column("until", Instant, nullable=False),
    PrimaryKeyConstraint("ref", "step", "user"),
    sqlite_with_rowid=False,
)

_ONE = select(snoozes).where(
    snoozes.c.ref == bindparam("of"),
    snoozes.c.step == bindparam("at"),
    snoozes.c.user == bindparam("by"),
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(snoozes, dialect)
    return new.on_conflict_do_update(
        index_elements=["ref", "step", "user"],
        set_={"times": new.excluded.times, "until": new.excluded.until},
    )


class StoredSnoozes:
    """:class:`bot.ports.Snoozes` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, ref: str, step: int, user: str) -> Snooze | None:
        """Return what the person put off of the request at this step, or None."""
        found = self._connection.execute(_ONE, {"of": ref, "at": step, "by": user}).one_or_none()
        if found is None:
            return None
        return Snooze(ref=ref, step=step, user=user, times=found.times, until=found.until)

    def put(self, snooze: Snooze) -> None:
        """Remember it, in the place of what was put off there before."""
        row = {
            "ref": snooze.ref,
            "step": snooze.step,
            "user": snooze.user,
            "times": snooze.times,
            "until": snooze.until,
        }
        self._connection.execute(_put(self._connection.dialect.name), row)
