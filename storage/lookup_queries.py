"""How requests are found by the terms they are filed under: every statement reads by an index.

A statement is made once for every shape of a question, and what is asked are its parameters.
"""

from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    cast,
    func,
    literal,
    select,
    tuple_,
    union,
)

from storage.among import among, each_of
from storage.filed import filed
from storage.request_rows import VOTE_COLUMNS, requests, votes

PLANNED = select(
    func.set_config("enable_bitmapscan", "off", literal(value=True)),
    func.set_config("enable_seqscan", "off", literal(value=True)),
    func.set_config("jit", "off", literal(value=True)),
)
"""For the rest of the transaction PostgreSQL reads in the order of an index, which is the order
that is wanted; it does not know how many have a frequent term, and would sort them all."""

_LAST = "\U0010ffff"
"""No word goes on with it: the last of all letters."""


class Fit(Enum):
    """Which terms fit. One alone is found several times as fast as one of several."""

    ONE = "one"
    SEVERAL = "several"
    BEGUN = "whatever begins so"


Shape = tuple[Fit, tuple[Fit, ...]]
"""What is read, and what else a request has to be filed under: ``SEVERAL`` are not read."""

SPELLED = 8
"""So many words that begin alike are looked for one by one, each in its order."""
_LIMIT = bindparam("limit", type_=Integer)


@cache
def page(shape: tuple[Shape, ...]) -> Select[Any]:
    """Select the first ``:limit`` requests after (``:at``, ``:after``), newest first, with votes.

    A row says under which instant it is filed, too: ``filed_at``. There is a stream for each of
    ``shape``: the requests under ``:read0`` that are filed as well under ``:other0_0``, under
    ``:other0_1``, and so on.
    """
    streams = [_stream(nth, *each) for nth, each in enumerate(shape)]
    found = (union(*streams) if len(streams) > 1 else streams[0]).subquery()
    newest = select(found).order_by(found.c.at.desc(), found.c.ref.desc()).limit(_LIMIT)
    spots = newest.subquery()
    whole = spots.join(requests, requests.c.ref == spots.c.ref)
    voted = whole.outerjoin(votes, votes.c.ref == spots.c.ref)
    return (
        select(spots.c.at.label("filed_at"), requests, *VOTE_COLUMNS)
        .select_from(voted)
        .order_by(spots.c.at.desc(), spots.c.ref.desc(), votes.c.nth)
    )


@cache
def sizes(fits: tuple[Fit, ...]) -> Select[Any]:
    """Count what is filed under ``:terms0``, under ``:terms1``...: one row, ``:most`` each."""
    counts: list[ColumnElement[Any]] = [
        select(func.count())
        .select_from(
            select(filed.c.ref)
            .where(_fits(filed.c.term, f"terms{nth}", fit))
            .limit(bindparam("most", type_=Integer))
            .subquery()
        )
        .scalar_subquery()
        for nth, fit in enumerate(fits)
    ]
    return select(*counts)


@cache
def beginning(dialect: str) -> Select[Any]:
    """Select each of ``:begins`` with the first eight terms that begin so, each once."""
    sought = each_of("begins", filed.c.term.type, dialect)
    begin = cast(sought.c.value, filed.c.term.type)
    first = _least(filed.c.term >= begin, begin).label("term")
    begun = select(begin.label("begin"), first, literal(1).label("nth")).cte(
        "begun", recursive=True
    )
    following = _least(filed.c.term > begun.c.term, begun.c.begin).label("term")
    goes_on = (begun.c.nth <= SPELLED) & begun.c.term.is_not(None)
    found = begun.union_all(select(begun.c.begin, following, begun.c.nth + 1).where(goes_on))
    return select(found.c.begin, found.c.term).where(found.c.term.is_not(None))


@cache
def there(dialect: str) -> Select[Any]:
    """Select each of ``:heads`` under which anything is filed."""
    sought = each_of("heads", filed.c.term.type, dialect)
    head = cast(sought.c.value, filed.c.term.type)
    return select(head).where(select(filed.c.ref).where(filed.c.term == head).exists())


@cache
def next_ones() -> Select[str, bool]:
    """Select the first ``:limit`` references after ``:after``, and whether they are filed."""
    is_filed = select(filed.c.ref).where(filed.c.ref == requests.c.ref).exists()
    found = select(requests.c.ref, is_filed.label("is_filed"))
    return found.where(requests.c.ref > bindparam("after")).order_by(requests.c.ref).limit(_LIMIT)


@cache
def locked() -> Select[str]:
    """Select the references ``:refs``; whoever changes one of them waits for this transaction."""
    found = select(requests.c.ref).where(requests.c.ref.in_(bindparam("refs", expanding=True)))
    return found.order_by(requests.c.ref).with_for_update()


def _stream(nth: int, reads: Fit, others: tuple[Fit, ...]) -> Select[Any]:
    read = filed.alias(f"read{nth}")
    last = tuple_(
        bindparam("at", type_=filed.c.at.type), bindparam("after", type_=filed.c.ref.type)
    )
    found = select(read.c.at, read.c.ref).where(
        _fits(read.c.term, f"read{nth}", reads),
        tuple_(read.c.at, read.c.ref) < last,
        *(_has(read, f"other{nth}_{each}", fit) for each, fit in enumerate(others)),
    )
    if reads is Fit.BEGUN:
        found = found.distinct()
    in_order = found.order_by(read.c.at.desc(), read.c.ref.desc()).limit(_LIMIT)
    return select(in_order.subquery())


def _has(read: FromClause, terms: str, fit: Fit) -> ColumnElement[bool]:
    """Whether it is there, looked up for each row: never joined with all that have the term."""
    probe = filed.alias(f"has_{terms}")
    found = select(literal(1)).where(
        _fits(probe.c.term, terms, fit), probe.c.at == read.c.at, probe.c.ref == read.c.ref
    )
    return found.correlate(read).limit(1).scalar_subquery().is_not(None)


def _fits(term: ColumnElement[str], name: str, fit: Fit) -> ColumnElement[bool]:
    if fit is Fit.SEVERAL:
        return among(term, name)
    value = bindparam(name, type_=filed.c.term.type)
    return term == value if fit is Fit.ONE else (term >= value) & (term < value + literal(_LAST))


def _least(beyond: ColumnElement[bool], begin: ColumnElement[str]) -> ColumnElement[Any]:
    end = begin + literal(_LAST)
    return select(func.min(filed.c.term)).where(beyond, filed.c.term < end).scalar_subquery()
