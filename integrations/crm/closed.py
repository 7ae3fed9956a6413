"""A CRM that is set and cannot be used here, because its library is missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from bot.ports import CrmUnavailable, Deal


@dataclass(frozen=True, slots=True)
class ClosedCrm:
    """:class:`bot.ports.Crm` that answers nobody: what is written back waits, and is not lost."""

    name: str
    why: str
    fix: str

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:  # noqa: ARG002 - the port's
        """Raise CrmUnavailable."""
        self._closed()

    def get(self, ref: str) -> Deal | None:  # noqa: ARG002 - the port's
        """Raise CrmUnavailable."""
        self._closed()

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:  # noqa: ARG002 - the port's
        """Raise CrmUnavailable."""
        self._closed()

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:  # noqa: ARG002 - the port's
        """Raise CrmUnavailable."""
        self._closed()

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:  # noqa: ARG002 - the port's
        """Raise CrmUnavailable."""
        self._closed()

    def check(self) -> Sequence[str]:
        """Raise CrmUnavailable, with the fix."""
        self._closed()

    def close(self) -> None:
        """Nothing is held."""

    def _closed(self) -> NoReturn:
        raise CrmUnavailable(f"{self.name} cannot be used: {self.why}", self.fix)
