"""The things a workspace consists of.

Every field is plain JSON, so that a record is its own journal entry.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

JSON: TypeAlias = dict[str, Any]
Value: TypeAlias = Any
"""A JSON value, or what a person says of one, whose shape is known only further in."""


@dataclass
class Record:
    """A thing with a key, unique within its kind."""

    kind: ClassVar[str]

    @property
    def key(self) -> str:
        """What the record is filed under."""
        raise NotImplementedError


@dataclass
class Setting(Record):
    """One value of the workspace itself: its team, the clock's offset, a counter."""

    kind: ClassVar[str] = "setting"
    name: str
    value: Any = None

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return self.name


@dataclass
class Identified(Record):
    """A thing whose key is its Slack id."""

    id: str

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return self.id


@dataclass
class Person(Identified):
    """A user: a member, a guest, a stranger from another team, or an app's bot user."""

    kind: ClassVar[str] = "person"
    handle: str
    name: str
    team: str
    email: str = ""
    tz: str = "UTC"
    title: str = ""
    deleted: bool = False
    restricted: bool = False
    admin: bool = False
    stranger: bool = False
    bot_id: str = ""
    app_id: str = ""
    updated: int = 0
    dnd: JSON = field(default_factory=dict)
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0

    @property
    def is_bot(self) -> bool:
        """Whether this is an app's bot user."""
        return bool(self.bot_id)


@dataclass
class Channel(Identified):
    """A channel or a direct message; `form` is public, private or im."""

    kind: ClassVar[str] = "channel"
    name: str
    form: str = "public"
    members: list[str] = field(default_factory=list)
    creator: str = ""
    created: int = 0
    topic: str = ""
    archived: bool = False
    shared: bool = False
    pins: list[str] = field(default_factory=list)
    bookmarks: list[JSON] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)


@dataclass
class Group(Identified):
    """A user group."""

    kind: ClassVar[str] = "group"
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    updated: int = 0


@dataclass
class Message(Record):
    """A message in a channel's history."""

    kind: ClassVar[str] = "message"
    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    thread_ts: str = ""
    metadata: JSON | None = None
    bot_id: str = ""
    app_id: str = ""
    username: str = ""
    subtype: str = ""
    broadcast: bool = False
    edited: JSON | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    client_msg_id: str = ""

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return f"{self.channel}/{self.ts}"


@dataclass
class Ephemeral(Record):
    """A message only one person sees.

    Never part of a history. `origin` is the response_url it came through.
    """

    kind: ClassVar[str] = "ephemeral"
    channel: str
    ts: str
    viewer: str
    app_id: str
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    thread_ts: str = ""
    origin: str = ""

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return f"{self.channel}/{self.ts}"


@dataclass
class View(Identified):
    """A modal on somebody's screen or somebody's Home tab, with what is typed in it."""

    kind: ClassVar[str] = "view"
    form: str
    app_id: str
    viewer: str
    body: JSON
    root: str
    hash: str
    previous: str = ""
    trigger: str = ""
    channel: str = ""
    inputs: dict[str, dict[str, JSON]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def blocks(self) -> list[JSON]:
        """The blocks it shows."""
        blocks: list[JSON] = self.body["blocks"]
        return blocks


@dataclass
class File(Identified):
    """An uploaded file; its bytes lie beside the journal.

    `handed_to` are the apps that got it in a form; `looks_left` see `filing.look`.
    """

    kind: ClassVar[str] = "file"
    name: str
    user: str
    size: int
    mimetype: str
    title: str = ""
    created: int = 0
    complete: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)
    handed_to: list[str] = field(default_factory=list)
    looks_left: int = 0
    alt_txt: str = ""


@dataclass
class App(Identified):
    """An installed app with its credentials (all visibly of a sandbox)."""

    kind: ClassVar[str] = "app"
    name: str
    manifest: JSON
    transport: str
    request_url: str
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    revoked: bool = False

    @property
    def app_id(self) -> str:
        """The app's id, as the credentials name it."""
        return self.id

    @property
    def bot_user_id(self) -> str:
        """The id of the bot's user."""
        return self.bot_user

    @property
    def scopes(self) -> list[str]:
        """The scopes the bot was granted."""
        scopes: list[str] = self.manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
        return scopes

    @property
    def events(self) -> list[str]:
        """The events the bot has subscribed to."""
        settings: JSON = self.manifest.get("settings", {})
        events: list[str] = settings.get("event_subscriptions", {}).get("bot_events", [])
        return events

    def feature(self, name: str) -> Value:
        """One of the manifest's features, or None."""
        return self.manifest.get("features", {}).get(name)


@dataclass
class Toast(Identified):
    """One of Slack's own sentences on one person's screen."""

    kind: ClassVar[str] = "toast"
    viewer: str
    text: str
    at: str
    channel: str = ""
