"""A crowd of due rows, and three ways to claim a hundred of them and to complete each."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Engine, bindparam, func, select, text, update
from sqlalchemy.engine import make_url

from bench.desk import AUDIT_KEY
from bench.unit import open_engine
from bot.ports import Claimed
from integrations.clock import SystemClock
from storage.claims import CLAIMABLE, CLAIMED, LEASE, as_claimed
from storage.connections import Connections
from storage.database import Database
from storage.outbox import gates, outbox
from storage.real_time import RealTime

BATCH = 100
"""Rows a claim, each for an address of its own: an address gets one parcel at a time."""
ADDRESSES = 1_000
"""To which everything goes, in no order."""


class Way(NamedTuple):
    """Claim a batch, in one commit; complete one row of it, in another."""

    claim: Callable[[], Sequence[Any]]
    complete: Callable[[Any], object]


_SECONDS = 120.0
_AT_ONCE = 5_000
_SPAN = timedelta(hours=1)
_PAYLOAD = {"ref": "SOW-1", "text": "please approve", "blocks": [{"type": "section"}] * 3}
_TOKEN = "0123456789abcdef" * 2

_LEAST = """
    CREATE TABLE least (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL,
        payload {json} NOT NULL, state TEXT NOT NULL DEFAULT 'due', due_at {real} NOT NULL,
        lease_until {real}, owner TEXT, attempts INTEGER NOT NULL DEFAULT 0
    )
"""
_INSERT = (
    "INSERT INTO least (id, key, channel, payload, due_at) VALUES (:id, :key, :at, :what, :due)"
)
_CLAIM = """
    UPDATE least SET state = 'leased', owner = {owner}, attempts = attempts + 1,
        lease_until = {until}
    WHERE id IN (
        SELECT id FROM least WHERE state = 'due' AND due_at <= {now}
        ORDER BY due_at, id LIMIT {batch} {lock}
    ) RETURNING id, key, channel, payload
"""
_DONE = "UPDATE least SET state = 'sent' WHERE id = {id} AND owner = {owner}"
_NEXT = (
    select(outbox.c.id)
    .where(CLAIMABLE)
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)
_UNGATED = update(outbox).where(outbox.c.id.in_(_NEXT)).values(LEASE).returning(*CLAIMED)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel"), outbox.c.token == bindparam("lease"))
    .values(state="sent", token=None, error="", ended_at=func.now())
)


@contextmanager
def raw_rows(url: str, count: int) -> Iterator[Way]:
    """The least table that could do, by the driver itself: every statement is a commit."""
    engine = open_engine(url)
    on_postgresql = engine.dialect.name == "postgresql"
    _fill_least(engine, count, "JSONB" if on_postgresql else "TEXT")
    engine.dispose()
    style, lock = ("%({})s", "FOR UPDATE SKIP LOCKED") if on_postgresql else (":{}", "")
    marks = {name: style.format(name) for name in ("owner", "until", "now", "batch", "id")}
    claim, done = _CLAIM.format(lock=lock, **marks), _DONE.format(**marks)
    connection = _driver(url)
    cursor = connection.cursor()

    def claimed() -> list[Any]:
        now = SystemClock().now().timestamp()
        lease = {"owner": _TOKEN, "now": now, "until": now + _SECONDS, "batch": BATCH}
        found = cursor.execute(claim, lease).fetchall()
        return found if on_postgresql else [(*row[:3], json.loads(row[3])) for row in found]

    try:
        yield Way(claimed, lambda row: cursor.execute(done, {"id": row[0], "owner": _TOKEN}))
    finally:
        connection.close()


@contextmanager
def without_gates(url: str, count: int) -> Iterator[Way]:
    """The bot's table, connections and claim, but no gates: an address may get many at a time."""
    _fill_outbox(url, count)
    connections = Connections(url)

    def claimed() -> list[Claimed]:
        lease = {"now": SystemClock().now(), "lease": _SECONDS, "lease_token": _TOKEN}
        with connections.begin() as connection:
            rows = connection.execute(_UNGATED, lease).all()
            connection.commit()
        return as_claimed(sorted(rows, key=itemgetter(0)))

    def complete(claimed: Claimed) -> None:
        with connections.begin() as connection:
            connection.execute(_SENT, {"parcel": claimed.id, "lease": claimed.token})
            connection.commit()

    try:
        yield Way(claimed, complete)
    finally:
        connections.close()


@contextmanager
def post_office(url: str, count: int) -> Iterator[Way]:
    """The bot's post office, its gates open again as soon as a parcel is settled."""
    _fill_outbox(url, count)
    database = Database(url, audit_key=AUDIT_KEY, pace=0.0)
    office, clock = database.post_office, SystemClock()
    try:
        yield Way(lambda: office.claim(clock.now(), BATCH), office.done)
    finally:
        database.close()


def _driver(url: str) -> Any:  # noqa: ANN401 - of either driver
    """Return a connection that commits every statement, durably."""
    if not url.startswith("sqlite"):
        plain = make_url(url).set(drivername="postgresql")
        return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)
    connection = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _fill_least(engine: Engine, count: int, json_type: str) -> None:
    rows = [
        {"id": nth, "key": key, "at": address, "what": json.dumps(_PAYLOAD), "due": at.timestamp()}
        for nth, (key, address, at) in enumerate(_promises(count))
    ]
    with engine.begin() as connection:
        connection.execute(text(_LEAST.format(json=json_type, real="DOUBLE PRECISION")))
        connection.execute(text("CREATE INDEX due ON least (due_at, id) WHERE state = 'due'"))
        for first in range(0, count, _AT_ONCE):
            connection.execute(text(_INSERT), rows[first : first + _AT_ONCE])
    _tidy(engine, "least")


def _fill_outbox(url: str, count: int) -> None:
    same = {"kind": "notice", "payload": _PAYLOAD, "state": "due", "attempts": 0, "error": ""}
    rows = [
        same | {"key": key, "address": address, "due_at": at}
        for key, address, at in _promises(count)
    ]
    engine = open_engine(url)
    with engine.begin() as connection:
        for first in range(0, count, _AT_ONCE):
            connection.execute(outbox.insert(), rows[first : first + _AT_ONCE])
        known = [{"address": each} for each in sorted({str(row["address"]) for row in rows})]
        connection.execute(gates.insert().values(opens_at=RealTime()), known)
    _tidy(engine, "outbox")
    engine.dispose()


def _promises(count: int) -> Iterator[tuple[str, str, datetime]]:
    """Yield key, address and due time, of the last hour one after the other; always the same."""
    begun = SystemClock().now() - _SPAN
    someone = random.Random(7)  # noqa: S311 - no secret
    for nth in range(count):
        address = f"user:U{someone.randrange(ADDRESSES):03}"
        yield f"notice:SOW-{nth}:2:asked:U_ANA", address, begun + _SPAN * nth / count


def _tidy(engine: Engine, table: str) -> None:
    """Have PostgreSQL know what is there, so that it does not begin to tidy up meanwhile."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM ANALYZE {table}"))
