"""What the use cases need of the outside: values that cross the border, and Protocols.

Every Protocol has one contract suite that each implementation passes. All instants are UTC-aware.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from messages.message import Message as Message  # noqa: PLC0414 - ports speak of it, too
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import Role

Json = dict[str, Any]


class Clock(Protocol):
    """The time of the business. In the sandbox it can be moved."""

    def now(self) -> datetime:
        """Return the current instant, UTC-aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of the workspace as Slack knows them. ``tz`` is an IANA name."""

    user: str
    team: str
    name: str
    email: str = ""
    tz: str = "UTC"
    active: bool = True
    """False for people who left, bots and guests: they hold no role and cannot ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the bot has seen of a form. ``state`` is what was typed, by field; JSON-compatible.

    ``full`` keeps texts that were too long for their field (a message shortcut). ``at`` is the
    action time of the gesture it was read from: an older gesture never overwrites a newer one.
    """

    id: str
    user: str
    form: str
    workflow: str
    transition: str
    ref: str | None = None
    step: int = 0
    state: Json = field(default_factory=dict)
    full: Mapping[str, str] = field(default_factory=dict)
    source_link: str = ""
    view_id: str = ""
    view_hash: str = ""
    at: datetime
    resumable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One posted copy of a request: where it is and which version of the request it shows.

    A decider who is summoned again at a later ``step`` gets a new copy there; only the newest copy
    at an address has buttons. A person's Home tab is a copy, too, with ``home`` as its ``ref``.
    """

    id: str
    ref: str
    kind: str
    """``channel`` (the workflow's channel), ``decider`` or ``asker`` (their DM), or ``home``."""
    address: str
    step: int = 0
    channel: str = ""
    ts: str = ""
    shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A promise to the outside, kept by the worker after the commit.

    ``key`` names the fact and its occasion and is unique for ever: the same promise made twice is
    one. ``address`` is ``user:U1``, ``channel:C1`` or ``view:V1``. ``due`` is business time.
    """

    key: str
    kind: str
    address: str
    payload: Json
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A parcel this worker may deliver until its lease ends.

    ``attempts`` counts this one; ``unsure_since`` is set (real time) when an earlier attempt had
    an unknown outcome and must be looked up before anything is sent again.
    """

    id: int
    token: str
    parcel: Parcel
    attempts: int
    unsure_since: datetime | None = None
    error: str = ""


class Requests(Protocol):
    """Requests by reference."""

    def next_ref(self, workflow: str, prefix: str) -> str:
        """Return the next free reference (``SOW-7``); numbers are never used twice."""

    def add(self, request: Request, source_view: str, source_link: str) -> None:
        """Store a new request. Raises :class:`bot.errors.Stale` when the view made one already."""

    def get(self, ref: str) -> Request | None:
        """Return the request, or None."""

    def save(self, request: Request) -> None:
        """Store what changed. Raises Stale unless the stored version is one lower."""

    def from_view(self, source_view: str) -> str | None:
        """Return the reference of the request that this modal created, or None."""

    def asked_by(self, user: str, workflow: str | None, limit: int = 50) -> Sequence[Request]:
        """Return the person's own requests, newest first; ended ones too."""

    def waiting(
        self, user: str, stages: Sequence[tuple[str, str]], limit: int = 50
    ) -> Sequence[Request]:
        """Return open requests that may wait for ``user``, those that have waited longest first.

        That is: in one of ``stages`` (workflow, stage), or given to, owned or asked by them.
        """

    def timeline(self, ref: str) -> Sequence[Entry]:
        """Return everything that happened to the request, oldest first (from the audit)."""


class Drafts(Protocol):
    """Unfinished forms."""

    def save(self, draft: Draft) -> bool:
        """Store ``draft`` unless a newer state is stored; return whether it was stored."""

    def get(self, draft_id: str) -> Draft | None:
        """Return the draft, or None."""

    def latest(self, user: str, workflow: str, transition: str, ref: str | None) -> Draft | None:
        """Return the person's last unfinished draft of this form, or None."""

    def of(self, user: str) -> Sequence[Draft]:
        """Return all unfinished drafts of the person, newest first."""

    def drop(self, draft_id: str) -> None:
        """Forget the draft: it was submitted or discarded."""


