"""Stripe's calls to us (webhooks): whether they are genuine, and which invoice they are about.

A call is signed over its raw bytes and its time, by Stripe's own library, with the secret of the
address; while a secret is rolled both sign, and any of them that is ours will do
(docs.stripe.com/webhooks). One that is older than five minutes is nobody's.
"""

import json
from collections.abc import Mapping, Sequence

from stripe import SignatureVerificationError, WebhookSignature

from bot.ports import Heard, NotTheirs

EVENTS = (
    "invoice.finalized",
    "invoice.marked_uncollectible",
    "invoice.overpaid",
    "invoice.paid",
    "invoice.updated",
    "invoice.voided",
    "invoice_payment.paid",
    "credit_note.created",
    "credit_note.voided",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
)
"""What is asked for, and what Stripe should call about (at most 20, by its Events API)."""
SIGNATURE = "stripe-signature"
_TOLERANCE = 300
"""Seconds."""
_NOTHING = Heard("", "")


def heard(secrets: Sequence[str], body: bytes, headers: Mapping[str, str]) -> Heard:
    """Return what a call is about. Raises NotTheirs for one that no secret of ours has signed.

    One about no invoice or payment of this account, such as our own test, is about the invoice "".
    """
    signature = next((each for name, each in headers.items() if name.lower() == SIGNATURE), "")
    if not any(_is_signed(each, body, signature) for each in secrets):
        raise NotTheirs
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return _NOTHING
    return about(said) if isinstance(said, dict) else _NOTHING


def about(event: Mapping[str, object]) -> Heard:
    """Return the invoice, or the payment, that an event is about.

    One of another account is about nothing.
    """
    data, name = event.get("data"), event.get("id")
    thing = data.get("object") if isinstance(data, Mapping) else None
    if not isinstance(thing, Mapping) or not isinstance(name, str) or event.get("account"):
        return _NOTHING
    if thing.get("object") in ("refund", "dispute"):
        intent = thing.get("payment_intent")
        return Heard(intent, name[:200], is_payment=True) if isinstance(intent, str) else _NOTHING
    is_invoice = thing.get("object") == "invoice"
    is_of_one = thing.get("object") in ("invoice_payment", "credit_note")
    found = thing.get("id") if is_invoice else thing.get("invoice") if is_of_one else None
    return Heard(found, name[:200]) if isinstance(found, str) else _NOTHING


def signed(secret: str, body: bytes) -> str:
    """Return the signature of a call now, with one secret."""
    return str(WebhookSignature.generate_signature_header(body.decode(), secret))


def _is_signed(secret: str, body: bytes, signature: str) -> bool:
    if not signature.isascii():
        return False
    try:
        return bool(WebhookSignature.verify_header(body, signature, secret, _TOLERANCE))
    except (SignatureVerificationError, ValueError):  # what is no text is not from Stripe
        return False
