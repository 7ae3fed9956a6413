"""What was changed of the settings since the file that they begin with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Source(StrEnum):
    """Where the value of a setting comes from, once somebody has changed it."""

    GIVEN = "given"
    """It is what the override says."""
    NOTHING = "nothing"
    """It has none, whatever the file says."""
    FILE = "file"
    """It is what the file says again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What somebody made of one setting. ``key`` names it: ``workflows.sow.thresholds``.

    ``value`` is as TOML has it (text, number, Decimal, date, time, list, table), None but where it
    is given. ``version`` counts all changes of all settings.
    """

    key: str
    source: Source
    value: Any = None
    version: int
    by: str
    at: datetime


class Overrides(Protocol):
    """The settings that were changed, by key."""

    def version(self) -> int:
        """Return the number of the last change, 0 before the first. Cheap: asked at every turn."""

    def all(self) -> Sequence[Override]:
        """Return the last change of every setting that was ever changed, by key."""

    def turn(self) -> int:
        """Return the number of the next change.

        Until this unit is over everybody else who changes a setting waits.
        """

    def put(self, override: Override) -> None:
        """Remember the change in place of the one before."""
