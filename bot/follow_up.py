"""Payment follow-up: the ladder of nudges, what comes long after the due day, and the weekly list.

"Regularly communicate with the client to ensure the timely processing of payments" (Deals Requiring
SOW, step 5): the sales assistant is nudged, and she decides what the client hears.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot import facts, moves, parcels
from bot.amounts import withholding
from bot.billing import hearing
from bot.company import BILLING_CHANNEL
from bot.desk import Desk
from bot.owners import owners
from bot.parcels import entry_from_json
from bot.periodic import WEEKLY_NEWS, is_news
from bot.ports import Claimed, Unit
from bot.promising import zone_of
from bot.sending import post_once
from messages.nudge import payment_nudge
from messages.outstanding import outstanding as listed
from workflows.deal import record_of
from workflows.definition import Policy
from workflows.invoice import Invoice, find, outstanding
from workflows.office import Office
from workflows.permission import available
from workflows.privacy import is_private
from workflows.request import Request

_WEEK = 5
"""Working days."""
_LISTED = 100


def await_payment(desk: Desk, claimed: Claimed) -> None:
    """Promise every nudge that is still to come, for each invoice whose money is awaited.

    Where none is awaited any more the request moves on.
    """
    now, entry = desk.clock.now(), entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or request.stage != "awaiting_payment":
            return
        invoices = outstanding(record_of(request).invoices)
        zone = zone_of(desk, unit, request.owner or "")
        policy = desk.company.policy(request.workflow)
        calendar = desk.company.calendar
        for invoice in invoices:
            for day in _ladder(desk, policy, invoice, now.astimezone(zone).date()):
                what, occasion = {"invoice": invoice.number}, f"{invoice.number}:{day.isoformat()}"
                due = calendar.morning(day, zone)
                if due >= now:
                    unit.outbox.add(parcels.later("payment_due", request.ref, occasion, what, due))
            since = max(invoice.due, invoice.paused_until or invoice.due)
            late = calendar.morning(since + timedelta(days=policy.overdue_days), zone)
            what, occasion = {"invoice": invoice.number}, f"{invoice.number}:{entry.version}"
            unit.outbox.add(parcels.later("payment_overdue", request.ref, occasion, what, late))
        unit.commit()
    if not invoices:  # what was still open came in while it was on hold
        moves.by_frontdesk(desk, entry.ref, "settled_meanwhile")


def _ladder(desk: Desk, policy: Policy, invoice: Invoice, today: date) -> Iterator[date]:
    """Yield the days from ``today`` on at which the sales assistant may be nudged.

    Business days around the due day, then weekly, from the last of them or from the end of a pause;
    where all of that is over, from the next working day on. There are more days than nudges: how
    many come in all is asked when one is due.
    """
    calendar, weeks = desk.company.calendar, range(1, policy.most_payment_reminders + 1)
    offsets = policy.payment_reminders or (0,)
    days = [calendar.business_day(invoice.due, offset) for offset in offsets]
    days += [calendar.business_day(days[-1], _WEEK * week) for week in weeks]
    if invoice.paused_until is not None:
        first = calendar.business_day(invoice.paused_until, 0)
        days += [first, *(calendar.business_day(first, _WEEK * week) for week in weeks)]
    if max(days) < today:
        days.append(calendar.business_day(today, 1))
    yield from (day for day in dict.fromkeys(days) if day >= today)


def payment_due(desk: Desk, claimed: Claimed) -> None:
    """Nudge the sales assistant about an invoice, if its money is still awaited; on record.

    Raises NotYet while a partner that makes the invoices is away.
    """
    _look_at(desk, claimed, "nudged")


def payment_overdue(desk: Desk, claimed: Claimed) -> None:
    """Tell the head of sales that an invoice is long overdue, if it is.

    Raises as :func:`payment_due`.
    """
    _look_at(desk, claimed, "overdue")


def _look_at(desk: Desk, claimed: Claimed, transition: str) -> None:
    what = claimed.parcel.payload
    ref, number = str(what["ref"]), str(what["invoice"])
    if hearing.is_settled_there(desk, ref, number):
        return  # what is not owed is never chased
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            return
        today, midnight = _today(desk, unit, request)
    moves.by_frontdesk(
        desk,
        ref,
        transition,
        claimed.parcel.key,
        invoice=number,
        today=today,
        since=midnight,
        most=desk.company.policy(request.workflow).most_payment_reminders,
        evidence={"invoice": number},
    )


def nudge_owner(desk: Desk, claimed: Claimed) -> None:
    """Promise the sales assistant, or who stands in, word of the invoice just looked at."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None or request.owner is None:
            return
        what = {"invoice": entry.detail["invoice"]}
        now, occasion = desk.clock.now(), str(entry.version)
        for user in owners(desk, unit, request):
            unit.outbox.add(parcels.word("payment_nudge", request.ref, occasion, user, what, now))
        unit.commit()
    desk.wake()


