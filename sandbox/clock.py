"""The workspace's movable clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset that people may move. Every instant is aware and in UTC."""

    def __init__(self, offset: timedelta = timedelta()) -> None:
        self.offset = offset
        self.on_move: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The workspace's present, in UTC."""
        return datetime.now(UTC) + self.offset

    def move(self, by: timedelta) -> datetime:
        """Move the clock; whatever falls due by that (scheduled messages, retries) happens now."""
        self.offset += by
        for listener in self.on_move:
            listener()
        return self.now()

    def set(self, to: datetime) -> datetime:
        """Move the clock to an aware instant."""
        if to.tzinfo is None:
            raise ValueError("The clock needs an instant with a time zone.")
        return self.move(to - self.now())
