"""One person's whole screen: where they are, what is said there, what lies on top of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sandbox import windows
from sandbox.events import home_id
from sandbox.gestures import shortcuts
from sandbox.page import messages, places
from sandbox.page.address import Address
from sandbox.page.markup import Html
from sandbox.page.messages import Line
from sandbox.page.places import Place
from sandbox.page.surface import Drawing, Eyes
from sandbox.shapes import people
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Person, Toast, View

TOASTS = 3
"""How many of Slack's own sentences are shown at once; older ones come when these are dismissed."""


@dataclass(frozen=True)
class Beside:
    """What the page leads to beside the workspace."""

    doors: Mapping[str, str]
    has_mail: bool


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
    beside: Beside
    sidebar: Sidebar
    place: Place
    home: Drawing | None
    lines: list[Line]
    earlier: int
    """How many messages before `lines` are not shown."""
    thread: list[Line]
    modal: Modal | None

    @property
    def team(self) -> str:
        """The company's name."""
        return str(self.eyes.slack.team["name"])

    @property
    def members(self) -> list[Person]:
        """Everybody who can be played."""
        return members(self.eyes.slack)

    @property
    def now(self) -> datetime:
        """What the workspace's clock says in the person's time zone."""
        return self.eyes.local(self.eyes.slack.clock.now().timestamp())

    @property
    def toasts(self) -> list[Toast]:
        """The latest of Slack's own sentences for this person."""
        toasts = self.eyes.slack.store.toasts.all()
        return [toast for toast in toasts if toast.viewer == self.eyes.viewer.id][-TOASTS:]

    @property
    def message_shortcuts(self) -> list[tuple[App, JSON]]:
        """What the menu of a message offers."""
        return shortcuts.offered(self.eyes.slack, "message")

    @property
    def is_home(self) -> bool:
        """Whether an app's Home tab is in front."""
        return self.place.app is not None and self.here.tab == "home"

    @property
    def moved_s(self) -> int:
        """How far the workspace's clock is from real time, in seconds."""
        return round(self.eyes.slack.clock.offset.total_seconds())

    @property
    def status(self) -> Html:
        """The status of the one person to whom this place leads, or nothing."""
        if self.place.other is None:
            return Html("")
        said = people.status(self.place.other, self.eyes.slack.clock.now())
        return self.eyes.formatter.plain(f"{said['status_emoji']} {said['status_text']}".strip())

    @property
    def words(self) -> list[dict[str, str]]:
        """What a composer completes: commands with their hints, and people's handles."""
        store = self.eyes.slack.store
        commands = [
            {"words": entry["command"], "remark": _about(entry)}
            for app in store.apps.all()
            for entry in app.feature("slash_commands") or []
            if not app.revoked
        ]
        return commands + [{"words": f"@{p.handle}", "remark": p.name} for p in store.people.all()]

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


def look(slack: Slack, here: Address, beside: Beside) -> Screen:
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
    channel, is_home = place.channel, place.app is not None and here.tab == "home"
    lines: list[Line] = []
    earlier = 0
    if channel and not is_home:
        lines, earlier = messages.conversation(eyes, channel, everything=bool(here.all))
    thread = messages.thread(eyes, channel, here.thread) if channel and here.thread else []
    home = _home(eyes, place) if is_home else None
    modal = _modal(eyes)
    return Screen(here, eyes, beside, sidebar, place, home, lines, earlier, thread, modal)


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


def _about(command: JSON) -> str:
    return f"{command.get('usage_hint', '')} {command['description']}".strip()
