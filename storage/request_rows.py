"""The tables of requests, and what a request looks like in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Row,
    Table,
    UniqueConstraint,
    text,
    true,
)

from storage.columns import Document, Instant, Words, metadata
from storage.details import (
    Details,
    read_findings,
    read_questions,
    write_findings,
    write_questions,
)
from workflows.definition import Workflow
from workflows.request import Request, Vote

requests = Table(
    "requests",
    metadata,
    Column("ref", Words, primary_key=True),
    Column("workflow", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("stage", Words, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("asker", Words, nullable=False),
    Column("owner", Words),
    Column("due_on", Date),
    Column("details", Document, nullable=False),
    Column("findings", Document, nullable=False),
    Column("questions", Document, nullable=False),
    Column("assigned", Document, nullable=False),
    Column("since", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("source_view", Words, unique=True),
    Column("held", Words, nullable=False, server_default=""),
)
OPEN = requests.c.open.is_(true())
"""Whether a request has not ended; spelled as its indexes are."""
Index(
    "ix_requests_stage",
    *(requests.c.workflow, requests.c.stage, requests.c.since, requests.c.ref),
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
Index("ix_requests_open", requests.c.ref, sqlite_where=OPEN, postgresql_where=OPEN)
Index("ix_requests_resting", requests.c.workflow, requests.c.stage, requests.c.ref)
Index("ix_requests_asker", requests.c.asker, requests.c.created_at, requests.c.number)
OWNED = OPEN & requests.c.owner.is_not(None)
"""Whether an open request has an owner."""
Index(
    "ix_requests_owner",
    *(requests.c.owner, requests.c.since, requests.c.ref),
    sqlite_where=OWNED,
    postgresql_where=OWNED,
)
Index(
    "ix_requests_load",
    *(requests.c.workflow, requests.c.owner, requests.c.due_on),
    sqlite_where=OWNED,
    postgresql_where=OWNED,
)
GIVEN = requests.c.assigned != text("'{}'")
"""Whether a request's stage was given to somebody, which is rare."""
Index(
    "ix_requests_given",
    *(requests.c.since, requests.c.ref),
    sqlite_where=OPEN & GIVEN,
    postgresql_where=OPEN & GIVEN,
)

votes = Table(
    "votes",
    metadata,
    Column("ref", Words, ForeignKey("requests.ref"), nullable=False),
    Column("nth", Integer, nullable=False),
    Column("stage", Words, nullable=False),
    Column("lane", Words, nullable=False),
    Column("round", Integer, nullable=False),
    Column("user", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("behalf", Words, nullable=False, server_default=""),
    PrimaryKeyConstraint("ref", "nth"),
    UniqueConstraint("ref", "stage", "lane", "round", "user"),
    sqlite_with_rowid=False,
)

VOTE_COLUMNS = tuple(
    votes.c[name].label(f"vote_{name}")
    for name in ("stage", "lane", "user", "round", "at", "behalf")
)


class RequestRows:
    """Requests as rows and back, for the workflows there are."""

    def __init__(self, workflows: Mapping[str, Workflow]) -> None:
        self.workflows = workflows
        self._details = Details(workflows)

    def write(self, request: Request) -> dict[str, Any]:
        """Return the columns that change while a request goes its way."""
        stage = self.workflows[request.workflow].stage(request.stage)
        return {
            "stage": request.stage,
            "open": not stage.final,
            "version": request.version,
            "step": request.step,
            "round": request.round,
            "owner": request.owner,
            "due_on": request.due_on,
            "details": self._details.write(request.workflow, request.details),
            "findings": write_findings(request.findings),
            "questions": write_questions(request.questions),
            "assigned": dict(request.assigned),
            "since": request.since,
            "held": request.held,
        }

    def read(self, rows: Iterable[Row[Any]]) -> list[Request]:
        """Return the requests in ``rows``: one row a vote, a request's rows side by side."""
        found: dict[str, Row[Any]] = {}
        cast: dict[str, list[Vote]] = {}
        for row in rows:
            found[row.ref] = row
            ballot = cast.setdefault(row.ref, [])
            if row.vote_at is not None:
                ballot.append(_vote(row))
        return [self._request(row, tuple(cast[ref])) for ref, row in found.items()]

    def _request(self, row: Row[Any], cast: tuple[Vote, ...]) -> Request:
        return Request(
            workflow=row.workflow,
            ref=row.ref,
            stage=row.stage,
            asker=row.asker,
            details=self._details.read(row.workflow, row.details),
            created_at=row.created_at,
            since=row.since,
            version=row.version,
            step=row.step,
            round=row.round,
            owner=row.owner,
            due_on=row.due_on,
            assigned=row.assigned,
            questions=read_questions(row.questions),
            votes=cast,
            findings=read_findings(row.findings),
            held=row.held,
        )


def _vote(row: Row[Any]) -> Vote:
    behalf = tuple(row.vote_behalf.split())
    return Vote(row.vote_stage, row.vote_lane, row.vote_user, row.vote_round, row.vote_at, behalf)


def identity(request: Request) -> dict[str, Any]:
    """Return the columns that never change."""
    return {
        "ref": request.ref,
        "workflow": request.workflow,
        "asker": request.asker,
        "created_at": request.created_at,
    }


def vote_rows(request: Request) -> list[dict[str, Any]]:
    """Return a row for every vote on ``request``."""
    return [
        {
            "ref": request.ref,
            "nth": nth,
            "stage": vote.stage,
            "lane": vote.lane,
            "round": vote.round,
            "user": vote.user,
            "at": vote.at,
            "behalf": " ".join(vote.behalf),
        }
        for nth, vote in enumerate(request.votes)
    ]
