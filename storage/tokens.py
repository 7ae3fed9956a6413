"""The tokens of the API's clients; of each only a proof."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Executable,
    Integer,
    Table,
    bindparam,
    delete,
    select,
    update,
)

from bot.ports import Token
from storage.columns import Instant, Words, insert, metadata

tokens = Table(
    "tokens",
    metadata,
    Column("name", Words, primary_key=True),
    Column("proof", Words, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("amounts", Boolean, nullable=False),
    Column("submit", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("used_at", Instant),
    sqlite_with_rowid=False,
)

_THIS = tokens.c.name == bindparam("wanted")
_ONE = select(tokens).where(_THIS)
_ALL = select(tokens).order_by(tokens.c.name)
_USED = (
    update(tokens)
    .where(_THIS)
    .values(uses=tokens.c.uses + 1, used_at=bindparam("now", type_=Instant))
)
_REMOVE = delete(tokens).where(_THIS)


@cache
def _add(dialect: str) -> Executable:
    return insert(tokens, dialect).on_conflict_do_nothing(index_elements=["name"])


class StoredTokens:
    """:class:`bot.ports.Tokens` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: Token) -> bool:
        """Remember the token; return False when there is one of that name."""
        new = _add(self._connection.dialect.name)
        return self._connection.execute(new, asdict(token)).rowcount == 1

    def get(self, name: str) -> Token | None:
        """Return the token, or None."""
        row = self._connection.execute(_ONE, {"wanted": name}).mappings().one_or_none()
        return None if row is None else Token(**row)

    def all(self) -> Sequence[Token]:
        """Return every token, by name."""
        return [Token(**row) for row in self._connection.execute(_ALL).mappings()]

    def used(self, name: str, at: datetime) -> None:
        """Count a use."""
        self._connection.execute(_USED, {"wanted": name, "now": at})

    def remove(self, name: str) -> bool:
        """Forget the token; return False when there was none of that name."""
        return self._connection.execute(_REMOVE, {"wanted": name}).rowcount == 1
