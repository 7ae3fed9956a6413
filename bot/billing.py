"""Billing: invoices are made ready, go to the client with the approved document; thanks follow."""

from bot import letters, moves, parcels
from bot.desk import Desk
from bot.documents import PDF, final
from bot.errors import Problem, SlackRefused
from bot.letters import Enclosure, recipients
from bot.parcels import entry_from_json
from bot.ports import Claimed, NotRendered
from messages import printed
from messages.links import file_line
from workflows.deal import Record, record_of
from workflows.document import Document
from workflows.invoice import Invoice
from workflows.request import Request


class NotAPdf(Problem):
    """The file attached as the invoice is not a PDF."""


def prepare_invoice(desk: Desk, claimed: Claimed) -> None:
    """File the invoice that was just recorded: the PDF handed in, or one that is rendered."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    if request is None:
        return
    for invoice in record_of(request).invoices:
        if not (invoice.sha256 or invoice.trouble) and invoice.at <= entry.at:
            _prepare(desk, claimed, request, invoice)


def _prepare(desk: Desk, claimed: Claimed, request: Request, invoice: Invoice) -> None:
    ref, occasion = request.ref, f"{invoice.number}:{claimed.id}"
    try:
        content = _handed_in(desk, invoice) if invoice.files else _made(desk, request, invoice)
    except (NotRendered, NotAPdf, SlackRefused) as failure:
        why = f"{invoice.number}: {failure}"
        key, number = f"invoice_failed:{occasion}", invoice.number
        moves.by_frontdesk(
            desk, ref, "invoice_failed", key, reason=why, number=number, at=invoice.at
        )
        return
    now = desk.clock.now()
    name = invoice_name(invoice)
    with desk.store.unit() as unit:
        sha256 = unit.files.put(name, PDF, content)
        said = file_line(ref, f"invoice {invoice.number}")
        unit.outbox.add(parcels.share(ref, f"user:{invoice.by}", sha256, name, said, now))
        unit.commit()
    moves.by_frontdesk(
        desk,
        ref,
        "invoice_kept",
        f"invoice:{ref}:{occasion}",
        number=invoice.number,
        at=invoice.at,
        sha256=sha256,
    )


def mail_invoices(desk: Desk, claimed: Claimed) -> None:
    """Send the client the approved document with the invoices, in one mail to each recipient."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else Record()
        sent = [each for each in record.invoices if each.sent_at == entry.at]
        if request is None or record.version is None or not sent:
            return
        enclosures: list[Enclosure] = [
            final(request.ref, record.version, record.signature),
            *((each.sha256, invoice_name(each)) for each in sent),
        ]
        for to in recipients(request, record.version):
            letters.post(
                unit,
                request,
                "invoices",
                to,
                str(entry.version),
                desk.clock.now(),
                enclosures,
                invoices=[each.number for each in sent],
            )
        unit.commit()
    desk.wake()


def thank_client(desk: Desk, claimed: Claimed) -> None:
    """Confirm to the client that the money has come; where none has, there is nothing to say."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else Record()
        received = any(each.paid.minor > 0 for each in record.invoices)
        if request is None or record.version is None or not received:
            return
        numbers = [each.number for each in record.invoices]
        for to in recipients(request, record.version):
            now = desk.clock.now()
            letters.post(unit, request, "thanks", to, str(entry.version), now, invoices=numbers)
        unit.commit()
    desk.wake()


def invoice_name(invoice: Invoice) -> str:
    """Return the name under which an invoice's PDF goes out; the number's own signs are kept."""
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in invoice.number)
    return f"invoice-{safe}.pdf"


def _handed_in(desk: Desk, invoice: Invoice) -> bytes:
    file = desk.slack.download(invoice.files[0], (invoice.by,))
    if not file.content.startswith(b"%PDF-"):
        raise NotAPdf
    return file.content


def _made(desk: Desk, request: Request, invoice: Invoice) -> bytes:
    document = record_of(request).document or Document()
    company = desk.company
    data = printed.invoice(invoice, document, company=company.name, ref=request.ref)
    data |= {"payment_details": company.payment_details}
    return desk.renderer.pdf(desk.renderer.shipped("invoice"), data)
