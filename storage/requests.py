"""Requests by reference: their numbers, their versions, their votes."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Executable,
    Integer,
    Table,
    bindparam,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.errors import Stale
from storage import request_queries
from storage.audit import timeline
from storage.columns import Words, insert, metadata
from storage.request_rows import RequestRows, requests, vote_rows, votes
from workflows.engine import Entry
from workflows.request import Request

counters = Table(
    "counters",
    metadata,
    Column("workflow", Words, primary_key=True),
    Column("last", Integer, nullable=False),
    sqlite_with_rowid=False,
)


@cache
def _count(dialect: str) -> Executable:
    first = insert(counters, dialect).values(last=1)
    return first.on_conflict_do_update(
        index_elements=["workflow"], set_={"last": counters.c.last + 1}
    ).returning(counters.c.last)


@cache
def _add(dialect: str) -> Executable:
    return insert(requests, dialect).on_conflict_do_nothing(index_elements=["source_view"])


@cache
def _vote(dialect: str) -> Executable:
    return insert(votes, dialect).on_conflict_do_nothing(index_elements=["ref", "nth"])


_SAVE = update(requests).where(
    requests.c.ref == bindparam("saved_ref"), requests.c.version == bindparam("version_before")
)
_FROM_VIEW = select(requests.c.ref).where(requests.c.source_view == bindparam("view"))


class StoredRequests:
    """:class:`bot.ports.Requests` in one transaction."""

    def __init__(self, connection: Connection, rows: RequestRows) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._rows = rows

    def next_ref(self, workflow: str, prefix: str) -> str:
        """Return the next free reference. Others who want one wait until this unit ends."""
        number = self._connection.execute(_count(self._dialect), {"workflow": workflow}).scalar()
        return f"{prefix}-{number}"

    def add(self, request: Request, source_view: str, source_link: str) -> None:
        """Store a new request; a request without a modal has no ``source_view``, so ""."""
        row = self._rows.write(request) | {
            "ref": request.ref,
            "workflow": request.workflow,
            "number": int(request.ref.rpartition("-")[2]),
            "asker": request.asker,
            "created_at": request.created_at,
            "source_view": source_view or None,
            "source_link": source_link,
        }
        if self._connection.execute(_add(self._dialect), row).rowcount == 0:
            raise Stale(f"The modal {source_view} has made a request already.")
        self._cast(request)

    def get(self, ref: str) -> Request | None:
        """Return the request, or None."""
        found = self._rows.read(self._connection.execute(request_queries.one(), {"ref": ref}))
        return found[0] if found else None

    def save(self, request: Request) -> None:
        """Store what changed. Raises Stale unless the stored version is one lower."""
        row = self._rows.write(request) | {
            "saved_ref": request.ref,
            "version_before": request.version - 1,
        }
        if self._connection.execute(_SAVE, row).rowcount == 0:
            raise Stale(f"{request.ref} is not at version {request.version - 1} any more.")
        self._cast(request)

    def from_view(self, source_view: str) -> str | None:
        """Return the reference of the request that this modal created, or None."""
        ref: str | None = self._connection.execute(_FROM_VIEW, {"view": source_view}).scalar()
        return ref

    def asked_by(self, user: str, workflow: str | None, limit: int = 50) -> Sequence[Request]:
        """Return the person's own requests, newest first; ended ones too."""
        query = request_queries.asked_by(in_one_workflow=workflow is not None)
        values: dict[str, Any] = {"user": user, "limit": limit}
        if workflow is not None:
            values["workflow"] = workflow
        return self._rows.read(self._connection.execute(query, values))

    def waiting(
        self, user: str, stages: Sequence[tuple[str, str]], limit: int = 50
    ) -> Sequence[Request]:
        """Return open requests that may wait for ``user``, those waiting longest first."""
        query = request_queries.waiting(user, stages, limit, self._dialect)
        return self._rows.read(self._connection.execute(query))

    def timeline(self, ref: str) -> Sequence[Entry]:
        """Return everything that was committed about the request, oldest first."""
        return timeline(self._connection, ref)

    def _cast(self, request: Request) -> None:
        if not request.votes:
            return
        try:
            self._connection.execute(_vote(self._dialect), vote_rows(request))
        except IntegrityError as error:
            raise Stale(f"Somebody has voted twice on {request.ref} in one lane.") from error
