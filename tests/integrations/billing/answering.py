"""What the double of Stripe does when it is asked for something, and what it tells of that."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import datetime

from integrations.billing.calls import EVENTS
from tests.integrations.billing.contract import Contract, Json
from tests.integrations.billing.kept import Customer, Invoice, Payment, Refused, missing, page

_Answer = Callable[[Json], Json]


class Answering:
    """The account's customers, invoices and payments."""

    def __init__(self, contract: Contract, now: Callable[[], datetime]) -> None:
        self.contract, self.now = contract, now
        self.customers: dict[str, Customer] = {}
        self.invoices: dict[str, Invoice] = {}
        self.records: dict[str, Json] = {}
        self.events: list[Json] = []
        self.waiting: list[Json] = []
        """Events that Stripe has called nobody about yet."""
        self.mails: list[tuple[str, str]] = []
        """To whom Stripe wrote, and with which invoice's number."""
        self.tax = 0
        """What Stripe puts on top of the next invoices."""
        self.url = ""
        self._named = 0
        self._answers: dict[str, _Answer] = {
            "GET /v1/account": lambda _: deepcopy(contract.resources["account"]) | _ACCOUNT,
            "GET /v1/customers": self._list_customers,
            "POST /v1/customers": self._make_customer,
            "GET /v1/customers/{customer}": self._see_customer,
            "POST /v1/customers/{customer}": self._change_customer,
            "GET /v1/invoiceitems": self._list_items,
            "POST /v1/invoiceitems": self._make_item,
            "POST /v1/invoiceitems/{invoiceitem}": self._no_item,
            "GET /v1/invoices": self._list_invoices,
            "POST /v1/invoices": self._make_invoice,
            "GET /v1/invoices/{invoice}": lambda it: self.seen(self._invoice(it)),
            "DELETE /v1/invoices/{invoice}": self._delete,
            "POST /v1/invoices/{invoice}/finalize": lambda it: self.finalize(self._invoice(it)),
            "POST /v1/invoices/{invoice}/send": self._send,
            "POST /v1/invoices/{invoice}/void": lambda it: self.void(self._invoice(it)),
            "POST /v1/invoices/{invoice}/mark_uncollectible": lambda it: self.give_up(
                self._invoice(it)
            ),
            "POST /v1/invoices/{invoice}/attach_payment": self._attach,
            "GET /v1/invoice_payments": self._list_payments,
            "GET /v1/payment_records": lambda it: page(
                list(self.records.values())[::-1], it, "/v1/payment_records"
            ),
            "POST /v1/payment_records/report_payment": self._report,
            "POST /v1/payment_records/{id}/report_payment_attempt_canceled": self._no_record,
            "GET /v1/events": self._list_events,
        }

    def answer(self, method: str, template: str, said: Json) -> Json:
        """Do what is asked and return what is answered. Raises Refused."""
        return deepcopy(self._answers[f"{method} {template}"](said))

    def name(self, kind: str) -> str:
        self._named += 1
        return f"{kind}_{self._named:06}"

    def at(self) -> int:
        return int(self.now().timestamp())

    def seen(self, invoice: Invoice) -> Json:
        return invoice.seen(self._like("invoice"), self.url)

    def tell(self, kind: str, about: Json) -> None:
        """Remember an event, of which Stripe is to call."""
        event = deepcopy(self._like("event")) | {
            "id": self.name("evt"),
            "type": kind,
            "created": self.at(),
            "data": {"object": deepcopy(about)},
        }
        self.events.append(event)
        if kind in EVENTS:
            self.waiting.append(event)

    def received(self, invoice: Invoice, payment: Payment) -> None:
        """Put money to an invoice."""
        invoice.payments.append(payment)
        self.tell("invoice_payment.paid", self._payment(payment))
        if not invoice.remaining:
            self.settled(invoice)
        else:
            self.tell("invoice.updated", self.seen(invoice))

    def settled(self, invoice: Invoice) -> None:
        self._become(invoice, "paid", "paid_at", "invoice.paid")

    def finalize(self, invoice: Invoice) -> Json:
        customer = invoice.customer
        nth = sum(1 for each in self.invoices.values() if each.times and each.customer is customer)
        invoice.finalize(f"{customer.id[-4:]}-{nth + 1:04}", self.now())
        self.tell("invoice.finalized", self.seen(invoice))
        if not invoice.remaining:
            self.settled(invoice)
        return self.seen(invoice)

    def void(self, invoice: Invoice) -> Json:
        if invoice.status not in ("open", "uncollectible"):
            raise Refused(f"You cannot void an invoice that is {invoice.status}.")
        return self._become(invoice, "void", "voided_at", "invoice.voided")

    def give_up(self, invoice: Invoice) -> Json:
        if invoice.status != "open":
            raise Refused(f"An invoice that is {invoice.status} cannot be marked so.")
        at = "marked_uncollectible_at"
        return self._become(invoice, "uncollectible", at, "invoice.marked_uncollectible")

    # -------------------------------------------------------------------------------- the calls

    def _like(self, kind: str) -> Json:
        found = self.contract.resources[kind]
        assert isinstance(found, dict)
        return found

    def _become(self, invoice: Invoice, status: str, at: str, event: str) -> Json:
        invoice.status = status
        invoice.times[at] = self.at()
        self.tell(event, self.seen(invoice))
        return self.seen(invoice)

    def _customer(self, said: Json) -> Customer:
        found = self.customers.get(said["customer"])
        if found is None or found.deleted:
            raise missing("customer", said["customer"], "customer")
        return found

    def _invoice(self, said: Json) -> Invoice:
        found = self.invoices.get(said["invoice"])
        if found is None:
            raise missing("invoice", said["invoice"], "invoice")
        return found

    def _list_customers(self, said: Json) -> Json:
        found = [
            each.seen(self._like("customer"))
            for each in reversed(self.customers.values())
            if not each.deleted and each.made.get("email") == said.get("email", each.made["email"])
        ]
        return page(found, said, "/v1/customers")

    def _see_customer(self, said: Json) -> Json:
        found = self.customers.get(said["customer"])
        if found is not None and found.deleted:
            return deepcopy(self._like("deleted_customer")) | {"id": found.id}
        return self._customer(said).seen(self._like("customer"))

    def _make_customer(self, said: Json) -> Json:
        made = Customer(self.name("cus"), said, self.at())
        self.customers[made.id] = made
        return made.seen(self._like("customer"))

    def _change_customer(self, said: Json) -> Json:
        found = self._customer(said)
        found.made |= {name: each for name, each in said.items() if name == "email"}
        return found.seen(self._like("customer"))

    def _list_items(self, said: Json) -> Json:
        found = self._invoice(said).items[::-1]
        return page(found, said, "/v1/invoiceitems")

    def _make_item(self, said: Json) -> Json:
        invoice = self._invoice(said)
        if invoice.status != "draft":
            raise Refused("This invoice can no longer be edited.", code="invoice_not_editable")
        if self._customer(said) is not invoice.customer or said["currency"] != invoice.currency:
            raise Refused("Customer or currency are not those of the invoice.", param="currency")
        item = (
            deepcopy(self._like("invoiceitem")) | {"id": self.name("ii"), "date": self.at()} | said
        )
        invoice.items.append(item)
        return item

    def _no_item(self, said: Json) -> Json:
        raise missing("invoiceitem", said["invoiceitem"], "invoiceitem")

    def _list_invoices(self, said: Json) -> Json:
        since = said.get("created", {}).get("gte", 0)
        method, customer = said.get("collection_method"), said.get("customer")
        found = [
            self.seen(each)
            for each in reversed(self.invoices.values())
            if each.created >= since
            and method in (None, each.made["collection_method"])
            and customer in (None, each.customer.id)
        ]
        return page(found, said, "/v1/invoices")

    def _make_invoice(self, said: Json) -> Json:
        customer = self._customer(said)
        if said.get("due_date", self.at()) < self.at():
            raise Refused("The due date cannot be in the past.", param="due_date")
        taken = {each.number for each in self.invoices.values()}
        if said.get("number", "") in taken - {""}:
            raise Refused("An invoice has this number already.", param="number")
        made = Invoice(self.name("in"), said, customer, self.at(), number=said.get("number", ""))
        made.tax = self.tax
        self.invoices[made.id] = made
        self.tell("invoice.created", self.seen(made))
        return self.seen(made)

    def _delete(self, said: Json) -> Json:
        invoice = self._invoice(said)
        if invoice.status != "draft":
            raise Refused("Only drafts can be deleted.", code="invoice_not_editable")
        del self.invoices[invoice.id]
        self.tell("invoice.deleted", self.seen(invoice))
        return deepcopy(self._like("deleted_invoice")) | {"id": invoice.id}

    def _send(self, said: Json) -> Json:
        invoice = self._invoice(said)
        if invoice.status in ("void", "paid"):
            raise Refused(f"An invoice that is {invoice.status} cannot be sent.")
        if not (email := invoice.customer.made.get("email")):
            raise Refused("The customer has no address to send this to.", code="missing_email")
        if invoice.status == "draft":
            self.finalize(invoice)
        self.mails.append((email, invoice.number))
        self.tell("invoice.sent", self.seen(invoice))
        return self.seen(invoice)

    def _attach(self, said: Json) -> Json:
        invoice, record = self._invoice(said), self.records.get(said["payment_record"])
        if record is None:
            raise missing("payment_record", said["payment_record"], "payment_record")
        if invoice.status not in ("open", "uncollectible"):
            raise Refused(f"Nothing can be attached to an invoice that is {invoice.status}.")
        if record["amount_guaranteed"]["currency"] != invoice.currency:
            raise Refused("The currencies differ.", param="payment_record")
        if record["id"] in {each.record for each in self._payments()}:
            raise Refused("It is attached to an invoice already.", param="payment_record")
        amount = record["amount_guaranteed"]["value"]
        at = record["created"]
        self.received(
            invoice, Payment(self.name("inpay"), invoice.id, amount, at, record=record["id"])
        )
        return self.seen(invoice)

    def _report(self, said: Json) -> Json:
        asked, outcome = said["amount_requested"], said.get("outcome")
        if outcome != "guaranteed" or "guaranteed" not in said:
            raise Refused("The outcome and its time are told together.", param="outcome")
        nothing = asked | {"value": 0}
        like = deepcopy(self._like("payment_record"))
        details, processor = said["payment_method_details"], said.get("processor_details")
        custom = {"type": None} | details["custom"]
        made = like | {
            "id": self.name("pr"),
            **{name: nothing for name in like if name.startswith("amount_")},
            "amount": asked,
            "amount_requested": asked,
            "amount_guaranteed": asked,
            "created": said["guaranteed"]["guaranteed_at"],
            "description": said.get("description"),
            "metadata": said.get("metadata", {}),
            "payment_method_details": like["payment_method_details"] | {"custom": custom},
            "processor_details": processor or like["processor_details"],
        }
        self.records[made["id"]] = made
        return made

    def _no_record(self, said: Json) -> Json:
        raise missing("payment_record", said["id"])

    def _payments(self) -> Iterable[Payment]:
        return [each for invoice in self.invoices.values() for each in invoice.payments]

    def _payment(self, payment: Payment) -> Json:
        currency = self.invoices[payment.invoice].currency
        return payment.seen(self._like("invoice_payment"), currency)

    def _list_payments(self, said: Json) -> Json:
        of, payments = said.get("payment", {}), self._payments()
        if "invoice" in said:
            payments = self._invoice(said).payments
        if "payment_intent" in of:
            payments = [each for each in payments if each.intent == of["payment_intent"]]
        found = [self._payment(each) for each in reversed([*payments])]
        found = [each for each in found if said.get("status", each["status"]) == each["status"]]
        if "data.payment.payment_record" in said.get("expand", []):
            for each in found:
                if record := each["payment"]["payment_record"]:
                    each["payment"]["payment_record"] = self.records[record]
        return page(found, said, "/v1/invoice_payments")

    def _list_events(self, said: Json) -> Json:
        since, kinds = said.get("created", {}).get("gte", 0), said.get("types")
        found = [
            each
            for each in reversed(self.events)
            if each["created"] >= since and (kinds is None or each["type"] in kinds)
        ]
        return page(found, said, "/v1/events")


_ACCOUNT = {
    "id": "acct_visiblyfake",
    "settings": {"dashboard": {"display_name": "Harborlight", "timezone": "America/New_York"}},
}
