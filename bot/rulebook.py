"""The company as it is set up now: the file, and what was changed since in Slack or by hand.

Every transaction begins by asking for the number of the last change, so that whatever it decides is
decided by the settings as they stood when it began, or newer ones: however many processes there
are, and without a restart.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any, Protocol

from bot.company import Company
from bot.ports import Override, Store, Unit

Values = Mapping[str, Any]
"""By key of a setting, its value as TOML has it. What has no value is not there."""


class Handbook(Protocol):
    """The file that the settings begin with, and what makes a company of them."""

    @property
    def first(self) -> Values:
        """What the file says."""

    def values(self, overrides: Iterable[Override]) -> Values:
        """Return what every setting says with these changes."""

    @property
    def keys(self) -> Collection[str]:
        """Every setting that is known here, in the order of the documentation."""

    def in_full(self, values: Values) -> Values:
        """Return them with what is usual where they say nothing."""

    def company(self, values: Values) -> Company:
        """Return the company that these values describe.

        Raises :class:`bot.errors.UnfitSettings` with the sentences that would stop the start.
        """

    def differences(self, before: Values, after: Values) -> Sequence[str]:
        """Return the keys of what ``after`` says otherwise; how it is written does not count."""

    def text(self, values: Values, key: str) -> str:
        """Return a value as it stands in the file; "" where there is none."""

    def read(self, text: str) -> Values:
        """Return the values in a text like the file. Raises UnfitSettings."""

    def written(self, values: Values) -> str:
        """Return a file that says this."""


class Rulebook:
    """The company as of the last change that this process has seen. Safe to use from any thread."""

    def __init__(self, company: Company, handbook: Handbook | None = None) -> None:
        """Begin with the ``company`` of the file; without a ``handbook`` it stays as it is."""
        self._handbook = handbook
        self._lock = Lock()
        self._known = 0, company

    @property
    def handbook(self) -> Handbook:
        """What checks a change. Raises LookupError where nothing can be changed."""
        if self._handbook is None:
            raise LookupError("These settings cannot be changed.")
        return self._handbook

    @property
    def company(self) -> Company:
        """The company: no older than the last transaction of :class:`Attentive` that began."""
        return self._known[1]

    def catch_up(self, unit: Unit) -> None:
        """Learn what was changed and committed. Raises UnfitSettings, and then nothing is decided.

        That is where the file was edited so that what was changed since does not fit it any more.
        """
        if unit.overrides.version() <= self._known[0]:
            return
        overrides = unit.overrides.all()
        company = self.handbook.company(self.handbook.values(overrides))
        known = max(each.version for each in overrides), company
        with self._lock:
            if known[0] > self._known[0]:
                self._known = known


class Attentive:
    """A store whose every transaction begins by catching up with the settings."""

    def __init__(self, store: Store, rulebook: Rulebook) -> None:
        self._store = store
        self._rulebook = rulebook

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """Open a transaction. Raises Unavailable when it cannot be had in time."""
        with self._store.unit() as unit:
            self._rulebook.catch_up(unit)
            yield unit

    def head(self) -> tuple[int, str]:
        """Return number and code of the audit's last row."""
        return self._store.head()
