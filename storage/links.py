"""Clients' private links, by the hash of their token."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache

from sqlalchemy import Column, Connection, Executable, Index, Integer, Table, bindparam, select

from bot.ports import Link
from storage.columns import Instant, Words, insert, metadata

links = Table(
    "links",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("ref", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("email", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("step", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_links_ref", links.c.ref, links.c.created_at, links.c.token_hash)

_ONE = select(links).where(links.c.token_hash == bindparam("wanted"))
_OF = (
    select(links)
    .where(links.c.ref == bindparam("request"))
    .order_by(links.c.created_at, links.c.token_hash)
)


@cache
def _add(dialect: str) -> Executable:
    return insert(links, dialect).on_conflict_do_nothing(index_elements=["token_hash"])


class StoredLinks:
    """:class:`bot.ports.Links` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, link: Link) -> None:
        """Remember the link unless its hash is there already."""
        self._connection.execute(_add(self._connection.dialect.name), asdict(link))

    def get(self, token_hash: str) -> Link | None:
        """Return the link, or None."""
        row = self._connection.execute(_ONE, {"wanted": token_hash}).mappings().one_or_none()
        return None if row is None else Link(**row)

    def of(self, ref: str) -> Sequence[Link]:
        """Return every link of the request, oldest first."""
        rows = self._connection.execute(_OF, {"request": ref}).mappings()
        return [Link(**row) for row in rows]
