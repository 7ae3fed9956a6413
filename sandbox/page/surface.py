"""A surface with blocks (message, modal, Home tab) as a template draws it for one person."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox import pictures
from sandbox.blocks.elements import VALUE_KEYS, Values, state, value_of
from sandbox.blocks.reading import Reader
from sandbox.gestures import surfaces
from sandbox.gestures.surfaces import Surface
from sandbox.page.formatting import Formatter
from sandbox.page.markup import Html
from sandbox.page.rich_text import RichText
from sandbox.slack import Slack
from sandbox.state.records import JSON, Channel, File, Person, View


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen: its value, its words, a remark below them."""

    value: str
    label: Html
    remark: Html = field(default_factory=lambda: Html(""))
    option: JSON | None = None
    """The app's own option, where it is one."""


class Eyes:
    """How one person sees texts, names and instants."""

    def __init__(self, slack: Slack, viewer: Person) -> None:
        self.slack = slack
        self.viewer = viewer
        reader = Reader(slack.store, viewer)
        self.formatter = Formatter(reader)
        self._rich = RichText(reader, self.formatter)
        self._zone = ZoneInfo(viewer.tz)

    def text(self, text: JSON | None) -> Html:
        """A text object."""
        return self.formatter.text(text)

    def mrkdwn(self, text: str) -> Html:
        """A message's text."""
        return self.formatter.mrkdwn(text)

    def rich(self, block: JSON) -> Html:
        """A rich_text block, or a cell of a table."""
        return self._rich.draw(block["elements"])

    def picture(self, image: JSON) -> str:
        """Where the picture of an image that is a file in Slack can be had, or nothing."""
        record = pictures.named(self.slack, image.get("slack_file", {}))
        if record is None or record.deleted:
            return ""
        return f"/page/picture/{record.id}?as={self.viewer.handle}"

    def preview(self, record: File) -> str:
        """Where a shared file can be looked at, or nothing where it is no picture."""
        is_picture = pictures.kind(self.slack, record) != ""
        return f"/page/picture/{record.id}?as={self.viewer.handle}" if is_picture else ""

    def local(self, epoch: float | str) -> datetime:
        """An instant in the person's time zone."""
        return datetime.fromtimestamp(float(epoch), UTC).astimezone(self._zone)


class Drawing:
    """One surface; `pane` keeps its HTML ids apart from the same message's elsewhere."""

    def __init__(self, eyes: Eyes, surface: Surface, pane: str) -> None:
        self._eyes = eyes
        self._viewer = eyes.viewer.id
        self._store = eyes.slack.store
        self.pane = pane
        self.key = surface.key
        self._target = (
            {"view": surface.id}
            if isinstance(surface, View)
            else {"channel": surface.channel, "ts": surface.ts}
        )
        self.blocks = surface.blocks
        seen = surfaces.look(eyes.slack, self._viewer, surface)
        self._values: Values = state(seen.blocks, surfaces.inputs(eyes.slack, seen))
        self.errors = surface.errors if isinstance(surface, View) else {}

    def id(self, block: JSON, element: JSON) -> str:
        """The HTML id of an element, the same as long as the element is the same."""
        return f"{self.pane}-{self.key}-{block.get('block_id')}-{element.get('action_id')}"

    def target(self, block: JSON, element: JSON) -> JSON:
        """The element as doors want it named."""
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return self._target | ids

    def shows(self, element: JSON) -> bool:
        """Whether this person sees the element."""
        only_for = element.get("visible_to_user_ids")
        return only_for is None or self._viewer in only_for

    def value(self, block: JSON, element: JSON) -> str:
        """What stands in a text input, or the date or time in a picker, as HTML inputs want it."""
        value = value_of(self._entry(block, element))
        if value is None:
            return ""
        if element["type"] == "datetimepicker":
            return f"{self._eyes.local(value):%Y-%m-%dT%H:%M}"
        if element["type"] == "rich_text_input":
            sections = [piece for part in value["elements"] for piece in part["elements"]]
            return "".join(str(piece.get("text", "")) for piece in sections)
        return str(value)

    def chosen(self, block: JSON, element: JSON) -> list[Choice]:
        """What is chosen in a menu, in boxes, or as files."""
        value = value_of(self._entry(block, element))
        items = value if isinstance(value, list) else [value] if value else []
        return [self._choice(item) for item in items]

    def choices(self, element: JSON) -> list[tuple[Html, list[Choice]]]:
        """What a menu offers, in groups; the group of ungrouped options has no name."""
        if groups := element.get("option_groups"):
            return [(self._eyes.text(g["label"]), self._options(g["options"])) for g in groups]
        if "options" in element:
            return [(Html(""), self._options(element["options"]))]
        kind = str(element["type"]).removeprefix("multi_")
        return [(Html(""), [self._choice(item) for item in self._everything(kind)])]

    def _entry(self, block: JSON, element: JSON) -> JSON:
        entry = self._values.get(block["block_id"], {}).get(element["action_id"])
        return entry or {"type": element["type"], VALUE_KEYS[element["type"]]: None}

    def _options(self, options: list[JSON]) -> list[Choice]:
        return [self._choice(option) for option in options]

    def _choice(self, item: JSON | str) -> Choice:
        """An option, a file, or the id of a person or channel."""
        if isinstance(item, str):
            return Choice(item, self._eyes.formatter.plain(self._called(item)))
        if "text" in item:
            text, remark = item["text"], item.get("description")
            return Choice(
                item.get("value", ""), self._eyes.text(text), self._eyes.text(remark), item
            )
        return Choice(item["id"], self._eyes.formatter.plain(item["name"]))

    def _called(self, key: str) -> str:
        if (person := self._store.people.get(key)) is not None:
            return person.name
        channel = self._store.channels.get(key)
        if channel is None:
            return key
        return f"#{channel.name}" if channel.name else self._other(channel)

    def _other(self, channel: Channel) -> str:
        others = [user for user in channel.members if user != self._viewer] or [self._viewer]
        return self._store.people[others[0]].name

    def _everything(self, kind: str) -> list[str]:
        if kind == "users_select":
            return [person.id for person in self._store.people.all() if not person.deleted]
        mine = [
            c
            for c in self._store.channels.all()
            if c.form != "private" or self._viewer in c.members
        ]
        wanted = ("public",) if kind == "channels_select" else ("public", "private", "im")
        return [
            channel.id
            for channel in mine
            if channel.form in wanted and (channel.form != "im" or self._viewer in channel.members)
        ]
