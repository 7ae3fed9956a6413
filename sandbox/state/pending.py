"""What is under way: choices not sent, messages and events not due, licences not used up."""

from dataclasses import dataclass, field
from typing import ClassVar

from sandbox.state.records import JSON, Identified, Record


@dataclass
class Choices(Record):
    """What one person has chosen in the menus of one message."""

    kind: ClassVar[str] = "choices"
    message: str
    viewer: str
    inputs: dict[str, dict[str, JSON]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return f"{self.message}/{self.viewer}"


@dataclass
class Scheduled(Identified):
    """A message to be posted at `post_at` (epoch seconds)."""

    kind: ClassVar[str] = "scheduled"
    channel: str
    app_id: str
    post_at: int
    created: int
    message: JSON


@dataclass
class Session(Record):
    """An agent session: a thread in a DM with its title, status and suggested prompts."""

    kind: ClassVar[str] = "session"
    channel: str
    thread_ts: str
    status: str = ""
    title: str = ""
    prompts: list[JSON] = field(default_factory=list)
    thinking: str = ""

    @property
    def key(self) -> str:
        """What the record is filed under."""
        return f"{self.channel}/{self.thread_ts}"


@dataclass
class ResponseUrl(Identified):
    """A licence to answer one interaction.

    `expires` is in epoch seconds of the workspace's clock.
    """

    kind: ClassVar[str] = "response_url"
    app_id: str
    channel: str
    viewer: str
    expires: float
    uses_left: int
    message_ts: str = ""
    thread_ts: str = ""


@dataclass
class Undelivered(Identified):
    """An event waiting for its next attempt; `due` is an ISO instant of the workspace's clock."""

    kind: ClassVar[str] = "undelivered"
    app_id: str
    body: JSON
    attempt: int
    reason: str
    due: str
