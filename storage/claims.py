"""How parcels are claimed: through the gate of their address, one at a time.

A gate is leased together with its parcel, so that replicas never hold two parcels for one address.
Addresses come by the time at which something for them fell due. Parcels leave an address in the
order in which they were promised, among those that are due and free: one that waits for its
back-off, or for its due time, is overtaken. Of a long queue only the beginning is looked at, and
closed gates are passed by, so that a claim does not take longer the more is due: what fell due
later than that beginning waits, though it may have been promised before.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Float,
    Integer,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from bot.ports import Claimed, Parcel
from bot.ports.post_office import EVERYBODY
from storage.among import among
from storage.columns import insert
from storage.outbox import IS_DUE, gates, outbox
from storage.real_time import RealTime

_DEPTH = 2
"""How many rows of the queue are looked at for each parcel that is wanted."""

_now = RealTime()
_lease_end = RealTime(bindparam("lease", type_=Float))

_gate_lease_end = RealTime(bindparam("gate_lease", type_=Float))
_LONGER = 1.0
"""Seconds by which a gate is leased longer than its parcel: it is leased a moment earlier, and the
next parcel must not overtake the one whose worker has died."""

_IS_FREE = or_(outbox.c.free_at.is_(None), outbox.c.free_at <= _now, outbox.c.token.is_not(None))
"""One with a token is leased, and so is its gate: when that opens, it is the first to go again."""
CLAIMABLE = IS_DUE & (outbox.c.due_at <= bindparam("now")) & _IS_FREE
"""Whether nothing but the gate of its address keeps a parcel from being claimed."""
CLAIMED = (
    *(outbox.c.id, outbox.c.key, outbox.c.kind, outbox.c.address, outbox.c.payload),
    *(outbox.c.due_at, outbox.c.token, outbox.c.attempts, outbox.c.unsure_since, outbox.c.error),
)
"""What a worker gets to see of a parcel, in the order of :func:`as_claimed`."""
IS_UNLEASED = or_(gates.c.leased_until.is_(None), gates.c.leased_until <= _now)
"""Whether nobody is sending anything through a gate."""
IS_OPEN = (gates.c.opens_at <= _now) & IS_UNLEASED
"""Whether a gate lets a parcel through now."""
_everybody = gates.alias("everybody")
_ALL_ARE_HELD = (
    select(_everybody.c.address)
    .where(_everybody.c.address == EVERYBODY, _everybody.c.opens_at > _now)
    .exists()
)
_closed = gates.alias("closed")
_CLOSED = select(_closed.c.address).where(
    or_(_closed.c.opens_at > _now, _closed.c.leased_until > _now)
)
_queue = (
    select(outbox.c.address, outbox.c.id, outbox.c.due_at)
    .where(CLAIMABLE, outbox.c.address.not_in(_CLOSED), ~_ALL_ARE_HELD)
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("depth", type_=Integer, literal_execute=True))
    .subquery("queue")
)
_first = (
    select(
        _queue.c.address,
        func.min(_queue.c.id).label("id"),
        func.min(_queue.c.due_at).label("since"),
    )
    .group_by(_queue.c.address)
    .subquery("first")
)
FIRST = (
    select(_first, gates.c.address.is_(None).label("is_new"))
    .outerjoin_from(_first, gates, gates.c.address == _first.c.address)
    .order_by(_first.c.since, _first.c.id)
    .limit(bindparam("limit", type_=Integer))
)
"""The first parcel for each of ``:limit`` addresses among the ``:depth`` that fell due first."""
_IS_GATE_OF_THEM = among(gates.c.address, "addresses")
_free_gates = (
    select(gates.c.address).where(_IS_GATE_OF_THEM, IS_OPEN).with_for_update(skip_locked=True)
)
_LEASE_GATES = (
    update(gates)
    .where(gates.c.address.in_(_free_gates))
    .values(leased_until=_gate_lease_end, token=bindparam("lease_token"))
    .returning(gates.c.address)
)
_died_in_flight: ColumnElement[datetime] = case((outbox.c.token.is_not(None), outbox.c.first_at))
LEASE: Mapping[str, Any] = {
    "attempts": outbox.c.attempts + 1,
    "token": bindparam("lease_token"),
    "free_at": _lease_end,
    "first_at": func.coalesce(outbox.c.first_at, _now),
    "unsure_since": func.coalesce(outbox.c.unsure_since, _died_in_flight),
}
"""What is written into a parcel that is claimed."""
LEASE_PARCELS = (
    update(outbox)
    .where(among(outbox.c.id, "ids"), IS_DUE, _IS_FREE)
    .values(LEASE)
    .returning(*CLAIMED)
)
_UNLEASE = (
    update(gates)
    .where(gates.c.token == bindparam("lease_token"), _IS_GATE_OF_THEM)
    .values(leased_until=None, token=None)
)


def claim(connection: Connection, now: datetime, limit: int, lease: float) -> list[Claimed]:
    """Lease due parcels for ``lease`` seconds, at most one an address, what fell due first.

    It may be fewer than ``limit`` although more are due, when the queue begins with many for the
    same few addresses; while these are leased, the next claim finds the others. A parcel whose
    lease ended without a word from its worker comes back with ``unsure_since``.
    """
    wanted = {"now": now, "depth": _DEPTH * limit, "limit": limit}
    first = connection.execute(FIRST, wanted).all()
    if not first:
        return []
    if new := sorted(row.address for row in first if row.is_new):
        connection.execute(_new_gate(connection.dialect.name), [{"address": each} for each in new])
    ids = {row.address: row.id for row in first}
    values: dict[str, Any] = {
        "lease": lease,
        "gate_lease": lease + _LONGER,
        "lease_token": secrets.token_hex(16),
    }
    leased = connection.execute(_LEASE_GATES, values | {"addresses": list(ids)}).scalars().all()
    if not leased:
        return []
    values |= {"ids": [ids[address] for address in leased]}
    rows = connection.execute(LEASE_PARCELS, values).all()
    if empty := set(leased) - {row.address for row in rows}:
        connection.execute(_UNLEASE, values | {"addresses": list(empty)})
    return as_claimed(sorted(rows, key=itemgetter(0)))


def as_claimed(rows: Iterable[Sequence[Any]]) -> list[Claimed]:
    """Return rows of the columns :data:`CLAIMED` as what a worker, or an admin, gets to see."""
    return [
        Claimed(
            id=id_,
            token=token or "",
            parcel=Parcel(key=key, kind=kind, address=address, payload=payload, due=due),
            attempts=attempts,
            unsure_since=unsure_since,
            error=error,
        )
        for id_, key, kind, address, payload, due, token, attempts, unsure_since, error in rows
    ]


@cache
def _new_gate(dialect: str) -> Executable:
    new = insert(gates, dialect).values(opens_at=RealTime())
    return new.on_conflict_do_nothing(index_elements=["address"])
