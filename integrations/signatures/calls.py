"""DocuSign's calls to us (Connect): whether they are genuine, and what they are about.

A call is signed over its raw bytes with HMAC-SHA256, once with each key that the account has; any
of them that is ours will do, so that keys can be changed (developers.docusign.com, HMAC).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence

from bot.ports import Heard, NotTheirs

SIGNATURE = "x-docusign-signature-"
"""How the headers begin in which the signatures are; a number follows."""
_MOST = 100
"""Keys that an account can have; no more headers are looked at."""


def heard(keys: Sequence[str], body: bytes, headers: Mapping[str, str]) -> Heard:
    """Return what a call is about. Raises NotTheirs for one that none of ``keys`` has signed.

    One about no envelope, such as our own test, is about the envelope "".
    """
    given = [value for name, value in headers.items() if name.lower().startswith(SIGNATURE)]
    right = [signed(key, body).encode() for key in keys]
    found = [each.encode(errors="replace") for each in given[:_MOST]]
    if not any(hmac.compare_digest(ours, theirs) for ours in right for theirs in found):
        raise NotTheirs
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return Heard("", "")
    data = said.get("data") if isinstance(said, dict) else None
    envelope = data.get("envelopeId") if isinstance(data, dict) else None
    if not isinstance(envelope, str):
        return Heard("", "")
    occasion = f"{said.get('event', '')}:{said.get('generatedDateTime', '')}"
    return Heard(envelope, occasion[:200])


def signed(key: str, body: bytes) -> str:
    """Return the signature of a call with one key."""
    return base64.b64encode(hmac.digest(key.encode(), body, hashlib.sha256)).decode()
