"""The time of the business."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of the business. In the sandbox it can be moved."""

    def now(self) -> datetime:
        """Return the current instant, UTC-aware."""
