"""Statements as banks write them, and how they are read."""

from dataclasses import replace
from datetime import date

from bot.bank.reading import Read, read
from bot.bank.table import table_of, text_of
from bot.ports import BankMapping
from workflows.dating import DateOrder
from workflows.money_words import Mark

TODAY = date(2026, 11, 30)
HEADER = ("Date", "Amount", "Text", "Payer")
PLAIN = BankMapping(
    bank="Globex Bank",
    header=HEADER,
    date=0,
    order=DateOrder.YEAR_FIRST,
    amount=1,
    credit=None,
    mark=Mark.UNKNOWN,
    currency=None,
    fixed="USD",
    reference=(2,),
    payer=3,
    transaction=None,
)


def taken(*lines: str, encoding: str = "utf-8", **changes: object) -> Read:
    """Return what a statement says, read with the plain mapping but for ``changes``."""
    table = table_of(text_of("\n".join(lines).encode(encoding)))
    mapping = replace(PLAIN, header=table.header, **changes)  # type: ignore[arg-type]  # by name
    return read(table, mapping, TODAY)
