"""How requests are found by the terms they are filed under; every statement reads an index alone.

A statement is made once for every shape of a question, and what is asked are its parameters.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    union,
)

from storage.among import among
from storage.filed import filed
from storage.request_rows import requests

PLANNED = select(
    func.set_config("enable_bitmapscan", "off", literal(value=True)),
    func.set_config("enable_seqscan", "off", literal(value=True)),
    func.set_config("jit", "off", literal(value=True)),
)
"""For the rest of the transaction PostgreSQL reads in the order of an index, which is the order
that is wanted; it does not know how many have a frequent term, and would sort them all."""

LAST = "\U0010ffff"
"""No word goes on with it: the last of all letters."""

_COUNTED = 1_000
"""As many rows of a term are counted; what is more frequent is frequent."""
_SPELLINGS = 8
"""So many words are looked for that begin alike."""
_LIMIT = bindparam("limit", type_=Integer)


@cache
def page(shape: tuple[int, ...]) -> Select[Any]:
    """Select ``at`` and ``ref`` of the first ``:limit`` after (``:at``, ``:after``), newest first.

    There is a stream for each number in ``shape``: the requests under ``:read0`` that are filed as
    well under any of ``:other0_0``, any of ``:other0_1``, and so on: so many as the number says.
    """
    streams = [_stream(nth, others) for nth, others in enumerate(shape)]
    found = (union(*streams) if len(streams) > 1 else streams[0]).subquery()
    ordered = select(found.c.at, found.c.ref).order_by(found.c.at.desc(), found.c.ref.desc())
    return ordered.limit(_LIMIT)


@cache
def sizes(clauses: int) -> Select[Any]:
    """Count what is filed under any of ``:terms0``, of ``:terms1``...: one row, 1,000 at most."""
    counts: list[ColumnElement[Any]] = [
        select(func.count())
        .select_from(
            select(filed.c.ref).where(among(filed.c.term, f"terms{nth}")).limit(_COUNTED).subquery()
        )
        .scalar_subquery()
        for nth in range(clauses)
    ]
    return select(*counts)


@cache
def beginning() -> Select[str]:
    """Select the first eight terms from ``:begin`` on and before ``:end``, each once."""
    first = _least(filed.c.term >= bindparam("begin"))
    begun = select(first.label("term"), literal(1).label("nth")).cte("begun", recursive=True)
    following = _least(filed.c.term > begun.c.term).label("term")
    goes_on = (begun.c.nth < _SPELLINGS) & begun.c.term.is_not(None)
    found = begun.union_all(select(following, begun.c.nth + 1).where(goes_on))
    return select(found.c.term).where(found.c.term.is_not(None))


@cache
def unfiled() -> Select[str]:
    """Select the first ``:limit`` references after ``:after`` that are filed under nothing."""
    is_filed = select(filed.c.ref).where(filed.c.ref == requests.c.ref).exists()
    found = select(requests.c.ref).where(requests.c.ref > bindparam("after"), ~is_filed)
    return found.order_by(requests.c.ref).limit(_LIMIT)


def _stream(nth: int, others: int) -> Select[Any]:
    read = filed.alias(f"read{nth}")
    last = tuple_(
        bindparam("at", type_=filed.c.at.type), bindparam("after", type_=filed.c.ref.type)
    )
    found = select(read.c.at, read.c.ref).where(
        read.c.term == bindparam(f"read{nth}"),
        tuple_(read.c.at, read.c.ref) < last,
        *(_has(read, f"other{nth}_{each}") for each in range(others)),
    )
    in_order = found.order_by(read.c.at.desc(), read.c.ref.desc()).limit(_LIMIT)
    return select(in_order.subquery())


def _has(read: FromClause, terms: str) -> ColumnElement[bool]:
    """Whether it is there, looked up for each row: never joined with all that have the term."""
    probe = filed.alias(f"has_{terms}")
    one = select(literal(1)).where(
        among(probe.c.term, terms), probe.c.at == read.c.at, probe.c.ref == read.c.ref
    )
    return one.correlate(read).limit(1).scalar_subquery().is_not(None)


def _least(beyond: ColumnElement[bool]) -> ColumnElement[Any]:
    least = select(func.min(filed.c.term)).where(beyond, filed.c.term < bindparam("end"))
    return least.scalar_subquery()
