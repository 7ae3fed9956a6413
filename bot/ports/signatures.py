"""A partner of the company's through which clients sign, in the place of our own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.calls import Heard


class SignaturesUnavailable(Exception):
    """The partner does not answer, or asks to come again; the text says what it said."""


class SignaturesUnsure(SignaturesUnavailable):
    """The partner may have done it or not: its answer was lost."""


class SignaturesRefused(Exception):
    """The partner will never take this; the text says why."""


class Standing(StrEnum):
    """How an envelope stands."""

    DRAFT = "draft"
    """Nobody has been told of it yet."""
    OPEN = "open"
    ENDING = "ending"
    """It is being taken back; the partner has not said yet whether that was in time."""
    SIGNED = "signed"
    DECLINED = "declined"
    VOID = "void"


OVER = frozenset({Standing.SIGNED, Standing.DECLINED, Standing.VOID})
"""Nothing comes after these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A document with fields to be filled in: a template of the company's own at the partner.

    ``changed`` is what it is like now: another text after every change. ``fields`` are the names of
    what is filled in for the client.
    """

    id: str
    name: str
    changed: str
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank as it was approved (``changed``), and what stands in its fields."""

    blank: str
    changed: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What is to be signed. ``key`` names it for ever: the same key is the same envelope.

    That is ``document``, or, where it is there, ``filled`` in its place.

    ``signer`` and ``copies`` are names and addresses; the latter only get to read it. It was first
    wanted at ``since``, and ends by itself after ``days``.
    """

    key: str
    subject: str
    message: str
    name: str
    document: bytes
    signer: tuple[str, str]
    copies: tuple[tuple[str, str], ...] = ()
    days: int
    since: datetime
    filled: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of an envelope so far: who signed or declined, when (UTC) and why.

    ``undelivered``: addresses that mail came back from.
    """

    standing: Standing
    name: str = ""
    title: str = ""
    email: str = ""
    at: datetime | None = None
    reason: str = ""
    undelivered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Papers:
    """What is left of a signed envelope: the document with its signatures, and the evidence."""

    document: bytes
    certificate: bytes


class Signatures(Protocol):
    """Brings documents to clients and tells what they said. Never called within a transaction.

    Every method but ``heard`` raises SignaturesUnavailable; those that are given something for the
    client raise SignaturesRefused.
    """

    @property
    def name(self) -> str:
        """What people call the partner: "DocuSign"."""

    def prepare(self, signing: Signing) -> str:
        """Return the envelope for the key, made unless there is one; nobody is told of it yet."""

    def blank(self, blank: str) -> Blank:
        """Return a blank by its id. Raises SignaturesRefused where there is none for a client."""

    def send(self, envelope: str) -> None:
        """Bring a draft to the client; anything else stays as it is."""

    def remind(self, envelope: str) -> None:
        """Bring an open envelope to the client's mind again.

        Raises SignaturesUnsure where they may have been reminded.
        """

    def void(self, envelope: str, reason: str) -> None:
        """Take an open envelope back; a draft, and one that is over, stays as it is."""

    def look(self, envelope: str) -> Answer:
        """Return how an envelope stands."""

    def papers(self, envelope: str) -> Papers:
        """Return what was signed."""

    def changed(self, since: datetime) -> Sequence[Heard]:
        """Return all envelopes of ours that changed from ``since`` on."""

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Return what the partner's call is about. Raises NotTheirs."""

    def test_call(self) -> tuple[bytes, Mapping[str, str]]:
        """Return body and headers of a call as the partner makes them, about no envelope."""

    def check(self) -> str:
        """Return to which account of the partner's we have access now.

        SignaturesUnavailable says where we have none; its ``fix``, if any, puts it right.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One asking for a signature. ``key`` is ours; ``envelope`` the partner's name for it, or "".

    It was promised by the request's ``move`` (a version of the request), for a ``version`` of the
    document; ``at`` and ``changed_at`` are business time.
    """

    key: str
    ref: str
    version: int
    move: int
    envelope: str = ""
    standing: Standing = Standing.DRAFT
    at: datetime
    changed_at: datetime

    def called(self, envelope: str) -> "Envelope":
        """Return it under the partner's name for it."""
        return replace(self, envelope=envelope)

    def now(self, standing: Standing, at: datetime) -> "Envelope":
        """Return it as it stands from ``at`` on."""
        return replace(self, standing=standing, changed_at=at)


class Envelopes(Protocol):
    """What was asked of a partner, in one transaction."""

    def add(self, envelope: Envelope) -> None:
        """Keep a new one; what has the same key already stays as it is, also by another hand."""

    def put(self, envelope: Envelope) -> None:
        """Keep it, in the place of what has the same key."""

    def get(self, key: str, *, to_change: bool = False) -> Envelope | None:
        """Return the one with this key of ours, or None.

        ``to_change``: whoever else would change it waits until this transaction ends.
        """

    def named(self, envelope: str) -> Envelope | None:
        """Return the one that the partner calls so, or None."""

    def of(self, ref: str) -> Sequence[Envelope]:
        """Return all of a request, in the order of their moves."""
