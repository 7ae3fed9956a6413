"""What waits moves with the ball: when somebody begins to stand in, and when that ends."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot import parcels
from bot.concerns import reach_of
from bot.desk import Desk, is_here, standing_in
from bot.ports import Claimed, Json, Unit
from bot.promising import HOME, look_after, zone_of
from bot.sending import post_once
from messages import absence
from workflows.ball import deciders
from workflows.delegation import Delegation, Deputy, deputies
from workflows.office import Office
from workflows.request import Request

_PAGE = 200
_NAMED = 20
"""How many requests a message names; the list has all of them."""


def begin(desk: Desk, claimed: Claimed) -> None:
    """Give the deputy what waits for the one who is away from now on, unless it was ended."""
    with desk.store.unit() as unit:
        found = unit.delegations.get(str(claimed.parcel.payload["delegation"]))
        now = desk.clock.now()
        if found is None or not found.holds_at(now):
            return
        moved = _move(desk, unit, found, f"{found.id}:begins", now)
        if moved:
            _tell(unit, found, "begins", moved, now)
        unit.commit()
    desk.wake()


def end(desk: Desk, claimed: Claimed) -> None:
    """Give back what still waits: on the last day's end, or when somebody ended it before."""
    with desk.store.unit() as unit:
        found = unit.delegations.get(str(claimed.parcel.payload["delegation"]))
        now = desk.clock.now()
        by_hand = claimed.parcel.kind == "away_ended"
        if found is None or by_hand != (found.ended_at is not None):
            return
        moved: list[str] = []
        if found.begins is not None and found.begins <= (found.ended_at or now):
            moved = _move(desk, unit, found, f"{found.id}:ends", now)
        _tell(unit, found, "ends", moved, now)
        unit.commit()
    desk.wake()


def tell_set(desk: Desk, claimed: Claimed) -> None:
    """Tell one person who stands in for whom from when on, with a button that ends it."""
    user = claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        found = unit.delegations.get(str(claimed.parcel.payload["delegation"]))
        if found is None or found.ended_at is not None:
            return
        zone = zone_of(desk, unit, found.user)
    post_once(desk, claimed, absence.set_up(found, zone, to=user))


def tell_moved(desk: Desk, claimed: Claimed) -> None:
    """Tell one person what went to whom."""
    what, user = claimed.parcel.payload, claimed.parcel.address.removeprefix("user:")
    refs = tuple(str(each) for each in what["refs"])
    with desk.store.unit() as unit:
        found = unit.delegations.get(str(what["delegation"]))
        if found is None:
            return
        zone = zone_of(desk, unit, found.user)
    begins = what["event"] == "begins"
    said = absence.moved(found, zone, refs, int(what["more"]), begins=begins, to=user)
    post_once(desk, claimed, said)


def _move(
    desk: Desk, unit: Unit, delegation: Delegation, occasion: str, now: datetime
) -> list[str]:
    """See to every request whose ball this moves; return their references."""
    without, having = _both(unit, delegation, now)
    users = {each for each in {*without, *having} if without.get(each) != having.get(each)}
    current = standing_in(desk, unit)
    moved: list[str] = []
    offices = desk.offices(unit, desk.workflows.values())
    for request in _reached(desk, unit, users, offices):
        workflow, office = desk.workflows[request.workflow], offices[request.workflow]
        balls = [
            deciders(workflow, request, replace(office, deputies=named))
            for named in (without, having)
        ]
        if balls[0] != balls[1]:
            standing = replace(office, deputies=current)
            look_after(desk, unit, workflow, request, standing, now, occasion=occasion)
            moved.append(request.ref)
    acting = {each.user for each in (*without.values(), *having.values())}
    people = sorted({delegation.user, *acting})
    for card in unit.cards.among(HOME, [f"home:{user}" for user in people]):
        unit.outbox.add(parcels.home(card.address.removeprefix("home:"), occasion, now))
    return moved


def _both(
    unit: Unit, delegation: Delegation, now: datetime
) -> tuple[Mapping[str, Deputy], Mapping[str, Deputy]]:
    """Return who stands in for whom without this delegation, and with it."""
    others = [each for each in unit.delegations.open(now) if each.id != delegation.id]
    held = replace(delegation, begins=now, ends=now + timedelta(minutes=1), ended_at=None)

    def here(user: str) -> bool:
        return is_here(unit, user)

    return deputies(others, now, here), deputies([*others, held], now, here)


def _reached(
    desk: Desk, unit: Unit, users: set[str], offices: Mapping[str, Office]
) -> Iterator[Request]:
    """Yield the open requests that can wait for one of ``users`` in person, each once."""
    alone = {key: replace(office, deputies={}) for key, office in offices.items()}
    seen: set[str] = set()
    for user in sorted(users):
        reach = reach_of(desk, user, alone)
        after: Request | None = None
        while True:
            page = unit.requests.waiting(reach, after, _PAGE)
            yield from (each for each in page if each.ref not in seen)
            seen |= {each.ref for each in page}
            if len(page) < _PAGE:
                break
            after = page[-1]


def _tell(unit: Unit, found: Delegation, event: str, refs: list[str], now: datetime) -> None:
    what: Json = {"delegation": found.id, "event": event, "refs": refs[:_NAMED]}
    what |= {"more": len(refs[_NAMED:])}
    for user in sorted({found.user, found.deputy}):
        occasion = f"{found.id}:{event}:{user}"
        unit.outbox.add(parcels.aside("away_moved", occasion, f"user:{user}", what, now))
