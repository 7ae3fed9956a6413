"""The tables of the search index, and what an entry looks like in them."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Identity,
    Index,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.ports import Indexed, Kind
from storage.columns import Document, Serial, Words, metadata
from storage.terms import written

indexed = Table(
    "indexed",
    metadata,
    Column("number", Serial, Identity(), primary_key=True),
    Column("ref", Words, nullable=False, unique=True),
    Column("kind", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("tags", Document, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("dated", Date, nullable=False),
    Column("terms", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
)
"""``terms``: see :mod:`storage.terms`. On SQLite triggers enter them in ``indexed_terms``, too: an
FTS5 table whose rowids are in the order of a kind's part of ``ix_indexed_newest``."""
Index(
    "ix_indexed_newest",
    *(indexed.c.kind, indexed.c.is_current, indexed.c.dated, indexed.c.number),
)
Index(
    "ix_indexed_terms",
    indexed.c.terms,
    postgresql_using="gin",
    postgresql_with={"fastupdate": "off"},
).ddl_if(dialect="postgresql")

indexed_words = Table(
    "indexed_words",
    metadata,
    Column("kind", Words, nullable=False),
    Column("word", Words, nullable=False),
    Column("ref", Words, nullable=False),
    PrimaryKeyConstraint("kind", "word", "ref"),
    sqlite_with_rowid=False,
)
"""The words of titles and tags, for every entry that has them."""
Index("ix_indexed_words_ref", indexed_words.c.ref)

ENTRY = tuple(
    indexed.c[name] for name in ("ref", "kind", "title", "text", "tags", "is_current", "dated")
)


def entry_row(entry: Indexed) -> dict[str, Any]:
    """Return the columns of an entry."""
    row = asdict(entry)
    return row | {
        "tags": {name: list(values) for name, values in entry.tags.items()},
        "dated": row.pop("on"),
        "terms": written(entry),
    }


def read_entry(row: Row[Any]) -> Indexed:
    """Return the entry of a row that has the columns ``ENTRY``."""
    return Indexed(
        ref=row.ref,
        kind=Kind(row.kind),
        title=row.title,
        text=row.text,
        tags={name: tuple(values) for name, values in row.tags.items()},
        is_current=row.is_current,
        on=row.dated,
    )
