"""What a request looked like when it was put on record, so that no change around the bot is unseen.

An audit row that is written together with a request carries a keyed digest of what was stored. The
chain keeps the digest; the digest keeps the request, its details and its votes.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Row

from bot.ports import FORGOTTEN
from storage.chain import Link
from storage.columns import cleaned, utc

STATE = "state"
"""Where the digest stands in an audit row's detail. People do not see it."""

_COLUMNS = (
    *("ref", "workflow", "asker", "created_at", "stage", "open", "version", "step", "round"),
    *("owner", "due_on", "details", "findings", "questions", "assigned", "since"),
)
_ADDED = ("held",)
_VOTE = ("stage", "lane", "round", "user", "at")
_VOTE_ADDED = ("behalf",)


class Snapshot(NamedTuple):
    """One request as its rows hold it: its columns by name, and its votes in their order."""

    row: Mapping[str, Any]
    votes: Sequence[Mapping[str, Any]]


def digest(key: bytes, stored: Snapshot) -> str:
    """Return the digest of what is stored, the same on either database.

    A column that was added later counts where it is filled, so that earlier digests still hold.
    """
    votes = [[vote[name] for name in _VOTE] + _filled(vote, _VOTE_ADDED) for vote in stored.votes]
    added = _filled(stored.row, _ADDED)
    body = cleaned([[stored.row[name] for name in _COLUMNS] + added, votes])
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), default=_written)
    return hmac.digest(key, b"state" + text.encode(), "sha256").hex()


def _filled(row: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    return [row[name] for name in names if row[name]]


def snapshots(rows: Iterable[Row[Any]]) -> Iterator[Snapshot]:
    """Yield the requests in ``rows``: one row a vote, a request's rows side by side."""
    for _ref, group in groupby(rows, lambda row: row.ref):
        each = [dict(row._mapping) for row in group]  # noqa: SLF001 - public, in spite of its name
        cast = (row for row in each if row["vote_at"] is not None)
        yield Snapshot(
            each[0],
            [{name: row[f"vote_{name}"] for name in (*_VOTE, *_VOTE_ADDED)} for row in cast],
        )


class Witness:
    """What the audit says of the requests, heard while its rows are read one after the other.

    The bot goes on meanwhile: a request that was read when the audit ended at row ``head`` may be
    in any of the states that were recorded since.
    """

    def __init__(self, head: int) -> None:
        self._head = head
        self._recorded: dict[str, set[str]] = {}
        self._known: set[str] = set()
        self._forgotten: set[str] = set()

    def hear(self, links: Iterable[Link]) -> Iterator[Link]:
        """Yield ``links`` as they are."""
        for link in links:
            if link.action == FORGOTTEN:
                self._forget(link)
            elif state := json.loads(link.detail).get(STATE):
                self._note(link, state)
            yield link

    def _forget(self, link: Link) -> None:
        self._forgotten.add(link.ref)
        self._known.discard(link.ref)
        if link.seq <= self._head:
            self._recorded.pop(link.ref, None)

    def _note(self, link: Link, state: str) -> None:
        if link.seq <= self._head:
            self._known.add(link.ref)
            self._recorded[link.ref] = {state}
        else:
            self._recorded.setdefault(link.ref, set()).add(state)

    def findings(self, stored: Mapping[str, str]) -> Iterator[str]:
        """Yield a sentence for every request that is not as the audit says.

        ``stored``: the digests by reference, read when the audit ended at ``head`` or after.
        """
        for ref in sorted(self._known - stored.keys()):
            yield f"{ref} is on record, but the request itself was removed."
        for ref, found in sorted(stored.items()):
            if ref in self._forgotten and ref not in self._recorded:
                yield f"{ref} was removed at its time, on record, and is there again."
            elif ref not in self._recorded:
                yield f"{ref} was never put on record: it was not written by Frontdesk."
            elif found not in self._recorded[ref]:
                yield f"{ref} is not as it was put on record: it was changed around Frontdesk."


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no part of a request.")
