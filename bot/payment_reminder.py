"""The reminder of an invoice that the client gets by mail, as the sales assistant left it."""

from bot import letters
from bot.billing import hearing
from bot.desk import Desk
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json
from bot.unmoved import beside
from workflows.addressing import payers
from workflows.deal import record_of
from workflows.invoice import Kind, find
from workflows.roles import Seat

KEPT_BACK = "reminder_kept_back"
"""What is recorded of a reminder that was written, and did not leave."""


def mail_reminder(desk: Desk, claimed: Claimed) -> None:
    """Mail the client the reminder that the sales assistant has just written."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else None
        if request is None or record is None or record.version is None:
            return
        for invoice in record.invoices:
            for step in invoice.follow_ups:
                if step.kind is not Kind.REMINDER or step.at != entry.at:
                    continue
                for to in payers(request):
                    letters.post(
                        unit,
                        request,
                        "payment_reminder",
                        to,
                        str(entry.version),
                        desk.clock.now(),
                        subject=step.subject,
                        body=step.text,
                        invoices=[invoice.number],
                        open=invoice.balance.minor,
                    )
        unit.commit()
    desk.wake()


def deliver_letter(desk: Desk, claimed: Claimed) -> None:
    """Send a letter; but no reminder of what is not owed any more, or not as it says.

    How it stands is asked again before that; one that is kept back is on record as such, since
    it was on record as sent. Raises NotYet while the mail server, or the partner that is asked, is
    away.
    """
    payload = claimed.parcel.payload
    if payload["letter"] == "payment_reminder" and _is_out_of_date(desk, payload):
        _kept_back(desk, claimed)
        return
    letters.deliver(desk, claimed)


def _kept_back(desk: Desk, claimed: Claimed) -> None:
    payload, now = claimed.parcel.payload, desk.clock.now()
    detail = {"invoice": str(payload["invoices"][0]), "letter": claimed.parcel.key}
    with desk.store.unit() as unit:
        request = unit.requests.get(str(payload["ref"]))
        if request is None or any(
            each.action == KEPT_BACK and each.detail["letter"] == claimed.parcel.key
            for each in unit.requests.timeline(request.ref)
        ):
            return
        entry = beside(request, KEPT_BACK, Seat.FRONTDESK.value, "mail", now, detail)
        unit.audit.append(entry)
        unit.commit()


def _is_out_of_date(desk: Desk, payload: Json) -> bool:
    """Whether a reminder says what is not so any more: it was paid, in part or there, or voided."""
    ref, numbers = str(payload["ref"]), [str(each) for each in payload["invoices"]]
    settled = [hearing.is_settled_there(desk, ref, each) for each in numbers]
    if all(settled):
        return True
    with desk.store.unit() as unit:
        request = unit.requests.get(str(payload["ref"]))
    if request is None or letters.is_moot(request, "payment_reminder", payload):
        return True
    found = [find(record_of(request).invoices, number) for number in payload["invoices"]]
    return "open" in payload and [e.balance.minor for e in found if e] != [payload["open"]]
