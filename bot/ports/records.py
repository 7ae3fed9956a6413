"""What is kept beside the requests: files by their hash, clients' links, deals, opinions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflows.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """Bytes that never change, by their SHA-256 in hex."""

    sha256: str
    name: str
    mime: str
    content: bytes


class Files(Protocol):
    """Files by hash."""

    def put(self, name: str, mime: str, content: bytes) -> str:
        """Keep the bytes, once, and return their SHA-256 in hex."""

    def get(self, sha256: str) -> StoredFile | None:
        """Return the file, or None."""

    def has(self, sha256: str) -> bool:
        """Whether the file is there; its bytes are not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A client's private link: one recipient, one version of one document. Only its hash is kept.

    ``expires_at`` is an instant (UTC).
    """

    token_hash: str
    ref: str
    version: int
    email: str
    name: str
    step: int
    """Where the request stood when it was sent: with the rest, what the token is made of."""
    created_at: datetime
    expires_at: datetime


class Links(Protocol):
    """Clients' links by the hash of their token."""

    def add(self, link: Link) -> None:
        """Remember the link unless its hash is there already."""

    def get(self, token_hash: str) -> Link | None:
        """Return the link, or None."""

    def of(self, ref: str) -> Sequence[Link]:
        """Return every link of the request, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal as the sales organisation keeps it. ``ref`` is its number or name there, unique.

    ``stage`` is ``open``, ``won``, ``lost`` or a word of the company's; ``url`` may be empty.
    """

    ref: str
    name: str
    account: str
    amount: Money | None = None
    stage: str = "open"
    close_on: date | None = None
    contact_name: str = ""
    contact_email: str = ""
    owner_email: str = ""
    url: str = ""
    updated_at: datetime


class Deals(Protocol):
    """Deals, and what was written back to them."""

    def put(self, deals: Iterable[Deal]) -> int:
        """Store the deals, replacing those with the same ``ref``; return how many."""

    def get(self, ref: str) -> Deal | None:
        """Return the deal, or None."""

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals whose name, account or number has every word of ``text``, newest first.

        Any case; an empty ``text`` finds the newest ones. ``%`` and ``_`` are ordinary letters.
        """

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add a line to the deal's activity, once for each ``key``."""

    def notes(self, ref: str) -> Sequence[tuple[datetime, str]]:
        """Return the deal's activity, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody thought of how a request went: a score from 1 to 5, and a word."""

    ref: str
    user: str
    score: int
    word: str
    at: datetime


class Opinions(Protocol):
    """Scores and words at the close of requests."""

    def put(self, opinion: Opinion) -> None:
        """Keep the opinion; the same person's earlier one about the same request is replaced."""

    def get(self, ref: str, user: str) -> Opinion | None:
        """Return what the person said about the request, or None."""

    def since(self, at: datetime) -> Sequence[Opinion]:
        """Return every opinion from ``at`` on, oldest first."""

    def of(self, ref: str) -> Sequence[Opinion]:
        """Return every opinion about the request, oldest first."""
