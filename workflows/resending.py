"""Where invoices go: to another address from now on, and once more where a client has none.

"Regularly communicate with the client to ensure the timely processing of payments" (Deals
Requiring SOW, step 5): whose mail did not arrive gets it again, whoever sent it first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.addressing import payers
from workflows.deal import record_of, recorded
from workflows.definition import STAY, Deed, Given, Transition
from workflows.effects import Errand
from workflows.invoice import Invoice
from workflows.request import Request
from workflows.roles import Party, Role, Seat


def outgoing(request: Request) -> tuple[Invoice, ...]:
    """Return the invoices that the client has to pay, and was sent."""
    found = (each for each in record_of(request).invoices if each.is_open and each.sha256)
    return tuple(each for each in found if each.sent_at is not None)


def _is_any(request: Request, _given: Given) -> str | None:
    return None if outgoing(request) else "No invoice that was sent waits for money."


def _prefill(request: Request, _today: date) -> Mapping[str, Any]:
    name, email = payers(request)[0]
    return {"contact_name": name, "contact_email": email}


def _readdressed(request: Request, deed: Deed) -> Request:
    name, email = (str(deed.values[each]).strip() for each in ("contact_name", "contact_email"))
    is_as_it_was = payers(request)[0] == (name, email)
    return request if is_as_it_was else recorded(request, payer_name=name, payer_email=email)


def _to(name: str, label: str, done: str, form: str, by: tuple[Party, ...]) -> Transition:
    again = name == "send_invoices_again"
    return Transition(
        name=name,
        label=label,
        done=done,
        source=("awaiting_payment",) if again else ("invoicing",),
        target=STAY,
        by=by,
        guard=_is_any if again else None,
        form=form,
        prefill=_prefill,
        apply=_readdressed,
        on_card=False,
        tell_asker=False,
        effects=(Errand("mail_invoices_again"),),
    )


TRANSITIONS = (
    _to(
        "readdress_invoices",
        "Change the invoice address",
        "given another address for its invoices",
        "invoice_address",
        (Role.BILLING, Seat.DECIDER),
    ),
    _to(
        "send_invoices_again",
        "Send invoices again",
        "invoiced to the client again",
        "invoice_again",
        (Role.BILLING,),
    ),
)