def nudge(desk: Desk, claimed: Claimed) -> None:
    """Tell the sales assistant how an invoice stands, unless it is paid: that is read again."""
    what, address = claimed.parcel.payload, claimed.parcel.address
    user = address.removeprefix("user:")
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        invoice = find(record_of(request).invoices, str(what["invoice"])) if request else None
        if request is None or invoice is None or not facts.may_see(desk, unit, request, address):
            return
        today, _ = _today(desk, unit, request)
        if not invoice.is_chased(today):
            return
        workflow = desk.workflows[request.workflow]
        buttons = available(workflow, request, user, desk.office(unit, workflow, user))
        known = facts.card_facts(desk, unit, request, address)
        shown = find(record_of(known.request).invoices, invoice.number) or invoice
    post_once(desk, claimed, payment_nudge(known, shown, invoice.nudges, today, buttons))


def list_weekly(desk: Desk, now: datetime) -> None:
    """From the first working morning of a week on: promise the billing channel what is outstanding.

    What nobody could post then is still posted in the two days after.
    """
    channel = desk.company.channels.get(BILLING_CHANNEL)
    today = now.astimezone(desk.company.zone).date()
    monday = today - timedelta(days=today.weekday())
    if not channel or not is_news(desk, monday, now, WEEKLY_NEWS):
        return
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.post("outstanding", f"{monday.isoformat()}", channel, {}, now))
        unit.commit()
    desk.wake()


def post_outstanding(desk: Desk, claimed: Claimed) -> None:
    """Post everything outstanding, as it is now."""
    today = desk.clock.now().astimezone(desk.company.zone).date()
    with desk.store.unit() as unit:
        everything = list(_outstanding(unit))
        office = desk.office(unit, desk.workflows["sow"])
    where = claimed.parcel.address
    found = [_told(desk, office, where, *each) for each in everything if not is_private(each[0])]
    found.sort(key=lambda row: row[1].due)
    shown = found[:_LISTED]
    post_once(desk, claimed, listed(shown, today, len(everything) - len(shown)))


def _told(
    desk: Desk, office: Office, to: str, request: Request, invoice: Invoice
) -> tuple[Request, Invoice]:
    """Return both as the reader may have them: without amounts that are not theirs to see."""
    withheld = withholding(desk, request, office, to)
    if withheld is None:
        return request, invoice
    said = withheld.request(request)
    return said, find(record_of(said).invoices, invoice.number) or withheld.invoice(invoice)


def _outstanding(unit: Unit) -> Iterator[tuple[Request, Invoice]]:
    after = ""
    while page := unit.requests.at_stage("sow", ("awaiting_payment", "on_hold"), after):
        after = page[-1].ref
        for request in page:
            for invoice in outstanding(record_of(request).invoices):
                if invoice.sent_at is not None:
                    yield request, invoice


def _today(desk: Desk, unit: Unit, request: Request) -> tuple[date, datetime]:
    """Return the day where the owner is, and the instant at which it began."""
    zone = zone_of(desk, unit, request.owner or "")
    midnight = datetime.combine(desk.clock.now().astimezone(zone).date(), time(), tzinfo=zone)
    return midnight.date(), midnight.astimezone(UTC)
