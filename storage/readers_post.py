"""The outbox as its readers have it: what waits for them, what is gathered, how often it sounds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Float,
    Integer,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.ports import Claimed, Parcel
from storage.claims import CLAIMED, as_claimed
from storage.columns import Instant, Words
from storage.connections import Connections
from storage.outbox import (
    DEAD,
    DROPPED,
    GATHERED,
    HAS_FAILED,
    IS_DUE,
    IS_GATHERED,
    SENT,
    add,
    gates,
    outbox,
)
from storage.real_time import RealTime

_now = RealTime()
_later = RealTime(bindparam("seconds", type_=Float))

MINE = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel"), outbox.c.token == bindparam("lease"), IS_DUE)
    .values(token=None)
)
"""What a worker says of the parcel that it has leased."""
LEAVE = (
    update(gates)
    .where(gates.c.address == bindparam("gate"), gates.c.token == bindparam("lease"))
    .values(
        token=None,
        leased_until=None,
        opens_at=case((gates.c.opens_at > _later, gates.c.opens_at), else_=_later),
    )
)
"""Ends the lease of a gate, which opens in ``seconds`` at the earliest."""
_until = bindparam("until", type_=Instant)
_UNTRIED = MINE.values(
    attempts=outbox.c.attempts - 1,
    free_at=None,
    first_at=case((outbox.c.attempts > 1, outbox.c.first_at)),
)
_PUT_OFF = _UNTRIED.values(
    due_at=_until, put_off_from=func.coalesce(outbox.c.put_off_from, outbox.c.due_at)
)
_GATHER = _UNTRIED.values(state=GATHERED, digest=bindparam("carrier"))
_DROP = MINE.values(state=DROPPED, ended_at=_now)
_NOT_BEGUN = (
    select(outbox.c.id)
    .where(outbox.c.key == bindparam("carrier"), IS_DUE)
    .where(outbox.c.attempts == 0, outbox.c.unsure_since.is_(None))
    .with_for_update()
)
_is_carried = IS_GATHERED & (outbox.c.digest == bindparam("carrier"))
_CARRIES = select(*CLAIMED).where(_is_carried, outbox.c.state == GATHERED).order_by(outbox.c.id)
_CARRIED = (
    update(outbox).where(_is_carried, outbox.c.state == GATHERED).values(state=SENT, ended_at=_now)
)
_CAST_OUT = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel"), outbox.c.state == GATHERED)
    .values(state=DEAD, ended_at=_now)
)

_USER, _CHANNEL, _HOME = (
    literal_column(each, Words) for each in ("'user:'", "'channel:'", "'home:'")
)


def _begins(prefix: ColumnElement[str]) -> ColumnElement[bool]:
    return func.substr(outbox.c.address, 1, func.length(prefix), type_=Words) == prefix


_is_late = outbox.c.due_at <= bindparam("before", type_=Instant)
_FAILS = (
    select(outbox.c.id)
    .where(HAS_FAILED, _is_late, or_(*map(_begins, (_USER, _CHANNEL, _HOME))))
    .limit(1)
)
UNDELIVERED = (
    select(*CLAIMED)
    .where(IS_DUE, _is_late, _begins(_USER), outbox.c.id > bindparam("after"))
    .where(outbox.c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(outbox.c.id)
    .limit(bindparam("limit", type_=Integer))
)


class StoredReadersPost:
    """:class:`bot.ports.ReadersPost` over the outbox."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put_off(self, claimed: Claimed, until: datetime) -> None:
        """Make the parcel due ``until``; what its reader is sent meanwhile may overtake it."""
        self._settle(claimed, _PUT_OFF, 0.0, until=until)

    def gather(self, claimed: Claimed, digest: Parcel) -> bool:
        """Let ``digest`` carry the parcel, unless that digest has been begun."""
        carrier = {"carrier": digest.key}
        with self._connections.begin() as connection:
            add(connection, [digest])
            if connection.execute(_NOT_BEGUN, carrier).first() is None:
                return False
            mine = {"parcel": claimed.id, "lease": claimed.token}
            connection.execute(_GATHER, mine | carrier)
            gate = {"gate": claimed.parcel.address, "lease": claimed.token, "seconds": 0.0}
            connection.execute(LEAVE, gate)
            connection.commit()
        return True

    def drop(self, claimed: Claimed) -> None:
        """Deliver the parcel to nobody; it is settled."""
        self._settle(claimed, _DROP, 0.0)

    def gathered(self, digest: str) -> Sequence[Claimed]:
        """Return what the digest with this key carries, in the order in which it was promised."""
        with self._connections.begin() as connection:
            return as_claimed(connection.execute(_CARRIES, {"carrier": digest}).all())

    def carried(self, digest: str) -> None:
        """What the digest with this key carries has been delivered with it."""
        self._run(_CARRIED, carrier=digest)

    def cast_out(self, claimed: Claimed, error: str, letters: Sequence[Parcel] = ()) -> None:
        """Give up on a parcel that another one carries; ``letters`` are promised with it."""
        with self._connections.begin() as connection:
            ended = connection.execute(_CAST_OUT, {"parcel": claimed.id, "error": error})
            if ended.rowcount == 1:
                add(connection, letters)
            connection.commit()

    def undelivered(
        self, before: datetime, kinds: Collection[str], after: int = 0, limit: int = 200
    ) -> Sequence[Claimed]:
        """Return what was due ``before`` and has reached nobody, while Slack fails: a page of it.

        That is what was promised after the parcel with the id ``after``.
        """
        with self._connections.begin() as connection:
            if connection.execute(_FAILS, {"before": before}).first() is None:
                return []
            wanted = {"before": before, "kinds": sorted(kinds), "after": after, "limit": limit}
            return as_claimed(connection.execute(UNDELIVERED, wanted).all())

    def _settle(
        self,
        claimed: Claimed,
        outcome: Executable,
        pace: float,
        letters: Sequence[Parcel] = (),
        **values: Any,
    ) -> None:
        lease = {"lease": claimed.token}
        gate = {"gate": claimed.parcel.address, "seconds": pace}
        with self._connections.begin() as connection:
            ended = connection.execute(outcome, lease | {"parcel": claimed.id} | values)
            connection.execute(LEAVE, lease | gate)
            if ended.rowcount == 1:
                add(connection, letters)
            connection.commit()

    def _run(self, change: Executable, **values: Any) -> None:
        with self._connections.begin() as connection:
            connection.execute(change, values)
            connection.commit()
