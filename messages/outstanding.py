"""The weekly list of the money that is still awaited, for the billing channel."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from messages import rows
from messages.buttons import BankRows
from messages.markup import Marked
from messages.message import Message
from messages.templates import render
from workflows.invoice import Invoice
from workflows.money import Money, Withheld
from workflows.request import Request

Row = tuple[Request, Invoice]

_SHOWN = 30
_WEEK = timedelta(days=7)


def outstanding(listed: Sequence[Row], today: date, more: int = 0) -> Message:
    """Return what is outstanding: overdue, due within a week, later; a sum for each currency.

    ``listed`` are open invoices with their requests, in the order in which they are shown within
    their groups; ``more`` counts those that are not among them. Amounts are told
    where none is withheld. Sums count all that are listed,
    also those that are cut here to keep the message short.
    """
    amounts = not any(isinstance(invoice.amount, Withheld) for _request, invoice in listed)
    sums = _sums(listed)
    parts = [
        render("desk/outstanding", sums=sums, amounts=amounts, count=len(listed), more=more),
    ]
    room = _SHOWN
    for label, group in _groups(listed, today):
        sums = _sums(group)
        parts.append(render("desk/outstanding_group", label=label, sums=sums, amounts=amounts))
        parts += [
            render(
                "desk/outstanding_line",
                request=request,
                invoice=invoice,
                today=today,
                amounts=amounts,
            )
            for request, invoice in group[:room]
        ]
        room -= min(room, len(group))
    if further := len(listed[_SHOWN:]) + more:
        parts.append(render("desk/others", more=further))
    pressed = rows.button("Bank statements", BankRows())
    return rows.message(Marked("".join(parts)), rows.row(pressed))


def _groups(listed: Sequence[Row], today: date) -> Iterator[tuple[str, Sequence[Row]]]:
    overdue = [row for row in listed if row[1].due < today]
    soon = [row for row in listed if today <= row[1].due < today + _WEEK]
    later = [row for row in listed if row[1].due >= today + _WEEK]
    named = (("Overdue", overdue), ("Due within a week", soon), ("Due later", later))
    yield from ((label, group) for label, group in named if group)


def _sums(listed: Sequence[Row]) -> tuple[Money, ...]:
    """Return the sum of the balances in each currency; nothing is ever converted."""
    sums: dict[str, Money] = {}
    for _request, invoice in listed:
        balance, before = invoice.balance, sums.get(invoice.amount.currency)
        sums[balance.currency] = balance.of_minor(balance.minor + (before.minor if before else 0))
    return tuple(sums[currency] for currency in sorted(sums))
