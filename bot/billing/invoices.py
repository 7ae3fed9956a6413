"""Invoices are made ready, go to the client with the approved document; thanks follow."""

from collections.abc import Sequence

from bot import letters, moves, parcels
from bot.billing import making, telling
from bot.billing.making import Made
from bot.billing.partner import answered, is_wanted, readdress_one
from bot.desk import Desk
from bot.documents import PDF, final
from bot.errors import Problem, SlackRefused
from bot.letters import Enclosure
from bot.parcels import entry_from_json
from bot.ports import BillingRefused, Claimed, NotRendered
from messages import printed
from messages.links import file_line
from workflows.addressing import payers
from workflows.deal import Record, record_of
from workflows.document import Document
from workflows.invoice import Invoice, of_partner
from workflows.request import Request


class NotAPdf(Problem):
    """The file attached as the invoice is not a PDF."""


def prepare_invoice(desk: Desk, claimed: Claimed) -> None:
    """File the invoice that was just recorded: the PDF handed in, the partner's, or a rendered one.

    Where the request was cancelled meanwhile none is made. Raises NotYet while the partner is away.
    """
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    if request is None:
        return
    for invoice in record_of(request).invoices:
        is_open = not (invoice.sha256 or invoice.trouble) and invoice.at <= entry.at
        if is_open and is_wanted(request):
            _prepare(desk, claimed, request, invoice)
    if desk.billing is not None:
        telling.settle(desk, desk.billing, entry.ref)  # it may have been voided meanwhile


def _prepare(desk: Desk, claimed: Claimed, request: Request, invoice: Invoice) -> None:
    ref, occasion = request.ref, f"{invoice.number}:{claimed.id}"
    try:
        made = _made(desk, request, invoice)
    except (NotRendered, NotAPdf, SlackRefused, BillingRefused) as failure:
        why = f"{invoice.number}: {failure}"
        key, number = f"invoice_failed:{occasion}", invoice.number
        moves.by_frontdesk(
            desk, ref, "invoice_failed", key, reason=why, number=number, at=invoice.at
        )
        return
    now = desk.clock.now()
    name = invoice_name(invoice)
    with desk.store.unit() as unit:
        sha256 = unit.files.put(name, PDF, made.pdf)
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
        **made.filed,
    )


def mail_invoices(desk: Desk, claimed: Claimed) -> None:
    """Send the client the approved document with the invoices, in one mail to each recipient.

    Where the partner mails its invoices itself, the document goes alone, and each of them is
    promised by itself: what one waits for keeps no other, and none is mailed again with another.
    """
    entry, now = entry_from_json(claimed.parcel.payload["entry"]), desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else Record()
        sent = [each for each in record.invoices if each.sent_at == entry.at and not each.void]
        if request is None or record.version is None or not sent:
            return
        theirs = _by_partner(desk, sent)
        enclosures: list[Enclosure] = [
            final(request.ref, record.version, record.signature),
            *((each.sha256, invoice_name(each)) for each in sent if each not in theirs),
        ]
        for to in payers(request):
            letters.post(
                unit,
                request,
                "invoices",
                to,
                str(entry.version),
                now,
                enclosures,
                invoices=[each.number for each in sent],
                by_partner=[each.number for each in theirs],
            )
        for each in theirs:
            what = {"invoice": each.partner_id, "version": entry.version}
            occasion = f"{entry.version}:{each.partner_id}"
            unit.outbox.add(parcels.later("mail_by_partner", entry.ref, occasion, what, now))
        unit.commit()
    desk.wake()


def mail_by_partner(desk: Desk, claimed: Claimed) -> None:
    """Have the partner mail one of its invoices, unless nobody is to pay it any more.

    Raises NotYet while the partner is away, and InVain where it refuses that.
    """
    partner, what = desk.billing, claimed.parcel.payload
    ref, name = str(what["ref"]), str(what["invoice"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
    record = record_of(request) if request else Record()
    invoice = of_partner(record.invoices, name)
    if partner is None or invoice is None or invoice.void or invoice.written_off:
        return
    with answered(partner):
        readdress_one(partner, record, invoice)
        partner.send(name, f"{ref}:{what['version']}:{name}")


def thank_client(desk: Desk, claimed: Claimed) -> None:
    """Confirm to the client that the money has come; where none has, there is nothing to say."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else Record()
        received = any(each.paid.minor > 0 for each in record.invoices)
        if request is None or record.version is None or not received:
            return
        numbers = [each.number for each in record.invoices if not each.void]
        for to in payers(request):
            now = desk.clock.now()
            letters.post(unit, request, "thanks", to, str(entry.version), now, invoices=numbers)
        unit.commit()
    desk.wake()


def invoice_name(invoice: Invoice) -> str:
    """Return the name under which an invoice's PDF goes out; the number's own signs are kept."""
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in invoice.number)
    return f"invoice-{safe}.pdf"


def _by_partner(desk: Desk, sent: Sequence[Invoice]) -> list[Invoice]:
    """Return those of the invoices that the partner mails itself."""
    mails = desk.billing is not None and desk.billing.mails
    return [each for each in sent if mails and each.partner_id]


def _made(desk: Desk, request: Request, invoice: Invoice) -> Made:
    """Return the PDF that Billing attached, else the partner's, else one that is rendered."""
    if invoice.files:
        return Made(_handed_in(desk, invoice), {})
    if desk.billing is not None:
        return making.make(desk, desk.billing, request, invoice)
    return Made(_rendered(desk, request, invoice), {})


def _handed_in(desk: Desk, invoice: Invoice) -> bytes:
    file = desk.slack.download(invoice.files[0], (invoice.by,))
    if not file.content.startswith(b"%PDF-"):
        raise NotAPdf
    return file.content


def _rendered(desk: Desk, request: Request, invoice: Invoice) -> bytes:
    document = record_of(request).document or Document()
    company = desk.company
    data = printed.invoice(invoice, document, company=company.name, ref=request.ref)
    data |= {"payment_details": company.payment_details}
    return desk.renderer.pdf(desk.renderer.shipped("invoice"), data)
