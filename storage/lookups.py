"""Requests, looked up by what they are filed under, a page at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, select

from bot.ports import Clue, Clues, Spot, Wanted
from storage import lookup_queries
from storage.among import among
from storage.columns import insert
from storage.filed import filed, rows_of, term
from storage.request_queries import several
from storage.request_rows import RequestRows
from storage.terms import asked
from workflows.request import Request

Stream = tuple[str, list[list[str]]]
"""A term whose requests are read in their order, and of what else each has to have any."""

_NEWEST = Spot(at=1 << 62, ref="")
"""Everything comes after it."""
_SHORT = 3
"""Letters from which on the beginning of a word is enough."""
_HERE = select(filed.c.term, filed.c.at).where(filed.c.ref == bindparam("here"))
_DROP = delete(filed).where(among(filed.c.term, "terms"), filed.c.ref == bindparam("here"))
_DROP_AT = _DROP.where(filed.c.at == bindparam("then"))


class StoredLookups:
    """:class:`bot.ports.Lookups` in one transaction.

    A search for several things goes through the requests that have the rarest of them, newest
    first, and asks of each whether it has the others.
    """

    def __init__(self, connection: Connection, rows: RequestRows) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._rows = rows

    def find(
        self, wanted: Sequence[Wanted], after: Spot | None = None, limit: int = 20
    ) -> Sequence[Spot]:
        """Return a page of those that fit any of ``wanted``, newest first."""
        streams = [each for one in wanted for each in self._streams(one)]
        if not streams:
            return []
        last = after or _NEWEST
        values: dict[str, Any] = {"at": last.at, "after": last.ref, "limit": limit}
        for nth, (read, others) in enumerate(streams):
            values[f"read{nth}"] = read
            values |= {f"other{nth}_{each}": terms for each, terms in enumerate(others)}
        query = lookup_queries.page(tuple(len(others) for _, others in streams))
        self._planned()
        return [Spot(at=row.at, ref=row.ref) for row in self._connection.execute(query, values)]

    def fold(self, text: str) -> Sequence[str]:
        """Return the words of ``text`` as they are filed, at most 16 of them."""
        return asked(text)

    def put(self, request: Request) -> None:
        """File ``request`` as it stands now."""
        now = {(each["term"], each["at"]): each for each in self._rows_of(request)}
        rows = self._connection.execute(_HERE, {"here": request.ref})
        before = {(row.term, row.at) for row in rows}
        for at in sorted({at for _, at in before - now.keys()}):
            gone = [word for word, then in before - now.keys() if then == at]
            values = {"terms": gone, "here": request.ref, "then": at}
            self._connection.execute(_DROP_AT, values)
        self._insert([now[key] for key in sorted(now.keys() - before)])

    def add(self, request: Request) -> None:
        """File a request that was never filed."""
        self._insert(self._rows_of(request))

    def unfiled(self, after_ref: str = "", limit: int = 200) -> Sequence[str]:
        """Return references of requests that are filed under nothing, in their order."""
        wanted = {"after": after_ref, "limit": limit}
        return self._connection.execute(lookup_queries.unfiled(), wanted).scalars().all()

    def file(self, refs: Sequence[str]) -> None:
        """File these requests as they are stored."""
        for request in self._rows.read(self._connection.execute(several(), {"refs": list(refs)})):
            self.put(request)

    def _rows_of(self, request: Request) -> list[dict[str, Any]]:
        return rows_of(self._rows.workflows[request.workflow], request)

    def _insert(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            new: Executable = insert(filed, self._dialect).on_conflict_do_nothing()
            self._connection.execute(new, rows)

    def _planned(self) -> None:
        if self._dialect != "sqlite":
            self._connection.execute(lookup_queries.PLANNED)

    def _streams(self, wanted: Wanted) -> Iterator[Stream]:
        for is_open in (True, False) if wanted.is_open is None else (wanted.is_open,):
            clauses = [self._terms(wanted.workflow, is_open, each) for each in wanted.clues]
            if not clauses:
                yield term(wanted.workflow, None, is_open=is_open), []
            elif all(clauses):
                rarest = self._rarest(clauses)
                others = clauses[:rarest] + clauses[rarest + 1 :]
                yield from ((read, others) for read in clauses[rarest])

    def _terms(self, workflow: str, is_open: bool, clues: Clues) -> list[str]:  # noqa: FBT001 - it is one half of a term
        found: dict[str, None] = {}
        for clue in clues:
            found |= dict.fromkeys(self._spelled(clue, term(workflow, clue, is_open=is_open)))
        return list(found)

    def _spelled(self, clue: Clue, said: str) -> Sequence[str]:
        """Return the term itself or, of the beginning of a word, some of those that begin so."""
        if not clue.begins or len(clue.value) < _SHORT:
            return [said]
        wanted = {"begin": said, "end": said + lookup_queries.LAST}
        return self._connection.execute(lookup_queries.beginning(), wanted).scalars().all()

    def _rarest(self, clauses: Sequence[Sequence[str]]) -> int:
        if len(clauses) == 1:
            return 0
        values = {f"terms{nth}": terms for nth, terms in enumerate(clauses)}
        counted = self._connection.execute(lookup_queries.sizes(len(clauses)), values).one()
        return min(range(len(clauses)), key=lambda nth: counted[nth])
