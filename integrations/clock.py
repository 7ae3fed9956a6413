"""The clock: the one place that asks what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the current instant, UTC-aware."""
        return datetime.now(UTC)
