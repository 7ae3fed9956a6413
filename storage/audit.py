"""The audit: every action, in one chain that only grows.

The table's triggers refuse to change or remove a row; :mod:`storage.chain` shows it when somebody
did it nevertheless. What a row says stands apart (:mod:`storage.sealed`): it can be erased.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    Table,
    bindparam,
    func,
    or_,
    select,
    type_coerce,
)

from bot.ports import ERASED
from storage.chain import EMPTY, Anchor, Link, canonical, code
from storage.columns import Instant, Serial, Words, metadata, storable, utc
from storage.sealed import SEALED, Said, audit_values, opened, salted, seals
from storage.states import STATE, Snapshot, digest
from workflows.engine import Entry

audit = Table(
    "audit",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("ref", Words, nullable=False),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("surface", Words, nullable=False),
    Column("detail", Words, nullable=False),
    Column("mac", Words, nullable=False),
)
Index("ix_audit_ref", audit.c.ref, audit.c.seq)
Index("ix_audit_at", audit.c.at)

_PAGE = 2000
_LAST = select(audit.c.seq, audit.c.mac).order_by(audit.c.seq.desc()).limit(1)
_APPEND = audit.insert()
_SAY = audit_values.insert()
_values = audit_values.insert().values(seq=bindparam("seq"), said=bindparam("said"))
_APPEND_AND_SAY = (
    audit.insert()
    .values({column.name: bindparam(column.name) for column in audit.c})
    .add_cte(_values.cte("told"))
)
"""Both in one round trip, because everybody else waits meanwhile; SQLite has no such statement."""
_ROW = select(audit, audit_values.c.said).select_from(
    audit.outerjoin(audit_values, audit_values.c.seq == audit.c.seq)
)
_OF = _ROW.where(audit.c.ref == bindparam("wanted")).order_by(audit.c.seq)
LAST_OF = (
    _ROW.where(audit.c.ref == bindparam("wanted"))
    .where(audit.c.action.in_(bindparam("actions", expanding=True)))
    .order_by(audit.c.seq.desc())
    .limit(1)
)
_said_role = type_coerce(audit_values.c.said, JSON)[("role", 1)].as_string()
LAST_OF_ROLE = (
    _ROW.where(audit.c.ref == "")
    .where(
        or_(
            _said_role == bindparam("role", type_=Words),
            audit.c.detail.like(bindparam("plainly", type_=Words)),
        )
    )
    .order_by(audit.c.seq.desc())
    .limit(1)
)
"""The last row that is about no request and says ``:role``. In rows of the first releases what a
row says stands in the row, where ``:plainly`` finds it."""
_beginning = func.substr(audit.c.ref, 1, bindparam("length", type_=Integer), type_=Words)
BETWEEN = (
    _ROW.where(audit.c.at >= bindparam("since"), audit.c.at < bindparam("until"))
    .where(_beginning == bindparam("prefix"))
    .order_by(audit.c.seq)
)
_AFTER = _ROW.where(audit.c.seq > bindparam("last")).order_by(audit.c.seq).limit(_PAGE)
_locked = func.audit_head().table_valued("seq", "mac")
_LAST_LOCKED = select(_locked.c.seq, _locked.c.mac)


class ChainedAudit:
    """:class:`bot.ports.Audit`: entries wait until the unit is committed.

    Appending makes every other writer wait, so it comes last. An entry about a request in
    ``stored`` (what the unit has stored of requests until then) gets a digest of it.
    """

    def __init__(self, connection: Connection, key: bytes, stored: Mapping[str, Snapshot]) -> None:
        self._connection = connection
        self._stored = stored
        self._key = key
        self._entries: list[Entry] = []

    def append(self, entry: Entry) -> None:
        """Append ``entry`` when the unit is committed."""
        self._entries.append(entry)

    def flush(self) -> None:
        """Write what was appended, as the last statement of the transaction."""
        if not self._entries:
            return
        states = {ref: digest(self._key, each) for ref, each in self._stored.items()}
        prepared = [_prepared(entry, states.get(entry.ref)) for entry in self._entries]
        last, rows = _locked_head(self._connection), []
        for unchained, said in prepared:
            link = unchained._replace(seq=last.seq + 1)
            last = Anchor(link.seq, code(self._key, last.mac, link))
            rows.append((link._replace(mac=last.mac)._asdict(), said))
        _write(self._connection, rows)
        self._entries.clear()


def _write(connection: Connection, rows: Sequence[tuple[dict[str, Any], Said]]) -> None:
    """Write the rows, and what those say that say anything."""
    at_once = connection.dialect.name != "sqlite"
    speaking = [row | {"said": said} for row, said in rows if said]
    silent = [row for row, said in rows if not (said and at_once)]
    if silent:
        connection.execute(_APPEND, silent)
    if speaking and at_once:
        connection.execute(_APPEND_AND_SAY, speaking)
    elif speaking:
        connection.execute(_SAY, [{"seq": row["seq"], "said": row["said"]} for row in speaking])


def timeline(connection: Connection, ref: str) -> list[Entry]:
    """Return what is recorded of the request, oldest first."""
    return [entry for _seq, _mac, entry in chained(connection, ref)]


def chained(connection: Connection, ref: str) -> list[tuple[int, str, Entry]]:
    """Return what is recorded of the request, oldest first, with its rows' numbers and codes."""
    rows = connection.execute(_OF, {"wanted": ref})
    return [(row.seq, row.mac, _entry(*_apart(row))) for row in rows]


