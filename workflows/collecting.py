"""Where a partner makes the invoices and takes the money: what is heard of it there.

"Once payment is received, confirm the transaction with the client" (Deals Requiring SOW, step 6):
what a partner says of a payment is recorded like Billing's own word; Billing confirms. What came in
while a request was on hold counts when it goes on (``settled_meanwhile``).
"""

from collections.abc import Callable
from dataclasses import replace

from workflows import usual
from workflows.deal import record_of, recorded
from workflows.definition import STAY, Deed, Given, Guard, Transition
from workflows.effects import Errand, Tell
from workflows.invoice import Invoice, Payment, of_partner, outstanding, swap
from workflows.money import Money
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.usual import Apply

TELL_PARTNER = Errand("tell_partner")
"""What Billing did to an invoice is done at the partner, too."""

_AWAITED = ("awaiting_payment", "paid")
_BESIDE = ("invoicing", "on_hold")
_OVER = ("closed", "rejected", "cancelled")


def _there(request: Request, given: Given) -> Invoice | None:
    return of_partner(record_of(request).invoices, str(given.values.get("partner_id", "")))


def _is_new(request: Request, given: Given) -> str | None:
    invoice, amount = _there(request, given), given.values.get("amount")
    if invoice is None:
        return "There is no such invoice."
    if not isinstance(amount, Money) or amount.currency != invoice.amount.currency:
        return "This is no payment of that invoice."
    known = (amount.minor, str(given.values["reference"]))
    if known in {(each.amount.minor, each.reference) for each in invoice.payments}:
        return "This payment is on record."
    return None


def _is_not_void(request: Request, given: Given) -> str | None:
    invoice = _there(request, given)
    return "There is no such invoice." if invoice is None or invoice.void else None


def _is_awaited(request: Request, given: Given) -> str | None:
    invoice = _there(request, given)
    return None if invoice is not None and invoice.is_open else "This invoice is not open."


def _is_known(request: Request, given: Given) -> str | None:
    return "There is no such invoice." if _there(request, given) is None else None


def _is_news(request: Request, given: Given) -> str | None:
    invoice = _there(request, given)
    if invoice is None:
        return "There is no such invoice."
    is_known = given.values.get("returned") == invoice.returned
    return "This is on record." if is_known else None


def _is_settled(request: Request, _given: Given) -> str | None:
    return "Money is awaited." if outstanding(record_of(request).invoices) else None


def _changed(change: Callable[[Invoice, Deed], Invoice]) -> Apply:
    """Return what changes the invoice that the partner speaks of."""

    def apply(request: Request, deed: Deed) -> Request:
        invoices = record_of(request).invoices
        invoice = of_partner(invoices, str(deed.values["partner_id"]))
        if invoice is None:
            return request
        return recorded(request, invoices=swap(invoices, change(invoice, deed)))

    return apply


def _paid(invoice: Invoice, deed: Deed) -> Invoice:
    return invoice.with_payment(
        Payment(
            id=len(invoice.payments) + 1,
            amount=deed.values["amount"],
            on=deed.values["on"],
            method=str(deed.values["method"]),
            reference=str(deed.values["reference"]),
            by=deed.user,
            at=deed.at,
        )
    )


def _void(invoice: Invoice, _deed: Deed) -> Invoice:
    return replace(invoice, void=True)


def _written_off(invoice: Invoice, _deed: Deed) -> Invoice:
    return replace(invoice, written_off=True)


def _went_back(invoice: Invoice, deed: Deed) -> Invoice:
    return replace(invoice, returned=tuple(deed.values["returned"]))


def _heard(
    name: str, label: str, done: str, beside: tuple[str, ...], guard: Guard, apply: Apply
) -> tuple[Transition, Transition]:
    """Return what moves a request whose money is awaited, and what is only noted ``beside``."""
    moved = Transition(
        name=name,
        label=label,
        done=done,
        source=_AWAITED,
        target="awaiting_payment",
        by=(Seat.FRONTDESK,),
        guard=guard,
        apply=apply,
        on_card=False,
        effects=(Tell(Seat.OWNER, name), Tell(Role.BILLING, name)),
    )
    return moved, replace(
        moved,
        name=f"{name}_beside",
        source=beside,
        target=STAY,
        tell_asker=False,
        effects=(Tell(Role.BILLING, f"{name}_beside"),),
    )


TRANSITIONS = (
    *_heard(
        "payment_heard",
        "Payment received",
        "credited with a payment",
        (*_BESIDE, *_OVER),
        _is_new,
        _changed(_paid),
    ),
    *_heard(
        "void_heard",
        "Invoice voided",
        "relieved of an invoice",
        _BESIDE,
        _is_not_void,
        _changed(_void),
    ),
    *_heard(
        "write_off_heard",
        "Invoice written off",
        "written off",
        _BESIDE,
        _is_awaited,
        _changed(_written_off),
    ),
    Transition(
        name="settled_meanwhile",
        label="Settled meanwhile",
        done="found settled",
        source=("awaiting_payment",),
        target="awaiting_payment",
        by=(Seat.FRONTDESK,),
        guard=_is_settled,
        on_card=False,
        tell_asker=False,
    ),
    usual.noted(
        "payment_doubted",
        "Payment recorded twice?",
        "found with a payment that may be on record already",
        (*_BESIDE, *_AWAITED, *_OVER),
        Tell(Role.BILLING, "payment_doubted"),
        guard=_is_known,
    ),
    usual.noted(
        "money_returned",
        "Money went back",
        "looked at for money that went back",
        (*_BESIDE, *_AWAITED, *_OVER),
        Tell(Role.BILLING, "money_returned"),
        guard=_is_news,
        apply=_changed(_went_back),
    ),
    usual.noted(
        "balance_differs",
        "Another balance",
        "found with another balance",
        (*_BESIDE, *_AWAITED),
        Tell(Role.BILLING, "balance_differs"),
        guard=_is_known,
    ),
)
