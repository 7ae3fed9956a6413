"""The settings that were changed since the file, each with its last change."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Executable, Index, Integer, Table, func, select

from bot.ports import Override, Source
from storage.columns import Document, Instant, Words, insert, metadata
from storage.counters import count

overrides = Table(
    "overrides",
    metadata,
    Column("key", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("value", Document),
    Column("version", Integer, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_overrides_version", overrides.c.version)

_TURNS = "changes of settings"
_LAST = select(func.max(overrides.c.version))
_ALL = select(overrides).order_by(overrides.c.key)
_TAGS: dict[str, Any] = {
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$decimal": Decimal,
}
"""How JSON writes what only TOML has; no key of a setting looks like this."""


@cache
def _put(dialect: str) -> Executable:
    new = insert(overrides, dialect)
    said = {name: new.excluded[name] for name in overrides.c.keys() if name != "key"}  # noqa: SIM118 - a collection of columns
    return new.on_conflict_do_update(index_elements=["key"], set_=said)


class StoredOverrides:
    """:class:`bot.ports.Overrides` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        """Return the number of the last change, 0 before the first."""
        return self._connection.execute(_LAST).scalar_one() or 0

    def all(self) -> Sequence[Override]:
        """Return the last change of every setting that was ever changed, by key."""
        return [
            Override(
                key=row.key,
                source=Source(row.source),
                value=from_json(row.value),
                version=row.version,
                by=row.by,
                at=row.at,
            )
            for row in self._connection.execute(_ALL)
        ]

    def turn(self) -> int:
        """Return the number of the next change; whoever wants one meanwhile waits."""
        return count(self._connection, _TURNS)

    def put(self, override: Override) -> None:
        """Remember the change in place of the one before."""
        row = {
            "key": override.key,
            "source": override.source.value,
            "value": to_json(override.value),
            "version": override.version,
            "by": override.by,
            "at": override.at,
        }
        self._connection.execute(_put(self._connection.dialect.name), row)


def to_json(value: Any) -> Any:  # noqa: ANN401 - any value of TOML
    """Return a value of TOML as JSON has it."""
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case date():
            return {"$date": value.isoformat()}
        case time():
            return {"$time": value.isoformat()}
        case list() | tuple():
            return [to_json(each) for each in value]
        case dict():
            return {key: to_json(each) for key, each in value.items()}
        case _:
            return value


def from_json(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return what :func:`to_json` wrote."""
    match value:
        case list():
            return [from_json(each) for each in value]
        case dict():
            if len(value) == 1 and (found := _TAGS.get(next(iter(value)))):
                return found(next(iter(value.values())))
            return {key: from_json(each) for key, each in value.items()}
        case _:
            return value
