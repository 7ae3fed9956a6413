"""Payments: what came in, what was taken back, what is given up, and the confirmation.

"Once payment is received, confirm the transaction with the client and update relevant internal
records" (Deals Requiring SOW, step 6). Rows only: nothing is ever deleted or converted.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workflows.collecting import TELL_PARTNER
from workflows.deal import record_of, recorded, uninvoiced
from workflows.definition import Deed, Given, Policy, Rule, Style, Transition
from workflows.effects import Errand, Tell
from workflows.invoice import Invoice, Payment, find, outstanding, swap
from workflows.money import Money
from workflows.request import Finding, Request
from workflows.roles import Role, Seat
from workflows.wording import in_words


def money_awaited(request: Request, _policy: Policy) -> Finding:
    """Whether any invoice still waits for money."""
    open_ones = outstanding(record_of(request).invoices)
    because = (
        f"not paid in full: {', '.join(each.number for each in open_ones)}"
        if open_ones
        else "every invoice is paid or written off"
    )
    return Finding("money_awaited", bool(open_ones), because)


MONEY_AWAITED = Rule("money_awaited", money_awaited)


def _chosen(request: Request, given: Given) -> Invoice | None:
    return find(record_of(request).invoices, str(given.values.get("invoice", "")))


def _payment_fits(request: Request, given: Given) -> str | None:
    if given.offering:
        return None
    invoice = _chosen(request, given)
    if invoice is None:
        return "Please choose the invoice that was paid."
    amount: Money = given.values["amount"]
    if amount.minor <= 0:
        return "A payment is more than nothing. Money that goes back is a payment taken back."
    if amount.currency != invoice.amount.currency:
        return (
            f"{invoice.number} is in {invoice.amount.currency}. Money in {amount.currency} is not "
            "converted here: please record what the bank credited, in the invoice's currency."
        )
    doubts = payment_doubts(request, invoice, amount, str(given.values.get("reference", "")))
    if doubts and not given.values.get("sure"):
        return (
            f"{' '.join(doubts)} If this is right, tick “I have checked this” and record it again."
        )
    return None


def payment_doubts(
    request: Request, invoice: Invoice, amount: Money, reference: str
) -> tuple[str, ...]:
    """Return what should make Billing look twice: too much money, a reference seen before."""
    doubts = []
    if amount.minor > invoice.balance.minor:
        doubts.append(f"{amount} is more than the balance of {invoice.balance}.")
    wanted = reference.strip().casefold()
    seen = {
        payment.reference.strip().casefold()
        for each in record_of(request).invoices
        for payment in each.payments
        if payment.reverses is None and payment.id not in each.reversed_ids()
    }
    if wanted and wanted in seen:
        doubts.append(f"A payment with the reference “{reference.strip()}” is on record already.")
    return tuple(doubts)


def _paid(request: Request, deed: Deed) -> Request:
    invoices = record_of(request).invoices
    invoice = find(invoices, str(deed.values["invoice"]))
    if invoice is None:
        return request
    payment = Payment(
        id=len(invoice.payments) + 1,
        amount=deed.values["amount"],
        on=deed.values["on"],
        method=str(deed.values["method"]),
        reference=str(deed.values.get("reference", "")),
        by=deed.user,
        at=deed.at,
    )
    return recorded(request, invoices=swap(invoices, invoice.with_payment(payment)))


def _prefill_payment(request: Request, today: date) -> Mapping[str, Any]:
    waiting = outstanding(record_of(request).invoices)
    first = {"invoice": waiting[0].number, "amount": waiting[0].balance} if waiting else {}
    return {"on": today} | first


def _has_payment(request: Request, given: Given) -> str | None:
    reversible = {
        f"{invoice.number}#{payment.id}"
        for invoice in record_of(request).invoices
        for payment in invoice.reversible()
    }
    wanted = given.values.get("payment")
    if not reversible or (wanted is not None and wanted not in reversible):
        return "There is no such payment to take back."
    return None


def _reversed(request: Request, deed: Deed) -> Request:
    number, _, payment_id = str(deed.values["payment"]).rpartition("#")
    invoices = record_of(request).invoices
    invoice = find(invoices, number)
    if invoice is None:
        return request
    wrong = next(each for each in invoice.payments if each.id == int(payment_id))
    row = Payment(
        id=len(invoice.payments) + 1,
        amount=Money(-wrong.amount.minor, wrong.amount.currency),
        on=deed.at.date(),
        method=wrong.method,
        reference=wrong.reference,
        by=deed.user,
        at=deed.at,
        reverses=wrong.id,
    )
    return recorded(request, invoices=swap(invoices, invoice.with_payment(row)))


def _written_off(request: Request, deed: Deed) -> Request:
    invoices = record_of(request).invoices
    invoice = find(invoices, str(deed.values["invoice"]))
    if invoice is None:
        return request
    return recorded(request, invoices=swap(invoices, replace(invoice, written_off=True)))


def sent_invoices(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the choices of a form's ``invoice``: every one, those that wait first."""
    waiting = outstanding(record_of(request).invoices)
    rest = tuple(each for each in record_of(request).invoices if each not in waiting)
    return {"invoice": tuple((each.number, str(each)) for each in (*waiting, *rest))}


