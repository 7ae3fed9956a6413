"""What is removed when its time is over, in small batches."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    delete,
    func,
    select,
    true,
    tuple_,
    type_coerce,
)

from bot.ports.retention import Ended, Page, Passing
from storage.audit import audit
from storage.bank import bank_rows, bank_statements
from storage.cards import cards
from storage.deliveries import deliveries
from storage.drafts import drafts
from storage.envelopes import envelopes
from storage.filed import filed
from storage.files import files
from storage.index_rows import indexed, indexed_words
from storage.links import links
from storage.marks import marks
from storage.observations import observations
from storage.opinions import opinions
from storage.outbox import DROPPED, IS_OVER, SENT, outbox, windows
from storage.partner_invoices import partner_invoices
from storage.ranks import ranks
from storage.request_rows import OPEN, requests, votes
from storage.sealed import audit_values
from storage.snoozes import snoozes
from storage.tickets import tickets
from storage.verification import mentioned

T = TypeVar("T")

_AT_ONCE = 500

_ABOUT = type_coerce(outbox.c.payload, JSON)["ref"].as_string()
_OPEN_REFS = select(requests.c.ref).where(OPEN)
_BECAME_NOTHING = tickets.c.ref.is_(None) & tickets.c.key.not_in(select(drafts.c.id))
_KEPT_OF_A_REQUEST = (
    *(votes, cards, links, opinions, observations, marks, drafts),
    *(indexed_words, indexed, ranks, snoozes, filed, envelopes, partner_invoices, tickets),
    bank_rows,
)


class StoredRetention:
    """:class:`bot.ports.Retention` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pass_by(self, kind: Passing, before: datetime, limit: int, keep: Collection[str]) -> int:
        """Remove at most ``limit`` of what is older than ``before``; return how many there were."""
        table, outdated = _outdated(kind, before, sorted(keep))
        keys, count = tuple(table.primary_key), 0
        for here in windows(self._connection) if table is outbox else (true(),):
            some = select(*keys).where(here, outdated).limit(limit - count)
            gone = delete(table).where(tuple_(*keys).in_(some))
            count += self._connection.execute(gone).rowcount
            if count == limit:
                break
        return count

    def ended(self, workflow: str, before: datetime, after_ref: str, limit: int) -> Page:
        """Return the next page, after ``after_ref``, of requests that ended before ``before``."""
        found = (
            select(requests.c.ref, requests.c.stage, requests.c.version)
            .where(requests.c.workflow == workflow, ~OPEN, requests.c.since < before)
            .where(requests.c.ref > after_ref)
            .order_by(requests.c.ref)
            .limit(limit)
        )
        rows = self._connection.execute(found).mappings().all()
        removable = [Ended(**row) for row in rows if not self._is_needed(row["ref"])]
        return Page(removable=removable, last=rows[-1]["ref"] if len(rows) == limit else None)

    def forget(self, refs: Sequence[str]) -> frozenset[str]:
        """Remove the requests and whatever is kept of them, but their rows in the audit."""
        parcels = [each for some in self._parcels(refs) for each in some]
        hashes = frozenset(self._hashes(refs, parcels))
        for table in _KEPT_OF_A_REQUEST:
            self._connection.execute(delete(table).where(table.c.ref.in_(refs)))
        for some in _parts(parcels):
            self._connection.execute(delete(outbox).where(outbox.c.id.in_(some)))
        rows = select(audit.c.seq).where(audit.c.ref.in_(refs))
        self._connection.execute(delete(audit_values).where(audit_values.c.seq.in_(rows)))
        self._connection.execute(delete(requests).where(requests.c.ref.in_(refs)))
        alone = frozenset(each for each in hashes if not self.is_named(each))
        for hashed in _parts(sorted(alone)):
            self._connection.execute(delete(files).where(files.c.sha256.in_(hashed)))
        return alone

    def is_named(self, sha256: str) -> bool:
        """Whether any request names a file with this hash."""
        return self._is_said(sha256, requests.c.ref.is_not(None))

    def _is_needed(self, ref: str) -> bool:
        """Whether the details of an open request hold the reference as a text of its own."""
        return self._is_said(f'"{ref}"', OPEN)

    def _is_said(self, text: str, among: ColumnElement[bool]) -> bool:
        details = cast(requests.c.details, Text)
        place = func.instr if self._connection.dialect.name == "sqlite" else func.strpos
        found = select(requests.c.ref).where(among, place(details, text) > 0).limit(1)
        return self._connection.execute(found).first() is not None

    def _parcels(self, refs: Sequence[str]) -> Iterator[Sequence[int]]:
        """Yield the ids of the parcels about the requests, some at a time."""
        for here in windows(self._connection):
            found = select(outbox.c.id).where(here, _ABOUT.in_(refs))
            yield self._connection.execute(found).scalars().all()

    def _hashes(self, refs: Sequence[str], parcels: Sequence[int]) -> Iterator[str]:
        """Yield the hashes of the files that their details, messages or audit rows name."""
        held = [select(requests.c.details).where(requests.c.ref.in_(refs))]
        held += [select(outbox.c.payload).where(outbox.c.id.in_(some)) for some in _parts(parcels)]
        for query in held:
            for details in self._connection.execute(query).scalars():
                yield from mentioned(details)
        rows = select(audit.c.seq).where(audit.c.ref.in_(refs))
        said = select(audit_values.c.said).where(audit_values.c.seq.in_(rows))
        for values in self._connection.execute(said).scalars():
            yield from mentioned({name: value for name, (_salt, value) in values.items()})


def _parts(each: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield it in parts; no database takes any number of parameters."""
    for start in range(0, len(each), _AT_ONCE):
        yield each[start : start + _AT_ONCE]


def _outdated(
    kind: Passing, before: datetime, said: Sequence[str]
) -> tuple[Table, ColumnElement[Any]]:
    """Return the table of a kind, and which of its rows may go."""
    sent = IS_OVER & outbox.c.state.in_((SENT, DROPPED)) & (outbox.c.ended_at < before)
    outdated: dict[Passing, tuple[Table, ColumnElement[Any]]] = {
        Passing.DELIVERY_KEYS: (deliveries, deliveries.c.at < before),
        Passing.DRAFTS: (drafts, drafts.c.at < before),
        Passing.TICKETS: (tickets, (tickets.c.at < before) & _BECAME_NOTHING),
        Passing.STATEMENTS: (bank_statements, bank_statements.c.at < before),
        Passing.BANK_ROWS: (bank_rows, bank_rows.c.at < before),
        Passing.PROMISES: (outbox, sent & outbox.c.kind.not_in(said)),
        Passing.SAID: (outbox, sent & outbox.c.kind.in_(said) & _ABOUT.is_(None)),
        Passing.OPINIONS: (opinions, (opinions.c.at < before) & _about_none_open(opinions)),
        Passing.LINKS: (links, (links.c.expires_at < before) & _about_none_open(links)),
        Passing.OBSERVATIONS: (
            observations,
            (observations.c.at < before) & _about_none_open(observations),
        ),
    }
    return outdated[kind]


def _about_none_open(table: Table) -> ColumnElement[bool]:
    return table.c.ref.not_in(_OPEN_REFS)
