"""How money goes back at the double of Stripe: refunds, disputes, credit notes after payment."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime

from tests.integrations.billing.answering import Answering
from tests.integrations.billing.contract import Contract, Json
from tests.integrations.billing.kept import Invoice, Payment, page


class Returning(Answering):
    """The account's refunds and disputes, and where it calls."""

    def __init__(self, contract: Contract, now: Callable[[], datetime]) -> None:
        super().__init__(contract, now)
        self.refunds: dict[str, Json] = {}
        self.disputes: dict[str, Json] = {}
        self.endpoints: list[Json] = []
        """The webhook endpoints of the account."""
        self._answers |= {
            "GET /v1/refunds": lambda it: self._of(self.refunds, it, "/v1/refunds"),
            "GET /v1/disputes": lambda it: self._of(self.disputes, it, "/v1/disputes"),
            "GET /v1/webhook_endpoints": lambda it: page(
                self.endpoints, it, "/v1/webhook_endpoints"
            ),
        }

    def refund(self, payment: Payment, amount: int, status: str = "succeeded") -> Json:
        """Somebody gives money back that a client paid on Stripe's page."""
        made = self._back("refund", "re", payment, amount) | {"status": status}
        self.refunds[made["id"]] = made
        self.tell("refund.created", made)
        return made

    def fail_refund(self, refund: Json) -> None:
        """The client's bank does not take a refund; the money is the account's again."""
        refund["status"] = "failed"
        self.tell("refund.failed", refund)

    def dispute(self, payment: Payment, amount: int, due_by: int | None = None) -> Json:
        """The client disputes a payment with their bank."""
        made = self._back("dispute", "du", payment, amount) | {"status": "needs_response"}
        made["evidence_details"] |= {"due_by": due_by}
        self.disputes[made["id"]] = made
        self.tell("charge.dispute.created", made)
        return made

    def decide_dispute(self, dispute: Json, status: str) -> None:
        """The client's bank, or somebody here, goes on with a dispute."""
        dispute["status"] = status
        ended = status in ("won", "lost", "warning_closed", "prevented")
        self.tell(f"charge.dispute.{'closed' if ended else 'updated'}", dispute)

    def credit_after_payment(self, invoice: Invoice, amount: int) -> None:
        """Somebody makes a credit note for what was paid."""
        assert invoice.paid >= amount
        invoice.credited_after += amount
        note = deepcopy(self._like("credit_note")) | {
            "id": self.name("cn"),
            "invoice": invoice.id,
            "amount": amount,
        }
        self.tell("credit_note.created", note)

    def listens(self, url: str, *events: str) -> None:
        """Somebody adds a webhook endpoint."""
        made = {"id": self.name("we"), "url": url, "enabled_events": [*events]}
        self.endpoints.append(deepcopy(self._like("webhook_endpoint")) | made)

    def _back(self, kind: str, short: str, payment: Payment, amount: int) -> Json:
        return deepcopy(self._like(kind)) | {
            "id": self.name(short),
            "amount": amount,
            "created": self.at(),
            "currency": self.invoices[payment.invoice].currency,
            "payment_intent": payment.intent,
        }

    def _of(self, found: dict[str, Json], said: Json, url: str) -> Json:
        intent = said.get("payment_intent")
        fitting = [
            each
            for each in reversed(found.values())
            if intent is None or each["payment_intent"] == intent
        ]
        return page(fitting, said, url)
