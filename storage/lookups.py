"""Requests, looked up by what they are filed under, a page at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, select

from bot.ports import Spot, Wanted
from storage import lookup_queries
from storage.among import among
from storage.columns import insert
from storage.counters import reach, reached
from storage.filed import filed, rows_of
from storage.lookup_clauses import Stream, fit_of, streams_of, value_of
from storage.request_queries import several
from storage.request_rows import RequestRows
from storage.terms import asked
from workflows.request import Request

_NEWEST = Spot(at=1 << 62, ref="")
"""Everything comes after it."""
_AT_ONCE = 400
"""Streams in one statement; SQLite takes 500."""
_WHOLE = "all requests filed, private ones apart"
"""Named anew whenever requests are to be filed otherwise: the next start does so."""
_HERE = select(filed.c.term, filed.c.at).where(filed.c.ref == bindparam("here"))
_DROP = delete(filed).where(among(filed.c.term, "terms"), filed.c.ref == bindparam("here"))
_DROP_AT = _DROP.where(filed.c.at == bindparam("then"))


class StoredLookups:
    """:class:`bot.ports.Lookups` in one transaction."""

    def __init__(self, connection: Connection, rows: RequestRows) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._rows = rows
        self._is_planned = False

    def find(
        self, wanted: Sequence[Wanted], after: Spot | None = None, limit: int = 20
    ) -> Sequence[tuple[Spot, Request]]:
        """Return a page of those that fit any of ``wanted``, newest first, each with its spot."""
        self._planned()
        streams = streams_of(self._connection, wanted)
        if not streams:
            return []
        found = dict[Spot, Request]()
        for start in range(0, len(streams), _AT_ONCE):
            some = streams[start : start + _AT_ONCE]
            found |= self._page(some, after or _NEWEST, limit)
        return sorted(found.items(), key=lambda each: (each[0].at, each[0].ref), reverse=True)[
            :limit
        ]

    def _page(self, streams: Sequence[Stream], after: Spot, limit: int) -> dict[Spot, Request]:
        """Return the first of what the streams read, newest first."""
        values: dict[str, Any] = {"at": after.at, "after": after.ref, "limit": limit}
        for nth, (read, others) in enumerate(streams):
            values[f"read{nth}"] = value_of(read)
            for each, clause in enumerate(others):
                values[f"other{nth}_{each}"] = value_of(clause)
        shape = tuple((fit_of(read), tuple(map(fit_of, others))) for read, others in streams)
        query = lookup_queries.page(shape)
        rows = self._connection.execute(query, values).all()
        spots = {row.ref: Spot(at=row.filed_at, ref=row.ref) for row in rows}
        return {spots[each.ref]: each for each in self._rows.read(rows)}

    def fold(self, text: str) -> Sequence[str]:
        """Return the words of ``text`` as they are filed, at most 16 of them."""
        return asked(text)

    def put(self, request: Request) -> None:
        """File ``request`` as it stands now."""
        self._put(request)

    def add(self, request: Request) -> None:
        """File a request that was never filed."""
        self._insert(self._rows_of(request))

    def is_whole(self) -> bool:
        """Whether :meth:`whole` was called: whatever is stored since then is filed with it."""
        return reached(self._connection, _WHOLE) > 0

    def whole(self) -> None:
        """Remember that everything is filed."""
        reach(self._connection, _WHOLE, 1)

    def file_next(self, after_ref: str = "", limit: int = 200) -> tuple[int, str]:
        """File those of the next ``limit`` requests that are filed under nothing, or otherwise.

        Whoever changes one of them meanwhile waits, and files it anew.
        """
        wanted = {"after": after_ref, "limit": limit}
        looked_at = self._connection.execute(lookup_queries.next_ones(), wanted).all()
        if not looked_at:
            return 0, ""
        refs = [row.ref for row in looked_at]
        known = {row.ref for row in looked_at if row.is_filed}
        self._connection.execute(lookup_queries.locked(), {"refs": refs})
        found = list(self._rows.read(self._connection.execute(several(), {"refs": refs})))
        new = [each for each in found if each.ref not in known]
        self._insert([row for each in new for row in self._rows_of(each)])
        others = sum(self._put(each) for each in found if each.ref in known)
        return len(new) + others, looked_at[-1].ref

    def _put(self, request: Request) -> bool:
        """File ``request``; return whether it was filed otherwise."""
        now = {(each["term"], each["at"]): each for each in self._rows_of(request)}
        rows = self._connection.execute(_HERE, {"here": request.ref})
        before = {(row.term, row.at) for row in rows}
        for at in sorted({at for _, at in before - now.keys()}):
            gone = [word for word, then in before - now.keys() if then == at]
            values = {"terms": gone, "here": request.ref, "then": at}
            self._connection.execute(_DROP_AT, values)
        self._insert([now[key] for key in sorted(now.keys() - before)])
        return now.keys() != before

    def _rows_of(self, request: Request) -> list[dict[str, Any]]:
        return rows_of(self._rows.workflows[request.workflow], request)

    def _insert(self, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            new: Executable = insert(filed, self._dialect).on_conflict_do_nothing()
            self._connection.execute(new, rows)

    def _planned(self) -> None:
        if self._dialect != "sqlite" and not self._is_planned:
            self._connection.execute(lookup_queries.PLANNED)
            self._is_planned = True
