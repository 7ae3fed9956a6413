"""What the database holds, read beside the bot: nothing may change that nobody may change."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row as Stored
from sqlalchemy import create_engine, func, select

from storage.audit import audit
from storage.columns import metadata
from storage.people import people
from storage.request_rows import requests
from tests.journeys.house import House
from workflows.definition import Workflow
from workflows.registry import find_workflows
from workflows.roles import Party, Role, Seat

BOOKKEEPING = frozenset(("audit", "audit_values", "deliveries", "gates", "outbox", "people"))
"""Where a refused gesture may leave a trace: on record, as taken, and as a look at who it was."""

APART: Mapping[str, tuple[Role, ...]] = {
    "replay": (Role.ADMIN,),
    "export": (Role.AUDITOR, Role.ADMIN),
    "exported": (Role.AUDITOR, Role.ADMIN),
    "keep_deal": (Role.ADMIN, Role.SALES_ASSISTANT),
    "import_deals": (Role.ADMIN, Role.SALES_ASSISTANT),
    "keep_lists": (Role.ADMIN, Role.TRIAGE, Role.HEAD_OF_MARKETING),
    "change_setting": (Role.ADMIN,),
    "keep_weights": (Role.ADMIN, Role.TRIAGE, Role.HEAD_OF_MARKETING),
}
"""What is on record beside the transitions, and whose it is."""

_NEWS = select(audit.c.seq, audit.c.actor, audit.c.action, audit.c.ref, audit.c.before)
_STATES = select(requests.c.ref, requests.c.stage, requests.c.version)
_MOVES = select(audit.c.ref, audit.c.after, audit.c.version).where(
    audit.c.seq.in_(
        select(func.max(audit.c.seq))
        .where(audit.c.ref != "", audit.c.action.not_in(("refused", "export", "exported")))
        .group_by(audit.c.ref)
    )
)

State = dict[str, tuple[str, int]]


class Row(NamedTuple):
    """One row of the audit."""

    seq: int
    actor: str
    action: str
    ref: str
    before: str


class Record:
    """Reads the tables of a house through connections of its own."""

    def __init__(self, house: House) -> None:
        self._engine = create_engine(house.settings.database_url)
        self._workflows = find_workflows()
        self._roles = {role: house.holders(role) for role in Role}
        self._seen = 0
        self.news()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def contents(self) -> dict[str, str]:
        """Return a digest of every table in which a refused gesture leaves no trace."""
        with self._engine.connect() as connection:
            return {
                name: _digest(sorted(map(repr, _telling(name, connection.execute(select(table))))))
                for name, table in metadata.tables.items()
                if name not in BOOKKEEPING
            }

    def news(self) -> list[Row]:
        """Return what was put on record since this was asked last."""
        wanted = _NEWS.where(audit.c.seq > self._seen).order_by(audit.c.seq)
        with self._engine.connect() as connection:
            found = [Row(*row) for row in connection.execute(wanted)]
        self._seen = found[-1].seq if found else self._seen
        return found

    def states(self) -> State:
        """Return stage and version of every request."""
        with self._engine.connect() as connection:
            return {ref: (stage, version) for ref, stage, version in connection.execute(_STATES)}

    def recorded(self) -> State:
        """Return stage and version of every request as the audit has them."""
        with self._engine.connect() as connection:
            return {ref: (after, version) for ref, after, version in connection.execute(_MOVES)}

    def is_entitled(self, row: Row) -> bool:
        """Whether who stands on record as the actor holds what this action takes."""
        if row.action == "refused":
            return True
        if row.action in APART:
            return any(row.actor in self._roles[role] for role in APART[row.action])
        workflow = self._workflow_of(row.ref)
        if workflow is None:
            return False
        if row.action == "submit":
            return any(row.actor in self._holding(party, row) for party in workflow.may_ask)
        transition = workflow.transition(row.action)
        parties: tuple[Party, ...] = transition.by if transition else ()
        if Seat.DECIDER in parties:
            parties = (*parties, *workflow.stage(row.before).holders())
        return any(row.actor in self._holding(party, row) for party in parties)

    def _workflow_of(self, ref: str) -> Workflow | None:
        prefix = ref.partition("-")[0]
        return next((each for each in self._workflows.values() if each.prefix == prefix), None)

    def _holding(self, party: Party, row: Row) -> frozenset[str]:
        with self._engine.connect() as connection:
            if party is Role.REQUESTER:
                active = select(people.c.user).where(people.c.active)
                return frozenset(connection.execute(active).scalars())
            if isinstance(party, Role):
                return self._roles[party]
            if party in (Seat.FRONTDESK, Seat.CLIENT):
                return frozenset({party.value})
            seats = select(requests.c.asker, requests.c.owner).where(requests.c.ref == row.ref)
            asker, owner = connection.execute(seats).one()
        return frozenset({owner if party is Seat.OWNER else asker})


def stored(house: House) -> dict[str, str]:
    """Return everything in the database, by table."""
    engine = create_engine(house.settings.database_url)
    with engine.connect() as connection:
        found = {
            name: "\n".join(repr(tuple(row)) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


def _telling(name: str, rows: Iterable[Stored[Any]]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, but for the turns that replicas take at the roles."""
    for row in rows:
        if name != "counters" or "roles" not in row[0]:
            yield tuple(row)


def _digest(rows: list[str]) -> str:
    return hashlib.sha256("\n".join(rows).encode(errors="replace")).hexdigest()
