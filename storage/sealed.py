"""What an audit row says, kept apart from the row: it can be erased, and the chain still holds.

The chain covers a salted hash of every value; the value and its salt stand in a table of their own.
Without the salt nobody can tell from the hash what was said, nor try out what it might have been.
What was erased is named by a later row; a value that is gone without one was taken away.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Table

from bot.ports import ERASED, FORGOTTEN
from bot.ports.wiping import GONE
from storage.chain import Link
from storage.columns import Document, Serial, metadata

audit_values = Table(
    "audit_values",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("said", Document, nullable=False),
)
"""By the number of the audit's row: each value's name, its salt and the value."""

SEALED = "sealed"
"""Where the hashes stand in an audit row's detail. Rows of the first releases have none."""

Said = Mapping[str, tuple[str, str]]
"""By name: the salt, and the value."""


def salted(values: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return each of ``values`` with a salt of its own."""
    return {name: (secrets.token_hex(16), value) for name, value in values.items()}


def seals(said: Said) -> dict[str, str]:
    """Return what the chain keeps of each value."""
    return {name: _seal(name, *each) for name, each in said.items()}


def opened(detail: Mapping[str, Any], said: Said | None) -> dict[str, str]:
    """Return what a row says, with ``(erased)`` for what was erased."""
    found = {name: text for name, text in detail.items() if isinstance(text, str)}
    for name in detail.get(SEALED, {}):
        found[name] = said[name][1] if said and name in said else GONE
    return found


class Seals:
    """Whether every value is what was sealed, found while the audit's rows are read in order."""

    def __init__(self) -> None:
        self._altered: list[str] = []
        self._lacking: dict[int, set[str]] = {}
        """By row: the names of the values that are gone."""
        self._rows: dict[str, list[int]] = {}
        """By request: its rows of which anything is gone."""

    def hear(self, rows: Iterable[tuple[Link, Said | None]]) -> Iterator[Link]:
        """Yield the rows as the chain sees them."""
        for link, said in rows:
            detail, values = json.loads(link.detail), dict(said or {})
            if link.action == FORGOTTEN:
                for seq in self._rows.pop(link.ref, ()):
                    self._lacking.pop(seq, None)
            for seq, names in json.loads(detail.get(ERASED, "{}")).items():
                self._excuse(int(seq), set(names))
            sealed = detail.get(SEALED, {})
            if gone := sealed.keys() - values.keys():
                self._lacking[link.seq] = gone
                self._rows.setdefault(link.ref, []).append(link.seq)
            self._compare(link.seq, sealed, values)
            yield link

    def findings(self) -> Iterator[str]:
        """Yield a sentence for every row of which anything was altered, put in or taken away."""
        yield from self._altered
        for seq, names in sorted(self._lacking.items()):
            yield (
                f"Row {seq} of the audit has lost what it says ({', '.join(sorted(names))}), "
                "and no row says that it was erased."
            )

    def _compare(self, seq: int, sealed: Mapping[str, str], values: Said) -> None:
        found = seals(values)
        wrong = [name for name, seal in found.items() if sealed.get(name) != seal]
        if wrong:
            said = ", ".join(sorted(wrong))
            self._altered.append(f"What row {seq} of the audit says ({said}) was changed.")

    def _excuse(self, seq: int, names: set[str]) -> None:
        if seq in self._lacking:
            self._lacking[seq] -= names
            if not self._lacking[seq]:
                del self._lacking[seq]


def _seal(name: str, salt: str, value: str) -> str:
    return hashlib.sha256(json.dumps([name, salt, value]).encode()).hexdigest()
