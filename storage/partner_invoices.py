"""What was asked of a partner that makes the invoices: intents, and what the partner calls them."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import cache

from sqlalchemy import Column, Connection, Executable, Index, Table, func, literal, select

from bot.ports import PartnerInvoice
from storage.columns import Instant, Words, insert, metadata

partner_invoices = Table(
    "partner_invoices",
    metadata,
    Column("key", Words, primary_key=True),
    Column("ref", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("invoice", Words, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_partner_invoices_ref", partner_invoices.c.ref, partner_invoices.c.at)
Index("ix_partner_invoices_invoice", partner_invoices.c.invoice)


@cache
def _add(dialect: str) -> Executable:
    return insert(partner_invoices, dialect).on_conflict_do_nothing(index_elements=["key"])


@cache
def _put(dialect: str) -> Executable:
    adding = insert(partner_invoices, dialect)
    return adding.on_conflict_do_update(
        index_elements=["key"], set_={"invoice": adding.excluded["invoice"]}
    )


class StoredPartnerInvoices:
    """:class:`bot.ports.PartnerInvoices` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, invoice: PartnerInvoice) -> None:
        """Keep a new one; what has the same key already stays as it is, also by another hand."""
        self._connection.execute(_add(self._connection.dialect.name), asdict(invoice))

    def put(self, invoice: PartnerInvoice) -> None:
        """Keep it, in the place of what has the same key."""
        self._connection.execute(_put(self._connection.dialect.name), asdict(invoice))

    def get(self, key: str, *, to_change: bool = False) -> PartnerInvoice | None:
        """Return the one with this key of ours, or None."""
        found = select(partner_invoices).where(partner_invoices.c.key == key)
        if to_change:
            found = found.with_for_update()
        row = self._connection.execute(found).mappings().one_or_none()
        return None if row is None else PartnerInvoice(**row)

    def named(self, invoice: str) -> PartnerInvoice | None:
        """Return the one that the partner calls so, or None."""
        if not invoice:
            return None
        found = select(partner_invoices).where(partner_invoices.c.invoice == invoice).limit(1)
        row = self._connection.execute(found).mappings().one_or_none()
        return None if row is None else PartnerInvoice(**row)

    def numbered(self, number: str) -> PartnerInvoice | None:
        """Return the one that the partner made under this number of ours, or None."""
        rows, columns = partner_invoices, partner_invoices.c
        found = select(rows).where(
            func.lower(columns.number) == func.lower(literal(number, Words)),
            columns.invoice != "",
            ~columns.number.startswith(columns.ref + "-"),
        )
        row = self._connection.execute(found.order_by(columns.at).limit(1)).mappings().first()
        return None if row is None else PartnerInvoice(**row)

    def of(self, ref: str) -> Sequence[PartnerInvoice]:
        """Return all of a request, in the order in which they were recorded."""
        rows, columns = partner_invoices, partner_invoices.c
        found = select(rows).where(columns.ref == ref).order_by(columns.at, columns.key)
        return [PartnerInvoice(**row) for row in self._connection.execute(found).mappings()]
