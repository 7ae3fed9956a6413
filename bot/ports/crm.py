"""The company's deals, wherever they are kept."""

from collections.abc import Sequence
from typing import Protocol

from bot.ports.records import Deal


class CrmUnavailable(Exception):
    """The CRM does not answer now; the text says what it said. What is written back waits."""


class Crm(Protocol):
    """Deals to choose from, and a place to write back to. Raises CrmUnavailable."""

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals that match every word of ``text``, the latest first."""

    def get(self, ref: str) -> Deal | None:
        """Return the deal with this reference, or None."""

    def note(self, ref: str, key: str, text: str) -> None:
        """Add ``text`` to the deal's activity, once for each ``key``; to no unknown deal."""
