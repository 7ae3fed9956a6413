"""Who stands in for whom: a record, that is never changed but for its end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from workflows.delegation import Delegation


class Delegations(Protocol):
    """Delegations by id."""

    def add(self, delegation: Delegation) -> None:
        """Store a new one; a second with the same id changes nothing."""

    def get(self, delegation_id: str) -> Delegation | None:
        """Return the delegation, or None."""

    def open(self, now: datetime) -> Sequence[Delegation]:
        """Return what was not ended and is not over at ``now``, as it was set.

        Standing wishes, which have no dates, are among them.
        """

    def end(self, delegation_id: str, by: str, at: datetime) -> bool:
        """End it; return False when it was ended before."""
