"""How an invoice is made: found or begun, filled, held against what was asked, and finalized.

Whatever is cut short is taken up: each step first looks for what it would make.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

import stripe
from stripe import Customer, Invoice

from bot.ports import Bill, BillingRefused, BillingUnavailable, BillState
from integrations.billing import defining
from integrations.billing.amounts import money, units
from integrations.billing.defining import LINE, MARK
from integrations.billing.session import Session, is_missing, once, sentence
from integrations.billing.standing import mark, name_of, state_of
from workflows.money import Money

_PAGE, _MOST = 100, 5_000
_BEFORE = timedelta(days=1)


def prepared(session: Session, bill: Bill, zone: ZoneInfo) -> Invoice:
    """Return the invoice with this key, finalized. Raises BillingRefused, StripeError."""
    wanted = _wanted(bill)
    invoice = found(session, bill.key, bill.since) or _begun(session, bill, zone)
    if state_of(invoice) is BillState.DRAFT:
        _fill(session, bill, invoice)
        invoice = session.v1.invoices.retrieve(invoice.id)
        _must_be(session, invoice, wanted)
        invoice = _finalized(session, invoice)
    _must_be(session, invoice, wanted)
    return invoice


def _wanted(bill: Bill) -> Money:
    """Return what all lines come to; each can be had at Stripe."""
    currencies = {amount.currency for _, amount in bill.lines}
    if len(currencies) != 1:
        raise BillingRefused("An invoice has lines, all of them in one currency.")
    for _, amount in bill.lines:
        units(amount)
    wanted = Money(sum(amount.minor for _, amount in bill.lines), currencies.pop())
    if wanted.minor <= 0:
        raise BillingRefused(f"Stripe asks nobody for {wanted}.")
    return wanted


def found(session: Session, key: str, wanted: datetime) -> Invoice | None:
    """Return what was begun for this key, first wanted then; the customer may be another now.

    Stripe's lists are complete at once, which its search is not.
    Raises BillingUnavailable where they are too long, StripeError.
    """
    since = int((wanted - _BEFORE).astimezone(UTC).timestamp())
    listed = session.v1.invoices.list(
        {"collection_method": "send_invoice", "created": {"gte": since}, "limit": _PAGE}
    )
    seen = 0
    for each in listed.auto_paging_iter():
        if mark(each) == key:
            return each
        seen += 1
        if seen < _MOST:
            continue
        raise BillingUnavailable("it has more invoices of these days than can be looked through")
    return None


def _begun(session: Session, bill: Bill, zone: ZoneInfo) -> Invoice:
    params = defining.draft(bill, _customer(session, bill).id, zone)

    def is_there(invoice: Invoice) -> bool:
        try:
            session.v1.invoices.retrieve(invoice.id)
        except stripe.InvalidRequestError as problem:
            if is_missing(problem):
                return False
            raise
        return True

    try:
        return once(
            f"invoice {bill.key}",
            params,
            partial(session.v1.invoices.create, params),
            is_there=is_there,
        )
    except stripe.InvalidRequestError as problem:
        if problem.param != "due_date":
            raise
        raise BillingRefused(
            f"Stripe takes no invoice that is due on {bill.due:%Y-%m-%d}: {sentence(problem)}"
        ) from problem


def _customer(session: Session, bill: Bill) -> Customer:
    listed = session.v1.customers.list({"email": bill.email, "limit": _PAGE})
    for each in islice(listed.auto_paging_iter(), _MOST):
        if mark(each) == defining.mark_of(bill):
            return each
    params = defining.customer(bill)

    def is_there(customer: Customer) -> bool:
        seen = session.v1.customers.retrieve(customer.id)
        return not getattr(seen, "deleted", False) and seen.email == customer.email

    return once(
        "customer",
        params,
        partial(session.v1.customers.create, params),
        is_there=is_there,
    )


def readdressed(session: Session, invoice: Invoice, email: str) -> None:
    """Give the customer of an invoice another address. Raises StripeError."""
    name = name_of(invoice.customer)
    customer = session.v1.customers.retrieve(name)
    if getattr(customer, "deleted", False) or customer.email == email:
        return
    once(
        "address",
        {"of": name, "email": email, "before": customer.email},
        lambda options: session.v1.customers.update(name, {"email": email}, options),
        is_there=lambda _: session.v1.customers.retrieve(name).email == email,
    )


def _fill(session: Session, bill: Bill, invoice: Invoice) -> None:
    """Put the lines into a draft that it has not yet."""
    listed = session.v1.invoice_items.list({"invoice": invoice.id, "limit": _PAGE})
    there = {
        mark(each, LINE)
        for each in islice(listed.auto_paging_iter(), _MOST)
        if mark(each, MARK) == bill.key
    }
    for nth in range(len(bill.lines)):
        if str(nth) not in there:
            params = defining.item(bill, nth, name_of(invoice.customer), invoice.id)
            once(
                f"item {bill.key}",
                params,
                partial(session.v1.invoice_items.create, params),
            )


def _must_be(session: Session, invoice: Invoice, wanted: Money) -> None:
    """Refuse an invoice that does not come to what was asked, and leave none behind."""
    if _comes_to(invoice, units(wanted)):
        return
    match state_of(invoice):
        case BillState.DRAFT:
            session.v1.invoices.delete(invoice.id)
        case BillState.OPEN:
            once(
                "void",
                {"of": invoice.id},
                lambda it: session.v1.invoices.void_invoice(invoice.id, options=it),
            )
        case _:
            pass
    total, due = (money(each, invoice.currency) for each in (invoice.total, invoice.amount_due))
    raise BillingRefused(
        f"Stripe makes it {total}, of which {due} are due, in the place of {wanted}: a tax, a "
        "discount or a balance of the customer is set there."
    )


def _comes_to(invoice: Invoice, wanted: int) -> bool:
    """Whether an invoice asks for as much. What is due of one that is final may be less since.

    That is by a credit note, and is nothing that Stripe put in; a customer's balance is.
    """
    if invoice.total != wanted:
        return False
    if state_of(invoice) is BillState.DRAFT:
        return invoice.amount_due == wanted
    return not invoice.starting_balance


def _finalized(session: Session, invoice: Invoice) -> Invoice:
    try:
        return once(
            "finalize",
            {"of": invoice.id},
            lambda options: session.v1.invoices.finalize_invoice(
                invoice.id, {"auto_advance": False}, options
            ),
        )
    except stripe.InvalidRequestError:
        seen = session.v1.invoices.retrieve(invoice.id)
        if state_of(seen) is BillState.DRAFT:
            raise
        return seen