def _payments(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    return {
        "payment": tuple(
            (f"{invoice.number}#{payment.id}", _in_words(invoice, payment))
            for invoice in record_of(request).invoices
            for payment in invoice.reversible()
        )
    }


def _in_words(invoice: Invoice, payment: Payment) -> str:
    what = payment.reference or payment.method
    return f"{payment.amount} on {in_words(payment.on)} to {invoice.number} ({what})"


def _is_wholly_invoiced(request: Request, _given: Given) -> str | None:
    left = uninvoiced(request)
    if left.minor <= 0:
        return None
    return (
        f"{left} of the Statement of Work have not been invoiced. Record another invoice, or close "
        "it with less invoiced, with a reason, from its page."
    )


def _is_short(request: Request, given: Given) -> str | None:
    whole = _is_wholly_invoiced(request, given) is None
    return "All of it has been invoiced; please confirm the payment." if whole else None


def nothing_paid(request: Request, _given: Given) -> str | None:
    """Ending or pausing a request is for the time before the first payment."""
    if any(each.paid.minor != 0 for each in record_of(request).invoices):
        return "Money has been received on this request. What is still open can be written off."
    return None


def _open_choices(request: Request) -> Mapping[str, tuple[tuple[str, str], ...]]:
    waiting = outstanding(record_of(request).invoices)
    return {"invoice": tuple((each.number, str(each)) for each in waiting)}


def _is_open(request: Request, given: Given) -> str | None:
    invoice = _chosen(request, given)
    if given.offering:
        return None if outstanding(record_of(request).invoices) else "Nothing is outstanding."
    return None if invoice is not None and invoice.is_open else "This invoice is not open."


_AWAITED = ("awaiting_payment", "paid")

TRANSITIONS = (
    Transition(
        name="record_payment",
        label="Record payment",
        done="credited with a payment",
        source=_AWAITED,
        target="awaiting_payment",
        by=(Role.BILLING,),
        guard=_payment_fits,
        form="payment",
        prefill=_prefill_payment,
        choices=sent_invoices,
        apply=_paid,
        style=Style.PRIMARY,
        effects=(TELL_PARTNER,),
    ),
    Transition(
        name="reverse_payment",
        label="Take a payment back",
        done="found without a payment that was taken back",
        source=_AWAITED,
        target="awaiting_payment",
        by=(Role.BILLING,),
        guard=_has_payment,
        reason=True,
        form="payment_reversal",
        choices=_payments,
        apply=_reversed,
        on_card=False,
        effects=(Errand("await_payment"), TELL_PARTNER),
    ),
    Transition(
        name="write_off",
        label="Write off",
        done="written off",
        source=("awaiting_payment",),
        target="awaiting_payment",
        by=(Role.BILLING,),
        guard=_is_open,
        reason=True,
        form="invoice_reason",
        choices=_open_choices,
        apply=_written_off,
        on_card=False,
        effects=(Tell(Role.HEAD_OF_SALES, "write_off"), TELL_PARTNER),
    ),
    Transition(
        name="close_short",
        label="Close with less invoiced",
        done="closed with less invoiced than was agreed",
        source=("paid",),
        target="closed",
        by=(Role.BILLING, Seat.DECIDER),
        guard=_is_short,
        reason=True,
        form="reason",
        on_card=False,
        effects=(
            Tell(Seat.OWNER, "close_short"),
            Tell(Role.HEAD_OF_SALES, "close_short"),
            Errand("thank_client"),
            Errand("write_back"),
            Errand("ask_opinions"),
        ),
    ),
    Transition(
        name="confirm",
        label="Confirm payment",
        done="confirmed as paid, and closed",
        source=("paid",),
        target="closed",
        by=(Role.BILLING, Seat.DECIDER),
        guard=_is_wholly_invoiced,
        style=Style.PRIMARY,
        confirm="The client is thanked by mail, and the record is closed.",
        effects=(
            Tell(Seat.OWNER, "confirm"),
            Errand("thank_client"),
            Errand("write_back"),
            Errand("ask_opinions"),
        ),
    ),
)
