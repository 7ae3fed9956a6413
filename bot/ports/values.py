"""Values that cross the border. All instants are UTC-aware."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of the workspace as Slack knows them. ``tz`` is an IANA name."""

    user: str
    team: str
    name: str
    email: str = ""
    tz: str = "UTC"
    status: str = ""
    """What they say of themselves in Slack now: "Vacationing"."""
    emoji: str = ""
    """The emoji of that status, with its colons: ``:palm_tree:``."""
    status_until: datetime | None = None
    """When Slack takes that status away, None: when they do."""
    active: bool = True
    """False for people who left, guests, bots and members of other teams: they can do nothing."""


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
    view_id: str = ""
    view_hash: str = ""
    at: datetime
    resumable: bool = False
    place: str = ""
    """Where it is filled in by talking, ``channel/thread_ts``; "" for a form that was opened.

    ``user:U1/``: in the DM of that person, where nothing stands yet.
    """
    talk: Json = field(default_factory=dict)
    """What :class:`bot.conversation.talk.Talk` remembers of that; JSON-compatible."""


Place = tuple[str, str]
"""A workflow and one of its stages, by key and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which open requests can wait for ``user``, and why.

    ``held``: their role has the ball there, in the requests of others. ``asked``: whoever asked has
    it, in their own requests. ``owned``: the owner has it, where they are the owner. Besides,
    whatever was given to them by name, wherever. They stand in for those in ``behalf``, so what
    those own or were given counts as well; and with ``orphans`` what people have left behind.
    """

    user: str
    behalf: tuple[str, ...] = ()
    orphans: bool = False
    held: tuple[Place, ...] = ()
    asked: tuple[Place, ...] = ()
    owned: tuple[Place, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How the outbox stands: parcels due now, the age in seconds of the oldest, dead letters.

    ``by_kind``: number and age of those due to each kind of address, where any are; the kinds are
    :data:`bot.ports.post_office.TOLD_APART`, and ``other``.
    """

    due: int
    oldest: float
    dead: int
    by_kind: Mapping[str, tuple[int, float]] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it goes to Slack, or comes from it. ``said`` is mrkdwn, the line above it."""

    name: str
    mime: str
    content: bytes
    said: str = ""
    alt: str = ""
    """What a picture shows, in plain words, for those who do not see it: at most 1,000 characters
    (docs.slack.dev/reference/methods/files.getUploadURLExternal)."""
