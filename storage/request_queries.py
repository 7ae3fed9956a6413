"""The lists of requests that people look at; every one is answered from an index."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import FromClause, Integer, Select, bindparam, func, literal, select, union
from sqlalchemy.sql.elements import ColumnElement

from storage.request_rows import GIVEN, OPEN, VOTE_COLUMNS, requests, votes


@cache
def one() -> Select[Any]:
    """Select the request called ``:ref``."""
    return _with_votes(select(requests).where(requests.c.ref == bindparam("ref")), "ref")


@cache
def asked_by(*, in_one_workflow: bool) -> Select[Any]:
    """Select the newest ``:limit`` requests of ``:user`` (in ``:workflow``), newest first."""
    found = select(requests).where(requests.c.asker == bindparam("user"))
    if in_one_workflow:
        found = found.where(requests.c.workflow == bindparam("workflow"))
    return _with_votes(
        found, "created_at desc", "number desc", limit=bindparam("limit", type_=Integer)
    )


def waiting(user: str, stages: Sequence[tuple[str, str]], limit: int, dialect: str) -> Select[Any]:
    """Select open requests that may wait for ``user``, those that have waited longest first.

    Each reason to wait has its own index, and gives at most ``limit`` requests.
    """
    each_value = func.json_each if dialect == "sqlite" else func.jsonb_each_text
    given = each_value(requests.c.assigned).table_valued("key", "value")
    reasons = [
        requests.c.asker == user,
        requests.c.owner == user,
        GIVEN & select(given.c.value).where(given.c.value == user).exists(),
        *(
            (requests.c.workflow == workflow) & (requests.c.stage == stage)
            for workflow, stage in dict.fromkeys(stages)
        ),
    ]
    refs = union(*(_waiting_longest(reason, limit) for reason in reasons))
    found = select(requests).where(requests.c.ref.in_(refs))
    return _with_votes(found, "since", "ref", limit=literal(limit))


def _waiting_longest(reason: ColumnElement[bool], limit: int) -> Select[Any]:
    found = select(requests.c.ref).where(OPEN, reason)
    ordered = found.order_by(requests.c.since, requests.c.ref).limit(limit)
    return select(ordered.subquery().c.ref)


def _with_votes(
    found: Select[Any], *order: str, limit: ColumnElement[int] | None = None
) -> Select[Any]:
    """Select the first requests of ``found`` in this order, each with its votes, in one query."""
    page = found.order_by(*_columns(requests, order)).limit(limit).subquery()
    joined = page.outerjoin(votes, votes.c.ref == page.c.ref)
    statement = select(page, *VOTE_COLUMNS).select_from(joined)
    return statement.order_by(*_columns(page, order), votes.c.nth)


def _columns(table: FromClause, order: Sequence[str]) -> list[ColumnElement[Any]]:
    words = (each.split() for each in order)
    return [table.c[name].desc() if down else table.c[name] for name, *down in words]
