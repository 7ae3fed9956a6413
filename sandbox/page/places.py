"""Where a person can go: channels, conversations, apps; with what is unread there."""

from dataclasses import dataclass

from sandbox.errors import Unknown
from sandbox.slack import Slack
from sandbox.state.records import App, Channel, Person


@dataclass(frozen=True)
class Place:
    """A channel or a conversation; `channel` is None for a conversation nobody has begun."""

    name: str
    """How the address spells it."""
    title: str
    channel: Channel | None
    unread: int = 0
    app: App | None = None
    other: Person | None = None

    @property
    def is_with_agent(self) -> bool:
        """Whether an agent is talked with here: what one says to it begins a thread of its own."""
        return self.app is not None and bool(self.app.feature("agent_view"))


def channels(slack: Slack, viewer: Person) -> list[Place]:
    """The channels the person is in."""
    mine = [c for c in slack.store.channels.all() if c.form != "im" and viewer.id in c.members]
    return [
        Place(c.name, f"#{c.name}", c, _unread(slack, viewer, c)) for c in mine if not c.archived
    ]


def apps(slack: Slack, viewer: Person) -> list[Place]:
    """The installed apps."""
    bots = [slack.store.people[app.bot_user] for app in slack.store.apps.all()]
    return [_conversation(slack, viewer, bot) for bot in bots]


def people(slack: Slack, viewer: Person) -> tuple[list[Place], list[Place]]:
    """Conversations with people: those with something in them, and everybody else."""
    others = [
        p for p in slack.store.people.all() if not p.is_bot and p.id != viewer.id and not p.deleted
    ]
    places = [_conversation(slack, viewer, other) for other in others]
    begun = [p for p in places if p.channel and slack.store.messages.in_channel(p.channel.id)]
    return begun, [place for place in places if place not in begun]


def find(slack: Slack, viewer: Person, name: str) -> Place:
    """The place of that name. Raises Unknown for one that this person cannot see."""
    if name.startswith("@"):
        return _conversation(slack, viewer, slack.person(name))
    for place in channels(slack, viewer):
        if place.name == name:
            return place
    raise Unknown(kind="channel", name=name)


def _conversation(slack: Slack, viewer: Person, other: Person) -> Place:
    both = sorted({viewer.id, other.id})
    begun = [c for c in slack.store.channels.all() if c.form == "im" and sorted(c.members) == both]
    channel = begun[0] if begun else None
    unread = _unread(slack, viewer, channel) if channel else 0
    app = slack.store.apps.get(other.app_id) if other.app_id else None
    return Place(f"@{other.handle}", other.name, channel, unread, app, other)


def _unread(slack: Slack, viewer: Person, channel: Channel) -> int:
    read = channel.read.get(viewer.id, "0")
    messages = slack.store.messages.in_channel(channel.id)
    return sum(1 for message in messages if message.ts > read and message.user != viewer.id)
