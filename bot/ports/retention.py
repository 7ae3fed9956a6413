"""What is removed when its time is over, and what is erased of a person."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

FORGOTTEN = "forgotten"
"""The action under which a request that was removed at its time enters the audit."""

ERASED = "erased"
"""Where an entry names what it erased of the audit's own rows: JSON, by row the values' names."""


class Passing(StrEnum):
    """The kinds of records that pass after a while and belong to no single request."""

    DELIVERY_KEYS = "delivery keys"
    DRAFTS = "drafts"
    TICKETS = "tickets without a draft"
    PROMISES = "kept promises"
    SAID = "messages about no request"
    OPINIONS = "opinions"
    LINKS = "clients' links"
    OBSERVATIONS = "observations"
    STATEMENTS = "unread bank statements"
    BANK_ROWS = "rows of bank statements"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A request that has ended: where, and at which version."""

    ref: str
    stage: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the requests that ended long ago, and the last one looked at; None: no more.

    ``removable`` are those that no open request names.
    """

    removable: Sequence[Ended]
    last: str | None


class Retention(Protocol):
    """Removes, in small batches; whoever calls it puts it on record in the same transaction."""

    def pass_by(self, kind: Passing, before: datetime, limit: int, keep: Collection[str]) -> int:
        """Remove at most ``limit`` of what is older than ``before``; return how many there were.

        Never what is about an open request. ``keep``: the kinds of parcels by which somebody was
        told something; about a request they are part of its record, and go with it.
        """

    def ended(self, workflow: str, before: datetime, after_ref: str, limit: int) -> Page:
        """Return the next page, after ``after_ref``, of requests that ended before ``before``."""

    def forget(self, refs: Sequence[str]) -> frozenset[str]:
        """Remove the requests and whatever is kept of them, but their rows in the audit.

        What those said goes, too. Returns the hashes of the files that no other request names;
        those in the database are removed already.
        """

    def is_named(self, sha256: str) -> bool:
        """Whether any request names a file with this hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Somebody of whom something is kept: a member (``user``), or a client's contact ("").

    ``names`` are the names and addresses by which they are known here, the longest first.
    """

    user: str
    names: tuple[str, ...]
    active: bool = False


class Erasure(Protocol):
    """Erases people; whoever calls it puts it on record in the same transaction."""

    def trace(self, who: str) -> Traced | None:
        """Return whom a Slack id or an e-mail address means, or None when nobody is known by it."""

    def member(self, user: str) -> Mapping[str, int]:
        """Empty what is kept of a member, but in requests; return how much of what it was."""

    def words(
        self, words: Sequence[str], kept: Callable[[str], bool], user: str
    ) -> Mapping[str, int]:
        """Erase ``words`` wherever they stand, but in requests and in what is about ``kept`` ones.

        That is in deals, bank statements and their rows, clients' links, drafts, messages (those
        to ``user`` go as a whole; "": to no member), the pace of addresses and observations.
        Returns how much of what it was.
        """

    def said(
        self, words: Sequence[str], kept: Callable[[str], bool]
    ) -> Mapping[int, Sequence[str]]:
        """Erase what the audit's rows say with one of ``words``, but of ``kept`` requests.

        ``kept`` is asked with a reference, "" for what is about no request. Returns by row the
        names of what is gone.
        """

    def indelible(self, words: Sequence[str]) -> Sequence[int]:
        """Return the rows of the first releases whose chained text holds one of ``words``."""
