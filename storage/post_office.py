"""The worker's side of the outbox: claim, and say what became of it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Executable,
    Float,
    Integer,
    bindparam,
    case,
    delete,
    func,
    select,
    type_coerce,
    update,
)

from bot.ports import Backlog, Claimed, Parcel
from bot.ports.post_office import OTHER, TOLD_APART, Dispatch
from storage.claims import CLAIMED, IS_OPEN, as_claimed, claim
from storage.columns import Instant, Words, insert
from storage.connections import Connections
from storage.outbox import DEAD, IS_DUE, IS_OVER, SENT, gates, outbox, windows
from storage.readers_post import MINE, StoredReadersPost
from storage.real_time import RealTime

_now = RealTime()
_later = RealTime(bindparam("seconds", type_=Float))

_SENT = MINE.values(
    state=SENT,
    ended_at=_now,
    pinged_at=func.coalesce(bindparam("pinged", type_=Instant), outbox.c.pinged_at),
)
_DEAD = MINE.values(state=DEAD, ended_at=_now)
_AGAIN = MINE.values(free_at=_later, attempts=bindparam("attempt", type_=Integer))
_UNSURE = _AGAIN.values(unsure_since=func.coalesce(outbox.c.unsure_since, outbox.c.first_at))
_RELEASE = update(gates).where(gates.c.address == bindparam("gate")).values(opens_at=_now)
_HELD = select(gates.c.address).where(gates.c.address == bindparam("gate"), gates.c.opens_at > _now)
_DEAD_LETTERS = (
    select(*CLAIMED)
    .where(IS_OVER, outbox.c.state == DEAD)
    .order_by(outbox.c.ended_at.desc(), outbox.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
_dead = select(func.count()).select_from(outbox).where(IS_OVER, outbox.c.state == DEAD)
_kind = case(*((outbox.c.address.startswith(f"{each}:"), each) for each in TOLD_APART), else_=OTHER)
_BACKLOG = (
    select(
        _kind.label("whither"), func.count().label("due"), func.min(outbox.c.due_at).label("since")
    )
    .where(IS_DUE, outbox.c.due_at <= bindparam("now"))
    .group_by("whither")
)
_ref = type_coerce(outbox.c.payload, JSON)["ref"].as_string()
_ABOUT = (
    select(*CLAIMED, outbox.c.state, outbox.c.ended_at)
    .where(_ref == bindparam("wanted", type_=Words))
    .order_by(outbox.c.id)
)
_before = bindparam("before", type_=Instant)
_FORGET_GATES = delete(gates).where(IS_OPEN, gates.c.opens_at < _before)


@cache
def _hold(dialect: str) -> Executable:
    new = insert(gates, dialect).values(opens_at=_later)
    later = case(
        (gates.c.opens_at > new.excluded.opens_at, gates.c.opens_at),
        else_=new.excluded.opens_at,
    )
    return new.on_conflict_do_update(index_elements=["address"], set_={"opens_at": later})


class StoredPostOffice(StoredReadersPost):
    """:class:`bot.ports.PostOffice` over the outbox.

    ``pace``: seconds from the end of a delivery to the next one to the same address. ``lease``:
    seconds that a worker has for what it claimed; more than its slowest call takes. What a worker
    says after its lease was given to somebody else changes nothing.
    """

    def __init__(self, connections: Connections, pace: float, lease: float) -> None:
        super().__init__(connections)
        self._pace = pace
        self._lease = lease
        self._pinged: dict[int, datetime] = {}
        self._posted: set[int] = set()

    def claim(self, now: datetime, limit: int = 20) -> Sequence[Claimed]:
        """Claim due parcels (``now``: business time), at most one an address, at its pace."""
        with self._connections.begin() as connection:
            found = claim(connection, now, limit, self._lease)
            connection.commit()
        return found

    def done(self, claimed: Claimed, *, paced: bool = True, then: Sequence[Parcel] = ()) -> None:
        """The parcel is delivered, or needs no delivery any more; then it is not ``paced``."""
        pinged = self._pinged.pop(claimed.id, None)
        self._posted.discard(claimed.id)
        pace = self._pace if paced else 0.0
        self._settle(claimed, _SENT, pace, then, error="", pinged=pinged)

    def pinged(self, claimed: Claimed, now: datetime) -> None:
        """Count the parcel as one that has sounded at its reader, once it is done."""
        self._pinged[claimed.id] = now

    def posted(self, claimed: Claimed) -> None:
        """Remember until it is settled, or tried again, that something was posted for it."""
        self._posted.add(claimed.id)

    def again(
        self,
        claimed: Claimed,
        seconds: float,
        error: str,
        *,
        unsure: bool,
        counted: bool = True,
        then: Sequence[Parcel] = (),
    ) -> None:
        """Try again after so many seconds; ``unsure``: Slack may have done it, or some of it has.

        Until then nothing overtakes what may be there already: a second copy of a card, under the
        key of its next version, would never be found. Its address is held in the same transaction.
        """
        unsure = unsure or claimed.id in self._posted
        self._posted.discard(claimed.id)
        attempt = claimed.attempts if counted else claimed.attempts - 1
        in_doubt = unsure or claimed.unsure_since is not None
        outcome = _UNSURE if unsure else _AGAIN
        pace = max(self._pace, seconds) if in_doubt else self._pace
        values = {"error": error, "seconds": seconds, "attempt": attempt}
        self._settle(claimed, outcome, pace, then, **values)

    def hold(self, address: str, seconds: float) -> None:
        """Deliver nothing to ``address`` (``*``: to anybody) for so many seconds."""
        with self._connections.begin() as connection:
            statement = _hold(connection.dialect.name)
            connection.execute(statement, {"address": address, "seconds": seconds})
            connection.commit()

    def release(self, address: str) -> None:
        """Hold ``address`` (``*``: everybody) no longer."""
        with self._connections.begin() as connection:
            connection.execute(_RELEASE, {"gate": address})
            connection.commit()

    def is_held(self, address: str) -> bool:
        """Whether nothing is delivered to ``address`` (``*``: to anybody) now."""
        with self._connections.begin() as connection:
            return connection.execute(_HELD, {"gate": address}).first() is not None

    def dead(self, claimed: Claimed, error: str, letters: Sequence[Parcel] = ()) -> None:
        """Give up; admins see it and can replay it. ``letters``, which tell of it, are promised."""
        self._pinged.pop(claimed.id, None)
        self._posted.discard(claimed.id)
        self._settle(claimed, _DEAD, self._pace, letters, error=error)

    def dead_letters(self, limit: int = 20) -> Sequence[Claimed]:
        """Return the parcels that were given up, newest first; they carry no token."""
        with self._connections.begin() as connection:
            return as_claimed(connection.execute(_DEAD_LETTERS, {"limit": limit}).all())

    def about(self, ref: str) -> Sequence[Dispatch]:
        """Return every parcel about the request ``ref`` that is remembered, as it was promised.

        Reads the whole outbox, some rows at a time: it is for an export, not for a gesture.
        """
        with self._connections.begin() as connection:
            found = [_ABOUT.where(here) for here in windows(connection)]
        return [each for some in found for each in self._told(some, ref)]

    def tidy(self, before: datetime) -> None:
        """Forget the pace of addresses to which nothing was sent since ``before`` (UTC)."""
        with self._connections.begin() as connection:
            connection.execute(_FORGET_GATES, {"before": before})
            connection.commit()

    def backlog(self, now: datetime) -> Backlog:
        """Return how much is waiting to be delivered (``now``: business time)."""
        with self._connections.begin() as connection:
            rows = connection.execute(_BACKLOG, {"now": now}).all()
            dead = connection.execute(_dead).scalar_one()
        kinds = {row.whither: (row.due, (now - row.since).total_seconds()) for row in rows}
        oldest = max((age for _due, age in kinds.values()), default=0.0)
        due = sum(number for number, _age in kinds.values())
        return Backlog(due=due, oldest=oldest, dead=dead, by_kind=kinds)

    def _told(self, query: Executable, ref: str) -> Sequence[Dispatch]:
        with self._connections.begin() as connection:
            return [_dispatch(row) for row in connection.execute(query, {"wanted": ref})]


def _dispatch(row: Sequence[Any]) -> Dispatch:
    *columns, state, ended_at = row
    [claimed] = as_claimed([columns])
    return Dispatch(
        parcel=claimed.parcel,
        state="due" if state == "gathered" else state,
        ended_at=ended_at,
        attempts=claimed.attempts,
        error=claimed.error,
    )
