"""A message before somebody's eyes."""

from typing import Self

from sandbox import waiting
from sandbox.errors import Unknown
from sandbox.gestures.surfaces import Seen, Surface, all_blocks
from sandbox.slack import Slack
from sandbox.state.records import JSON, Ephemeral, Message, View
from sandbox.story.surface import Readable


class Posted(Readable):
    """A message, or an ephemeral one, as one person sees it.

    It follows the message's later changes.
    """

    def __init__(
        self, slack: Slack, viewer: str, key: str, frozen: list[JSON] | None = None
    ) -> None:
        super().__init__(slack, viewer)
        self.key = key
        self._frozen = frozen

    def _surface(self) -> Surface:
        store = self._slack.store
        found = store.messages.get(self.key) or store.ephemerals.get(self.key)
        if found is None:
            raise Unknown(kind="message", name=self.key)
        return found

    def _seen(self) -> Seen:
        surface = self._surface()
        return Seen(
            surface, self._viewer, self._frozen if self._frozen is not None else all_blocks(surface)
        )

    @property
    def record(self) -> Message | Ephemeral:
        """The message itself."""
        surface = self._surface()
        if isinstance(surface, View):
            raise Unknown(kind="message", name=self.key)
        return surface

    @property
    def exists(self) -> bool:
        """Whether the message is still there."""
        return self.key in self._slack.store.messages or self.key in self._slack.store.ephemerals

    @property
    def ts(self) -> str:
        """The message's timestamp, its id within the channel."""
        return self.record.ts

    @property
    def channel(self) -> str:
        """The id of the conversation."""
        return self.record.channel

    @property
    def is_ephemeral(self) -> bool:
        """Whether only this person sees it."""
        return isinstance(self.record, Ephemeral)

    @property
    def author(self) -> str:
        """The handle of the author."""
        record = self.record
        if isinstance(record, Ephemeral):
            return self._slack.store.people[self._slack.store.apps[record.app_id].bot_user].handle
        return self._slack.store.people[record.user].handle

    @property
    def fallback(self) -> str:
        """The message's top-level text: what notifications and screen readers get."""
        return self.record.text

    @property
    def metadata(self) -> JSON | None:
        """The message's metadata, which people do not see."""
        return getattr(self.record, "metadata", None)

    @property
    def reactions(self) -> dict[str, list[str]]:
        """Handles by emoji."""
        people = self._slack.store.people
        reactions: dict[str, list[str]] = getattr(self.record, "reactions", {})
        return {name: [people[user].handle for user in users] for name, users in reactions.items()}

    @property
    def files(self) -> list[str]:
        """The names of the files shared with it that are not deleted."""
        files = [self._slack.store.files[key] for key in getattr(self.record, "files", [])]
        return [file.name for file in files if not file.deleted]

    @property
    def text(self) -> str:
        """All visible text: the blocks where there are any, else the text.

        Labels of buttons in square brackets.
        """
        record = self.record
        if self._frozen is not None:
            return self._reader.blocks(self._frozen)
        return self._reader.message(record.text, record.blocks, record.attachments)

    @property
    def thread(self) -> list[Self]:
        """The replies, oldest first."""
        replies = self._slack.store.messages.replies(self.channel, self.ts)
        return [type(self)(self._slack, self._viewer, reply.key) for reply in replies]

    def as_seen_now(self) -> Self:
        """The card as it is on screen at this moment.

        Pressing it later is what a person does who was too slow.
        """
        return type(self)(self._slack, self._viewer, self.key, frozen=list(self.blocks))

    async def wait_for_text(self, text: str, timeout: float = waiting.PATIENCE) -> Self:
        """Wait until the card says this."""
        await waiting.until(
            self._slack,
            lambda: self.exists and text in self.text,
            timeout,
            f"“{text}” on the card",
            lambda: self.text,
        )
        return self
