"""What is kept back for its reader, and what they put off themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.values import Claimed, Parcel


class ReadersPost(Protocol):
    """Parcels that wait for the right moment of their reader; all instants are business time.

    Nothing of it counts as an attempt. Each call is its own transaction.
    """

    def put_off(self, claimed: Claimed, until: datetime) -> None:
        """Make the parcel due ``until``; what its reader is sent meanwhile may overtake it."""

    def gather(self, claimed: Claimed, digest: Parcel) -> bool:
        """Let ``digest`` carry the parcel; it is promised, if it was not.

        Returns False, and leaves the parcel as it is, when that digest has been begun.
        """

    def drop(self, claimed: Claimed) -> None:
        """Deliver the parcel to nobody; it is settled."""

    def gathered(self, digest: str) -> Sequence[Claimed]:
        """Return what the digest with this key carries, in the order in which it was promised."""

    def carried(self, digest: str) -> None:
        """What the digest with this key carries has been delivered with it."""

    def cast_out(self, claimed: Claimed, error: str, letters: Sequence[Parcel] = ()) -> None:
        """Give up on a parcel that another one carries; ``letters`` are promised with it.

        Admins see it and can replay it. Nothing happens when it is carried by nothing any more.
        """

    def pinged(self, claimed: Claimed, now: datetime) -> None:
        """Count the parcel as one that has sounded at its reader, once it is done."""

    def undelivered(
        self, before: datetime, kinds: Collection[str], after: int = 0, limit: int = 200
    ) -> Sequence[Claimed]:
        """Return what was due to a person ``before`` and has not reached them, oldest first.

        That is a page of it: what was promised after the parcel with the id ``after``.

        Of these ``kinds`` alone, and only while Slack fails: nothing when no message that was due
        before has been tried in vain.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Somebody put off their reminders of a request, at one step of it, ``until`` (UTC)."""

    ref: str
    step: int
    user: str
    times: int
    """How often they have done so, this time included."""
    until: datetime


class Snoozes(Protocol):
    """What people have put off."""

    def get(self, ref: str, step: int, user: str) -> Snooze | None:
        """Return what the person put off of the request at this step, or None."""

    def put(self, snooze: Snooze) -> None:
        """Remember it, in the place of what was put off there before."""
