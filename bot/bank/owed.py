"""The invoices whose money is awaited, as far as somebody may see them with their amounts."""

from collections.abc import Sequence

from bot.amounts import sees_amounts
from bot.bank.billing import WORKFLOW
from bot.bank.matching import Open
from bot.desk import Desk
from bot.facts import may_see
from bot.ports import Unit
from workflows.deal import record_of
from workflows.invoice import outstanding
from workflows.privacy import is_private
from workflows.request import Request

STAGE = "awaiting_payment"


def owed_to(desk: Desk, unit: Unit, user: str) -> list[Open]:
    """Return every open invoice that was sent, of requests on which a payment can be recorded."""
    office, address = desk.office(unit, desk.workflows[WORKFLOW], user), f"user:{user}"
    found, after = list[Open](), ""
    while page := unit.requests.at_stage(WORKFLOW, (STAGE,), after):
        after = page[-1].ref
        for request in page:
            if is_private(request) and not may_see(desk, unit, request, address):
                continue
            if sees_amounts(desk, request, office, address):
                found += of_request(request)
    return found


def of_request(request: Request) -> Sequence[Open]:
    """Return the open invoices of one request that were sent."""
    waiting = outstanding(record_of(request).invoices)
    return [Open(request, each) for each in waiting if each.sent_at is not None]
