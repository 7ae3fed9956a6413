"""The ranks of all open requests: every list, number and count is answered from an index."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Executable,
    Index,
    Integer,
    Row,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    select,
    true,
    tuple_,
    update,
)

from bot.ports import Rank
from storage.columns import Document, Words, insert, metadata
from workflows.priority import Criterion, Part, Standing

ranks = Table(
    "ranks",
    metadata,
    Column("ref", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("standing", Words, nullable=False),
    Column("score", Integer, nullable=False),
    Column("parts", Document, nullable=False),
    Column("queued", Boolean, nullable=False),
    Column("deal", Words, nullable=False),
    Column("again_on", Date),
)
_BEST = (ranks.c.score.desc(), ranks.c.number, ranks.c.ref)
Index("ix_ranks_standing", ranks.c.standing, *_BEST)
_QUEUED = ranks.c.queued.is_(true())
Index("ix_ranks_queued", *_BEST, sqlite_where=_QUEUED, postgresql_where=_QUEUED)
_AGAIN = ranks.c.again_on.is_not(None)
Index(
    "ix_ranks_again",
    *(ranks.c.again_on, ranks.c.ref),
    sqlite_where=_AGAIN,
    postgresql_where=_AGAIN,
)
_TIED = ranks.c.deal != ""
Index(
    "ix_ranks_deal",
    *(ranks.c.deal, ranks.c.ref),
    sqlite_where=_TIED,
    postgresql_where=_TIED,
)

_LIMIT = bindparam("limit", type_=Integer)
_ONE = select(ranks).where(ranks.c.ref == bindparam("wanted"))
_DROP = delete(ranks).where(ranks.c.ref == bindparam("wanted"))
_SEEN = (
    update(ranks)
    .where(ranks.c.standing == Standing.NEW.value)
    .values(standing=Standing.WAITING.value)
)
_ALL = (
    select(ranks.c.ref).where(ranks.c.ref > bindparam("after")).order_by(ranks.c.ref).limit(_LIMIT)
)
WITH_DEAL = select(ranks.c.ref).where(_TIED, ranks.c.deal == bindparam("of")).order_by(ranks.c.ref)


@cache
def _put(dialect: str) -> Executable:
    """Insert or update: what is new stays new, instead of waiting, until it was seen."""
    new = insert(ranks, dialect)
    given = bindparam("given", type_=Words)
    stays = (ranks.c.standing == Standing.NEW.value) & (given == Standing.WAITING.value)
    columns: dict[str, Any] = {
        column.name: new.excluded[column.name] for column in ranks.c if column.name != "ref"
    }
    columns["standing"] = case((stays, ranks.c.standing), else_=given)
    return new.on_conflict_do_update(index_elements=["ref"], set_=columns)


@cache
def first() -> Select[Any]:
    """Select the ``:limit`` best after the ``:skip`` best with ``:standing``."""
    found = select(ranks).where(ranks.c.standing == bindparam("standing")).order_by(*_BEST)
    return found.limit(_LIMIT).offset(bindparam("skip", type_=Integer))


@cache
def count() -> Select[int]:
    """Count those with ``:standing``, as far as ``:limit``."""
    found = select(ranks.c.ref).where(ranks.c.standing == bindparam("standing")).limit(_LIMIT)
    return select(func.count()).select_from(found.subquery())


@cache
def number() -> Select[int]:
    """Select the place of ``:wanted`` in the queue; no row when it is not there."""
    own = ranks.alias("own")
    ahead = select(func.count()).select_from(ranks).where(_QUEUED)
    better = ahead.where(ranks.c.score > own.c.score)
    earlier = ahead.where(
        ranks.c.score == own.c.score,
        tuple_(ranks.c.number, ranks.c.ref) <= tuple_(own.c.number, own.c.ref),
    )
    place = better.correlate(own).scalar_subquery() + earlier.correlate(own).scalar_subquery()
    return select(place).where(own.c.ref == bindparam("wanted"), own.c.queued.is_(true()))


@cache
def due() -> Select[str]:
    """Select ``:limit`` references after ``:after`` of those due by ``:today``.

    From each reference to the next in the index, whichever of the few days that are past it is on.
    """
    day = select(func.min(ranks.c.again_on).label("day")).where(_AGAIN).cte("days", recursive=True)
    later = select(func.min(ranks.c.again_on)).where(_AGAIN, ranks.c.again_on > day.c.day)
    days = day.union_all(
        select(later.scalar_subquery()).where(day.c.day < bindparam("today", type_=Date))
    )
    page = _next(days, bindparam("after", type_=Words)).cte("page", recursive=True)
    page = page.union_all(_next(days, page.c.ref).where(page.c.ref.is_not(None)))
    return select(page.c.ref).where(page.c.ref.is_not(None)).limit(_LIMIT)


def _next(days: Any, after: Any) -> Select[Any]:  # noqa: ANN401 - a CTE and any SQL expression
    on_day = select(func.min(ranks.c.ref)).where(
        _AGAIN, ranks.c.again_on == days.c.day, ranks.c.ref > after
    )
    soonest = select(func.min(on_day.correlate_except(ranks).scalar_subquery())).where(
        days.c.day <= bindparam("today", type_=Date)
    )
    return select(soonest.correlate_except(days).scalar_subquery().label("ref"))


class StoredRanks:
    """:class:`bot.ports.Ranks` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, rank: Rank) -> None:
        """Store the rank, in the place of the request's earlier one.

        What waits in the queue is new at first, and until :meth:`seen`.
        """
        is_waiting = rank.queued and rank.standing is Standing.WAITING
        row = {
            "ref": rank.ref,
            "number": _number_in(rank.ref),
            "standing": Standing.NEW if is_waiting else rank.standing,
            "given": rank.standing,
            "score": rank.score,
            "parts": [
                [each.criterion, each.points, each.most, each.because] for each in rank.parts
            ],
            "queued": rank.queued,
            "deal": rank.deal,
            "again_on": rank.again_on,
        }
        self._connection.execute(_put(self._connection.dialect.name), row)

    def drop(self, ref: str) -> None:
        """Forget the rank of a request that has ended."""
        self._connection.execute(_DROP, {"wanted": ref})

    def get(self, ref: str) -> Rank | None:
        """Return the rank, or None."""
        row = self._connection.execute(_ONE, {"wanted": ref}).one_or_none()
        return None if row is None else _rank(row)

    def first(self, standing: Standing, limit: int, skip: int = 0) -> Sequence[Rank]:
        """Return those with this standing, the highest score first, then the lower number."""
        wanted = {"standing": standing, "limit": limit, "skip": skip}
        return [_rank(row) for row in self._connection.execute(first(), wanted)]

    def count(self, standing: Standing, most: int = 1000) -> int:
        """Return how many have this standing; ``most`` stands for that many or more."""
        wanted = {"standing": standing, "limit": most}
        return self._connection.execute(count(), wanted).scalar_one()

    def number(self, ref: str) -> int | None:
        """Return the request's place among those that wait for triage (1: first), or None.

        Those ahead of it are counted, in an index.
        """
        return self._connection.execute(number(), {"wanted": ref}).scalar_one_or_none()

    def seen(self) -> None:
        """From now on nothing is new any more: what was new is waiting."""
        self._connection.execute(_SEEN)

    def due(self, today: date, after: str = "", limit: int = 200) -> Sequence[str]:
        """Return references, in order, of those to be reckoned anew by ``today``: a page."""
        wanted = {"today": today, "after": after, "limit": limit}
        return self._connection.execute(due(), wanted).scalars().all()

    def all(self, after: str = "", limit: int = 200) -> Sequence[str]:
        """Return a page of all references, in order."""
        wanted = {"after": after, "limit": limit}
        return self._connection.execute(_ALL, wanted).scalars().all()

    def with_deal(self, deal: str) -> Sequence[str]:
        """Return the references of those that hang on this deal; none hang on "", which is none."""
        return self._connection.execute(WITH_DEAL, {"of": deal}).scalars().all()


def _number_in(ref: str) -> int:
    return int(ref.rpartition("-")[2])


def _rank(row: Row[Any]) -> Rank:
    return Rank(
        ref=row.ref,
        standing=Standing(row.standing),
        score=row.score,
        parts=tuple(Part(Criterion(criterion), *rest) for criterion, *rest in row.parts),
        queued=row.queued,
        deal=row.deal,
        again_on=row.again_on,
    )
