"""A channel or a direct message as one person sees it."""

from sandbox import waiting
from sandbox.slack import Slack
from sandbox.state.records import Ephemeral, Message
from sandbox.story.screen import Card


class Conversation:
    """What is said in one place.

    Its history and, for this person alone, what is whispered there.
    """

    def __init__(self, slack: Slack, viewer: str, channel: str) -> None:
        self._slack = slack
        self._viewer = viewer
        self.id = channel

    def _cards(self, records: list[Message] | list[Ephemeral]) -> list[Card]:
        return [Card(self._slack, self._viewer, record.key) for record in records]

    @property
    def messages(self) -> list[Card]:
        """The messages, oldest first, thread replies left out."""
        found = self._slack.store.messages.in_channel(self.id)
        return self._cards([m for m in found if m.broadcast or m.thread_ts in ("", m.ts)])

    @property
    def everything(self) -> list[Card]:
        """The messages with all replies, oldest first."""
        return self._cards(self._slack.store.messages.in_channel(self.id))

    @property
    def ephemerals(self) -> list[Card]:
        """What only this person sees here, oldest first."""
        everything = self._slack.store.ephemerals.all()
        return self._cards(
            [e for e in everything if e.channel == self.id and e.viewer == self._viewer]
        )

    def cards(self, text: str = "") -> list[Card]:
        """The messages of apps, replies too, that say this, oldest first."""
        bots = [m for m in self._slack.store.messages.in_channel(self.id) if m.bot_id]
        return [card for card in self._cards(bots) if text in card.text]

    def last_card(self) -> Card | None:
        """The latest message of an app here, or None."""
        cards = self.cards()
        return cards[-1] if cards else None

    async def wait_for(
        self, text: str = "", timeout: float = waiting.PATIENCE, *, count: int = 1
    ) -> Card:
        """The latest message of an app that says this, once there are `count` of them.

        Raises NeverHappened.
        """

        def found() -> Card | None:
            cards = self.cards(text)
            return cards[-1] if len(cards) >= count else None

        def seen() -> str:
            return "There is: " + ("; ".join(card.text for card in self.cards()) or "nothing")

        return await waiting.until(self._slack, found, timeout, f"“{text}”", seen)

    @property
    def suggested_prompts(self) -> list[str]:
        """The titles of the prompts an agent offers here."""
        sessions = self._slack.store.sessions.all()
        return [
            str(prompt["title"]) for s in sessions if s.channel == self.id for prompt in s.prompts
        ]
