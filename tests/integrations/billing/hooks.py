"""How Stripe signs its calls: by Stripe's own signer."""

from stripe import WebhookSignature

HOOK_SECRETS = ("whsec_visiblyfakeofnow", "whsec_visiblyfakeofbefore")


def signed(body: bytes, secret: str = HOOK_SECRETS[0], at: int | None = None) -> dict[str, str]:
    """Return the headers with which Stripe calls; ``at`` in seconds since 1970, now if None."""
    text = body.decode()
    header = WebhookSignature.generate_signature_header(text, secret, timestamp=at)
    return {"Stripe-Signature": header, "Content-Type": "application/json; charset=utf-8"}
