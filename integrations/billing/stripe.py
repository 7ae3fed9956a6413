"""Invoices by Stripe: its Invoicing API by its own library."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

import stripe
from stripe import Invoice, InvoicePayment

from bot.ports import Bill, Billed, BillingRefused, BillingUnavailable, BillState, Credit, Heard
from integrations.billing import calls, checking, defining, preparing, returns
from integrations.billing.access import Access
from integrations.billing.amounts import units
from integrations.billing.session import Session, is_missing, once, sentence, told
from integrations.billing.standing import billed, key_of, name_of, state_of
from workflows.returns import Returned

T = TypeVar("T")
log = logging.getLogger(__name__)

_PAGE, _MOST_PAYMENTS, _MOST_EVENTS = 100, 1_000, 10_000
_MOST_LOOKS = 3
_PAYABLE = (BillState.OPEN, BillState.UNCOLLECTIBLE)


class Stripe:
    """:class:`bot.ports.Billing` with an account at Stripe."""

    name = "Stripe"
    longest_number = defining.LONGEST_NUMBER

    def __init__(self, access: Access) -> None:
        """Remember the access; nothing is sent yet."""
        self._access = access
        self._session = Session(access)

    @property
    def mails(self) -> bool:
        """Whether Stripe mails its invoices to the client."""
        return self._access.mails

    def prepare(self, bill: Bill) -> str:
        """Return the invoice with this key, made and finalized unless it is there.

        It is due at the end of its day in the company's time zone; one that is over is refused.
        """
        return self._ask(lambda: preparing.prepared(self._session, bill, self._access.zone).id)

    def find(self, key: str, since: datetime) -> str:
        """Return the invoice with this key, or ""."""

        def sought() -> str:
            invoice = preparing.found(self._session, key, since)
            return invoice.id if invoice else ""

        return self._ask(sought)

    def look(self, invoice: str) -> Billed:
        """Return how an invoice stands."""
        return self._ask(lambda: self._billed(invoice))

    def returned(self, invoice: str) -> tuple[Returned, ...] | None:
        """Return what went back of what was paid; None where the key may not see that."""

        def sought() -> tuple[Returned, ...] | None:
            seen, payments = self._seen(invoice), self._payments(invoice)
            try:
                return returns.returned(self._session, seen, payments, self._access.zone)
            except stripe.PermissionError as problem:
                log.warning("Refunds and disputes cannot be seen: %s", sentence(problem))
                return None

        return self._ask(sought)

    def invoice_of(self, payment: str) -> str:
        """Return the invoice that an intent of a payment is for, or ""."""

        def sought() -> str:
            listed = self._session.v1.invoice_payments.list(
                {"payment": {"type": "payment_intent", "payment_intent": payment}, "limit": 1}
            )
            return next((name_of(each.invoice) for each in listed.data), "")

        return self._ask(sought)

    def pdf(self, invoice: str) -> bytes:
        """Return the invoice as Stripe prints it."""

        def fetched() -> bytes:
            address = self._seen(invoice).invoice_pdf
            if not address:
                raise BillingRefused("Stripe has no PDF of a draft.")
            return self._session.line.document(address)

        return self._ask(fetched)

    def send(self, invoice: str, key: str) -> None:
        """Have Stripe mail an invoice; what it may have done is not repeated within a day."""
        self._ask(
            lambda: once(
                f"send {key}",
                {"of": invoice},
                lambda options: self._session.v1.invoices.send_invoice(invoice, options=options),
                is_surely_undone=False,
            )
        )

    def readdress(self, invoice: str, email: str) -> None:
        """Give the customer of an invoice another address; one that was deleted has none."""
        self._ask(lambda: preparing.readdressed(self._session, self._seen(invoice), email))

    def credit(self, invoice: str, credit: Credit) -> None:
        """Take what came in elsewhere off the balance, and nothing beyond that.

        Stripe would keep what is too much as the customer's, and take it off the next invoice.
        """
        self._ask(lambda: self._credit(invoice, credit))

    def void(self, invoice: str) -> None:
        """Take an invoice back; a draft is deleted."""

        def done(seen: Invoice) -> None:
            if state_of(seen) is BillState.DRAFT:
                self._session.v1.invoices.delete(invoice)
            else:
                once(
                    "void",
                    {"of": invoice},
                    lambda it: self._session.v1.invoices.void_invoice(invoice, options=it),
                )

        self._ask(lambda: self._change(invoice, (BillState.DRAFT, *_PAYABLE), done))

    def give_up(self, invoice: str) -> None:
        """Mark an open invoice as uncollectible."""

        def done(_seen: Invoice) -> None:
            once(
                "give up",
                {"of": invoice},
                lambda it: self._session.v1.invoices.mark_uncollectible(invoice, options=it),
            )

        self._ask(lambda: self._change(invoice, (BillState.OPEN,), done))

    def changed(self, since: datetime) -> Sequence[Heard]:
        """Return what happened to any invoice of the account; Stripe knows it for 30 days."""

        def listed() -> list[Heard]:
            found = self._session.v1.events.list(
                {
                    "created": {"gte": int(since.astimezone(UTC).timestamp())},
                    "types": list(calls.EVENTS),
                    "limit": _PAGE,
                }
            )
            events = islice(found.auto_paging_iter(), _MOST_EVENTS)
            heard = [calls.about(each.to_dict()) for each in events]
            return [each for each in heard if each.about]

        return self._ask(listed)

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Return what a call is about. Raises NotTheirs."""
        return calls.heard(self._access.hook_secrets, body, headers)

    def test_call(self) -> tuple[bytes, Mapping[str, str]]:
        """Return a signed call about no invoice."""
        body = b'{"object": "event", "type": "frontdesk.test"}'
        signature = calls.signed(self._access.hook_secrets[0], body)
        return body, {calls.SIGNATURE: signature, "content-type": "application/json"}

    def check(self) -> str:
        """Return whose account it is, and whether money is real there."""
        mode = "test" if "_test_" in self._access.key else "live"
        return self._ask(lambda: f"{checking.account_of(self._session)} in {mode} mode")

    def check_events(self) -> tuple[str, str]:
        """Return of which events Stripe calls us, and the fix where some lack."""
        return self._ask(lambda: checking.events_of(self._session, self._access.hook))

    def close(self) -> None:
        """Let go of every connection."""
        self._session.line.close()

    def _ask(self, ask: Callable[[], T]) -> T:
        with told():
            return ask()

    def _billed(self, invoice: str) -> Billed:
        """Read invoice and payments until they belong together: something may come in between."""
        seen = self._seen(invoice)
        for _ in range(_MOST_LOOKS):
            payments, before = self._payments(invoice), seen
            seen = self._seen(invoice)
            if (seen.amount_paid, seen.amount_remaining, seen.status) == (
                before.amount_paid,
                before.amount_remaining,
                before.status,
            ):
                return billed(seen, payments)
        raise BillingUnavailable("the invoice changes while it is looked at")

    def _seen(self, invoice: str) -> Invoice:
        return self._session.v1.invoices.retrieve(invoice)

    def _payments(self, invoice: str) -> list[InvoicePayment]:
        listed = self._session.v1.invoice_payments.list(
            {
                "invoice": invoice,
                "limit": _PAGE,
                "expand": ["data.payment.payment_record"],
            }
        )
        return list(islice(listed.auto_paging_iter(), _MOST_PAYMENTS))

    def _credit(self, invoice: str, credit: Credit) -> None:
        asked, v1 = units(credit.amount), self._session.v1
        if asked <= 0:
            raise BillingRefused(f"Stripe takes no payment of {credit.amount}.")
        seen = self._seen(invoice)
        if seen.currency != credit.amount.currency.lower():
            raise BillingRefused(f"The invoice at Stripe is in {seen.currency.upper()}.")
        if credit.key in {key_of(each) for each in self._payments(invoice)}:
            return
        if state_of(seen) not in _PAYABLE or not seen.amount_remaining:
            return  # there is nothing that it could be taken off
        params = defining.record(credit, min(asked, seen.amount_remaining), name_of(seen.customer))
        record = once(
            f"credit {credit.key}",
            params,
            lambda options: v1.payment_records.report_payment(params, options),
        )
        once(
            f"attach {credit.key}",
            {"of": invoice, "record": record.id},
            lambda options: v1.invoices.attach_payment(
                invoice, {"payment_record": record.id}, options
            ),
        )

    def _change(
        self, invoice: str, states: Sequence[BillState], done: Callable[[Invoice], None]
    ) -> None:
        """Change an invoice that is in one of ``states``; leave any other as it is."""
        try:
            seen = self._seen(invoice)
            if state_of(seen) in states:
                done(seen)
        except stripe.InvalidRequestError as problem:
            if is_missing(problem):
                return  # a draft that was deleted is taken back
            if state_of(self._seen(invoice)) in states:
                raise  # otherwise somebody was quicker, and there is nothing to change
