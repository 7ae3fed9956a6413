"""Step-up: what is large is confirmed by one more click, which repeats how much and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.money import Money


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What somebody confirms: an amount, for a client."""

    amount: Money
    client: str

    def __str__(self) -> str:
        """The words that are repeated to the person, given back by them, and kept on record."""
        return f"{self.amount} for {self.client}"


def from_amount(
    amount: Money, client: str, confirm_from: Mapping[str, Money]
) -> Confirmation | None:
    """Return what is to be confirmed, or None.

    Nothing while ``confirm_from`` is empty. Else whatever reaches the amount of its currency
    (inclusive), and every amount in a currency that is not listed.
    """
    if not confirm_from:
        return None
    least = confirm_from.get(amount.currency)
    if least is not None and amount.minor < least.minor:
        return None
    return Confirmation(amount, client)
