"""Deals in our own tables, and the activity that is written back to them."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
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
    Select,
    Table,
    bindparam,
    func,
    select,
)

from bot.ports import Deal
from storage.columns import Document, Instant, Serial, Words, insert, metadata
from workflows.money import Money

deals = Table(
    "deals",
    metadata,
    Column("ref", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", Words),
    Column("stage", Words, nullable=False),
    Column("close_on", Date),
    Column("contact_name", Words, nullable=False),
    Column("contact_email", Words, nullable=False),
    Column("owner_email", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("folded", Words, nullable=False),
)
"""``folded`` is what a search looks at; neither database folds letters as Python does."""
Index("ix_deals_updated_at", deals.c.updated_at, deals.c.ref)

deal_notes = Table(
    "deal_notes",
    metadata,
    Column("nth", Serial, Identity(), primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("ref", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("at", Instant, nullable=False),
)
Index("ix_deal_notes_ref", deal_notes.c.ref, deal_notes.c.at, deal_notes.c.nth)

_AT_ONCE = 500
"""Rows a statement: a large import at once would not be written within its time limit."""

_PLAIN = tuple(field.name for field in fields(Deal) if field.name != "amount")
_ONE = select(deals).where(deals.c.ref == bindparam("wanted"))
_NOTES = (
    select(deal_notes.c.at, deal_notes.c.text)
    .where(deal_notes.c.ref == bindparam("deal"))
    .order_by(deal_notes.c.at, deal_notes.c.nth)
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(deals, dialect)
    return new.on_conflict_do_update(
        index_elements=["ref"],
        set_={column.name: new.excluded[column.name] for column in deals.c if column.name != "ref"},
    )


@cache
def _note(dialect: str) -> Executable:
    return insert(deal_notes, dialect).on_conflict_do_nothing(index_elements=["key"])


@cache
def search(dialect: str) -> Select[Any]:
    """Select the newest ``:limit`` deals in which each of the folded ``:words`` is found."""
    each_word, place = (
        (func.json_each, func.instr)
        if dialect == "sqlite"
        else (func.jsonb_array_elements_text, func.strpos)
    )
    word = each_word(bindparam("words", type_=Document)).table_valued("value").c.value
    is_lacking = select(word).where(place(deals.c.folded, word) == 0).exists()
    newest = (
        select(deals).where(~is_lacking).order_by(deals.c.updated_at.desc(), deals.c.ref.desc())
    )
    return newest.limit(bindparam("limit", type_=Integer))


class StoredDeals:
    """:class:`bot.ports.Deals` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def put(self, deals: Iterable[Deal]) -> int:
        """Store the deals, replacing those with the same ``ref``; return how many there are.

        Of several with one ``ref`` the last one counts.
        """
        rows = [_row(deal) for deal in {deal.ref: deal for deal in deals}.values()]
        for start in range(0, len(rows), _AT_ONCE):
            self._connection.execute(_put(self._dialect), rows[start : start + _AT_ONCE])
        return len(rows)

    def get(self, ref: str) -> Deal | None:
        """Return the deal, or None."""
        row = self._connection.execute(_ONE, {"wanted": ref}).mappings().one_or_none()
        return None if row is None else _deal(row)

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals whose name, account or number has every word of ``text``, newest first."""
        wanted = {"words": _folded(text).split(), "limit": limit}
        rows = self._connection.execute(search(self._dialect), wanted).mappings()
        return [_deal(row) for row in rows]

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add a line to the deal's activity; a second one with the same ``key`` changes nothing."""
        row = {"ref": ref, "key": key, "text": text, "at": at}
        self._connection.execute(_note(self._dialect), row)

    def notes(self, ref: str) -> Sequence[tuple[datetime, str]]:
        """Return the deal's activity, oldest first."""
        return [(row.at, row.text) for row in self._connection.execute(_NOTES, {"deal": ref})]


def _folded(text: str) -> str:
    """Return ``text`` so that two ways of writing the same letters are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def _row(deal: Deal) -> dict[str, Any]:
    amount = deal.amount
    return {name: getattr(deal, name) for name in _PLAIN} | {
        "amount_minor": None if amount is None else amount.minor,
        "amount_currency": None if amount is None else amount.currency,
        "folded": "\n".join(_folded(each) for each in (deal.name, deal.account, deal.ref)),
    }


def _deal(row: RowMapping) -> Deal:
    minor = row["amount_minor"]
    amount = None if minor is None else Money(minor, row["amount_currency"])
    return Deal(amount=amount, **{name: row[name] for name in _PLAIN})
