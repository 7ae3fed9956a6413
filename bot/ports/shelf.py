"""What is kept beside the requests about assets: an index, ranks, lists, and what was observed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.records import Deal
from workflows.priority import Part, Standing


class Kind(StrEnum):
    """What an entry of the index is."""

    ASSET = "asset"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What can be found: an asset on the shelf, or a request for one that is still open.

    ``tags`` holds the values of each tag: ``type``, ``industry``, ``audience``, ``language``,
    ``product``. ``is_current`` is false for an asset that is outdated.
    """

    ref: str
    kind: Kind
    title: str
    text: str = ""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_current: bool = True
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for. ``tags``: each of these values must be there.

    ``loosely``: any of the words will do, the more of them the better; otherwise all of them. Of a
    text with more than five, those five count that are in the fewest titles and tags (though in
    some); so a long text may be put in as it is.
    """

    text: str = ""
    kind: Kind = Kind.ASSET
    tags: Mapping[str, str] = field(default_factory=dict)
    loosely: bool = False


class Index(Protocol):
    """Full-text search. No text that anybody types is ever a query language or an error."""

    def put(self, indexed: Indexed) -> None:
        """Enter it, in the place of what was there under its ``ref``."""

    def drop(self, ref: str) -> None:
        """Take it out, if it is there."""

    def get(self, ref: str) -> Indexed | None:
        """Return the entry, or None."""

    def find(self, sought: Sought, limit: int = 10, skip: int = 0) -> Sequence[Indexed]:
        """Return what fits, the best first: current before outdated, then by rank, then newest.

        Words match whole or, unless loosely, as a beginning, without regard to case and endings
        (``studies`` finds ``study``); in the title they weigh more than in tags, and there more
        than in the text. Without any word the newest come first.
        """

    def vocabulary(self, kind: Kind) -> Sequence[str]:
        """Return every word of titles and tags, folded, for "did you mean"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Where an open request stands in triage, and why.

    ``score`` is from 0 to 100; ``parts`` add up to it. ``deal`` is the reference of its deal, ""
    without one. ``again_on`` is the day from which it must be reckoned anew; None: never by itself.
    ``queued``: it waits for triage, so it has a number there.
    """

    ref: str
    standing: Standing
    score: int
    parts: tuple[Part, ...] = ()
    queued: bool = False
    deal: str = ""
    again_on: date | None = None


class Ranks(Protocol):
    """The ranks of all open requests; every list is answered from an index."""

    def put(self, rank: Rank) -> None:
        """Store the rank, in the place of the request's earlier one.

        A request that was new stays new until :meth:`seen`, unless it is at risk or overdue.
        """

    def drop(self, ref: str) -> None:
        """Forget the rank of a request that has ended."""

    def get(self, ref: str) -> Rank | None:
        """Return the rank, or None."""

    def first(self, standing: Standing, limit: int, skip: int = 0) -> Sequence[Rank]:
        """Return those with this standing, the highest score first, then the lower number."""

    def count(self, standing: Standing, most: int = 1000) -> int:
        """Return how many have this standing; ``most`` stands for that many or more."""

    def number(self, ref: str) -> int | None:
        """Return the request's place among those that wait for triage (1: first), or None."""

    def seen(self) -> None:
        """From now on nothing is new any more: what was new is waiting."""

    def due(self, today: date, after: str = "", limit: int = 200) -> Sequence[str]:
        """Return references, in order, of those to be reckoned anew by ``today``: a page."""

    def all(self, after: str = "", limit: int = 200) -> Sequence[str]:
        """Return a page of all references, in order."""

    def with_deal(self, deal: str) -> Sequence[str]:
        """Return the references of those that hang on this deal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeal:
    """A deal as the CRM told it last, at the instant ``read_at`` (UTC).

    ``deal`` is None where the CRM knows no such deal.
    """

    ref: str
    deal: Deal | None
    read_at: datetime


class KnownDeals(Protocol):
    """What the CRM said of the deals that requests and uses name, so that it may be down."""

    def put(self, known: KnownDeal) -> None:
        """Store it, in the place of what was known before."""

    def get(self, ref: str) -> KnownDeal | None:
        """Return what is known, or None."""

    def several(self, refs: Collection[str]) -> Mapping[str, KnownDeal]:
        """Return what is known of these deals, by reference."""

    def unread_since(self, before: datetime, limit: int = 200) -> Sequence[str]:
        """Return references of deals that were last read before ``before``, the oldest first."""


class Seen(StrEnum):
    """What can be observed."""

    OPENED = "opened"
    """Somebody opened an asset."""
    USED = "used"
    """Somebody uses an asset in the deal ``about``."""
    REUSED = "reused"
    """An asset answered what somebody was about to ask for, or had asked for (``about``)."""
    MISUSED = "misused"
    """Somebody posted an outdated or unapproved asset in a channel (``about``)."""
    REPORTED = "reported"
    """Somebody reported an asset as outdated; ``text`` says why."""
    ASKED_OUTSIDE = "asked outside"
    """Somebody asked for an asset outside of the official channel, in ``about``."""
    PICTURED = "pictured"
    """A picture of the asset's version ``text`` can be shown: Slack's file ``about``."""
    LEARNED = "learned"
    """Marketing logged a learning about an asset: ``text``."""
    SUGGESTED = "suggested"
    """Somebody missed a value (``text``) in the list ``about``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Something that was seen. ``key`` names the occasion: the same one is kept once.

    ``ref`` is the asset or request it is about, "" where there is none; ``at`` is UTC.
    """

    key: str
    what: Seen
    user: str
    at: datetime
    ref: str = ""
    about: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What became of an asset: how many ``people`` opened it, and in which ``deals`` it is used.

    ``deals`` are each named once, the newest first, at most 50. ``pictures`` has for a version the
    Slack file that shows it: the newest one.
    """

    people: int = 0
    deals: tuple[str, ...] = ()
    pictures: Mapping[int, str] = field(default_factory=dict)


