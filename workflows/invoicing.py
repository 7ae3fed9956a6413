"""Invoicing: Billing records what is owed and sends it with the approved document.

"They send the approved SOW to the client, along with the corresponding invoice" (Deals Requiring
SOW, step 4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from workflows import usual
from workflows.collecting import TELL_PARTNER
from workflows.deal import record_of, recorded, uninvoiced
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.effects import Errand, Tell
from workflows.invoice import Invoice, find, swap
from workflows.request import Request
from workflows.roles import Party, Role, Seat

NET_DAYS = 30
"""When Billing names neither a due day nor a number of days."""

INVOICED_IN = ("invoicing", "awaiting_payment")
_LATER = ("awaiting_payment", "paid")
_BILLING = (Role.BILLING, Seat.DECIDER)
"""In ``invoicing`` also whoever an admin gave it to; later the decider is the sales assistant."""


def _prefill_invoice(request: Request, today: date) -> Mapping[str, Any]:
    left = uninvoiced(request)
    amount = left if left.minor > 0 else None
    return {"issued": today, "amount": amount}


def _invoice_fits(request: Request, given: Given) -> str | None:
    return None if given.offering else next(_wrong_with(request, given.values), None)


def _wrong_with(request: Request, values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an invoice, and what looks wrong unless somebody has checked it."""
    amount, left = values["amount"], uninvoiced(request)
    if find(record_of(request).invoices, str(values.get("number", ""))) is not None:
        yield f"There is an invoice {values['number']} on this request already."
    if amount.minor <= 0:
        yield "An invoice asks for more than nothing. Money that goes back is a payment taken back."
    if _due(values) < values["issued"]:
        yield "The due date lies before the invoice date. Please correct one of them."
    if amount.currency != left.currency:
        yield (
            f"The Statement of Work is in {left.currency}. Nothing is converted here, so the "
            f"invoice cannot be in {amount.currency}."
        )
    if amount.minor > max(left.minor, 0) and not values.get("sure"):
        yield (
            f"{amount} is more than the {replace(left, minor=max(left.minor, 0))} of the Statement "
            "of Work that are not invoiced yet. "
            "If this is right, tick “I have checked this” and record it again."
        )


def _due(values: Mapping[str, Any]) -> date:
    """Return the due day: the one that is named, else so many days after the invoice's own."""
    net = values.get("net_days")
    days = timedelta(days=NET_DAYS if net is None else net)
    due: date = values.get("due") or values["issued"] + days
    return due


def _invoiced(request: Request, deed: Deed) -> Request:
    values, record = deed.values, record_of(request)
    number = str(values.get("number", "")).strip()
    invoice = Invoice(
        number=number or _next_number(request),
        numbered=bool(number),
        amount=values["amount"],
        issued=values["issued"],
        due=_due(values),
        label=str(values.get("label", "")),
        by=deed.user,
        at=deed.at,
        files=tuple(values.get("files", ())),
    )
    return recorded(request, invoices=(*record.invoices, invoice))


def _next_number(request: Request) -> str:
    """Return a number that no invoice of the request has: "SOW-7-1", "SOW-7-2"."""
    invoices = record_of(request).invoices
    numbers = (f"{request.ref}-{count}" for count in range(1, len(invoices) + 2))
    return next(number for number in numbers if find(invoices, number) is None)


def _is_unsent(request: Request, _given: Given) -> str | None:
    unsent = _unsent(request)
    if not unsent:
        return "Every invoice has been sent. Please record one first."
    signature = record_of(request).signature
    if signature and len(signature.evidence_sha256) < len(signature.files):
        return "What shows the client's approval is not on file yet."
    for each in unsent:
        if not each.sha256 and each.trouble:
            return f"{each.trouble} Please void it, and record it again."
    if not all(each.sha256 for each in unsent):
        return "An invoice is still being prepared; please try again in a moment."
    return None


def _invoices_sent(request: Request, deed: Deed) -> Request:
    invoices = tuple(
        replace(each, sent_at=deed.at) if each.is_unsent else each
        for each in record_of(request).invoices
    )
    return recorded(request, invoices=invoices)


def _invoice_failed(request: Request, deed: Deed) -> Request:
    invoices = record_of(request).invoices
    invoice = find(invoices, str(deed.values.get("number", "")))
    if invoice is None:
        return request
    return recorded(request, invoices=swap(invoices, replace(invoice, trouble=deed.reason)))


