"""What people press, and what they see because of it: cards, modals, Home tabs and results."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from sandbox import waiting, windows
from sandbox.blocks.elements import TEXT_INPUTS
from sandbox.errors import NothingOpen
from sandbox.gestures import finding, pressing
from sandbox.gestures.surfaces import Surface
from sandbox.slack import Slack
from sandbox.state.records import File, Value, View
from sandbox.story.deed import Deed
from sandbox.story.form import Form
from sandbox.story.message import Posted
from sandbox.story.surface import Readable


class Result:
    """What a person sees after a gesture.

    It looks at the workspace as it is when asked, so answers that come late show too.
    """

    def __init__(self, slack: Slack, viewer: str, deed: Deed) -> None:
        self._slack = slack
        self._viewer = viewer
        self._begun = deed.begun
        self._done = deed.done

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered in time; true also where there was nothing to answer."""
        return not self.toast

    @property
    def toast(self) -> str:
        """Slack's own sentence when the app did not answer properly, else nothing."""
        toast = self._done.toast if self._done is not None else None
        return toast.text if toast is not None else ""

    @property
    def modal(self) -> "Modal | None":
        """The modal this gesture opened or pushed onto, or None."""
        for view in self._slack.store.views.all():
            if self._done is not None and view.trigger == self._done.trigger.id:
                front = windows.top(self._slack, view.root)
                return Modal(self._slack, self._viewer, view.root) if front else None
        return None

    async def modal_opened(self, timeout: float = waiting.PATIENCE) -> "Modal":
        """The modal, for apps that open it only after they have acknowledged."""
        return await waiting.until(
            self._slack, lambda: self.modal, timeout, "a modal", lambda: self.toast
        )

    @property
    def reply(self) -> "Card | None":
        """The latest thing only this person was told since the gesture began, or None."""
        licence = self._done.licence if self._done is not None else None
        told = [
            whisper
            for whisper in self._slack.store.ephemerals.all()
            if whisper.viewer == self._viewer
            and whisper.ts > self._begun
            and whisper.origin in ("", licence.id if licence else "")
        ]
        return Card(self._slack, self._viewer, told[-1].key) if told else None

    async def replied(self, timeout: float = waiting.PATIENCE) -> "Card":
        """The reply, for apps that give it only after they have acknowledged."""
        return await waiting.until(
            self._slack, lambda: self.reply, timeout, "an answer", lambda: self.toast
        )


class Pressable(Readable):
    """Something with buttons and menus."""

    async def click(self, button: str, *, confirm: bool = True) -> Result:
        """Press a button by its label, action id or value.

        `confirm` answers its question, if it asks one.
        """
        return self._result(await self._press(button, confirm=confirm))

    async def choose(self, menu: str, option: Value) -> Result:
        """Choose from a menu, by the option's text or value; several at once as a list."""
        return self._result(await self._choose(menu, option))

    def _result(self, deed: Deed) -> Result:
        return Result(self._slack, self._viewer, deed)


class Card(Pressable, Posted):
    """A message, or an ephemeral one, as one person sees it; it follows the later changes."""


@dataclass(frozen=True)
class SubmitResult:
    """What a submission led to.

    `errors` by the field's label, Slack's sentence `trouble`, the modal if it is still open.
    """

    modal: "Modal | None"
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @property
    def closed(self) -> bool:
        """Whether the whole modal has gone."""
        return self.modal is None


class Modal(Pressable, Form):
    """One modal, that is a stack of up to three views; everything speaks of the view in front."""

    async def fill(self, **values: Value) -> Self:
        """Enter values by label, block id or action id, case and spaces aside.

        What is not offered is refused.
        """
        for name, value in values.items():
            await self.enter(name, value)
        return self

    async def enter(self, name: str, value: Value) -> Result:
        """Put a value into one field, as by pasting or choosing; None empties it."""
        if finding.field(self.blocks, self._viewer, name).type in TEXT_INPUTS:
            begun = self._slack.next_ts()
            return self._result(Deed(begun, await self._slack.run(self._write(name, value))))
        return await self.choose(name, value)

    async def type(self, name: str, text: str, *, enter: bool = False) -> Result:
        """Type text key by key, and press Enter if asked to."""
        begun = self._slack.next_ts()
        place = finding.field(self.blocks, self._viewer, name)
        pressed = None
        if pressing.dispatches_on(place, "on_character_entered"):
            for end in range(1, len(text) + 1):
                pressed = await self._slack.run(self._write(name, text[:end]))
        if enter or pressed is None:
            pressed = await self._slack.run(self._write(name, text, enter=enter)) or pressed
        return self._result(Deed(begun, pressed))

    async def check(self, name: str, *boxes: str) -> Result:
        """Leave exactly these boxes ticked."""
        return await self.choose(name, list(boxes))

    async def pick_date(self, name: str, day: date | str) -> Result:
        """Pick a date."""
        return await self.choose(name, day)

    async def attach(self, name: str, *files: File) -> Result:
        """Put uploaded files into a file field."""
        return await self.choose(name, list(files))

    async def submit(self) -> SubmitResult:
        """Press Submit. Raises what Slack's client would refuse; the app's own errors come back."""
        done = await self._submit()
        for refusal in done.refused.values():
            raise refusal
        errors = self.errors if done.errors and self.is_open else {}
        return SubmitResult(self if self.is_open else None, errors, done.trouble)


class Home(Pressable):
    """An app's Home tab as one person sees it; it follows what the app publishes."""

    def __init__(self, slack: Slack, viewer: str, key: str) -> None:
        super().__init__(slack, viewer)
        self.key = key

    @property
    def is_published(self) -> bool:
        """Whether the app has put anything there yet."""
        return self.key in self._slack.store.views

    @property
    def view(self) -> View:
        """What is published. Raises NothingOpen when nothing is."""
        view = self._slack.store.views.get(self.key)
        if view is None:
            raise NothingOpen
        return view

    def _surface(self) -> Surface:
        return self.view

    async def wait_for_text(self, text: str, timeout: float = waiting.PATIENCE) -> Self:
        """Wait until the tab says this."""
        await waiting.until(
            self._slack,
            lambda: self.is_published and text in self.text,
            timeout,
            f"“{text}” on the Home tab",
            lambda: self.text if self.is_published else "",
        )
        return self
