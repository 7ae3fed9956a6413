"""What became of one attempt to hand something to an app."""

from dataclasses import dataclass
from typing import Protocol

from sandbox.state.records import JSON, App

EVENTS = "events_api"
COMMANDS = "slash_commands"
INTERACTIONS = "interactive"


@dataclass(frozen=True)
class Outcome:
    """`answer` is what the app answered with, JSON or text.

    `failure` is one of Slack's retry reasons, or empty.
    """

    acknowledged: bool
    answer: JSON | str | None = None
    failure: str = ""
    final: bool = False
    """The app asked not to be tried again."""


@dataclass(frozen=True)
class Parcel:
    """Something to hand over: its envelope type and payload; a retry says its number and reason."""

    type: str
    payload: JSON
    attempt: int = 0
    reason: str = ""


class Transport(Protocol):
    """One way of handing parcels to an app."""

    async def send(self, app: App, parcel: Parcel) -> Outcome:
        """Hand it over and wait, at most the ack deadline, for the app's word."""
        ...