def _is_this_invoice(request: Request, given: Given) -> str | None:
    """What was prepared belongs to the invoice that it was made for, and to no later one."""
    invoice = find(record_of(request).invoices, str(given.values.get("number", "")))
    if invoice is None or invoice.at != given.values.get("at") or invoice.sha256:
        return "This invoice is not the one that was to be prepared."
    return None


def _invoice_kept(request: Request, deed: Deed) -> Request:
    invoices = record_of(request).invoices
    invoice = find(invoices, str(deed.values["number"]))
    if invoice is None:
        return request
    kept = replace(
        invoice,
        number=_final_number(invoices, invoice, str(deed.values.get("final_number", ""))),
        sha256=str(deed.values["sha256"]),
        partner=str(deed.values.get("partner", "")),
        partner_id=str(deed.values.get("partner_id", "")),
        page=str(deed.values.get("page", "")),
    )
    kept_now = tuple(kept if each is invoice else each for each in invoices)
    return recorded(request, invoices=kept_now)


def _final_number(invoices: tuple[Invoice, ...], invoice: Invoice, number: str) -> str:
    """Return the number that the partner gave, unless somebody else's invoice here has it."""
    return number if number and find(invoices, number) is None else invoice.number


def _unsent(request: Request) -> tuple[Invoice, ...]:
    return tuple(each for each in record_of(request).invoices if each.is_unsent)


def _voidable(request: Request) -> tuple[Invoice, ...]:
    return tuple(each for each in _unsent(request) if not each.payments)


def _voidable_choices(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {"invoice": tuple((each.number, str(each)) for each in _voidable(request))}


def _is_voidable(request: Request, given: Given) -> str | None:
    chosen = find(_unsent(request), str(given.values.get("invoice")))
    if chosen is not None and chosen.payments:
        return "Money has been recorded on this invoice. Please take the payment back first."
    if not _voidable(request):
        return "Every invoice has been sent; one that is wrong is written off."
    if "invoice" in given.values and chosen is None:
        return "This invoice has been sent already."
    return None


def _voided(request: Request, deed: Deed) -> Request:
    left = tuple(
        each for each in record_of(request).invoices if each.number != deed.values["invoice"]
    )
    return recorded(request, invoices=left)


def _record(name: str, source: tuple[str, ...], target: str, by: tuple[Party, ...]) -> Transition:
    return Transition(
        name=name,
        label="Record invoice",
        done="invoiced",
        source=source,
        target=target,
        by=by,
        guard=_invoice_fits,
        form="invoice",
        prefill=_prefill_invoice,
        apply=_invoiced,
        style=Style.PRIMARY,
        tell_asker=False,
        effects=(Errand("prepare_invoice"),),
    )


def _void(name: str, source: str, target: str, by: tuple[Party, ...]) -> Transition:
    return Transition(
        name=name,
        label="Void invoice",
        done="relieved of an invoice",
        source=(source,),
        target=target,
        by=by,
        guard=_is_voidable,
        reason=True,
        form="invoice_reason",
        choices=_voidable_choices,
        apply=_voided,
        on_card=False,
        tell_asker=False,
        effects=(TELL_PARTNER,),
    )


def _send(name: str, source: str, by: tuple[Party, ...]) -> Transition:
    return Transition(
        name=name,
        label="Send SOW and invoice to the client",
        done="invoiced to the client",
        source=(source,),
        target="awaiting_payment",
        by=by,
        guard=_is_unsent,
        apply=_invoices_sent,
        style=Style.PRIMARY,
        confirm="The client gets the approved Statement of Work with every invoice not sent yet.",
        effects=(Errand("mail_invoices"), Errand("await_payment")),
    )


TRANSITIONS = (
    _record("record_invoice", ("invoicing",), STAY, _BILLING),
    _record("record_further_invoice", _LATER, "awaiting_payment", (Role.BILLING,)),
    usual.noted(
        "invoice_kept",
        "Invoice filed",
        "filed",
        (*INVOICED_IN, "paid", "on_hold"),
        guard=_is_this_invoice,
        apply=_invoice_kept,
        logged=False,
    ),
    usual.noted(
        "invoice_failed",
        "Invoice not prepared",
        "left without an invoice document",
        (*INVOICED_IN, "paid", "on_hold"),
        Tell(Role.BILLING, "invoice_failed"),
        guard=_is_this_invoice,
        apply=_invoice_failed,
    ),
    _void("void_invoice", "invoicing", STAY, _BILLING),
    _void("void_further_invoice", "awaiting_payment", "awaiting_payment", (Role.BILLING,)),
    _send("send_invoices", "invoicing", _BILLING),
    _send("send_further_invoices", "awaiting_payment", (Role.BILLING,)),
)
