"""Unfinished forms."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    CursorResult,
    Executable,
    Index,
    Integer,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from bot.ports import Draft
from storage.columns import Document, Instant, Words, insert, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("user", Words, nullable=False),
    Column("form", Words, nullable=False),
    Column("workflow", Words, nullable=False),
    Column("transition", Words, nullable=False),
    Column("ref", Words),
    Column("step", Integer, nullable=False),
    Column("state", Document, nullable=False),
    Column("full", Document, nullable=False),
    Column("view_id", Words, nullable=False),
    Column("view_hash", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("resumable", Boolean, nullable=False),
    Column("place", Words, nullable=False),
    Column("talk", Document, nullable=False),
)
Index("ix_drafts_user", drafts.c.user, drafts.c.at)

_NAMES = tuple(field.name for field in fields(Draft))
_ONE = select(drafts).where(drafts.c.id == bindparam("wanted"))
_DROP = delete(drafts).where(drafts.c.id == bindparam("dropped"), drafts.c.user == bindparam("of"))
_OVER = update(drafts).where(
    drafts.c.id == bindparam("wanted"),
    drafts.c.user == bindparam("of"),
    drafts.c.at == bindparam("over", type_=Instant),
)
_LISTED = 20
_OF = (
    select(drafts)
    .where(drafts.c.user == bindparam("of"))
    .order_by(drafts.c.at.desc(), drafts.c.id.desc())
)


@cache
def _save(dialect: str) -> Executable:
    new = insert(drafts, dialect)
    return new.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new.excluded[name] for name in _NAMES if name != "id"},
        where=(drafts.c.user == new.excluded.user) & (drafts.c.at <= new.excluded.at),
    )


class StoredDrafts:
    """:class:`bot.ports.Drafts` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft, over: datetime | None = None) -> bool:
        """Store ``draft`` unless a newer state, or another person's draft, has its id.

        With ``over`` only in the place of its state of that instant. Returns whether it was stored.
        """
        row: dict[str, Any] = {name: getattr(draft, name) for name in _NAMES}
        row |= {"full": dict(draft.full), "talk": dict(draft.talk)}
        if over is not None:
            wanted = {"wanted": draft.id, "of": draft.user, "over": over}
            return self._connection.execute(_OVER.values(row), wanted).rowcount == 1
        return self._connection.execute(_save(self._connection.dialect.name), row).rowcount == 1

    def get(self, draft_id: str, *, to_change: bool = False) -> Draft | None:
        """Return the draft, or None."""
        found = _ONE.with_for_update() if to_change else _ONE
        return _draft(self._connection.execute(found, {"wanted": draft_id}))

    def latest(self, user: str, workflow: str, transition: str, ref: str | None) -> Draft | None:
        """Return the person's last unfinished draft of this form, or None."""
        found = _OF.where(
            drafts.c.workflow == workflow, drafts.c.transition == transition, drafts.c.ref == ref
        )
        return _draft(self._connection.execute(found.limit(1), {"of": user}))

    def of(self, user: str) -> Sequence[Draft]:
        """Return the newest 20 unfinished drafts of the person, newest first."""
        rows = self._connection.execute(_OF.limit(_LISTED), {"of": user}).mappings()
        return [Draft(**row) for row in rows]

    def talked(self, user: str, *, to_change: bool = False) -> Sequence[Draft]:
        """Return the newest 20 that the person fills in by talking, newest first."""
        talked = _OF.where(drafts.c.place != "").limit(_LISTED)
        if to_change:
            talked = talked.with_for_update()
        return [Draft(**row) for row in self._connection.execute(talked, {"of": user}).mappings()]

    def drop(self, draft_id: str, user: str) -> None:
        """Forget the draft of ``user``: it was submitted or discarded."""
        self._connection.execute(_DROP, {"dropped": draft_id, "of": user})


def _draft(found: CursorResult[Any]) -> Draft | None:
    row = found.mappings().one_or_none()
    return None if row is None else Draft(**row)
