"""A person at work in Slack."""

from datetime import datetime

from sandbox import office, windows
from sandbox.errors import NoSuchShortcut
from sandbox.events import home_id
from sandbox.gestures import acting, commands, homes, shortcuts, speaking, uploading
from sandbox.slack import Slack
from sandbox.state import records
from sandbox.story.conversation import Conversation
from sandbox.story.deed import Deed
from sandbox.story.screen import Card, Home, Modal, Result


class Person:
    """Somebody of the workspace, by whose hands things happen.

    Refusals of Slack's client raise `Refused`.
    """

    def __init__(self, slack: Slack, person_id: str) -> None:
        self._slack = slack
        self.id = person_id

    @property
    def record(self) -> records.Person:
        """What the workspace knows of this person."""
        return self._slack.store.people[self.id]

    @property
    def handle(self) -> str:
        """The name after the @."""
        return self.record.handle

    @property
    def name(self) -> str:
        """The full name."""
        return self.record.name

    def __str__(self) -> str:
        return self.handle

    def channel(self, name: str) -> Conversation:
        """A channel the person is in."""
        channel = acting.member(self._slack, self.record, name)
        return Conversation(self._slack, self.id, channel.id)

    def dm_with_bot(self, app: str = "") -> Conversation:
        """The DM with an app's bot; with the only app when unnamed."""
        bot = self._slack.app(app).bot_user
        return Conversation(self._slack, self.id, self._slack.direct(self.id, bot).id)

    def dm_with(self, other: str) -> Conversation:
        """The DM with another person."""
        return Conversation(self._slack, self.id, speaking.direct(self._slack, self.id, other).id)

    async def command(
        self, command: str, text: str = "", channel: str = "general", *, thread: bool = False
    ) -> Result:
        """Type a slash command in a channel.

        `.modal`, `.reply` and `.toast` of the result say what came of it.
        """
        begun = self._slack.next_ts()
        work = commands.command(self._slack, self.id, command, text, channel, thread=thread)
        return Result(self._slack, self.id, Deed(begun, await self._slack.run(work)))

    async def global_shortcut(self, name: str) -> Result:
        """Choose a global shortcut by its name or callback id."""
        begun = self._slack.next_ts()
        done = await self._slack.run(shortcuts.global_shortcut(self._slack, self.id, name))
        return Result(self._slack, self.id, Deed(begun, done))

    async def message_shortcut(self, name: str, message: Card) -> Result:
        """Choose a shortcut from a message's menu, by its name or callback id."""
        begun = self._slack.next_ts()
        record = message.record
        if not isinstance(record, records.Message):
            raise NoSuchShortcut(name=name, offered="none, as only the person sees the message")
        done = await self._slack.run(shortcuts.message_shortcut(self._slack, self.id, name, record))
        return Result(self._slack, self.id, Deed(begun, done))

    async def say(
        self,
        channel: str,
        text: str,
        *,
        thread: Card | None = None,
        files: list[records.File] | None = None,
    ) -> Card:
        """Post in a channel or, with `thread`, below a message.

        @handles and #channels become mentions.
        """
        thread_ts = thread.ts if thread is not None else ""
        keys = [file.id for file in files or []]
        message = speaking.say(self._slack, self.id, channel, text, thread_ts=thread_ts, files=keys)
        return Card(self._slack, self.id, message.key)

    async def dm(
        self,
        text: str,
        *,
        app: str = "",
        to: str = "",
        thread: Card | None = None,
        files: list[records.File] | None = None,
    ) -> Card:
        """Write to the bot or, with `to` (a handle), to a colleague, where no bot listens."""
        place = self.dm_with(to) if to else self.dm_with_bot(app)
        return await self.say(place.id, text, thread=thread, files=files)

    async def edit(self, message: Card, text: str) -> None:
        """Change one's own message."""
        speaking.edit(self._slack, self.id, message.channel, message.ts, text)

    async def delete(self, message: Card) -> None:
        """Delete one's own message."""
        speaking.delete(self._slack, self.id, message.channel, message.ts)

    async def react(self, message: Card, emoji: str) -> None:
        """Add a reaction."""
        speaking.react(self._slack, self.id, message.channel, message.ts, emoji)

    async def unreact(self, message: Card, emoji: str) -> None:
        """Take a reaction back."""
        speaking.react(self._slack, self.id, message.channel, message.ts, emoji, add=False)

    async def upload(
        self, name: str, content: bytes = b"", *, size: int | None = None
    ) -> records.File:
        """Upload a file, to be shared with `say(files=...)` or put into a form.

        With a `size` (bytes) zeros follow the content up to it, which nobody has to hold.
        """
        return uploading.upload(self._slack, self.id, name, content, size)

    async def delete_file(self, file: records.File) -> None:
        """Delete one's own file, wherever it was shared."""
        uploading.delete(self._slack, self.id, file.id)

    async def set_status(self, text: str, emoji: str = "", until: datetime | None = None) -> None:
        """Set one's status, which ends `until` then if given; an empty text ends it now."""
        acting.active(self._slack, self.id)
        office.set_status(self._slack, self.id, text, emoji, until)

    async def open_home(self, app: str = "") -> Home:
        """Open the app's Home tab; the app hears of it and may publish something new."""
        found = self._slack.app(app)
        homes.open_tab(self._slack, self.id, found, "home")
        return Home(self._slack, self.id, home_id(found, self.id))

    async def open_messages(self, app: str = "") -> Conversation:
        """Open the app's Messages tab."""
        homes.open_tab(self._slack, self.id, self._slack.app(app), "messages")
        return self.dm_with_bot(app)

    @property
    def modals(self) -> list[Modal]:
        """The modals on this person's screen, the latest last."""
        views = self._slack.store.views.all()
        roots = dict.fromkeys(v.root for v in views if v.viewer == self.id and v.form == "modal")
        return [
            Modal(self._slack, self.id, root) for root in roots if windows.top(self._slack, root)
        ]

    @property
    def modal(self) -> Modal | None:
        """The modal in front, or None."""
        modals = self.modals
        return modals[-1] if modals else None

    @property
    def ephemerals(self) -> list[Card]:
        """Everything only this person was told, oldest first."""
        mine = [e for e in self._slack.store.ephemerals.all() if e.viewer == self.id]
        return [Card(self._slack, self.id, e.key) for e in mine]

    @property
    def toasts(self) -> list[str]:
        """Slack's own sentences on this person's screen, oldest first."""
        return [toast.text for toast in self._slack.store.toasts.all() if toast.viewer == self.id]
