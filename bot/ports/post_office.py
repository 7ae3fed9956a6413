"""The worker's side of the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.attention import ReadersPost
from bot.ports.values import Backlog, Claimed, Parcel

EVERYBODY = "*"
"""The address that stands for all others: what is held there is held for everybody."""
TOLD_APART = (
    *("user", "channel", "mail", "errand", "request", "view", "home", "person", "later"),
    "webhook",
)
"""The kinds of address, as ``user`` of ``user:U1``, that a backlog counts each by itself."""
OTHER = "other"
"""As what it counts all others: there are some of which few parcels ever wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A parcel, and what has become of it.

    ``state`` is ``due`` (it waits, or another parcel will carry it), ``sent``, ``dropped`` (its
    reader does not want to hear of such things), or ``dead`` (given up; ``error`` says why).
    ``ended_at`` is when it was settled, in real time; None while it waits.
    """

    parcel: Parcel
    state: str
    ended_at: datetime | None
    attempts: int
    error: str


class PostOffice(ReadersPost, Protocol):
    """The worker's side of the outbox; each call is its own transaction, in real time."""

    def claim(self, now: datetime, limit: int = 20) -> Sequence[Claimed]:
        """Claim due parcels (``now``: business time), at most one an address, at its pace."""

    def done(self, claimed: Claimed, *, paced: bool = True, then: Sequence[Parcel] = ()) -> None:
        """The parcel is delivered, or needs no delivery any more; ``then`` is promised with it.

        Not ``paced``: nothing was sent, and the next one for its address need not wait.
        """

    def posted(self, claimed: Claimed) -> None:
        """Something was posted for the parcel: tried again after that, it is in doubt."""

    def again(
        self,
        claimed: Claimed,
        seconds: float,
        error: str,
        *,
        unsure: bool,
        counted: bool = True,
        then: Sequence[Parcel] = (),
    ) -> None:
        """Try again after so many seconds; ``unsure``: Slack may have done it.

        ``then`` is promised with it.

        What is in doubt, or was before, is overtaken by nothing: if it is there already, a copy
        would follow what came after it, and a second one would never be found. What is not can be
        overtaken.

        Not ``counted``: that was no attempt, so it brings the parcel no nearer to being given up.
        """

    def hold(self, address: str, seconds: float) -> None:
        """Deliver nothing to ``address`` (``*``: to anybody) for so many seconds."""

    def release(self, address: str) -> None:
        """Hold ``address`` (``*``: everybody) no longer."""

    def is_held(self, address: str) -> bool:
        """Whether nothing is delivered to ``address`` (``*``: to anybody) now."""

    def dead(self, claimed: Claimed, error: str, letters: Sequence[Parcel] = ()) -> None:
        """Give up; admins see it and can replay it. ``letters`` are promised with it."""

    def dead_letters(self, limit: int = 20) -> Sequence[Claimed]:
        """Return the parcels that were given up, newest first."""

    def about(self, ref: str) -> Sequence[Dispatch]:
        """Return every parcel about the request ``ref`` that is remembered, as it was promised.

        That is any whose payload names it as its ``ref``; the first promise comes first.
        """

    def tidy(self, before: datetime) -> None:
        """Forget the pace of addresses to which nothing was sent since ``before`` (UTC)."""

    def backlog(self, now: datetime) -> Backlog:
        """Return how much is waiting to be delivered (``now``: business time)."""
