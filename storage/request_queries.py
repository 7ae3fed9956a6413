"""The lists of requests that people look at; every one is answered from an index."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal, select, union_all
from sqlalchemy.sql.base import ColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from storage.request_rows import OPEN, OWNED, VOTE_COLUMNS, requests, votes


@cache
def one() -> Select[Any]:
    """Select the request called ``:ref``."""
    return with_votes(select(requests).where(requests.c.ref == bindparam("ref")), "ref")


@cache
def several() -> Select[Any]:
    """Select the requests called one of ``:refs``."""
    found = select(requests).where(requests.c.ref.in_(bindparam("refs", expanding=True)))
    return with_votes(found, "ref")


@cache
def asked_by(*, in_one_workflow: bool) -> Select[Any]:
    """Select the newest ``:limit`` requests of ``:user`` (in ``:workflow``), newest first."""
    found = select(requests).where(requests.c.asker == bindparam("user"))
    if in_one_workflow:
        found = found.where(requests.c.workflow == bindparam("workflow"))
    return with_votes(
        found, "created_at desc", "number desc", limit=bindparam("limit", type_=Integer)
    )


@cache
def all_open() -> Select[Any]:
    """Select the ``:limit`` open requests that follow the reference ``:after``."""
    found = select(requests).where(OPEN, requests.c.ref > bindparam("after"))
    return with_votes(found, "ref", limit=bindparam("limit", type_=Integer))


def at_stage(workflow: str, stages: Iterable[str], after: str, limit: int) -> Select[Any]:
    """Select the first ``limit`` requests in one of ``stages`` that follow ``after``.

    Each stage gives at most ``limit`` of them. There has to be a stage.
    """
    found = union_all(*(_resting(workflow, stage, after, limit) for stage in stages))
    return with_votes(select(found.subquery()), "ref", limit=literal(limit))


@cache
def census() -> Select[Any]:
    """Count the open requests at every stage."""
    return (
        select(requests.c.workflow, requests.c.stage, func.count().label("resting"))
        .where(OPEN)
        .group_by(requests.c.workflow, requests.c.stage)
    )


@cache
def loads() -> Select[Any]:
    """Select each owner of open requests of ``:workflow``, how many, and the first due date."""
    owned = (OWNED, requests.c.workflow == bindparam("workflow"))
    load = (func.count().label("owned"), func.min(requests.c.due_on).label("next_due"))
    return select(requests.c.owner, *load).where(*owned).group_by(requests.c.owner)


@cache
def every() -> Select[Any]:
    """Select the ``:limit`` requests, ended ones too, that follow the reference ``:after``."""
    found = select(requests).where(requests.c.ref > bindparam("after"))
    return with_votes(found, "ref", limit=bindparam("limit", type_=Integer))


def count_asked_by(user: str, workflow: str | None) -> Select[int]:
    """Count the requests of ``user`` (in ``workflow``)."""
    found = select(func.count()).select_from(requests).where(requests.c.asker == user)
    return found if workflow is None else found.where(requests.c.workflow == workflow)


def with_votes(
    found: Select[Any], *order: str, limit: ColumnElement[int] | None = None
) -> Select[Any]:
    """Select the first requests of ``found`` in this order, each with its votes, in one query."""
    page = found.order_by(*_columns(found.selected_columns, order)).limit(limit).subquery()
    joined = page.outerjoin(votes, votes.c.ref == page.c.ref)
    statement = select(page, *VOTE_COLUMNS).select_from(joined)
    return statement.order_by(*_columns(page.c, order), votes.c.nth)


def _resting(workflow: str, stage: str, after: str, limit: int) -> Select[Any]:
    found = select(requests).where(
        requests.c.workflow == workflow, requests.c.stage == stage, requests.c.ref > after
    )
    return select(found.order_by(requests.c.ref).limit(limit).subquery())


def _columns(columns: ColumnCollection[str, Any], order: Sequence[str]) -> list[ColumnElement[Any]]:
    words = (each.split() for each in order)
    return [columns[name].desc() if down else columns[name] for name, *down in words]
