"""Money for an invoice that went back to the client at a partner, or may do so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.money import Money


class Way(StrEnum):
    """How it goes back, in words that follow "was" or an amount."""

    REFUNDED = "refunded"
    CREDITED = "credited after payment"
    DISPUTED = "disputed"
    LOST = "lost in a dispute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """How much of an invoice goes back in one way, all that did so together.

    ``until``: the day by which a dispute has to be answered, None where nobody has to.
    """

    way: Way
    amount: Money
    until: date | None = None

    def __str__(self) -> str:
        """The amount and the way, for differences."""
        return f"{self.amount} {self.way.value}"
