"""Invoices go to the client once more, or to another address: always by a mail of our own.

A partner's own mail may be what did not arrive, so it is not asked for another one.
"""

from bot import letters
from bot.billing.invoices import invoice_name
from bot.billing.partner import readdress
from bot.desk import Desk
from bot.documents import final
from bot.parcels import entry_from_json
from bot.ports import Claimed
from workflows.addressing import payers
from workflows.deal import record_of
from workflows.resending import outgoing


def send_again(desk: Desk, claimed: Claimed) -> None:
    """Mail whoever pays the invoices that wait, with their PDFs; the partner gets the address.

    Before any was sent it is only the address. Raises as :func:`~bot.billing.partner.of_each`.
    """
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None:
            return
        record, due = record_of(request), outgoing(request)
        if due and record.version is not None and entry.action == "send_invoices_again":
            letters.post(
                unit,
                request,
                "invoices",
                payers(request)[0],
                str(entry.version),
                desk.clock.now(),
                [
                    final(request.ref, record.version, record.signature),
                    *((each.sha256, invoice_name(each)) for each in due),
                ],
                invoices=[each.number for each in due],
                again=True,
            )
        unit.commit()
    desk.wake()
    readdress(desk, request)  # the mail does not wait for that
