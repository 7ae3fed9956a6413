"""A small Stripe of our own on this machine: it remembers, and every call and every answer is
held against Stripe's contract. Clients pay here, and people press its buttons."""

import asyncio
import json
import threading
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.integrations.billing.contract import Contract, Json
from tests.integrations.billing.hooks import signed
from tests.integrations.billing.kept import Customer, Invoice, Payment, Refused
from tests.integrations.billing.returning import Returning

KEY = "rk_test_visiblyfakevisiblyfake"
ACCOUNT = "acct_visiblyfake"
VERSION = "2026-10-28.endive"
"""The version of the API that the library is made for."""
_MEMORY = (
    *("customers", "invoices", "records", "refunds", "disputes"),
    *("events", "waiting", "mails", "_named", "_saved"),
)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - Stripe's own clock


class Double(Returning):
    """The account. ``trouble`` answers in its place. Of the changes from now on the one
    ``lost_at`` is done and not answered, the one ``broken_at`` fails in Stripe, and does so under
    the same idempotency key for a day; 0 is none."""

    def __init__(self, contract: Contract, now: Callable[[], datetime] = _now) -> None:
        super().__init__(contract, now)
        self.calls: list[str] = []
        self.problems: list[str] = []
        self.trouble: Response | None = None
        self.lost_at = 0
        self.broken_at = 0
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens elsewhere before the next change, once."""
        self.held: threading.Event | None = None
        """While it is there, nothing is answered until it is set."""
        self.lacking: set[str] = set()
        """What the key may not do: the beginnings of ``METHOD /path``."""
        self.pdf: bytes | None = None
        """What is served in the place of an invoice's own PDF."""
        self.lead_to = ""
        """Where the address of a PDF leads on to."""
        self._lock = threading.Lock()
        self._saved: dict[str, tuple[str, str, int, Json]] = {}

    # ------------------------------------------------------------------------- what people do

    @property
    def only(self) -> Invoice:
        """The one invoice there is."""
        [one] = self.invoices.values()
        return one

    @property
    def newest(self) -> Invoice:
        return list(self.invoices.values())[-1]

    def pay(self, invoice: Invoice, amount: int | None = None) -> Payment:
        """The client pays on Stripe's page, all that is due or a part of it."""
        assert invoice.status in ("open", "uncollectible"), (
            f"nobody can pay what is {invoice.status}"
        )
        paid = invoice.remaining if amount is None else amount
        payment = Payment(self.name("inpay"), invoice.id, paid, self.at(), intent=self.name("pi"))
        self.received(invoice, payment)
        return payment

    def mark_paid(self, invoice: Invoice) -> None:
        """Somebody marks it as paid elsewhere on Stripe's own page."""
        assert invoice.status == "open"
        invoice.elsewhere = invoice.remaining
        self.settled(invoice)

    def credit_note(self, invoice: Invoice, amount: int) -> None:
        """Somebody takes something off what is still due."""
        assert invoice.remaining >= amount
        invoice.credited += amount
        note = deepcopy(self.contract.resources["credit_note"]) | {
            "id": self.name("cn"),
            "invoice": invoice.id,
            "amount": amount,
        }
        self.tell("credit_note.created", note)
        if not invoice.remaining:
            self.settled(invoice)

    def mark_void(self, invoice: Invoice) -> None:
        """Somebody voids it on Stripe's own page."""
        with self._lock:
            self.void(invoice)

    def mark_uncollectible(self, invoice: Invoice) -> None:
        """Somebody gives it up on Stripe's own page."""
        with self._lock:
            self.give_up(invoice)

    def deliveries(self) -> list[tuple[bytes, dict[str, str]]]:
        """Return the calls that Stripe has not made yet, oldest first, signed now."""
        waiting, self.waiting = self.waiting, []
        bodies = [json.dumps(each).encode() for each in waiting]
        return [(body, signed(body)) for body in bodies]

    def memory(self) -> dict[str, Any]:
        """Return all that happened to the account, for :meth:`remember` of this one or another."""
        return {name: getattr(self, name) for name in _MEMORY}

    def remember(self, memory: dict[str, Any]) -> None:
        """Be the account to which that has happened."""
        vars(self).update(memory)

    # ------------------------------------------------------------------------- what it answers

    async def api(self, request: Request) -> Response:
        form = (await request.body()).decode() or request.url.query
        method, path = request.method, request.url.path
        try:
            template, places = self.contract.operation(method, path)
        except LookupError as unknown:
            self.problems.append(str(unknown))
            return self._error(404, "Unrecognized request URL.")
        self.calls.append(f"{method} {template.removeprefix('/v1')}")
        if self.held is not None:
            await asyncio.to_thread(self.held.wait)
        if self.trouble is not None:
            return self.trouble
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return self._error(401, "Invalid API Key provided: rk_test_********fake")
        if any(f"{method} {path}".startswith(each) for each in self.lacking):
            return self._error(403, _not_permitted(method, path))
        said, wrong = self.contract.read(method, template, form)
        key = request.headers.get("idempotency-key", "")
        wrong += _wrong_headers(request, key)
        self.problems += [f"{self.calls[-1]}: {each}" for each in wrong]
        if method != "GET":
            meanwhile, self.meanwhile = self.meanwhile, lambda: None
            meanwhile()
        with self._lock:
            status, body, replayed = self._once(
                key, f"{method} {path}", form, template, {**places, **said}
            )
        self.problems += [
            f"the answer to {self.calls[-1]}: {each}" for each in self.contract.wrong_answer(body)
        ]
        if method != "GET" and self._counts_down("lost_at"):
            return Response("", 502)
        echo = {"idempotent-replayed": "true"} if replayed else {}
        return JSONResponse(body, status, echo | {"request-id": f"req_{len(self.calls)}"})

    async def page(self, request: Request) -> Response:
        """Serve an invoice as a PDF, to whoever has its address."""
        if "authorization" in request.headers:
            self.problems.append("the key was sent to where nobody needs it")
        self.calls.append("GET /pdf")
        if self.trouble is not None:
            return self.trouble
        if self.lead_to:
            return Response("", 302, {"location": self.lead_to})
        invoice = self.invoices[request.path_params["invoice"]]
        return Response(self.pdf or invoice.pdf(), media_type="application/pdf")

    def _once(
        self, key: str, call: str, form: str, template: str, said: Json
    ) -> tuple[int, Json, bool]:
        """Do a call, unless one with this key was done: then it is answered as that was."""
        if not key:
            return *self._done(call, template, said), False
        if key in self._saved:
            known, with_form, status, body = self._saved[key]
            if (known, with_form) == (call, form):
                return status, body, True
            message = "Keys for idempotent requests can only be used for the same request."
            return 400, {"error": {"type": "idempotency_error", "message": message}}, False
        if self._counts_down("broken_at"):
            status, body = 500, {"error": {"type": "api_error", "message": "Something broke."}}
        else:
            status, body = self._done(call, template, said)
        self._saved[key] = (call, form, status, deepcopy(body))
        return status, body, False

    def _counts_down(self, what: str) -> bool:
        """Whether this change is the one."""
        left = getattr(self, what)
        setattr(self, what, max(0, left - 1))
        return bool(left == 1)

    def _done(self, call: str, template: str, said: Json) -> tuple[int, Json]:
        try:
            return 200, self.answer(call.partition(" ")[0], template, said)
        except Refused as refused:
            return refused.status, refused.body

    def forget_keys(self) -> None:
        """Idempotency keys are older than a day, and Stripe does not know them any more."""
        self._saved.clear()

    def _error(self, status: int, message: str) -> Response:
        return JSONResponse(
            {"error": {"type": "invalid_request_error", "message": message}}, status
        )

    def customer(self, email: str) -> Customer:
        """Return the customer with this address."""
        [one] = [each for each in self.customers.values() if each.made.get("email") == email]
        return one


def _not_permitted(method: str, path: str) -> str:
    kind = path.split("/")[2].rstrip("s")
    may = f"rak_{kind}_{'read' if method == 'GET' else 'write'}"
    return (
        f"The provided key 'rk_test_********fake' does not have the required permissions for this "
        f"endpoint on account '{ACCOUNT}'. Having the '{may}' permission would allow this request "
        "to continue."
    )


def _wrong_headers(request: Request, key: str) -> list[str]:
    wrong = []
    if request.headers.get("stripe-version") != VERSION:
        wrong.append("another version of the API was asked for")
    if request.method == "POST" and not (key.startswith("frontdesk") and len(key) <= 255):
        wrong.append(f"it has no idempotency key of ours: {key}")
    if "x-stripe-client-telemetry" in request.headers:
        wrong.append("it tells Stripe how long other calls took")
    return wrong
