"""Reading what the client sent: short, in time, and from our own page."""

import asyncio
import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import ClientDisconnect, Request

LONGEST_BODY = 64 * 1024
"""Bytes: 3,000 characters of any script, written as a form writes them, fit in."""

PATIENCE = 10.0
"""Seconds in which a body must have come in."""

_MOST_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"
SEAL = "seal"
"""The field that shows that a form is from our page."""


class Unreadable(Exception):
    """A form that is not taken: its HTTP status, and why in a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        """Remember both."""
        super().__init__(sentence)
        self.status = status


async def form_of(request: Request, *, patience: float = PATIENCE) -> Mapping[str, str]:
    """Return the fields of a form, the first of each name. Raises Unreadable."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise Unreadable(415, "This is no form of ours. Please use the form on the page.")
    try:
        async with asyncio.timeout(patience):
            body = await _body(request)
    except TimeoutError:
        raise Unreadable(408, "What you sent took too long to arrive. Please try again.") from None
    except ClientDisconnect:
        raise Unreadable(400, "The connection broke. Please try again.") from None
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Unreadable(400, "What was sent cannot be read. Please use the form.") from None
    return dict(reversed(pairs))


def seal_of(key: bytes, token: str) -> str:
    """Return what a form on the page of ``token`` carries; only whoever saw the page has it."""
    return hmac.digest(key, b"form\0" + token.encode(), "sha256").hex()


def is_sealed(fields: Mapping[str, str], key: bytes, token: str) -> bool:
    """Whether the form carries the seal of its link, as only a page that was shown has it."""
    return hmac.compare_digest(
        fields.get(SEAL, "").encode(errors="replace"), seal_of(key, token).encode()
    )


def is_ours(
    request: Request, fields: Mapping[str, str], key: bytes, token: str, public_url: str
) -> bool:
    """Whether the form is from our own page of this link.

    The seal decides. Where the browser says from which site it comes (Sec-Fetch-Site, Origin), that
    has to fit, too; ``Origin: null`` fits, as our pages send no referrer.
    """
    sealed = is_sealed(fields, key, token)
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    ours = {"null", _origin(public_url), f"{request.url.scheme}://{request.headers.get('host')}"}
    return sealed and site in ("same-origin", "none") and origin in ours


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def _body(request: Request) -> bytes:
    """Return the body. Raises Unreadable when it is too long, unread where that is announced."""
    announced = request.headers.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,9}", announced) or int(announced) > LONGEST_BODY:
        raise _too_long()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise _too_long()
    return bytes(body)


def _too_long() -> Unreadable:
    return Unreadable(413, "What you sent is too long. Please shorten it and try again.")
