"""Marks by which an asset's file or link is recognised; only ever added to."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Identity,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    bindparam,
    select,
)

from storage.columns import Serial, Words, insert, metadata

marks = Table(
    "marks",
    metadata,
    Column("nth", Serial, Identity(), primary_key=True),
    Column("mark", Words, nullable=False),
    Column("ref", Words, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("mark", "ref", "version"),
)
Index("ix_marks_mark", marks.c.mark, marks.c.nth)

OF = (
    select(marks.c.ref, marks.c.version)
    .where(marks.c.mark == bindparam("wanted"))
    .order_by(marks.c.nth.desc())
)


@cache
def _add(dialect: str) -> Executable:
    return insert(marks, dialect).on_conflict_do_nothing(index_elements=["mark", "ref", "version"])


class StoredMarks:
    """:class:`bot.ports.Marks` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, mark: str, ref: str, version: int) -> None:
        """Remember that ``mark`` is version ``version`` of ``ref``; a second time is no news."""
        row = {"mark": mark, "ref": ref, "version": version}
        self._connection.execute(_add(self._connection.dialect.name), row)

    def of(self, mark: str) -> Sequence[tuple[str, int]]:
        """Return references and versions with this mark, the latest first."""
        rows = self._connection.execute(OF, {"wanted": mark})
        return [(row.ref, row.version) for row in rows]
