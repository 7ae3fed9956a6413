"""Partners' calls: verified on the raw bytes, kept, answered; what they are about is done later."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.billing import hearing as billing
from bot.desk import Desk
from bot.errors import Unavailable
from bot.limits import Limit
from bot.ports import Billing, Heard, NotTheirs, Signatures
from bot.signing import hearing as signing
from web import bodies
from web.review.visitors import Network, visitor_of

log = logging.getLogger(__name__)

DOCUSIGN = "/webhooks/docusign"
"""Where DocuSign Connect calls us, under the public address."""
STRIPE = "/webhooks/stripe"
"""Where Stripe calls us, under the public address."""

PATIENCE = 10.0
"""Seconds in which a body must have come in."""
KNOCKS = 600
"""A minute, from each address."""

Keep = Callable[[Desk, Heard], bool]
"""Keeps what was heard, to be looked at."""


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    *,
    patience: float = PATIENCE,
    knocks: int = KNOCKS,
) -> list[Route]:
    """Return the routes of the partners that are chosen. What blocks runs in ``pool``.

    The answer is 401 to what the partner did not sign, 413 to what is too long, 408 to what takes
    too long to come in, 429 to whoever comes too often, and 503 while nothing can be kept, so that
    the partner calls again. ``proxies`` as for the clients' page.
    """
    partners: list[tuple[str, Signatures | Billing | None, Keep]] = [
        (DOCUSIGN, desk.signatures, signing.keep),
        (STRIPE, desk.billing, billing.keep),
    ]

    def route(path: str, partner: Signatures | Billing, keep: Keep) -> Route:
        often = Limit(knocks)

        async def call(request: Request) -> Response:
            if often.wait(visitor_of(request, proxies).network):
                return PlainTextResponse("too often\n", status_code=429)
            body = await bodies.read(request, patience)
            if isinstance(body, Response):
                return body
            loop, headers = asyncio.get_running_loop(), request.headers
            return await loop.run_in_executor(pool, _keep, desk, partner, keep, body, headers)

        return Route(path, call, methods=["POST"])

    return [route(path, partner, keep) for path, partner, keep in partners if partner is not None]


def _keep(
    desk: Desk,
    partner: Signatures | Billing,
    keep: Keep,
    body: bytes,
    headers: Mapping[str, str],
) -> Response:
    try:
        heard = partner.heard(body, headers)
    except NotTheirs:
        log.warning("A call that %s did not sign was refused.", partner.name)
        return PlainTextResponse("not signed\n", status_code=401)
    try:
        if heard.about:
            keep(desk, heard)
    except Unavailable:
        return PlainTextResponse("later\n", status_code=503)
    return PlainTextResponse("ok\n")
