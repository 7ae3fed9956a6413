"""What stands in a CRM, as values of ours."""

import logging
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, TypeVar

from workflows.money import Money, NotMoney, exponent

log = logging.getLogger(__name__)

UNREADABLE = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)
"""What reading an answer ends in that has another shape than is documented."""

T = TypeVar("T")


def readable(what: str, records: Iterable[Any], read: Callable[[Any], T]) -> list[T]:
    """Return what ``read`` makes of each record; leave out those that cannot be read.

    How many of ``what``, and the first one's id, are logged. Raises what iterating over
    ``records`` raises.
    """
    found: list[T] = []
    lost: list[Any] = []
    for each in records:
        try:
            found.append(read(each))
        except UNREADABLE:
            lost.append(each)
    if lost:
        said = "Left out, as they cannot be read: %d of %d %s. The first is %.60r."
        log.warning(said, len(lost), len(lost) + len(found), what, _id_of(lost[0]))
    return found


def _id_of(record: Any) -> object:  # noqa: ANN401 - it may be anything
    """Return what tells a record from others, and nothing else of it."""
    return record.get("id", record.get("Id")) if isinstance(record, dict) else record


def amount_of(amount: float | str | None, currency: str) -> Money | None:
    """Return the amount, to the last unit of its currency; None where it is none, or no money."""
    if amount is None or not currency:
        return None
    unit = Decimal(1).scaleb(-exponent(currency))
    try:
        return Money.of(Decimal(str(amount)).quantize(unit, ROUND_HALF_EVEN), currency)
    except (ArithmeticError, NotMoney):
        return None


def words_of(value: object) -> str:
    """Return a text in one line, "" where there is none."""
    return " ".join(str(value).split()) if value else ""
