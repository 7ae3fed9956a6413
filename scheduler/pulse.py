"""Signs of life: whether something that goes on by itself still does."""

import time
from collections.abc import Callable


class Pulse:
    """Beaten again and again by what lives; it is missed after ``patience`` seconds without."""

    def __init__(
        self, name: str, patience: float, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin alive."""
        self.name = name
        self._patience, self._elapsed = patience, elapsed
        self._last = elapsed()

    def beat(self) -> None:
        """Be alive now."""
        self._last = self._elapsed()

    def problem(self) -> str | None:
        """Return since when it is missed; None while it lives."""
        silent = self._elapsed() - self._last
        if silent <= self._patience:
            return None
        return f"The {self.name} gives no sign of life since {silent:.0f} s: restart Frontdesk."
