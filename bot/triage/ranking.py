"""The rank of every open request: reckoned when it moves, when its deal does, and day by day."""

import logging
from datetime import date, datetime, timedelta

from bot import parcels
from bot.desk import Desk
from bot.keeping import goals, weights
from bot.ports import Claimed, CrmUnavailable, Indexed, Json, Kind, KnownDeal, Rank, Unit
from bot.triage.worth import FRESH, read_deal, worth_of
from messages.filters import words
from workflows.priority import score
from workflows.privacy import is_private
from workflows.request import Request
from workflows.standing import RANKED, standing
from workflows.triaging import WAITING

log = logging.getLogger(__name__)

WORKFLOW = "sales_asset"
_PAGE = 100
_AGED = timedelta(days=1)
"""From this age on a score says how old the data of its deal are."""


def rank(desk: Desk, claimed: Claimed) -> None:
    """Reckon the rank of the request that has just moved, after asking the CRM for its deal."""
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
    if request is None:
        return
    if request.stage in RANKED and request.details.opportunity:
        read_deal(desk, request.details.opportunity)
    with desk.store.unit() as unit:
        reckon(desk, unit, [ref])
        if request.stage in RANKED and not is_private(request):
            unit.index.put(indexed(request))
        unit.commit()


def reckon(desk: Desk, unit: Unit, refs: list[str]) -> None:
    """Reckon the ranks of these requests as they stand now.

    One that has ended, or is private, has none and is found by nobody: see :mod:`bot.facts`.
    """
    found = unit.requests.several(refs)
    today, counts, aims = _today(desk), weights(desk), goals(unit)
    deals = {each.details.opportunity for each in found.values()} - {""}
    known = unit.known_deals.several(deals)
    for ref in refs:
        request = found.get(ref)
        if request is None or request.stage not in RANKED or is_private(request):
            unit.ranks.drop(ref)
            unit.index.drop(ref)
            continue
        result = score(worth_of(desk, known, request), today, counts, aims)
        stand = standing(request, today, desk.company.zone)
        days = [day for day in (result.again_on, stand.again_on) if day is not None]
        unit.ranks.put(
            Rank(
                ref=ref,
                standing=stand.standing,
                score=result.total,
                parts=result.parts,
                queued=request.stage in WAITING,
                deal=request.details.opportunity,
                again_on=min(days, default=None),
            )
        )


def indexed(request: Request) -> Indexed:
    """Return an open request as it is found by others who are about to ask for the same."""
    details = request.details
    return Indexed(
        ref=request.ref,
        kind=Kind.REQUEST,
        title=details.purpose[:200],
        text=f"{details.special_notes}\n{details.audience}"[:2000],
        tags={
            "type": (details.asset_type_other or words(details.asset_type),),
            "industry": (details.industry,) if details.industry else (),
        },
        on=request.created_at.date(),
    )


def reckon_due(desk: Desk, _now: datetime) -> None:
    """Reckon anew what a new day can have changed."""
    today, after = _today(desk), ""
    while True:
        with desk.store.unit() as unit:
            page = list(unit.ranks.due(today, after, _PAGE))
            reckon(desk, unit, page)
            unit.commit()
        if len(page) < _PAGE:
            return
        after = page[-1]


def reckon_all(desk: Desk, claimed: Claimed) -> None:
    """Reckon every rank anew, because the weights or the goals are others now.

    A page of them; the next one is promised with it.
    """
    what = claimed.parcel.payload
    occasion, after = str(what.get("occasion", claimed.parcel.key)), str(what.get("after", ""))
    with desk.store.unit() as unit:
        page = list(unit.ranks.all(after, _PAGE))
        reckon(desk, unit, page)
        if len(page) == _PAGE:
            said: Json = {"occasion": occasion, "after": page[-1]}
            key, now = f"{occasion}:{page[-1]}", desk.clock.now()
            unit.outbox.add(parcels.aside("reckon_all", key, claimed.parcel.address, said, now))
        unit.commit()
    desk.wake()


def look_at_deals(desk: Desk, now: datetime) -> None:
    """Read the deals again that requests and uses hang on; where one moved, ranks follow.

    While the CRM is down what is known stays, and every score says how old it is.
    """
    with desk.store.unit() as unit:
        refs = unit.known_deals.unread_since(now - FRESH, limit=500)
    for start in range(0, len(refs), _PAGE):
        some = refs[start : start + _PAGE]
        try:
            deals = desk.crm.several(some)
        except CrmUnavailable as error:
            log.warning("Deals cannot be read now: %s", error)
            return
        for ref in some:
            _learn(desk, KnownDeal(ref=ref, deal=deals.get(ref), read_at=now))


def _learn(desk: Desk, told: KnownDeal) -> None:
    with desk.store.unit() as unit:
        known = unit.known_deals.get(told.ref)
        unit.known_deals.put(told)
        if known is None or known.deal != told.deal or told.read_at - known.read_at >= _AGED:
            reckon(desk, unit, list(unit.ranks.with_deal(told.ref)))
        unit.commit()


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(desk.company.zone).date()
