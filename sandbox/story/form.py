"""A form on somebody's screen: what stands in it, what it says, sending and closing it."""

from typing import Self

from sandbox import waiting, windows
from sandbox.blocks.elements import VALUE_KEYS
from sandbox.errors import NothingOpen
from sandbox.gestures import finding, forms, pressing
from sandbox.gestures.surfaces import Surface
from sandbox.slack import Slack
from sandbox.state.records import Value, View
from sandbox.story.surface import Readable


class Form(Readable):
    """One modal, that is a stack of up to three views.

    Everything here speaks of the view in front.
    """

    def __init__(self, slack: Slack, viewer: str, root: str) -> None:
        super().__init__(slack, viewer)
        self.root = root

    @property
    def view(self) -> View:
        """The view in front. Raises NothingOpen."""
        view = windows.top(self._slack, self.root)
        if view is None:
            raise NothingOpen
        return view

    def _surface(self) -> Surface:
        return self.view

    @property
    def is_open(self) -> bool:
        """Whether it is still on the screen."""
        return windows.top(self._slack, self.root) is not None

    @property
    def depth(self) -> int:
        """How many views lie on each other."""
        return len(windows.stack(self._slack, self.root))

    @property
    def title(self) -> str:
        """The title of the view in front."""
        return str(self.view.body["title"]["text"])

    @property
    def submit_label(self) -> str:
        """The words on the submit button, or nothing when there is none."""
        submit = self.view.body.get("submit")
        return str(submit["text"]) if submit else ""

    @property
    def errors(self) -> dict[str, str]:
        """The error below each field, by the field's label."""
        labels = {
            p.block_id: p.label for p in finding.visible(self.blocks, self._viewer) if p.is_input
        }
        return {labels.get(block, block): text for block, text in self.view.errors.items()}

    @property
    def trouble(self) -> str:
        """Slack's own sentence when the app did not answer, or nothing."""
        return self.view.trouble

    async def _write(
        self, name: str, value: Value, *, enter: bool = False
    ) -> pressing.Pressed | None:
        seen = self._seen()
        place = finding.field(seen.blocks, self._viewer, name)
        return await pressing.write(self._slack, seen, place, value, enter=enter)

    def value(self, name: str) -> Value:
        """The bare value of a field, as it would be submitted."""
        place = finding.field(self.blocks, self._viewer, name)
        entry = forms.values(self.view)[place.block_id][place.action_id]
        return entry[VALUE_KEYS[entry["type"]]]

    async def _submit(self) -> forms.Submitted:
        return await self._slack.run(forms.submit(self._slack, self.view.id, self._viewer))

    async def close(self) -> None:
        """Press Cancel: the view in front goes, or all of them where the view says so."""
        await self._slack.run(forms.close(self._slack, self.view.id, self._viewer))

    async def close_all(self) -> None:
        """Press the x."""
        await self._slack.run(forms.close(self._slack, self.view.id, self._viewer, everything=True))

    async def wait_for_text(self, text: str, timeout: float = waiting.PATIENCE) -> Self:
        """Wait until the view in front says this."""
        await waiting.until(
            self._slack,
            lambda: self.is_open and text in self.text,
            timeout,
            f"“{text}” in the form",
            lambda: self.text if self.is_open else "",
        )
        return self
