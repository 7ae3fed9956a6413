"""How DocuSign Connect signs its calls."""

import base64
import hashlib
import hmac

HOOK_KEYS = ("a-visibly-fake-key-of-now", "a-visibly-fake-key-of-before")


def signed(body: bytes, keys: tuple[str, ...] = HOOK_KEYS[:1]) -> dict[str, str]:
    """Return the headers with which Connect calls."""
    return {
        f"X-DocuSign-Signature-{nth}": base64.b64encode(
            hmac.digest(key.encode(), body, hashlib.sha256)
        ).decode()
        for nth, key in enumerate(keys, 1)
    }
