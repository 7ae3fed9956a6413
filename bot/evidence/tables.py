"""What is on record of a request as JSON, and as CSV that a spreadsheet opens without harm."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal

from bot.errors import NotFound
from bot.ports import Json, Store
from bot.ports.post_office import Dispatch
from messages.spreadsheet import harmless
from workflows.engine import FOR, Entry
from workflows.invoice import Invoice, Payment

_MESSAGE_TO = ("user:", "channel:", "mail:")
"""Where a promise goes that somebody reads; everything else is work of the bot's own."""

Cell = str | int | Decimal


def of(store: Store, ref: str) -> str:
    """Return the request and its timeline as JSON. Raises NotFound."""
    with store.unit() as unit:
        request = unit.requests.get(ref.upper())
        if request is None:
            raise NotFound
        timeline = unit.requests.timeline(request.ref)
    found = {"request": asdict(request), "timeline": [asdict(entry) for entry in timeline]}
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)


def audit_rows(chained: Sequence[tuple[int, str, Entry]]) -> list[Json]:
    """Return what is on record, refused attempts too, oldest first.

    ``seq`` and ``mac`` are each row's number and code in the audit's chain.
    """
    return [
        {"seq": seq} | asdict(entry) | {"at": entry.at.isoformat(), "mac": mac}
        for seq, mac, entry in chained
    ]


def message_rows(dispatches: Iterable[Dispatch]) -> list[Json]:
    """Return every message, mail and file that was sent or waits, in the order of the promises.

    Clients' links are in none of them: they are made when a mail leaves.
    """
    return [
        {
            "key": each.parcel.key,
            "kind": each.parcel.kind,
            "address": each.parcel.address,
            "due": each.parcel.due.isoformat(),
            "state": each.state,
            "ended_at": each.ended_at.isoformat() if each.ended_at else None,
            "attempts": each.attempts,
            "error": each.error,
            "payload": each.parcel.payload,
        }
        for each in dispatches
        if each.parcel.address.startswith(_MESSAGE_TO)
    ]


def payment_rows(invoices: Sequence[Invoice], names: Mapping[str, str]) -> list[dict[str, Cell]]:
    """Return a row for each payment, and one for an invoice on which nothing has been paid."""
    return [row for invoice in invoices for row in _payments(invoice, names)]


def as_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """Return the rows under the names of the first one's cells; nothing where there are none.

    UTF-8, every cell quoted. No text is a formula, wherever a spreadsheet parts it (OWASP ASVS 5.0,
    1.2.10; :func:`messages.spreadsheet.harmless`); numbers are as they are.
    """
    if not rows:
        return b""
    made = io.StringIO(newline="")
    table = csv.DictWriter(made, list(rows[0]), quoting=csv.QUOTE_ALL)
    table.writeheader()
    table.writerows({name: _harmless(cell) for name, cell in row.items()} for row in rows)
    return made.getvalue().encode()


def flat(row: Json, names: Mapping[str, str]) -> dict[str, Cell]:
    """Return a row of the audit with the actor's name, and its ``detail`` as one text of JSON."""
    detail = json.dumps(row["detail"], ensure_ascii=False, sort_keys=True)
    actor, behalf = str(row["actor"]), filter(None, row["detail"].get(FOR, "").split(", "))
    others = " and ".join(names.get(each, each) for each in behalf)
    name = " for ".join(filter(None, (names.get(actor, actor), others)))
    return row | {"name": name, "detail": detail}


def _payments(invoice: Invoice, names: Mapping[str, str]) -> Iterator[dict[str, Cell]]:
    stands: dict[str, Cell] = {
        "invoice": invoice.number,
        "label": invoice.label,
        "issued": invoice.issued.isoformat(),
        "due": invoice.due.isoformat(),
        "currency": invoice.amount.currency,
        "invoiced": invoice.amount.amount,
        "balance": invoice.balance.amount,
        "status": invoice.status.value,
    }
    if not invoice.payments:
        yield stands | _paid(None, names)
    for payment in invoice.payments:
        yield stands | _paid(payment, names)


def _paid(payment: Payment | None, names: Mapping[str, str]) -> dict[str, Cell]:
    if payment is None:
        cells = ("payment", "amount", "on", "method", "reference")
        return dict.fromkeys((*cells, "recorded_by", "recorded_at", "reverses"), "")
    return {
        "payment": payment.id,
        "amount": payment.amount.amount,
        "on": payment.on.isoformat(),
        "method": payment.method,
        "reference": payment.reference,
        "recorded_by": names.get(payment.by, payment.by),
        "recorded_at": payment.at.isoformat(),
        "reverses": "" if payment.reverses is None else payment.reverses,
    }


def _harmless(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell
