"""Messages as one person sees them in a list."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.page.emoji import CHARACTERS
from sandbox.page.markup import Html, emoji
from sandbox.page.surface import Drawing, Eyes
from sandbox.posting import SLACKBOT
from sandbox.state.records import JSON, Channel, Ephemeral, File, Message

SHOWN = 50
"""The latest messages of a place that are drawn unless all are asked for."""


@dataclass(frozen=True)
class Reaction:
    """An emoji below a message: who gave it, and whether this person did."""

    name: str
    drawn: Html
    people: list[str]
    is_mine: bool


class Line:
    """One message of a list."""

    def __init__(self, eyes: Eyes, record: Message | Ephemeral, pane: str) -> None:
        self._eyes = eyes
        self._store = eyes.slack.store
        self.record = record
        self.drawing = Drawing(eyes, record, pane)
        self.id = f"{pane}-{record.key}"
        self.is_in_thread = pane == "t"

    @property
    def target(self) -> JSON:
        """The message as doors want it named."""
        return {"channel": self.record.channel, "ts": self.record.ts}

    @property
    def is_whisper(self) -> bool:
        """Whether only this person sees it."""
        return isinstance(self.record, Ephemeral)

    @property
    def is_mine(self) -> bool:
        """Whether this person wrote it."""
        return isinstance(self.record, Message) and self.record.user == self._eyes.viewer.id

    @property
    def author(self) -> str:
        """Who speaks."""
        if isinstance(self.record, Message):
            if self.record.user == SLACKBOT:
                return "Slack"
            return self.record.username or self._store.people[self.record.user].name
        return self._store.people[self._store.apps[self.record.app_id].bot_user].name

    @property
    def is_app(self) -> bool:
        """Whether an app speaks."""
        return bool(self.record.app_id)

    @property
    def at(self) -> datetime:
        """When, in the person's time zone."""
        return self._eyes.local(self.record.ts)

    @property
    def is_edited(self) -> bool:
        """Whether it was changed after it was said."""
        return isinstance(self.record, Message) and self.record.edited is not None

    @property
    def attachments(self) -> list[JSON]:
        """The attachments."""
        return self.record.attachments

    @property
    def reactions(self) -> list[Reaction]:
        """The reactions, in the order in which they came."""
        if isinstance(self.record, Ephemeral):
            return []
        viewer, people = self._eyes.viewer.id, self._store.people
        return [
            Reaction(name, emoji(name), [people[u].name for u in users], viewer in users)
            for name, users in self.record.reactions.items()
        ]

    @property
    def files(self) -> list[File]:
        """The files shared with it, deleted ones too."""
        keys = self.record.files if isinstance(self.record, Message) else []
        return [self._store.files[key] for key in keys]

    @property
    def replies(self) -> int:
        """How many replies the message has."""
        if isinstance(self.record, Ephemeral) or self.record.thread_ts not in ("", self.record.ts):
            return 0
        return len(self._store.messages.replies(self.record.channel, self.record.ts))

    @property
    def source(self) -> str:
        """The text as its author would type it."""
        text = self.record.text
        for person in self._store.people.all():
            text = text.replace(f"<@{person.id}>", f"@{person.handle}")
        for channel in self._store.channels.all():
            text = text.replace(f"<#{channel.id}>", f"#{channel.name}")
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def conversation(eyes: Eyes, channel: Channel, *, everything: bool) -> tuple[list[Line], int]:
    """The latest messages of a place, with what is whispered to this person, oldest first.

    With them comes how many earlier ones there are.
    """
    store = eyes.slack.store
    said = [
        m for m in store.messages.in_channel(channel.id) if m.broadcast or m.thread_ts in ("", m.ts)
    ]
    whispered = [e for e in _whispers(eyes, channel) if not e.thread_ts]
    records = _in_order([*said, *whispered])
    earlier = 0 if everything else max(0, len(records) - SHOWN)
    return [Line(eyes, record, "c") for record in records[earlier:]], earlier


def thread(eyes: Eyes, channel: Channel, ts: str) -> list[Line]:
    """A message and its replies, with what is whispered in the thread; nothing when it has gone."""
    root = eyes.slack.store.messages.find(channel.id, ts)
    if root is None:
        return []
    replies = eyes.slack.store.messages.replies(channel.id, ts)
    whispered = [e for e in _whispers(eyes, channel) if e.thread_ts == ts]
    return [Line(eyes, record, "t") for record in (root, *_in_order([*replies, *whispered]))]


def _whispers(eyes: Eyes, channel: Channel) -> list[Ephemeral]:
    everything = eyes.slack.store.ephemerals.all()
    return [e for e in everything if e.channel == channel.id and e.viewer == eyes.viewer.id]


def _in_order(records: list[Message | Ephemeral]) -> list[Message | Ephemeral]:
    return sorted(records, key=lambda record: record.ts)


QUICK = [(name, CHARACTERS[name]) for name in ("+1", "white_check_mark", "eyes", "tada", "heart")]
"""The reactions a message's menu offers."""
