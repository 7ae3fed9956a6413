"""The CRM that needs no account: deals in our own tables, added by hand or from a CSV file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot.errors import Unavailable
from bot.ports import CrmUnavailable, Deal, Store, Unit


class EmbeddedCrm:
    """:class:`bot.ports.Crm` over :class:`bot.ports.Deals`; each call is a transaction of its own.

    So nobody calls it while they have a transaction open.
    """

    def __init__(self, store: Store) -> None:
        """Keep deals in ``store``."""
        self._store = store

    @property
    def name(self) -> str:
        """No name: the deals are kept here."""
        return ""

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals whose name, account or number has every word, the latest first."""
        with self._unit() as unit:
            return unit.deals.search(text, limit)

    def get(self, ref: str) -> Deal | None:
        """Return the deal with this reference, or None."""
        with self._unit() as unit:
            return unit.deals.get(ref)

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:
        """Return the deals with these references, by reference."""
        with self._unit() as unit:
            found = {ref: unit.deals.get(ref) for ref in refs}
        return {ref: deal for ref, deal in found.items() if deal is not None}

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add ``text`` to the deal's activity, once for each ``key``; to no unknown deal."""
        with self._unit() as unit:
            if unit.deals.get(ref) is not None:
                unit.deals.note(ref, key, text, at)
                unit.commit()

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:
        """Add the link to the deal's activity, once for each ``url``; to no unknown deal."""
        self.note(ref, f"link:{ref}:{url}", f"{title}: {url}", at)

    def check(self) -> Sequence[str]:
        """Nothing is missing: what the database lacks is said of the database."""
        return []

    def close(self) -> None:
        """Nothing is held: the database is its owner's."""

    @contextmanager
    def _unit(self) -> Iterator[Unit]:
        try:
            with self._store.unit() as unit:
                yield unit
        except Unavailable as error:
            raise CrmUnavailable("The database does not answer.") from error
