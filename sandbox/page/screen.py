"""One person's whole screen: where they are, what is said there, what lies on top of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sandbox import windows
from sandbox.events import home_id
from sandbox.gestures import shortcuts
from sandbox.page import messages, places
from sandbox.page.address import Address
from sandbox.page.messages import Line
from sandbox.page.places import Place
from sandbox.page.surface import Drawing, Eyes
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Person, Toast, View

TOASTS = 3
"""How many of Slack's own sentences are shown at once; older ones come when these are dismissed."""


@dataclass(frozen=True)
class Sidebar:
    """Everywhere a person can go."""

    channels: list[Place]
    apps: list[Place]
    people: list[Place]
    everybody: list[Place]
    shortcuts: list[tuple[App, JSON]]

    @property
    def unread(self) -> int:
        """How much waits to be read anywhere."""
        return sum(place.unread for place in (*self.channels, *self.apps, *self.people))


@dataclass(frozen=True)
class Modal:
    """The view in front of a modal; `depth` views lie on each other."""

    view: View
    app: App
    drawing: Drawing
    depth: int


@dataclass(frozen=True)
class Screen:
    """What a template needs to draw one person's page."""

    here: Address
    eyes: Eyes
    now: datetime
    team: str
    doors: Mapping[str, str]
    members: list[Person]
    sidebar: Sidebar
    place: Place
    home: Drawing | None = None
    lines: list[Line] = field(default_factory=list)
    earlier: int = 0
    thread: list[Line] = field(default_factory=list)
    modal: Modal | None = None
    toasts: list[Toast] = field(default_factory=list)
    commands: list[tuple[App, JSON]] = field(default_factory=list)
    message_shortcuts: list[tuple[App, JSON]] = field(default_factory=list)

    @property
    def is_home(self) -> bool:
        """Whether an app's Home tab is in front."""
        return self.place.app is not None and self.here.tab == "home"

    @property
    def moved_s(self) -> int:
        """How far the workspace's clock is from real time, in seconds."""
        return round(self.eyes.slack.clock.offset.total_seconds())

    @property
    def words(self) -> list[dict[str, str]]:
        """What a composer completes: commands with their hints, and people's handles."""
        commands = [
            {
                "words": entry["command"],
                "remark": f"{entry.get('usage_hint', '')} {entry['description']}",
            }
            for _, entry in self.commands
        ]
        people = [
            {"words": f"@{p.handle}", "remark": p.name} for p in self.eyes.slack.store.people.all()
        ]
        return [*commands, *people]

    def door(self, name: str) -> str:
        """Where this person's gesture of that name is done."""
        return f"/sandbox/people/{self.eyes.viewer.handle}/{name}"

    @property
    def title(self) -> str:
        """The page's title."""
        unread = f"({self.sidebar.unread}) " if self.sidebar.unread else ""
        return f"{unread}{self.place.title} · {self.eyes.viewer.name} · Sandbox, not Slack"


def members(slack: Slack) -> list[Person]:
    """Everybody who can be played."""
    return [person for person in slack.store.people.all() if not person.is_bot]


def look(slack: Slack, here: Address, doors: Mapping[str, str]) -> Screen:
    """The screen of the person whom the address names. Raises Unknown."""
    viewer = slack.person(here.who)
    eyes = Eyes(slack, viewer)
    sidebar = Sidebar(
        places.channels(slack, viewer),
        places.apps(slack, viewer),
        *places.people(slack, viewer),
        shortcuts.offered(slack, "global"),
    )
    place = _place(slack, viewer, here, sidebar)
    channel = place.channel
    thread = messages.thread(eyes, channel, here.thread) if channel and here.thread else []
    is_home = place.app is not None and here.tab == "home"
    lines: list[Line] = []
    earlier = 0
    if channel and not is_home:
        lines, earlier = messages.conversation(eyes, channel, everything=bool(here.all))
    return Screen(
        here=here,
        eyes=eyes,
        now=eyes.local(slack.clock.now().timestamp()),
        team=str(slack.team["name"]),
        doors=doors,
        members=members(slack),
        sidebar=sidebar,
        place=place,
        home=_home(eyes, place) if is_home else None,
        lines=lines,
        earlier=earlier,
        thread=thread,
        modal=_modal(eyes),
        toasts=[t for t in slack.store.toasts.all() if t.viewer == viewer.id][-TOASTS:],
        commands=_commands(slack),
        message_shortcuts=shortcuts.offered(slack, "message"),
    )


def _place(slack: Slack, viewer: Person, here: Address, sidebar: Sidebar) -> Place:
    if here.place:
        return places.find(slack, viewer, here.place)
    return next(iter([*sidebar.apps, *sidebar.channels, *sidebar.everybody]))


def _home(eyes: Eyes, place: Place) -> Drawing | None:
    if place.app is None:
        return None
    view = eyes.slack.store.views.get(home_id(place.app, eyes.viewer.id))
    return Drawing(eyes, view, "h") if view else None


def _modal(eyes: Eyes) -> Modal | None:
    views = eyes.slack.store.views.all()
    mine = [v for v in views if v.viewer == eyes.viewer.id and v.form == "modal"]
    if not mine:
        return None
    stack = windows.stack(eyes.slack, list(dict.fromkeys(v.root for v in mine))[-1])
    front = stack[-1]
    app = eyes.slack.store.apps[front.app_id]
    return Modal(front, app, Drawing(eyes, front, "v"), len(stack))


def _commands(slack: Slack) -> list[tuple[App, JSON]]:
    apps = [app for app in slack.store.apps.all() if not app.revoked]
    return [(app, entry) for app in apps for entry in app.feature("slash_commands") or []]