def last_of(connection: Connection, ref: str, actions: Collection[str]) -> Entry | None:
    """Return the last of ``actions`` that is recorded of the request, or None."""
    wanted = {"wanted": ref, "actions": sorted(actions)}
    row = connection.execute(LAST_OF, wanted).one_or_none()
    return None if row is None else _entry(*_apart(row))


def last_of_role(connection: Connection, role: str) -> Entry | None:
    """Return the last entry about no request that names ``role``, or None."""
    wanted = {"role": role, "plainly": f'%"role":"{role}"%'}
    row = connection.execute(LAST_OF_ROLE, wanted).one_or_none()
    return None if row is None else _entry(*_apart(row))


def between(connection: Connection, prefix: str, since: datetime, until: datetime) -> list[Entry]:
    """Return what is recorded of all requests ``prefix``-*n* in [since, until), oldest first."""
    beginning = storable(f"{prefix}-")
    wanted = {"prefix": beginning, "length": len(beginning), "since": since, "until": until}
    return [_entry(*_apart(row)) for row in connection.execute(BETWEEN, wanted)]


def head(connection: Connection) -> Anchor:
    """Return the last row's number and code."""
    row = connection.execute(_LAST).one_or_none()
    return EMPTY if row is None else Anchor(row.seq, row.mac)


def page_after(connection: Connection, seq: int) -> list[tuple[Link, Said | None]]:
    """Return the first rows after row ``seq``, by number; none when there are no more."""
    return [_apart(row) for row in connection.execute(_AFTER, {"last": seq})]


def _locked_head(connection: Connection) -> Anchor:
    """Return the head, after every other transaction that wants to append has ended."""
    if connection.dialect.name == "sqlite":  # a transaction is the only writer from its beginning
        return head(connection)
    row = connection.execute(_LAST_LOCKED).one()
    return EMPTY if row.seq is None else Anchor(row.seq, row.mac)


def _prepared(entry: Entry, state: str | None) -> tuple[Link, Said]:
    """Return what is chained for ``entry``, still without number and code, and what it says."""
    values = {storable(key): storable(value) for key, value in entry.detail.items()}
    plain = {ERASED: values.pop(ERASED)} if ERASED in values else {}
    if state is not None:
        plain[STATE] = state
    said = salted(values)
    link = Link(
        seq=0,
        at=utc(entry.at),
        actor=storable(entry.actor),
        action=storable(entry.action),
        ref=storable(entry.ref),
        before=storable(entry.before),
        after=storable(entry.after),
        version=entry.version,
        surface=storable(entry.surface),
        detail=canonical(plain | ({SEALED: seals(said)} if said else {})),
        mac="",
    )
    return link, said


def _apart(row: Row[Any]) -> tuple[Link, Said | None]:
    return Link._make(row[:-1]), row[-1]


def _entry(link: Link, said: Said | None) -> Entry:
    detail = opened(json.loads(link.detail), said)
    detail.pop(STATE, None)
    return Entry(
        at=link.at,
        actor=link.actor,
        action=link.action,
        ref=link.ref,
        before=link.before,
        after=link.after,
        version=link.version,
        surface=link.surface,
        detail=detail,
    )
