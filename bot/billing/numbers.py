"""Numbers of invoices that a partner has given away: none of them is given twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.desk import Desk
from bot.ports import Unit
from workflows.deal import record_of
from workflows.invoice import find
from workflows.privacy import is_private
from workflows.request import Request


def number_taken(
    desk: Desk, unit: Unit, request: Request | None, values: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield why an invoice cannot be made under its number: an earlier one, void or not, has it.

    Where Billing attaches a PDF it is none of the partner's, and any number will do. Of one that is
    on the request already the workflow speaks, and nobody where the form comes a second time.
    """
    number = str(values.get("number") or "").strip()
    if desk.billing is None or not number or values.get("files"):
        return
    name, most = desk.billing.name, desk.billing.longest_number
    if len(number) > most:
        yield "number", f"{name} takes numbers of {most} characters at most. Please shorten it."
    elif request is not None and find(record_of(request).invoices, number) is not None:
        return
    elif earlier := unit.partner_invoices.numbered(number):
        said = (
            f"{name} gives no number twice, and {earlier.number} was the number of "
            f"{_whose(unit, request, earlier.ref)}. Please take another one, or leave it empty."
        )
        yield "number", said


def _whose(unit: Unit, request: Request | None, ref: str) -> str:
    """Return whose invoice it was; nobody learns of a private request by another one's form."""
    other = unit.requests.get(ref)
    is_own = request is not None and request.ref == ref
    if is_own or (other is not None and not is_private(other)):
        return f"an invoice of {ref}"
    return "an earlier invoice"
