"""What people chose for themselves."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Index,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    delete,
    select,
)

from storage.columns import Words, insert, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("user", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    PrimaryKeyConstraint("user", "name"),
    sqlite_with_rowid=False,
)
Index("ix_preferences_value", preferences.c.name, preferences.c.value, preferences.c.user)

_IS_IT = (preferences.c.user == bindparam("of")) & (preferences.c.name == bindparam("wanted"))
_ONE = select(preferences.c.value).where(_IS_IT)
_ALL = select(preferences.c.name, preferences.c.value).where(preferences.c.user == bindparam("of"))
_DROP = delete(preferences).where(_IS_IT)
HAVING = select(preferences.c.user).where(
    preferences.c.name == bindparam("wanted"), preferences.c.value == bindparam("chosen")
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(preferences, dialect)
    return new.on_conflict_do_update(
        index_elements=["user", "name"], set_={"value": new.excluded.value}
    )


class StoredPreferences:
    """:class:`bot.ports.Preferences` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, user: str, name: str, value: str) -> None:
        """Remember the choice; "" forgets it."""
        if value:
            row = {"user": user, "name": name, "value": value}
            self._connection.execute(_put(self._connection.dialect.name), row)
        else:
            self._connection.execute(_DROP, {"of": user, "wanted": name})

    def get(self, user: str, name: str) -> str:
        """Return the choice, or ""."""
        wanted = {"of": user, "wanted": name}
        return self._connection.execute(_ONE, wanted).scalar_one_or_none() or ""

    def of(self, user: str) -> Mapping[str, str]:
        """Return everything that the person chose, by name."""
        return {row.name: row.value for row in self._connection.execute(_ALL, {"of": user})}

    def having(self, name: str, value: str) -> frozenset[str]:
        """Return everybody who chose ``value``; nobody has chosen ""."""
        rows = self._connection.execute(HAVING, {"wanted": name, "chosen": value})
        return frozenset(rows.scalars())
