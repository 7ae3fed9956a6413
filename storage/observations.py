"""What was seen of assets and of those who ask for them: only ever added to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Identity,
    Index,
    RowMapping,
    Table,
    bindparam,
    distinct,
    func,
    select,
)

from bot.ports import Observation, Seen, Usage
from storage.columns import Instant, Serial, Words, insert, metadata

observations = Table(
    "observations",
    metadata,
    Column("nth", Serial, Identity(), primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("what", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("ref", Words, nullable=False),
    Column("about", Words, nullable=False),
    Column("text", Words, nullable=False),
)
Index("ix_observations_ref", observations.c.ref, observations.c.what, observations.c.user)
Index("ix_observations_at", observations.c.what, observations.c.at, observations.c.nth)
Index("ix_observations_user", observations.c.user, observations.c.what)

_SEEN = select(*(observations.c[field.name] for field in fields(Observation))).order_by(
    observations.c.at, observations.c.nth
)
_OF_THESE = observations.c.what.in_(bindparam("what", expanding=True))
OF = _SEEN.where(_OF_THESE, observations.c.ref == bindparam("of"))
BETWEEN = _SEEN.where(
    _OF_THESE, observations.c.at >= bindparam("since"), observations.c.at < bindparam("until")
)
_OF_THOSE = observations.c.ref.in_(bindparam("refs", expanding=True))
PEOPLE = (
    select(observations.c.ref, func.count(distinct(observations.c.user)).label("people"))
    .where(_OF_THOSE, observations.c.what == Seen.OPENED)
    .group_by(observations.c.ref)
)
_TOLD = tuple(observations.c[name] for name in ("ref", "what", "about", "text"))
TOLD = (
    select(*_TOLD)
    .where(_OF_THOSE, observations.c.what.in_((Seen.USED, Seen.PICTURED)))
    .group_by(*_TOLD)
    .order_by(func.max(observations.c.at).desc(), func.max(observations.c.nth).desc())
)
COUNT = (
    select(func.count())
    .select_from(observations)
    .where(observations.c.user == bindparam("by"), observations.c.what == bindparam("what"))
)

_DEALS = 50


@cache
def _add(dialect: str) -> Executable:
    return insert(observations, dialect).on_conflict_do_nothing(index_elements=["key"])


class StoredObservations:
    """:class:`bot.ports.Observations` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, seen: Observation) -> bool:
        """Keep it unless its key is known; return whether it was new."""
        statement = _add(self._connection.dialect.name)
        return self._connection.execute(statement, asdict(seen)).rowcount == 1

    def of(self, ref: str, *what: Seen) -> Sequence[Observation]:
        """Return what was seen of ``ref``, oldest first; all of it when nothing is named."""
        wanted = {"of": ref, "what": list(what or Seen)}
        return _read(self._connection.execute(OF, wanted).mappings())

    def between(self, since: datetime, until: datetime, *what: Seen) -> Sequence[Observation]:
        """Return what was seen from ``since`` on and before ``until``, oldest first.

        All of it when nothing is named.
        """
        wanted = {"since": since, "until": until, "what": list(what or Seen)}
        return _read(self._connection.execute(BETWEEN, wanted).mappings())

    def usage(self, refs: Collection[str]) -> Mapping[str, Usage]:
        """Return the usage of each of these assets: of all of them in two statements at most."""
        wanted = {"refs": list(refs)}
        people = {row.ref: row.people for row in self._connection.execute(PEOPLE, wanted)}
        deals: dict[str, dict[str, None]] = defaultdict(dict)
        pictures: dict[str, dict[int, str]] = defaultdict(dict)
        for ref, what, about, text in self._connection.execute(TOLD, wanted):
            if what == Seen.PICTURED:
                pictures[ref].setdefault(int(text), about)
            elif about:
                deals[ref].setdefault(about)
        return {
            ref: Usage(
                people=people.get(ref, 0),
                deals=tuple(deals[ref])[:_DEALS],
                pictures=pictures[ref],
            )
            for ref in refs
        }

    def count(self, user: str, what: Seen) -> int:
        """Return how often ``user`` did this, ever."""
        return self._connection.execute(COUNT, {"by": user, "what": what}).scalar_one()


def _read(rows: Iterable[RowMapping]) -> list[Observation]:
    return [_observation({**row}) for row in rows]


def _observation(row: dict[str, Any]) -> Observation:
    return Observation(**row | {"what": Seen(row["what"])})
