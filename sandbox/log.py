"""What went over the wire, for tests and for curious people."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Generic, TypeVar

from sandbox.state.records import JSON

KEPT = 20_000


@dataclass(frozen=True)
class ApiCall:
    """One Web API call.

    `unknown` names arguments Slack's reference does not list for that method.
    """

    method: str
    arguments: JSON
    outcome: JSON
    at: datetime
    app: str
    status: int = 200
    unknown: list[str] = field(default_factory=list)
    milliseconds: float = 0.0

    @property
    def name(self) -> str:
        """What the call is filed under."""
        return self.method

    @property
    def ok(self) -> bool:
        """Whether Slack's answer was `ok`."""
        return self.status == HTTPStatus.OK and bool(self.outcome.get("ok"))

    @property
    def error(self) -> str:
        """Slack's error code, or nothing."""
        return str(self.outcome.get("error", ""))


@dataclass(frozen=True)
class Delivery:
    """One attempt to hand something to an app. `kind` is the event's type or the interaction's."""

    kind: str
    payload: JSON
    at: datetime
    app: str
    acknowledged: bool
    attempt: int = 0
    reason: str = ""
    failure: str = ""
    answer: object = None
    milliseconds: float = 0.0

    @property
    def name(self) -> str:
        """What the delivery is filed under."""
        return self.kind


Entry = TypeVar("Entry", ApiCall, Delivery)


class Log(Generic[Entry]):
    """The latest entries, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.listeners: list[Callable[[Entry], None]] = []

    def add(self, entry: Entry) -> None:
        """Put one more in."""
        self._entries.append(entry)
        for listener in list(self.listeners):
            listener(entry)

    def of(self, name: str) -> list[Entry]:
        """The entries of one method or of one kind of delivery."""
        return [entry for entry in self if entry.name == name]

    def clear(self) -> None:
        """Forget them all."""
        self._entries.clear()

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Entry:
        return self._entries[index]
