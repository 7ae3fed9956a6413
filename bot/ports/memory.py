"""What is remembered: one transaction over requests, drafts, cards, people, audit and outbox."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from bot.ports.attention import Snoozes
from bot.ports.bank import Bank
from bot.ports.billing import PartnerInvoices
from bot.ports.delegations import Delegations
from bot.ports.lookups import Lookups
from bot.ports.overrides import Overrides
from bot.ports.records import Deals, Files, Links, Opinions
from bot.ports.retention import Erasure, Retention
from bot.ports.shelf import Index, KnownDeals, Lists, Marks, Observations, Preferences, Ranks
from bot.ports.signatures import Envelopes
from bot.ports.tickets import Tickets
from bot.ports.tokens import Tokens
from bot.ports.values import Card, Draft, Parcel, Person, Place, Reach
from workflows.engine import Entry
from workflows.request import Request
from workflows.roles import Role


class Requests(Protocol):
    """Requests by reference."""

    def next_ref(self, workflow: str, prefix: str) -> str:
        """Return the next free reference (``SOW-7``); numbers are never used twice."""

    def add(self, request: Request, source_view: str) -> None:
        """Store a new request. Raises :class:`bot.errors.Stale` when the view made one already."""

    def get(self, ref: str) -> Request | None:
        """Return the request, or None."""

    def save(self, request: Request) -> None:
        """Store what changed. Raises Stale unless the stored version is one lower."""

    def several(self, refs: Collection[str]) -> Mapping[str, Request]:
        """Return those of the requests that there are, by reference."""

    def from_view(self, source_view: str) -> str | None:
        """Return the reference of the request that this modal created, or None."""

    def asked_by(self, user: str, workflow: str | None, limit: int = 50) -> Sequence[Request]:
        """Return the person's own requests, newest first; ended ones too."""

    def count_asked_by(self, user: str, workflow: str | None) -> int:
        """Return how many requests the person has asked for."""

    def waiting(
        self, reach: Reach, after: Request | None = None, limit: int = 200
    ) -> Sequence[Request]:
        """Return open requests within ``reach``, those that have waited longest first.

        That is a page of them: those that follow ``after``.
        """

    def count_waiting(self, reach: Reach, after: Request | None = None) -> int:
        """Return how many requests there are on all pages after ``after``."""

    def left_behind(self, reach: Reach) -> frozenset[str]:
        """Return who has left, and still has the ball where ``reach`` says: asked or owned."""

    def open(self, after_ref: str = "", limit: int = 200) -> Sequence[Request]:
        """Return a page of all open requests, by reference: those that follow ``after_ref``."""

    def at_stage(
        self, workflow: str, stages: Collection[str], after_ref: str = "", limit: int = 200
    ) -> Sequence[Request]:
        """Return a page of the requests that rest in one of ``stages``, by reference."""

    def census(self) -> Mapping[Place, int]:
        """Return how many open requests rest at each stage of each workflow."""

    def loads(self, workflow: str) -> Mapping[str, tuple[int, date | None]]:
        """Return by owner how many open requests they own, and when the next of them is due."""

    def timeline(self, ref: str) -> Sequence[Entry]:
        """Return everything that happened to the request, oldest first (from the audit)."""

    def chained(self, ref: str) -> Sequence[tuple[int, str, Entry]]:
        """Return the timeline with each row's number and code in the audit's chain."""

    def entries(self, prefix: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """Return what happened to requests like ``SOW-7`` (``prefix``: ``SOW``), oldest first.

        From ``since`` on and before ``until``; refused attempts too.
        """

    def last_move(self, ref: str, actions: Collection[str]) -> Entry | None:
        """Return the last of ``actions`` that was done to the request, or None."""


class Drafts(Protocol):
    """Unfinished forms."""

    def save(self, draft: Draft, over: datetime | None = None) -> bool:
        """Store ``draft`` unless a newer state, or another person's draft, has its id.

        With ``over`` only in the place of its state of that instant. Returns whether it was stored.
        """

    def get(self, draft_id: str, *, to_change: bool = False) -> Draft | None:
        """Return the draft, or None.

        ``to_change``: whoever else would change it waits until this transaction ends.
        """

    def latest(self, user: str, workflow: str, transition: str, ref: str | None) -> Draft | None:
        """Return the person's last unfinished draft of this form, or None."""

    def of(self, user: str) -> Sequence[Draft]:
        """Return the newest 20 unfinished drafts of the person, newest first."""

    def talked(self, user: str, *, to_change: bool = False) -> Sequence[Draft]:
        """Return the newest 20 that the person fills in by talking, newest first.

        ``to_change``: as with :meth:`get`, of each of them.
        """

    def drop(self, draft_id: str, user: str) -> None:
        """Forget the draft of ``user``: it was submitted or discarded."""


class Cards(Protocol):
    """Posted copies of requests."""

    def ensure(self, ref: str, kind: str, address: str, step: int = 0) -> Card:
        """Return the copy of ``ref`` at ``address`` for ``step``, remembered from now on."""

    def of(self, ref: str) -> Sequence[Card]:
        """Return every copy of the request, in the order in which they were remembered."""

    def among(self, ref: str, addresses: Collection[str]) -> Sequence[Card]:
        """Return the copies of the request at one of ``addresses``, as they were remembered."""

    def get(self, card_id: str) -> Card | None:
        """Return the copy, or None."""

    def at(self, channel: str, ts: str) -> Card | None:
        """Return the copy that stands in ``channel`` as its message ``ts``, or None."""

    def posted(self, card_id: str, channel: str, ts: str, version: int) -> None:
        """Remember where the copy stands and which version of the request it shows."""


class People(Protocol):
    """Members of the workspace, and who holds which role."""

    def get(self, user: str) -> Person | None:
        """Return the person, or None."""

    def put(self, *people: Person) -> None:
        """Store what Slack says of these people now."""

    def called(self, name: str, limit: int) -> Sequence[str]:
        """Return the ids of active people with a name, or an address, that begins so; any case."""

    def addressed(self, address: str) -> Sequence[str]:
        """Return the ids of the active people who have this e-mail address; any case."""

    def holders(self) -> Mapping[Role, frozenset[str]]:
        """Return the active holders of every role, by user id."""

    def left(self) -> frozenset[str]:
        """Return everybody who is not active."""

    def hold(self, role: Role, users: frozenset[str]) -> None:
        """Replace the holders of ``role``."""

    def changed(self, role: Role) -> datetime | None:
        """Return when somebody was last put on record as getting or losing ``role``, or None.

        That is what was committed before this unit; it is looked up once in a unit.
        """

    def turn(self) -> int:
        """Return a number greater than any before, for whoever changes who holds what.

        Until this unit is over everybody else who takes a turn waits.
        """

    def is_latest(self, turn: int) -> bool:
        """Whether nothing was stored yet of what was asked in a later turn; nothing older will."""

    def binding(self, identity: str) -> str | None:
        """Return the id that a configured identity was bound to.

        An e-mail address is bound to a user, the handle of a user group to that group.
        """

    def bind(self, identity: str, user: str, now: datetime) -> None:
        """Bind the identity for good. Raises Stale when it is bound to somebody else."""


class Deliveries(Protocol):
    """What Slack has delivered: a second copy of anything is recognised."""

    def first(self, key: str, now: datetime) -> bool:
        """Record ``key``; return False when it was recorded before."""

    def has(self, key: str) -> bool:
        """Whether ``key`` is recorded."""

    def last(self, prefix: str) -> datetime | None:
        """Return when the last delivery came in whose key begins so, or None."""


class Audit(Protocol):
    """The append-only, chained record."""

    def append(self, entry: Entry) -> None:
        """Append as the last statement of the transaction.

        An entry about a request that the same unit stores binds what was stored to the record.
        """


class Outbox(Protocol):
    """Promises, written with the change that makes them."""

    def add(self, parcel: Parcel) -> None:
        """Store the parcel unless its key exists."""

    def stuck(self, prefix: str, saying: str = "") -> datetime | None:
        """Return since when a parcel whose key begins so has been tried in vain, or None.

        That is the earliest due instant among those that failed and are still to be delivered, and
        whose last error begins with ``saying``.
        """

    def pings(self, address: str, since: datetime) -> int:
        """Return how many parcels have sounded at ``address`` from ``since`` (business time) on."""

    def let_go(self, address: str, now: datetime) -> None:
        """Make due ``now`` what was put off for the reader at ``address``."""

    def replay(self, parcel_id: int) -> bool:
        """Make a dead parcel due again; return False when there is no such dead parcel."""


class Unit(Protocol):
    """One transaction over everything that is remembered; rolled back unless committed."""

    requests: Requests
    lookups: Lookups
    drafts: Drafts
    cards: Cards
    people: People
    deliveries: Deliveries
    audit: Audit
    outbox: Outbox
    files: Files
    links: Links
    envelopes: Envelopes
    partner_invoices: PartnerInvoices
    deals: Deals
    opinions: Opinions
    index: Index
    ranks: Ranks
    known_deals: KnownDeals
    observations: Observations
    lists: Lists
    marks: Marks
    preferences: Preferences
    delegations: Delegations
    snoozes: Snoozes
    overrides: Overrides
    tickets: Tickets
    tokens: Tokens
    bank: Bank
    retention: Retention
    erasure: Erasure

    def commit(self) -> None:
        """Make everything durable. Raises Stale or Unavailable; nothing is written then."""


class Store(Protocol):
    """The memory of the bot."""

    def unit(self) -> AbstractContextManager[Unit]:
        """Open a transaction. Raises Unavailable when it cannot be had in time."""

    def head(self) -> tuple[int, str]:
        """Return number and code of the audit's last row."""
