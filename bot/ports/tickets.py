"""Tickets of other systems, each of which is taken once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What is known of a ticket: which request it has become, None: none yet.

    ``key`` is also the id of the draft that it has begun, where it said too little.
    """

    key: str
    ref: str | None
    at: datetime


class Tickets(Protocol):
    """Tickets by key."""

    def first(self, key: str, at: datetime) -> bool:
        """Record the ticket; return False when it was recorded before.

        Whoever brings the same one waits until this transaction ends.
        """

    def get(self, key: str) -> Ticket | None:
        """Return what is known of the ticket, or None."""

    def became(self, key: str, ref: str) -> None:
        """Remember which request the ticket has become, if there is such a ticket."""