class Cards(Protocol):
    """Posted copies of requests."""

    def ensure(self, ref: str, kind: str, address: str, step: int = 0) -> Card:
        """Return the copy of ``ref`` at ``address`` for ``step``, remembered from now on."""

    def of(self, ref: str) -> Sequence[Card]:
        """Return every copy of the request, in the order in which they were remembered."""

    def get(self, card_id: str) -> Card | None:
        """Return the copy, or None."""

    def posted(self, card_id: str, channel: str, ts: str, version: int) -> None:
        """Remember where the copy stands and which version of the request it shows."""


class People(Protocol):
    """Members of the workspace, and who holds which role."""

    def get(self, user: str) -> Person | None:
        """Return the person, or None."""

    def put(self, *people: Person) -> None:
        """Store what Slack says of these people now."""

    def holders(self) -> Mapping[Role, frozenset[str]]:
        """Return the active holders of every role, by user id."""

    def hold(self, role: Role, users: frozenset[str]) -> None:
        """Replace the holders of ``role``."""

    def binding(self, identity: str) -> str | None:
        """Return the user id that a configured identity (an e-mail address) was bound to."""

    def bind(self, identity: str, user: str, now: datetime) -> None:
        """Bind the identity for good. Raises Stale when it is bound to somebody else."""


class Deliveries(Protocol):
    """What Slack has delivered: a second copy of anything is recognised."""

    def first(self, key: str, now: datetime) -> bool:
        """Record ``key``; return False when it was recorded before."""

    def forget(self, before: datetime) -> int:
        """Drop keys older than ``before``; return how many."""


class Audit(Protocol):
    """The append-only, chained record."""

    def append(self, entry: Entry) -> None:
        """Append as the last statement of the transaction."""


class Outbox(Protocol):
    """Promises, written with the change that makes them."""

    def add(self, parcel: Parcel) -> None:
        """Store the parcel unless its key exists."""


class Unit(Protocol):
    """One transaction over everything that is remembered; rolled back unless committed."""

    requests: Requests
    drafts: Drafts
    cards: Cards
    people: People
    deliveries: Deliveries
    audit: Audit
    outbox: Outbox

    def commit(self) -> None:
        """Make everything durable. Raises Stale or Unavailable; nothing is written then."""


class Store(Protocol):
    """The memory of the bot."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Open a transaction. Raises Unavailable when it cannot be had in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How the outbox stands: parcels due now, the age in seconds of the oldest, dead letters."""

    due: int
    oldest: float
    dead: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are to Slack: what ``auth.test`` says, and the scopes that the token has.

    ``ahead`` is by how many seconds this machine's clock is ahead of Slack's.
    """

    team: str
    bot_user: str
    url: str
    scopes: frozenset[str]
    ahead: float


class Slack(Protocol):
    """Slack's Web API, as the use cases need it. Raises the SlackError classes of bot.errors."""

    def post(self, channel: str, message: Message, key: str, thread_ts: str = "") -> str:
        """Post and return the ``ts``. ``key`` goes into the message's metadata."""

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message that we posted."""

    def posted(self, channel: str, key: str, since: datetime, thread_ts: str = "") -> str | None:
        """Return the ``ts`` of our message with this metadata key, or None when it is not there."""

    def open_dm(self, user: str) -> str:
        """Return the id of the DM channel with ``user``."""

    def open_view(self, trigger_id: str, view: Json, *, on_top: bool = False) -> str:
        """Open a modal, ``on_top`` of the one that is open (within 1.5 s or not at all).

        Returns its view id.
        """

    def update_view(self, view_id: str, view_hash: str, view: Json) -> str:
        """Replace an open modal and return its new hash. Raises ViewGone when it is not there.

        Without ``view_hash`` it is replaced whatever it shows now.
        """

    def publish_home(self, user: str, view: Json) -> None:
        """Replace the person's Home tab."""

    def respond(self, response_url: str, message: Message) -> None:
        """Show a private answer, once and best effort: nothing that matters depends on it."""

    def identity(self) -> Identity:
        """Return who we are, and with which scopes."""

    def members(self) -> Iterator[Person]:
        """Yield every member of the workspace; those who left, bots and guests are not active."""

    def person(self, user: str) -> Person | None:
        """Return what Slack says of ``user``, or None when there is no such person."""

    def person_by_email(self, email: str) -> Person | None:
        """Return the member with this address, or None."""

    def group(self, handle: str) -> tuple[str, frozenset[str]] | None:
        """Return id and members of the user group called ``handle`` (or with this id), or None."""

    def channel(self, name: str) -> str | None:
        """Return the id of the channel called ``name`` (or with this id), or None."""
