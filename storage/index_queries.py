"""How entries of the index are found without reading more of them than are wanted.

A question is put in steps. Of each step either database gives the newest few hits, current ones
before outdated ones, so a word that half of the shelf has costs little more than a rare one.

SQLite reads them in this order from FTS5. PostgreSQL's GIN index knows no order: up to 1,000 hits
are read from it and sorted; where there are more, the newest 5,000 entries are gone through until
there are enough hits among them, and what is older is left out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from bot.ports import Kind
from storage.index_rows import ENTRY, indexed, indexed_words
from storage.terms import root

PLANNED = select(
    func.set_config("enable_seqscan", "off", literal(value=True)),
    func.set_config("jit", "off", literal(value=True)),
)
"""For the rest of the transaction PostgreSQL uses its indexes; it does not know that reading terms,
which are long, takes more time than reading rows."""

_IN_FTS5 = table("indexed_terms", column("rowid", BigInteger), column("indexed_terms", Text))
_CURRENT_FROM = 1 << 54
_NUMBER = (1 << 32) - 1
"""FTS5's rowids: is it current (bit 54), the day (32 to 53), the number."""

_SORTED = 1_000
_NEAR = 5_000
_COUNTED = 1_000
_LAST = "\U0010ffff"
"""No word goes on with it: the last of all letters."""

_LIMIT = bindparam("limit", type_=Integer)
_MOST = bindparam("most", type_=Integer)
_KIND = indexed.c.kind == bindparam("kind")
_NEWEST = (indexed.c.is_current.desc(), indexed.c.dated.desc(), indexed.c.number.desc())
_PLACE = (indexed.c.number, indexed.c.is_current, indexed.c.dated)


@cache
def newest() -> Select[Any]:
    """Select entries of ``:kind``, current ones first, then the newest."""
    found = select(*ENTRY).where(_KIND).order_by(*_NEWEST)
    return found.limit(_LIMIT).offset(bindparam("skip", type_=Integer))


@cache
def hits(dialect: str, first: int, steps: int) -> CompoundSelect[Any]:
    """Select ``:most`` hits of ``:step0`` and so on: step, number, is_current, dated.

    There are so many ``steps``, and ``first`` is the number of the first one.

    ``dated`` may be anything that is in the order of the days.
    """
    each = _from_fts5 if dialect == "sqlite" else _from_postgresql
    return union_all(*(each(step) for step in range(first, first + steps)))


@cache
def numbered() -> Select[Any]:
    """Select the entries with one of the ``:numbers``."""
    wanted = indexed.c.number.in_(bindparam("numbers", expanding=True))
    return select(indexed.c.number, *ENTRY).where(wanted)


@cache
def vocabulary() -> Select[str]:
    """Select each word of ``:kind`` once, by going from one to the next in the index."""
    first = _next_word(literal("", Text)).cte("found", recursive=True)
    found = first.union_all(_next_word(first.c.word).where(first.c.word.is_not(None)))
    return select(found.c.word).where(found.c.word.is_not(None))


@cache
def frequencies(words: int) -> Select[Any]:
    """Select how many titles and tags of ``:kind`` have a word like each of so many: one row.

    1,000 stands for that many or more. The words are those of :func:`like`.
    """
    counts: Sequence[ColumnElement[Any]] = [_frequency(nth) for nth in range(words)]
    return select(*counts)


def like(kind: Kind, words: Sequence[str]) -> dict[str, Any]:
    """Return the parameters of :func:`frequencies` for ``words``."""
    roots = list(enumerate(map(root, words)))
    begins: dict[str, Any] = {f"begin{nth}": each for nth, each in roots}
    return begins | {f"end{nth}": each + _LAST for nth, each in roots} | {"kind": kind}


def asking(kind: Kind, questions: Sequence[str], first: int, most: int) -> dict[str, Any]:
    """Return the parameters of :func:`hits` with a step for each of ``questions``."""
    asked: dict[str, Any] = {f"step{step}": each for step, each in enumerate(questions, first)}
    return asked | {"kind": kind, "most": most}


def _frequency(nth: int) -> ColumnElement[int]:
    words = indexed_words.c
    some = select(words.ref).where(
        words.kind == bindparam("kind"),
        words.word >= bindparam(f"begin{nth}"),
        words.word < bindparam(f"end{nth}"),
    )
    counted = select(func.count()).select_from(some.limit(_COUNTED).subquery())
    return counted.scalar_subquery().label(f"word{nth}")


def _next_word(after: Any) -> Select[Any]:  # noqa: ANN401 - any SQL expression
    words = indexed_words.c
    following = select(func.min(words.word)).where(
        words.kind == bindparam("kind"), words.word > after
    )
    return select(following.scalar_subquery().label("word"))


def _from_fts5(step: int) -> Select[Any]:
    rowid = _IN_FTS5.c.rowid
    found = (
        select(
            literal(step).label("step"),
            rowid.op("&")(_NUMBER).label("number"),
            (rowid.op("&")(_CURRENT_FROM) != 0).label("is_current"),
            rowid.label("dated"),
        )
        .where(_IN_FTS5.c.indexed_terms.op("MATCH")(bindparam(f"step{step}")))
        .order_by(rowid.desc())
    )
    return select(found.limit(_MOST).subquery())


def _from_postgresql(step: int) -> Select[Any]:
    # In the statement itself, so that it is planned for how frequent these words are.
    asked = cast(bindparam(f"step{step}", type_=Text, literal_execute=True), TSQUERY)
    fitting = select(*_PLACE).where(indexed.c.terms.op("@@")(asked))
    some = fitting.limit(_SORTED).cte(f"some{step}")
    are_all = select(func.count()).select_from(some).scalar_subquery() < _SORTED
    near = select(*_PLACE, indexed.c.terms).where(_KIND).order_by(*_NEWEST).limit(_NEAR).subquery()
    among = select(near.c.number, near.c.is_current, near.c.dated).where(
        near.c.terms.op("@@")(asked), ~are_all
    )
    found = union_all(select(some).where(are_all), select(among.limit(_MOST).subquery())).subquery()
    in_order = select(literal(step).label("step"), found).order_by(
        found.c.is_current.desc(), found.c.dated.desc(), found.c.number.desc()
    )
    return select(in_order.limit(_MOST).subquery())
