"""How requests are looked for: what is read in its order, and what is asked of each that comes by.

A search for several things goes through the requests that have the rarest of them, newest first,
and asks of each whether it has the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from sqlalchemy import Connection

from bot.ports import Wanted
from storage import lookup_queries
from storage.filed import all_beside, term
from storage.lookup_queries import Fit

_COUNTED = (500, 5_000, 50_000)
"""So many requests are counted of each clause, and more where none of them has less."""
_STREAMS = 40
"""Terms of a clause that is read, if there is one of so few."""
_SHORT = 3
"""Letters from which on the beginning of a word is enough."""


class Begun(NamedTuple):
    """Whatever term begins so, where there are more of them than are spelled.

    It is read whole and sorted. What is frequent is asked of each request instead.
    """

    begin: str


Clause = frozenset[str] | Begun
"""Any of these terms; of none, nothing."""
Stream = tuple[Clause, list[Clause]]
"""One term or a beginning whose requests are read, and what else each of them has to have."""
_Asked = tuple[tuple[str, ...], bool]
"""Any of these terms; with True, the only one is a beginning."""


def streams_of(connection: Connection, wanted: Iterable[Wanted]) -> list[Stream]:
    """Return what is to be read for any of ``wanted``; asks the database at most five times."""
    asked = list(wanted)
    apart = _apart(connection, asked)
    halves = _spelled(connection, [half for one in asked for half in _halves(one, apart)])
    return list(_streams(connection, [_telling(each) for each in halves if all(each)]))


def fit_of(clause: Clause) -> Fit:
    """Return how terms fit ``clause``."""
    if isinstance(clause, Begun):
        return Fit.BEGUN
    return Fit.ONE if len(clause) == 1 else Fit.SEVERAL


def value_of(clause: Clause) -> str | list[str]:
    """Return what ``clause`` is to a statement: one text where it fits one, or a beginning."""
    if isinstance(clause, Begun):
        return clause.begin
    terms = sorted(clause)
    return terms[0] if len(terms) == 1 else terms


def _apart(connection: Connection, wanted: Iterable[Wanted]) -> frozenset[str]:
    """Return the terms of all private requests of a half, where there are any and they count."""
    heads = {
        term(each.workflow, None, is_open=is_open, private=True)
        for each in wanted
        if each.private
        for is_open in _open_or_not(each)
    }
    if not heads:
        return frozenset()
    query = lookup_queries.there(connection.dialect.name)
    return frozenset(connection.execute(query, {"heads": sorted(heads)}).scalars())


def _open_or_not(wanted: Wanted) -> Sequence[bool]:
    return (True, False) if wanted.is_open is None else (wanted.is_open,)


def _halves(wanted: Wanted, apart: frozenset[str]) -> Iterator[list[_Asked]]:
    """Return what is asked of open requests, of those that have ended, and of private ones."""
    for is_open, private in product(_open_or_not(wanted), (False, True)):
        head = term(wanted.workflow, None, is_open=is_open, private=private)
        if private and not (wanted.private and head in apart):
            continue
        if not wanted.clues:
            yield [((head,), False)]
            continue
        half: list[_Asked] = []
        for clues in wanted.clues:
            terms = tuple(
                term(wanted.workflow, clue, is_open=is_open, private=private) for clue in clues
            )
            begins = any(clue.begins and len(clue.value) >= _SHORT for clue in clues)
            if begins and len(clues) > 1:
                message = "a beginning is looked for by itself"
                raise ValueError(message)
            half.append((terms, begins))
        yield half


def _spelled(connection: Connection, halves: Sequence[Sequence[_Asked]]) -> list[list[Clause]]:
    """Return the terms themselves and, of a beginning, all that begin so unless they are many."""
    begun = sorted({terms[0] for half in halves for terms, begins in half if begins})
    spelled: dict[str, list[str]] = {each: [] for each in begun}
    if begun:
        query = lookup_queries.beginning(connection.dialect.name)
        for row in connection.execute(query, {"begins": begun}):
            spelled[row.begin].append(row.term)

    def clause(terms: tuple[str, ...], *, begins: bool) -> Clause:
        found = spelled[terms[0]] if begins else terms
        many = begins and len(found) > lookup_queries.SPELLED
        return Begun(terms[0]) if many else frozenset(found)

    return [[clause(terms, begins=begins) for terms, begins in half] for half in halves]


def _telling(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses without those that hold of whatever another one holds of."""
    different = list(dict.fromkeys(clauses))
    terms = [each for each in different if isinstance(each, frozenset)]
    return [
        each
        for each in different
        if isinstance(each, Begun) or not any(other < each for other in terms)
    ]


def _streams(connection: Connection, halves: Sequence[Sequence[Clause]]) -> Iterator[Stream]:
    """Yield what is read: of each half the terms of the clause that the fewest fit."""
    readable = [[*half, *_everything(half)] for half in halves]
    for half, rarest in zip(halves, _rarest(connection, readable), strict=True):
        others = [each for each in half if each is not rarest]
        if isinstance(rarest, Begun):
            yield rarest, others
        else:
            yield from ((frozenset({read}), others) for read in sorted(rarest))


def _everything(half: Sequence[Clause]) -> Sequence[Clause]:
    """Return what is read in place of a frequent beginning, if there is nothing else."""
    return [frozenset({all_beside(each.begin)}) for each in half if isinstance(each, Begun)][:1]


def _rarest(connection: Connection, halves: Sequence[Sequence[Clause]]) -> list[Clause]:
    """Return which clause of each the fewest requests fit; what is frequent is counted on."""
    sizes: dict[Clause, int] = {}
    known = 0
    for most in _COUNTED:
        unsure = [half for half in halves if len(half) > 1 and _least(half, sizes) >= known]
        different = dict.fromkeys(each for half in unsure for each in half)
        sizes |= _sizes(connection, list(different), most)
        known = most

    def cost(clause: Clause) -> tuple[bool, int, bool]:
        is_begun = isinstance(clause, Begun)
        return not is_begun and len(clause) > _STREAMS, sizes.get(clause, 0), is_begun

    return [min(half, key=cost) for half in halves]


def _sizes(connection: Connection, clauses: Sequence[Clause], most: int) -> dict[Clause, int]:
    """Return how many requests fit each: ``most``, where there are more."""
    if not clauses:
        return {}
    # One statement for any number of terms: several ask no more than one.
    fits = [Fit.BEGUN if isinstance(each, Begun) else Fit.SEVERAL for each in clauses]
    values: dict[str, Any] = {
        f"terms{nth}": each.begin if isinstance(each, Begun) else sorted(each)
        for nth, each in enumerate(clauses)
    }
    query = lookup_queries.sizes(tuple(fits))
    counted = connection.execute(query, values | {"most": most}).one()
    return dict(zip(clauses, counted, strict=True))


def _least(half: Sequence[Clause], sizes: dict[Clause, int]) -> int:
    return min(sizes.get(each, 0) for each in half)
