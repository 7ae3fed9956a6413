"""The worker's side of the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.ports.values import Backlog, Claimed


class PostOffice(Protocol):
    """The worker's side of the outbox; each call is its own transaction, in real time."""

    def claim(self, now: datetime, limit: int = 20) -> Sequence[Claimed]:
        """Claim due parcels (``now``: business time), at most one an address, at its pace."""

    def done(self, claimed: Claimed) -> None:
        """The parcel is delivered, or needs no delivery any more."""

    def again(self, claimed: Claimed, seconds: float, error: str, *, unsure: bool) -> None:
        """Try again after so many seconds; ``unsure``: Slack may have done it."""

    def hold(self, address: str, seconds: float) -> None:
        """Deliver nothing to ``address`` (``*``: to anybody) for so many seconds."""

    def dead(self, claimed: Claimed, error: str) -> None:
        """Give up; admins see it and can replay it."""

    def dead_letters(self, limit: int = 20) -> Sequence[Claimed]:
        """Return the parcels that were given up, newest first."""

    def replay(self, parcel_id: int) -> bool:
        """Make a dead parcel due again; return False when there is no such dead parcel."""

    def forget(self, before: datetime) -> int:
        """Drop parcels that were delivered before ``before`` (UTC); return how many."""

    def backlog(self, now: datetime) -> Backlog:
        """Return how much is waiting to be delivered (``now``: business time)."""
