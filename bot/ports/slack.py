"""Slack, as the use cases need it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from bot.ports.values import Identity, Json, Person, Upload
from messages.message import Message


class Slack(Protocol):
    """Slack's Web API, as the use cases need it. Raises the SlackError classes of bot.errors."""

    def post(self, channel: str, message: Message, key: str, thread_ts: str = "") -> str:
        """Post and return the ``ts``. ``key`` goes into the message's metadata."""

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Replace a message that we posted."""

    def delete(self, channel: str, ts: str) -> None:
        """Take back a message that we posted."""

    def whisper(self, channel: str, user: str, message: Message, thread_ts: str) -> None:
        """Show something in a thread to one member of its channel alone.

        Slack promises neither that it arrives nor that it stays, and never says whether it did.
        """

    def posted(self, channel: str, key: str, since: datetime, thread_ts: str = "") -> str | None:
        """Return the ``ts`` of our message with this metadata key, or None when it is not there."""

    def text_of(self, channel: str, ts: str, thread_ts: str = "") -> str | None:
        """Return what a message says now, as Slack stores it; None when it is not there for us."""

    def upload(self, channel: str, upload: Upload, thread_ts: str = "") -> None:
        """Share a file with a line of text: in a channel, or under one of its messages."""

    def uploaded(self, channel: str, name: str, since: datetime, thread_ts: str = "") -> bool:
        """Whether we shared a file called ``name`` there at ``since`` or after."""

    def keep_picture(self, upload: Upload) -> str:
        """Upload a picture that is shared nowhere, to be shown in blocks; return its id."""

    def is_ready(self, file_id: str) -> bool:
        """Whether Slack has looked at the file, so that a block can show it."""

    def size_of(self, file_id: str) -> int:
        """Return how many bytes Slack says a file has. Raises SlackRefused as ``download`` does."""

    def download(
        self, file_id: str, of: Collection[str] | None, largest: int = 25 * 1024 * 1024
    ) -> Upload:
        """Return a file that one of ``of`` (ids) uploaded, with no more than ``largest`` bytes.

        We may see what a person may not, so whoever handed in a file's id has to have uploaded the
        file. None: anybody may have. Raises SlackRefused, with a sentence, when it is not to be
        had: somebody else's, too large, or deleted.
        """

    def open_dm(self, user: str) -> str:
        """Return the id of the DM channel with ``user``."""

    def open_view(self, trigger_id: str, view: Json, *, on_top: bool = False) -> str:
        """Open a modal, ``on_top`` of the one that is open (within 1.5 s or not at all).

        Returns its view id.
        """

    def update_view(self, view_id: str, view_hash: str, view: Json) -> str:
        """Replace an open modal and return its new hash. Raises ViewGone when it is not there.

        Without ``view_hash`` it is replaced whatever it shows now.
        """

    def session(self, channel: str, thread_ts: str, title: str, *, is_over: bool) -> None:
        """Say of a conversation in a DM how it is called, and whether it is over."""

    def publish_home(self, user: str, view: Json, view_hash: str = "") -> str:
        """Replace the person's Home tab and return its new hash.

        Raises ViewGone, and replaces nothing, unless it is still the one with ``view_hash``.
        Without that it is replaced whatever it shows now.
        """

    def unfurl(self, unfurl_id: str, source: str, said: Mapping[str, Message]) -> None:
        """Put below somebody's message what is ``said`` of each of its links, by their address.

        Once more replaces it. ``unfurl_id`` and ``source`` are those of the ``link_shared`` event.
        """

    def home_address(self) -> str:
        """Return the address that opens our Home tab in Slack; Slack is asked once."""

    def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message, or "" when Slack does not say."""

    def respond(self, response_url: str, message: Message) -> None:
        """Show a private answer, once and best effort: nothing that matters depends on it."""

    def take_away(self, response_url: str) -> None:
        """Remove the message whose button was pressed, once and best effort."""

    def identity(self) -> Identity:
        """Return who we are, and with which scopes."""

    def members(self) -> Iterator[Person]:
        """Yield every member of the workspace; those who left, bots and guests are not active."""

    def person(self, user: str) -> Person | None:
        """Return what Slack says of ``user``, or None when there is no such person."""

    def person_by_email(self, email: str) -> Person | None:
        """Return the member with this address, or None."""

    def group(self, handle: str) -> tuple[str, frozenset[str]] | None:
        """Return id and members of the user group called ``handle`` (or with this id), or None."""

    def stands_in(self, name: str) -> bool | None:
        """Whether we are in this channel; None when there is none for us to see. Joins nothing."""

    def channel(self, name: str, *, join: bool = True) -> str | None:
        """Return the id of the channel called ``name`` (or with this id), or None.

        One that is found by its name is joined, where Slack lets us, unless not to ``join``.
        """
