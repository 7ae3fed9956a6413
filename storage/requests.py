"""Requests by reference: their numbers, their versions, their votes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Executable,
    bindparam,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.errors import Stale
from bot.ports import Place, Reach
from storage import request_queries, waiting
from storage.audit import between, chained, last_of, timeline
from storage.columns import insert
from storage.counters import count
from storage.lookups import StoredLookups
from storage.request_rows import RequestRows, identity, requests, vote_rows, votes
from storage.states import Snapshot
from workflows.engine import Entry
from workflows.request import Request

_AT_ONCE = 500
"""References a statement; no database takes any number of parameters."""


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
    """:class:`bot.ports.Requests` in one transaction; what it stores it also puts in ``stored``."""

    def __init__(
        self,
        connection: Connection,
        rows: RequestRows,
        stored: dict[str, Snapshot],
        lookups: StoredLookups,
    ) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._rows = rows
        self._stored = stored
        self._lookups = lookups

    def next_ref(self, workflow: str, prefix: str) -> str:
        """Return the next free reference. Others who want one wait until this unit ends."""
        number = count(self._connection, workflow)
        return f"{prefix}-{number}"

    def add(self, request: Request, source_view: str) -> None:
        """Store a new request; a request without a modal has no ``source_view``, so ""."""
        row = self._rows.write(request) | identity(request)
        row |= {
            "number": int(request.ref.rpartition("-")[2]),
            "source_view": source_view or None,
        }
        if self._connection.execute(_add(self._dialect), row).rowcount == 0:
            raise Stale(f"The modal {source_view} has made a request already.")
        self._cast(request, row)
        self._lookups.add(request)

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
        self._cast(request, row)
        self._lookups.put(request)

    def several(self, refs: Collection[str]) -> Mapping[str, Request]:
        """Return those of the requests that there are, by reference."""
        found: list[Request] = []
        wanted = sorted(set(refs))
        for start in range(0, len(wanted), _AT_ONCE):
            some = {"refs": wanted[start : start + _AT_ONCE]}
            found += self._rows.read(self._connection.execute(request_queries.several(), some))
        return {request.ref: request for request in found}

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

    def count_asked_by(self, user: str, workflow: str | None) -> int:
        """Return how many requests the person has asked for."""
        query = request_queries.count_asked_by(user, workflow)
        return self._connection.execute(query).scalar_one()

    def waiting(
        self, reach: Reach, after: Request | None = None, limit: int = 200
    ) -> Sequence[Request]:
        """Return a page of the open requests within ``reach``, those waiting longest first."""
        query = waiting.page(reach, after, limit, self._dialect)
        return self._rows.read(self._connection.execute(query))

    def count_waiting(self, reach: Reach, after: Request | None = None) -> int:
        """Return how many requests there are on all pages after ``after``."""
        query = waiting.count(reach, after, self._dialect)
        return self._connection.execute(query).scalar_one()

    def left_behind(self, reach: Reach) -> frozenset[str]:
        """Return who has left, and has the ball in the places of ``reach``."""
        if not (reach.owned or reach.asked):
            return frozenset()
        return frozenset(self._connection.execute(waiting.left_behind(reach)).scalars())

    def open(self, after_ref: str = "", limit: int = 200) -> Sequence[Request]:
        """Return a page of all open requests, by reference: those that follow ``after_ref``."""
        values = {"after": after_ref, "limit": limit}
        return self._rows.read(self._connection.execute(request_queries.all_open(), values))

    def at_stage(
        self, workflow: str, stages: Collection[str], after_ref: str = "", limit: int = 200
    ) -> Sequence[Request]:
        """Return a page of the requests that rest in one of ``stages``, by reference."""
        if not stages:
            return []
        query = request_queries.at_stage(workflow, sorted(set(stages)), after_ref, limit)
        return self._rows.read(self._connection.execute(query))

    def loads(self, workflow: str) -> Mapping[str, tuple[int, date | None]]:
        """Return by owner how many open requests they own, and when the next of them is due."""
        rows = self._connection.execute(request_queries.loads(), {"workflow": workflow})
        return {row.owner: (row.owned, row.next_due) for row in rows}

    def census(self) -> Mapping[Place, int]:
        """Return how many open requests rest at each stage of each workflow."""
        rows = self._connection.execute(request_queries.census())
        return {(row.workflow, row.stage): row.resting for row in rows}

    def timeline(self, ref: str) -> Sequence[Entry]:
        """Return everything that was committed about the request, oldest first."""
        return timeline(self._connection, ref)

    def chained(self, ref: str) -> Sequence[tuple[int, str, Entry]]:
        """Return the timeline with each row's number and code in the audit's chain."""
        return chained(self._connection, ref)

    def entries(self, prefix: str, since: datetime, until: datetime) -> Sequence[Entry]:
        """Return what was committed about requests like ``SOW-7`` (``prefix``: ``SOW``).

        From ``since`` on and before ``until``, oldest first; refused attempts too.
        """
        return between(self._connection, prefix, since, until)

    def last_move(self, ref: str, actions: Collection[str]) -> Entry | None:
        """Return the last of ``actions`` that was committed about the request, or None."""
        return last_of(self._connection, ref, actions)

    def _cast(self, request: Request, row: dict[str, Any]) -> None:
        cast = vote_rows(request)
        self._stored[request.ref] = Snapshot(row | identity(request), cast)
        if not cast:
            return
        try:
            self._connection.execute(_vote(self._dialect), cast)
        except IntegrityError as error:
            raise Stale(f"Somebody has voted twice on {request.ref} in one lane.") from error
