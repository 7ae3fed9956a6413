"""An invoice and a payment as Stripe wants them described."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stripe.params import (
    CustomerCreateParams,
    InvoiceCreateParams,
    InvoiceItemCreateParams,
    PaymentRecordReportPaymentParams,
)

from bot.ports import Bill, BillingRefused, Credit
from integrations.billing.amounts import units

MARK = "frontdesk"
"""The metadata that hold our key, or for a customer whom they stand for."""
LINE = "frontdesk_line"
"""The metadata that hold which line of an invoice an item is."""
_NAME, _MEMO, _TEXT, _VALUE = 256, 1500, 500, 500
LONGEST_NUMBER = 26
"""Characters of a number (docs.stripe.com/api/invoices/create)."""
_FIELD = 140
_A_SECOND = timedelta(seconds=1)


def mark_of(bill: Bill) -> str:
    """Return by what a customer is known as ours: the same address can pay for several clients."""
    return bill.client[:_VALUE]


def customer(bill: Bill) -> CustomerCreateParams:
    """Return the client as a customer: a company with an address for its invoices."""
    return {
        "name": bill.client[:_NAME],
        "email": bill.email,
        "metadata": {MARK: mark_of(bill)},
    }


def draft(bill: Bill, customer: str, zone: ZoneInfo) -> InvoiceCreateParams:
    """Return a draft without its lines. Raises BillingRefused.

    Nothing happens to it by itself, and nothing of the account's or the customer's own is put
    into it: no tax, no discount, no item that waits.
    """
    if len(bill.number) > LONGEST_NUMBER:
        raise BillingRefused(
            f"Stripe takes numbers of {LONGEST_NUMBER} characters at most; {bill.number} is longer."
        )
    params: InvoiceCreateParams = {
        "customer": customer,
        "currency": bill.lines[0][1].currency.lower(),
        "collection_method": "send_invoice",
        "due_date": end_of(bill.due, zone),
        "auto_advance": False,
        "automatic_tax": {"enabled": False},
        "discounts": "",
        "pending_invoice_items_behavior": "exclude",
        "description": bill.memo[:_MEMO],
        "metadata": {MARK: bill.key, "request": bill.ref},
    }
    if bill.number:
        params["number"] = bill.number
    if bill.contact:
        params["custom_fields"] = [{"name": "Attention", "value": bill.contact[:_FIELD]}]
    return params


def item(bill: Bill, nth: int, customer: str, invoice: str) -> InvoiceItemCreateParams:
    """Return one line of an invoice. Raises BillingRefused."""
    text, amount = bill.lines[nth]
    return {
        "customer": customer,
        "invoice": invoice,
        "amount": units(amount),
        "currency": amount.currency.lower(),
        "description": text[:_TEXT],
        "discountable": False,
        "metadata": {MARK: bill.key, LINE: str(nth)},
    }


def record(credit: Credit, amount: int, customer: str) -> PaymentRecordReportPaymentParams:
    """Return money that came in elsewhere, ``amount`` of it in Stripe's units."""
    at = _seconds(credit.at)
    return {
        "amount_requested": {"currency": credit.amount.currency.lower(), "value": amount},
        "customer_details": {"customer": customer},
        "initiated_at": at,
        "outcome": "guaranteed",
        "guaranteed": {"guaranteed_at": at},
        "payment_method_details": {
            "type": "custom",
            "custom": {"display_name": credit.method[:_FIELD] or "Elsewhere"},
        },
        "processor_details": {
            "type": "custom",
            "custom": {"payment_reference": (credit.reference or credit.key)[:_VALUE]},
        },
        "metadata": {MARK: credit.key},
    }


def end_of(day: date, zone: ZoneInfo) -> int:
    """Return the last second of a day: what is due on it can be paid until then.

    Stripe shows it as a day in the account's own time zone; that should be the company's.
    """
    return _seconds(datetime.combine(day + timedelta(days=1), time(), zone) - _A_SECOND)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