class Observations(Protocol):
    """What was seen: only ever added to."""

    def add(self, seen: Observation) -> bool:
        """Keep it unless its key is known; return whether it was new."""

    def of(self, ref: str, *what: Seen) -> Sequence[Observation]:
        """Return what was seen of ``ref``, oldest first; all of it when nothing is named."""

    def between(self, since: datetime, until: datetime, *what: Seen) -> Sequence[Observation]:
        """Return what was seen from ``since`` on and before ``until``, oldest first."""

    def usage(self, refs: Collection[str]) -> Mapping[str, Usage]:
        """Return the usage of each of these assets: of all of them in two statements at most."""

    def count(self, user: str, what: Seen) -> int:
        """Return how often ``user`` did this, ever."""


class Lists(Protocol):
    """The controlled lists that admins keep: by name, lines of text."""

    def get(self, name: str) -> tuple[str, ...] | None:
        """Return the lines, or None when nobody has set them yet."""

    def put(self, name: str, lines: Sequence[str]) -> None:
        """Set the lines."""


class Marks(Protocol):
    """Marks by which an asset's file or link is recognised: its hash and size, or its address."""

    def add(self, mark: str, ref: str, version: int) -> None:
        """Remember that ``mark`` is version ``version`` of ``ref``."""

    def of(self, mark: str) -> Sequence[tuple[str, int]]:
        """Return references and versions with this mark, the latest first."""


class Preferences(Protocol):
    """What people chose for themselves."""

    def put(self, user: str, name: str, value: str) -> None:
        """Remember the choice; "" forgets it."""

    def get(self, user: str, name: str) -> str:
        """Return the choice, or ""."""

    def of(self, user: str) -> Mapping[str, str]:
        """Return everything that the person chose, by name."""

    def having(self, name: str, value: str) -> frozenset[str]:
        """Return everybody who chose ``value``."""
