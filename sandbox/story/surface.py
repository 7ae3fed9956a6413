"""What messages, Home tabs and modals have in common.

Text to read, buttons to press, menus to choose from.
"""

from sandbox import pictures
from sandbox.blocks.elements import STATELESS, Place, options, state
from sandbox.blocks.reading import Reader
from sandbox.gestures import entries, finding, pressing, suggesting, surfaces
from sandbox.gestures.surfaces import Seen, Surface
from sandbox.slack import Slack
from sandbox.state.records import JSON, Value
from sandbox.story.deed import Deed


class Readable:
    """Something with blocks before one person's eyes."""

    def __init__(self, slack: Slack, viewer: str) -> None:
        self._slack = slack
        self._viewer = viewer

    def _surface(self) -> Surface:
        raise NotImplementedError

    def _seen(self) -> Seen:
        return surfaces.look(self._slack, self._viewer, self._surface())

    @property
    def _reader(self) -> Reader:
        return Reader(self._slack.store, self._slack.store.people[self._viewer])

    @property
    def blocks(self) -> list[JSON]:
        """The blocks as Slack has stored them."""
        return self._seen().blocks

    @property
    def text(self) -> str:
        """All visible text, labels of buttons in square brackets."""
        seen = self._seen()
        return self._reader.blocks(seen.blocks, surfaces.inputs(self._slack, seen))

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons this person sees."""
        return [
            p.label
            for p in finding.visible(self.blocks, self._viewer)
            if p.type in ("button", "workflow_button")
        ]

    @property
    def labels(self) -> list[str]:
        """The names of the fields and menus this person sees."""
        return [
            p.label for p in finding.visible(self.blocks, self._viewer) if p.type not in STATELESS
        ]

    @property
    def fields(self) -> dict[str, str]:
        """What stands in each field, in words, by the field's name."""
        seen = self._seen()
        values = state(seen.blocks, surfaces.inputs(self._slack, seen))
        return {
            place.label: self._reader.value(values[place.block_id][place.action_id])
            for place in finding.visible(seen.blocks, self._viewer)
            if place.type not in STATELESS
        }

    @property
    def pictures(self) -> list[str]:
        """The names of the files in Slack whose pictures are shown."""
        return [file.name for file in pictures.shown(self._slack, self.blocks)]

    def options(self, name: str) -> list[str]:
        """The texts a menu, radio group or set of checkboxes offers."""
        return [
            option["text"]["text"]
            for option in options(finding.menu(self.blocks, self._viewer, name).element)
        ]

    def confirmation(self, button: str) -> str:
        """The question Slack asks before this button counts, or nothing."""
        confirm = finding.button(self.blocks, self._viewer, button).element.get("confirm")
        return self._reader.text_object(confirm["text"]) if confirm else ""

    async def _press(self, button: str, *, confirm: bool) -> Deed:
        seen = self._seen()
        place = finding.button(seen.blocks, self._viewer, button)
        begun = self._slack.next_ts()
        if "confirm" in place.element and not confirm:
            return Deed(begun)
        return Deed(begun, await self._slack.run(pressing.press(self._slack, seen, place)))

    async def _choose(self, menu: str, option: Value) -> Deed:
        seen = self._seen()
        place = finding.menu(seen.blocks, self._viewer, menu)
        begun = self._slack.next_ts()
        if place.type != "overflow":
            return Deed(begun, await self._slack.run(self._enter(seen, place, option)))
        chosen = entries.offered(place, option, options(place.element))
        return Deed(begun, await self._slack.run(pressing.press(self._slack, seen, place, chosen)))

    async def suggestions(self, menu: str, query: str) -> list[str]:
        """What a type-ahead menu offers for a query."""
        seen = self._seen()
        place = finding.field(seen.blocks, self._viewer, menu)
        found = await self._slack.run(suggesting.suggestions(self._slack, seen, place, query))
        return [option["text"]["text"] for option in found]

    async def _enter(self, seen: Seen, place: Place, raw: Value) -> pressing.Pressed | None:
        suggested: list[JSON] = []
        if place.type.endswith("external_select"):
            for item in raw if isinstance(raw, (list, tuple)) else [raw]:
                suggested += await suggesting.suggestions(self._slack, seen, place, str(item))
        entry = entries.entry(self._slack, place, raw, suggested)
        return await pressing.change(self._slack, seen, place, entry)
