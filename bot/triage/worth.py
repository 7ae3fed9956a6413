"""What a request is worth: its own facts, and its deal as the CRM told it last."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.desk import Desk
from bot.ports import CrmUnavailable, KnownDeal
from workflows.priority import DealFacts, Worth
from workflows.request import Request

log = logging.getLogger(__name__)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a deal was read that nobody could be asked about yet: it is read as soon as that goes."""

FRESH = timedelta(hours=1)
"""So long what the CRM said is taken for what it would say."""


def read_deal(desk: Desk, ref: str) -> None:
    """Ask the CRM for a deal, unless that was done within the hour; what it says is remembered.

    While the CRM does not answer, what is known stays. Not within a transaction: it may be slow.
    """
    now = desk.clock.now()
    with desk.store.unit() as unit:
        known = unit.known_deals.get(ref)
    if known is not None and now - known.read_at < FRESH:
        return
    try:
        deal = desk.crm.get(ref)
    except CrmUnavailable as error:
        log.warning("A priority is reckoned from what is known, as the CRM is down: %s", error)
        if known is None:
            _remember(desk, KnownDeal(ref=ref, deal=None, read_at=NEVER))
        return
    _remember(desk, KnownDeal(ref=ref, deal=deal, read_at=now))


def _remember(desk: Desk, known: KnownDeal) -> None:
    with desk.store.unit() as unit:
        unit.known_deals.put(known)
        unit.commit()


def worth_of(desk: Desk, known: Mapping[str, KnownDeal], request: Request) -> Worth:
    """Return what is known of the request now, in words and numbers for its score.

    ``known``: what the CRM said of deals, by reference.
    """
    details = request.details
    return Worth(
        deadline=request.due_on or details.deadline,
        reusable=details.reuse == "reusable",
        goal=details.goal,
        deal=_deal(desk, known.get(details.opportunity)),
        opportunity=details.opportunity,
    )


def _deal(desk: Desk, known: KnownDeal | None) -> DealFacts | None:
    if known is None or known.deal is None:
        return None
    deal = known.deal
    thresholds = desk.company.policy("sow").thresholds
    return DealFacts(
        name=" – ".join(filter(None, (deal.account, deal.name))) or deal.ref,
        amount=deal.amount,
        large=thresholds.get(deal.amount.currency) if deal.amount else None,
        stage=deal.stage,
        close_on=deal.close_on,
        age_days=_age(known.read_at, desk.clock.now()),
    )


def _age(read_at: datetime, now: datetime) -> int:
    return max(0, (now - read_at).days)
