"""Where clients sign through a partner: what is heard of it that no answer of theirs says."""

from workflows import usual
from workflows.deal import Outcome, record_of, with_version
from workflows.definition import Deed, Given, Transition
from workflows.effects import Errand, Tell
from workflows.request import Request
from workflows.roles import Seat

WITHDRAW = Errand("withdraw_signing")
"""What was brought to the client before is theirs to sign no more."""

_LATE = (
    *("drafting", "document_approval", "ready", "with_client", "client_changes"),
    *("client_declined", "invoicing", "awaiting_payment", "paid", "on_hold"),
    *("closed", "rejected", "cancelled"),
)


def _is_this_version(request: Request, given: Given) -> str | None:
    newest = len(record_of(request).versions)
    if given.values.get("version", newest) != newest:
        return "There is a newer version of this document."
    return None


def _withdrawn(request: Request, deed: Deed) -> Request:
    return with_version(request, outcome=Outcome.WITHDRAWN, comment=deed.reason)


TRANSITIONS = (
    Transition(
        name="signing_void",
        label="Signing ended",
        done="taken back from the client where they sign",
        source=("with_client",),
        target="ready",
        by=(Seat.FRONTDESK,),
        guard=_is_this_version,
        apply=_withdrawn,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "signing_void"),),
    ),
    usual.noted(
        "signed_late",
        "Signed late",
        "signed by the client after it was taken back",
        _LATE,
        Tell(Seat.OWNER, "signed_late"),
    ),
    usual.noted(
        "declined_late",
        "Declined late",
        "declined by the client after it was taken back",
        _LATE,
        Tell(Seat.OWNER, "declined_late"),
    ),
)
