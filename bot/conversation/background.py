"""What has to be known to understand somebody: their day, the clients, what is offered."""

from bot.desk import Desk
from bot.offering import offered
from bot.ports import Unit
from bot.promising import zone_of
from bot.understanding.days import Today
from bot.understanding.mentions import Background
from workflows.definition import Workflow
from workflows.engine import SUBMIT

_DEALS = 500
"""So many of the latest deals say how clients are called."""


def background(desk: Desk, unit: Unit, user: str, workflow: Workflow) -> Background:
    """Return what is known when ``user`` asks for something of ``workflow`` now."""
    return Background(
        today=today(desk, unit, user),
        currency=desk.company.currency,
        names=_clients(unit, user),
        choices=offered(desk, unit, workflow, SUBMIT, None, user),
    )


def today(desk: Desk, unit: Unit, user: str) -> Today:
    """Return the moment at which the person speaks, in their own zone."""
    now = desk.clock.now().astimezone(zone_of(desk, unit, user))
    company = desk.company
    return Today(
        now=now,
        calendar=company.calendar,
        order=company.date_order,
        fiscal_month=company.fiscal_month,
        named=company.holidays.named(now.date()),
    )


def _clients(unit: Unit, user: str) -> tuple[str, ...]:
    deals = [deal.account for deal in unit.deals.search("", _DEALS)]
    own = [
        str(getattr(request.details, "client", ""))
        for request in unit.requests.asked_by(user, None)
    ]
    return tuple(dict.fromkeys(filter(None, (*own, *deals))))
