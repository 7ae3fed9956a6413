"""Whether the audit says of whoever holds a role, or stands in for somebody, that they do.

Both decide who may approve, and the bot's role in the database may write both tables.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.ports.entitlement import GRANT, REVOKE, STAND_IN, STAND_IN_ENDED
from storage.chain import Link
from storage.delegations import delegations
from storage.people import StoredPeople
from storage.sealed import Said, opened

Held = tuple[str, str]
"""A role, and who holds it."""
Days = tuple[datetime | None, datetime | None]


class Deputed(NamedTuple):
    """Who stands in for whom, and when."""

    user: str
    deputy: str
    days: Days


class Entitled(NamedTuple):
    """Who holds a role and who stands in, as it is stored."""

    held: frozenset[Held]
    deputed: tuple[Deputed, ...]
    lasting: tuple[Deputed, ...]
    """Those of ``deputed`` that nobody has ended."""


def entitled(connection: Connection) -> Entitled:
    """Return what is stored of roles that active people hold, and of delegations."""
    holders = StoredPeople(connection).holders()
    rows = connection.execute(select(delegations).order_by(delegations.c.id)).all()
    told = [(Deputed(row.user, row.deputy, (row.begins, row.ends)), row.ended_at) for row in rows]
    return Entitled(
        held=frozenset((role.value, user) for role, users in holders.items() for user in users),
        deputed=tuple(each for each, _ended in told),
        lasting=tuple(each for each, ended in told if ended is None),
    )


class Grants:
    """What the audit says of it, heard while its rows are read one after the other.

    The bot goes on meanwhile: what was read when the audit ended at row ``head`` may be as it was
    at any moment since.
    """

    def __init__(self, head: int) -> None:
        self._head = head
        self._held: set[Held] = set()
        self._since: set[Held] = set()
        """Who held what at any moment after the head."""
        self._set: Counter[Deputed] = Counter()
        self._ended: Counter[tuple[str, str]] = Counter()
        self._unheard: list[str] = []

    def hear(self, rows: Iterable[tuple[Link, Said | None]]) -> Iterator[tuple[Link, Said | None]]:
        """Yield the rows as they are."""
        for link, said in rows:
            if not link.ref and link.action in (GRANT, REVOKE, STAND_IN, STAND_IN_ENDED):
                self._take(link, opened(json.loads(link.detail), said))
            yield link, said

    def findings(self, stored: Entitled) -> Iterator[str]:
        """Yield a sentence for everything that somebody holds, or held, off the record."""
        yield from self._unheard
        for role, user in sorted(stored.held - self._held - self._since):
            yield f"{user} holds the role {role}, and no row of the audit gives it to them."
        for each in stored.deputed:
            if each not in self._set:
                yield f"{each.deputy} stands in for {each.user}, and no row of the audit says so."
        given = Counter[tuple[str, str]]()
        for each, count in self._set.items():
            given[each.user, each.deputy] += count
        lasting = Counter((each.user, each.deputy) for each in stored.lasting if each in self._set)
        for (user, deputy), count in sorted(lasting.items()):
            if count > given[user, deputy] - self._ended[user, deputy]:
                yield f"{deputy} stands in for {user}, though the audit says that it was ended."

    def _take(self, link: Link, said: dict[str, str]) -> None:
        held = said.get("role", ""), said.get("user", "")
        pair = said.get("user", ""), said.get("deputy", "")
        if link.action == GRANT:
            self._held.add(held)
            if link.seq > self._head:
                self._since.add(held)
        elif link.action == REVOKE:
            self._revoke(link, held)
        elif link.action == STAND_IN:
            self._set[Deputed(*pair, (_day(said.get("from")), _day(said.get("until"))))] += 1
        elif link.seq <= self._head:
            self._ended[pair] += 1

    def _revoke(self, link: Link, held: Held) -> None:
        if held not in self._held:
            role, user = held
            self._unheard.append(
                f"Row {link.seq} of the audit takes the role {role} from {user}, and no row before "
                "it has given it to them."
            )
        self._held.discard(held)
        if link.seq > self._head:
            self._since.add(held)


def _day(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
