"""Requests, looked up by what they are filed under, a page at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, select

from bot.ports import Spot, Wanted
from storage import lookup_queries
from storage.among import among
from storage.columns import insert
from storage.counters import reach, reached
from storage.filed import filed, rows_of, term, word_of
from storage.request_queries import several
from storage.request_rows import RequestRows
from storage.terms import asked
from workflows.request import Request

Asked = list[tuple[str, bool]]
"""Any of these terms; with True, any term that begins so."""
Clause = frozenset[str]
"""Any of these terms; of none, nothing."""
Stream = tuple[str, list[list[str]]]
"""A term whose requests are read in their order, and of what else each has to have any."""

_NEWEST = Spot(at=1 << 62, ref="")
"""Everything comes after it."""
_COUNTED = (500, 5_000, 50_000)
"""So many requests are counted of each clause, and more where none of them has less."""
_WHOLE = "all requests filed without figures"
"""Named anew whenever requests are to be filed otherwise: the next start does so."""
_STREAMS = 40
"""Terms of a clause that is read, if there is one of so few; SQLite takes 500 in all."""
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
        self._is_planned = False
        self._cut_short: set[str] = set()

    def find(
        self, wanted: Sequence[Wanted], after: Spot | None = None, limit: int = 20
    ) -> Sequence[tuple[Spot, Request]]:
        """Return a page of those that fit any of ``wanted``, newest first, each with its spot."""
        halves = self._spelled([each for one in wanted for each in _halves(one)])
        streams = list(self._streams([_telling(each) for each in halves if all(each)]))
        if not streams:
            return []
        last = after or _NEWEST
        values: dict[str, Any] = {"at": last.at, "after": last.ref, "limit": limit}
        for nth, (read, others) in enumerate(streams):
            values[f"read{nth}"] = read
            for each, terms in enumerate(others):
                values[f"other{nth}_{each}"] = terms[0] if len(terms) == 1 else terms
        shape = tuple(tuple(len(each) == 1 for each in others) for _, others in streams)
        query = lookup_queries.page(shape)
        self._planned()
        rows = self._connection.execute(query, values).all()
        spots = {row.ref: Spot(at=row.filed_at, ref=row.ref) for row in rows}
        return [(spots[each.ref], each) for each in self._rows.read(rows)]

    def cut_short(self) -> frozenset[str]:
        """Return of which beginnings :meth:`find` has not looked for all words."""
        return frozenset(self._cut_short)

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

    def _spelled(self, halves: Sequence[Sequence[Asked]]) -> list[list[Clause]]:
        """Return the terms themselves and, of the beginning of a word, some that begin so."""
        begun = {said for half in halves for asked in half for said, begins in asked if begins}
        spelled: dict[str, list[str]] = {each: [] for each in sorted(begun)}
        if spelled:
            query = lookup_queries.beginning(self._dialect)
            for row in self._connection.execute(query, {"begins": list(spelled)}):
                spelled[row.begin].append(row.term)
        for begin, terms in spelled.items():
            if len(terms) > lookup_queries.SPELLINGS:
                self._cut_short.add(word_of(begin))
                spelled[begin] = sorted(terms)[: lookup_queries.SPELLINGS]
        return [[_any(asked, spelled) for asked in half] for half in halves]

    def _streams(self, halves: Sequence[Sequence[Clause]]) -> Iterator[Stream]:
        """Return what is read: of each half the terms of the clause that the fewest fit."""
        for half, rarest in zip(halves, self._rarest(halves), strict=True):
            others = [sorted(each) for each in half if each is not rarest]
            yield from ((read, others) for read in sorted(rarest))

    def _rarest(self, halves: Sequence[Sequence[Clause]]) -> list[Clause]:
        """Return which clause of each the fewest requests fit; what is frequent is counted on."""
        sizes: dict[Clause, int] = {}
        known = 0
        for most in _COUNTED:
            unsure = [half for half in halves if len(half) > 1 and _least(half, sizes) >= known]
            different = dict.fromkeys(each for half in unsure for each in half)
            sizes |= self._sizes(list(different), most)
            known = most
        return [
            min(half, key=lambda each: (len(each) > _STREAMS, sizes.get(each, 0)))
            for half in halves
        ]

    def _sizes(self, clauses: Sequence[Clause], most: int) -> dict[Clause, int]:
        """Return how many requests fit each: ``most``, where there are more."""
        if not clauses:
            return {}
        values: dict[str, Any] = {f"terms{nth}": sorted(each) for nth, each in enumerate(clauses)}
        query = lookup_queries.sizes(len(clauses))
        counted = self._connection.execute(query, values | {"most": most}).one()
        return dict(zip(clauses, counted, strict=True))


def _halves(wanted: Wanted) -> Iterator[list[Asked]]:
    """Return what is asked of open requests, and of those that have ended."""
    for is_open in (True, False) if wanted.is_open is None else (wanted.is_open,):
        if not wanted.clues:
            yield [[(term(wanted.workflow, None, is_open=is_open), False)]]
        else:
            yield [
                [
                    (
                        term(wanted.workflow, clue, is_open=is_open),
                        clue.begins and len(clue.value) >= _SHORT,
                    )
                    for clue in clues
                ]
                for clues in wanted.clues
            ]


def _any(asked: Asked, spelled: Mapping[str, Sequence[str]]) -> Clause:
    return frozenset(
        each for said, begins in asked for each in (spelled[said] if begins else (said,))
    )


def _telling(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses without those that hold of whatever another one holds of."""
    different = list(dict.fromkeys(clauses))
    return [each for each in different if not any(other < each for other in different)]


def _least(half: Sequence[Clause], sizes: Mapping[Clause, int]) -> int:
    return min(sizes.get(each, 0) for each in half)
