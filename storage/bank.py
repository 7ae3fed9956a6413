"""Bank statements: how each bank's files are read, those that wait for it, and their rows."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Executable,
    Identity,
    Index,
    Integer,
    RowMapping,
    Table,
    bindparam,
    delete,
    func,
    select,
    update,
)

from bot.ports import BankMapping, BankRow, BankStatement, RowState
from storage.columns import Document, Instant, Serial, Words, insert, metadata
from workflows.dating import DateOrder
from workflows.money import Money
from workflows.money_words import Mark

bank_mappings = Table(
    "bank_mappings",
    metadata,
    Column("key", Words, primary_key=True),
    Column("bank", Words, nullable=False),
    Column("says", Document, nullable=False),
    sqlite_with_rowid=False,
)
"""``key`` is that of the header; ``says`` is the mapping."""

bank_statements = Table(
    "bank_statements",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_bank_statements_at", bank_statements.c.at)

bank_rows = Table(
    "bank_rows",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("bank", Words, nullable=False),
    Column("on", Date, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("amount_currency", Words, nullable=False),
    Column("payer", Words, nullable=False),
    Column("reference", Words, nullable=False),
    Column("statement", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("line", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("ref", Words),
    Column("invoice", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("settled_at", Instant),
)
Index("ix_bank_rows_state", bank_rows.c.state, bank_rows.c.on, bank_rows.c.line, bank_rows.c.id)
Index("ix_bank_rows_statement", bank_rows.c.statement)
Index("ix_bank_rows_at", bank_rows.c.at)
Index("ix_bank_rows_ref", bank_rows.c.ref)

_AT_ONCE = 500
_PLAIN = tuple(each.name for each in fields(BankRow) if each.name not in ("id", "amount", "state"))
_SETTLED = ("ref", "invoice", "by", "settled_at")

_MAPPINGS = select(bank_mappings).order_by(bank_mappings.c.bank, bank_mappings.c.key)
_MAPPING = select(bank_mappings.c.says).where(bank_mappings.c.key == bindparam("wanted"))
_STATEMENT = select(bank_statements).where(bank_statements.c.id == bindparam("wanted"))
_ROW = select(bank_rows).where(bank_rows.c.id == bindparam("wanted", type_=BigInteger))
_ROWS = (
    select(bank_rows)
    .where(bank_rows.c.state == bindparam("state"))
    .order_by(bank_rows.c.on, bank_rows.c.line, bank_rows.c.id)
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("skip", type_=Integer))
)
_COUNT = select(func.count()).where(bank_rows.c.state == bindparam("state"))
_BROUGHT = select(func.count()).where(bank_rows.c.statement == bindparam("statement"))


@cache
def _put_mapping(dialect: str) -> Executable:
    new = insert(bank_mappings, dialect)
    said = {"bank": new.excluded.bank, "says": new.excluded.says}
    return new.on_conflict_do_update(index_elements=["key"], set_=said)


@cache
def _keep(dialect: str) -> Executable:
    return insert(bank_statements, dialect).on_conflict_do_nothing(index_elements=["id"])


@cache
def _add(dialect: str) -> Executable:
    return insert(bank_rows, dialect).on_conflict_do_nothing(index_elements=["key"])


class StoredBank:
    """:class:`bot.ports.Bank` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def mapping(self, key: str) -> BankMapping | None:
        """Return the mapping, or None."""
        says = self._connection.execute(_MAPPING, {"wanted": key}).scalar_one_or_none()
        return None if says is None else _mapping(says)

    def mappings(self) -> Sequence[BankMapping]:
        """Return every mapping, by the name of its bank."""
        return [_mapping(row.says) for row in self._connection.execute(_MAPPINGS)]

    def keep_mapping(self, mapping: BankMapping) -> None:
        """Store the mapping in the place of the one for the same header."""
        row = {"key": mapping.key, "bank": mapping.bank, "says": asdict(mapping)}
        self._connection.execute(_put_mapping(self._dialect), row)

    def drop_mapping(self, key: str) -> bool:
        """Remove the mapping; return whether it was there."""
        gone = delete(bank_mappings).where(bank_mappings.c.key == key)
        return self._connection.execute(gone).rowcount == 1

    def keep(self, statement: BankStatement) -> None:
        """Store the statement, unless it is there."""
        self._connection.execute(_keep(self._dialect), asdict(statement))

    def statement(self, statement_id: str) -> BankStatement | None:
        """Return the statement, or None."""
        found = self._connection.execute(_STATEMENT, {"wanted": statement_id})
        row = found.mappings().one_or_none()
        return None if row is None else BankStatement(**row)

    def drop(self, statement_id: str) -> None:
        """Remove the statement: it has been read, or it is not to be."""
        gone = delete(bank_statements).where(bank_statements.c.id == statement_id)
        self._connection.execute(gone)

    def add(self, rows: Sequence[BankRow]) -> None:
        """Store those of the rows whose key nobody has brought before.

        In the order of their keys, so that two files at once wait for each other, and never both.
        """
        new = [_stored(row) for row in sorted(rows, key=lambda each: each.key)]
        for start in range(0, len(new), _AT_ONCE):
            self._connection.execute(_add(self._dialect), new[start : start + _AT_ONCE])

    def brought(self, statement_id: str) -> int:
        """Return how many rows this statement was the first to bring."""
        found = self._connection.execute(_BROUGHT, {"statement": statement_id})
        return int(found.scalar_one())

    def row(self, row_id: int) -> BankRow | None:
        """Return the row, or None."""
        row = self._connection.execute(_ROW, {"wanted": row_id}).mappings().one_or_none()
        return None if row is None else _row(row)

    def rows(self, state: RowState, limit: int, skip: int = 0) -> Sequence[BankRow]:
        """Return a page of the rows in ``state``, the earliest day first."""
        wanted = {"state": state.value, "most": limit, "skip": skip}
        return [_row(row) for row in self._connection.execute(_ROWS, wanted).mappings()]

    def count(self, state: RowState) -> int:
        """Return how many rows there are in ``state``."""
        return int(self._connection.execute(_COUNT, {"state": state.value}).scalar_one())

    def settle(self, row: BankRow, before: RowState) -> bool:
        """Store what became of the row, if it is in ``before``; return whether it was.

        Whoever would do so at the same moment waits until this transaction ends.
        """
        this = (bank_rows.c.id == row.id) & (bank_rows.c.state == before.value)
        said = {name: getattr(row, name) for name in _SETTLED} | {"state": row.state.value}
        return self._connection.execute(update(bank_rows).where(this).values(**said)).rowcount == 1


def _mapping(says: dict[str, Any]) -> BankMapping:
    lists = {name: tuple(says.get(name, ())) for name in ("header", "reference", "ins", "outs")}
    kinds = {"order": DateOrder(says["order"]), "mark": Mark(says["mark"])}
    return BankMapping(**says | lists | kinds)


def _stored(row: BankRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _PLAIN} | {
        "amount_minor": row.amount.minor,
        "amount_currency": row.amount.currency,
        "state": row.state.value,
    }


def _row(found: RowMapping) -> BankRow:
    return BankRow(
        **{name: found[name] for name in ("id", *_PLAIN)},
        amount=Money(found["amount_minor"], found["amount_currency"]),
        state=RowState(found["state"]),
    )
