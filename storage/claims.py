"""How parcels are claimed: through the gate of their address, one at a time.

A gate is leased together with its parcel, so that replicas never hold two parcels for one address.
Parcels leave an address in the order in which they were promised, among those that are due and
free: one that waits for its back-off, or for its due time, is overtaken.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    Float,
    Integer,
    Row,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from bot.ports import Claimed, Parcel
from storage.columns import insert
from storage.outbox import IS_DUE, gates, outbox
from storage.real_time import RealTime

EVERYBODY = "*"
"""The gate before all others."""

_now = RealTime()
_lease_end = RealTime(bindparam("lease", type_=Float))
_gate_lease_end = RealTime(bindparam("gate_lease", type_=Float))
_LONGER = 1.0
"""Seconds by which a gate is leased longer than its parcel: it is leased a moment earlier, and the
next parcel must not overtake the one whose worker has died."""

_IS_FREE = or_(outbox.c.free_at.is_(None), outbox.c.free_at <= _now, outbox.c.token.is_not(None))
"""One with a token is leased, and so is its gate: when that opens, it is the first to go again."""
_CLAIMABLE = IS_DUE & (outbox.c.due_at <= bindparam("now")) & _IS_FREE
IS_OPEN = (gates.c.opens_at <= _now) & or_(
    gates.c.leased_until.is_(None), gates.c.leased_until <= _now
)
"""Whether a gate lets a parcel through now."""
_everybody = gates.alias("everybody")
_ALL_ARE_HELD = (
    select(_everybody.c.address)
    .where(_everybody.c.address == EVERYBODY, _everybody.c.opens_at > _now)
    .exists()
)
_first_id = func.min(outbox.c.id).label("id")
ADDRESSES = (
    select(outbox.c.address, _first_id, gates.c.address.is_(None).label("is_new"))
    .outerjoin(gates, gates.c.address == outbox.c.address)
    .where(_CLAIMABLE, or_(gates.c.address.is_(None), IS_OPEN), ~_ALL_ARE_HELD)
    .group_by(outbox.c.address, gates.c.address)
    .order_by(_first_id)
    .limit(bindparam("limit", type_=Integer))
)
"""The addresses for which something is to be claimed, those with the oldest promise first."""
_addresses: BindParameter[str] = bindparam("addresses", expanding=True)
_free_gates = (
    select(gates.c.address)
    .where(gates.c.address.in_(_addresses), IS_OPEN)
    .with_for_update(skip_locked=True)
)
_LEASE_GATES = (
    update(gates)
    .where(gates.c.address.in_(_free_gates))
    .values(leased_until=_gate_lease_end, token=bindparam("lease_token"))
    .returning(gates.c.address)
)
_first_ids = (
    select(func.min(outbox.c.id))
    .where(_CLAIMABLE, outbox.c.address.in_(_addresses))
    .group_by(outbox.c.address)
)
_died_in_flight: ColumnElement[datetime] = case((outbox.c.token.is_not(None), outbox.c.first_at))
_LEASE_PARCELS = (
    update(outbox)
    .where(outbox.c.id.in_(_first_ids), _CLAIMABLE)
    .values(
        attempts=outbox.c.attempts + 1,
        token=bindparam("lease_token"),
        free_at=_lease_end,
        first_at=func.coalesce(outbox.c.first_at, _now),
        unsure_since=func.coalesce(outbox.c.unsure_since, _died_in_flight),
    )
    .returning(outbox)
)
_UNLEASE = (
    update(gates)
    .where(gates.c.token == bindparam("lease_token"), gates.c.address.in_(_addresses))
    .values(leased_until=None, token=None)
)


def claim(connection: Connection, now: datetime, limit: int, lease: float) -> list[Claimed]:
    """Lease due parcels for ``lease`` seconds, at most one an address, oldest promise first.

    A parcel whose lease ended without a word from its worker comes back with ``unsure_since``.
    """
    found = connection.execute(ADDRESSES, {"now": now, "limit": limit}).all()
    if not found:
        return []
    if new := sorted(row.address for row in found if row.is_new):
        connection.execute(_new_gate(connection.dialect.name), [{"address": each} for each in new])
    token = secrets.token_hex(16)
    values: dict[str, Any] = {
        "addresses": [row.address for row in found],
        "lease": lease,
        "gate_lease": lease + _LONGER,
        "lease_token": token,
    }
    leased = connection.execute(_LEASE_GATES, values).scalars().all()
    if not leased:
        return []
    rows = connection.execute(_LEASE_PARCELS, values | {"addresses": leased, "now": now}).all()
    if empty := set(leased) - {row.address for row in rows}:
        connection.execute(_UNLEASE, {"addresses": list(empty), "lease_token": token})
    return as_claimed(sorted(rows, key=lambda row: int(row.id)))


def as_claimed(rows: Sequence[Row[Any]]) -> list[Claimed]:
    """Return rows of the outbox as what a worker, or an admin, gets to see."""
    return [
        Claimed(
            id=row.id,
            token=row.token or "",
            parcel=Parcel(
                key=row.key,
                kind=row.kind,
                address=row.address,
                payload=row.payload,
                due=row.due_at,
            ),
            attempts=row.attempts,
            unsure_since=row.unsure_since,
            error=row.error,
        )
        for row in rows
    ]


@cache
def _new_gate(dialect: str) -> Executable:
    new = insert(gates, dialect).values(opens_at=RealTime())
    return new.on_conflict_do_nothing(index_elements=["address"])
