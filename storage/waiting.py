"""What can wait for somebody: every reason has its own index, and its own share of each page."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union
from sqlalchemy.sql.elements import ColumnElement

from bot.ports import Place, Reach
from storage.people import LEFT
from storage.request_queries import with_votes
from storage.request_rows import GIVEN, OPEN, OWNED, requests
from workflows.request import Request


def page(reach: Reach, after: Request | None, limit: int, dialect: str) -> Select[Any]:
    """Select the first ``limit`` requests within ``reach`` after ``after``, longest waiting first.

    Each reason gives at most ``limit`` requests.
    """
    refs = union(*(_longest_waiting(each, after, limit) for each in _reasons(reach, dialect)))
    found = select(requests).where(requests.c.ref.in_(refs))
    return with_votes(found, "since", "ref", limit=literal(limit))


def count(reach: Reach, after: Request | None, dialect: str) -> Select[int]:
    """Count the requests within ``reach`` after ``after``."""
    refs = union(*(_found(each, after) for each in _reasons(reach, dialect)))
    return select(func.count()).select_from(refs.subquery())


def left_behind(reach: Reach) -> Select[str]:
    """Select who has left, and has the ball in an open request that they own or asked for.

    ``reach`` has places where those have it.
    """
    left = (select(user.label("user")).where(OPEN, each) for user, each in _orphaned(reach))
    return select(union(*left).subquery().c.user)


def _reasons(reach: Reach, dialect: str) -> Iterator[ColumnElement[bool]]:
    each_value = func.json_each if dialect == "sqlite" else func.jsonb_each_text
    given = each_value(requests.c.assigned).table_valued("key", "value")
    users = (reach.user, *reach.behalf)
    by_name = select(given.c.value).where(given.c.value.in_(users)).exists()
    yield GIVEN & by_name
    for place in dict.fromkeys(reach.held):
        yield _in([place]) & (requests.c.asker != reach.user)
    if reach.asked:
        yield _in(reach.asked) & (requests.c.asker == reach.user)
    for user in users if reach.owned else ():
        yield _in(reach.owned) & (requests.c.owner == user)
    if reach.orphans:
        yield from (orphaned for _, orphaned in _orphaned(reach))


def _orphaned(reach: Reach) -> Iterator[tuple[ColumnElement[str], ColumnElement[bool]]]:
    """Yield in which column those stand who have left something behind, and where they do."""
    if reach.owned:
        yield requests.c.owner, _in(reach.owned) & OWNED & requests.c.owner.in_(LEFT)
    if reach.asked:
        yield requests.c.asker, _in(reach.asked) & requests.c.asker.in_(LEFT)


def _in(places: Sequence[Place]) -> ColumnElement[bool]:
    return or_(
        *(
            (requests.c.workflow == workflow) & (requests.c.stage == stage)
            for workflow, stage in places
        )
    )


def _longest_waiting(
    reason: ColumnElement[bool], after: Request | None, limit: int
) -> Select[tuple[str]]:
    ordered = _found(reason, after).order_by(requests.c.since, requests.c.ref).limit(limit)
    return select(ordered.subquery().c.ref)


def _found(reason: ColumnElement[bool], after: Request | None) -> Select[tuple[str]]:
    found = select(requests.c.ref).where(OPEN, reason)
    if after is None:
        return found
    later = (requests.c.since > after.since) | (requests.c.ref > after.ref)
    return found.where(requests.c.since >= after.since, later)
