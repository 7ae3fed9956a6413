"""A story in which the bot is killed: steps, each a deed of somebody and when it is done."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.faults.stage import Deed

_MONDAY = datetime(2037, 11, 23, 15, tzinfo=UTC)
"""10:00 in New York; the Thursday of that week is a holiday there.

Years from now, as in life the workspace's clock is never behind the database's: what was posted is
looked for from the time on at which it may have been. The calendar is that of 2026.
"""
_PAUSE = timedelta(minutes=15)
"""Between two deeds, unless the story says when the next one is done; longer than any takes."""


@dataclass(frozen=True)
class Step:
    """What is done next, and when."""

    name: str
    deed: Deed
    at: datetime | None = None


@dataclass(frozen=True)
class Story:
    """Steps from an empty house on."""

    name: str
    steps: tuple[Step, ...]
    begins: datetime = _MONDAY
    with_partners: bool = False
    """Whether clients sign and pay at partners; else the embedded defaults do all that."""

    def when(self, step: int) -> datetime:
        """Return the instant of a step, counted from 0."""
        at = self.begins
        for each in self.steps[: step + 1]:
            at = each.at or at + _PAUSE
        return at


def on(text: str) -> datetime:
    """Return an instant written as ``2037-12-01 15:00``, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
