"""The types of all columns, and the metadata that every table belongs to.

Text is cleaned on its way in: PostgreSQL stores no NUL, and no driver sends half of a surrogate
pair, so both databases remember the same, slightly poorer text instead of refusing the request.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData, Text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.schema import Table
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

Serial = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database gives out; SQLite does so for INTEGER keys only."""


def insert(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that knows the dialect's ON CONFLICT, and counts the rows it wrote."""
    new = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return new.execution_options(preserve_rowcount=True)


def storable(text: str) -> str:
    """Return ``text`` without NUL, and with U+FFFD for each half of a surrogate pair."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def utc(at: datetime) -> datetime:
    """Return the instant in UTC. Raises ValueError when it has no time zone."""
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone, so it is no instant.")
    return at.astimezone(UTC)


class Instant(TypeDecorator[datetime]):
    """An instant, to the microsecond: goes in with any time zone and comes out in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what is no instant."""
        if value is None:
            return None
        return utc(value).replace(tzinfo=None) if dialect.name == "sqlite" else utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite does not store."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text of any length, cleaned by :func:`storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Clean the text."""
        return None if value is None else storable(value)


class Document(TypeDecorator[Any]):
    """A JSON value whose texts are cleaned by :func:`storable`; JSONB on PostgreSQL."""

    impl = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - SQLAlchemy's signature
        """Clean every text in the value."""
        return cleaned(value)


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value with every text in it cleaned by :func:`storable`."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value
