"""The door of a request's own link: it says to open Slack, and nothing about any request.

The answer is the same for every number, whether there is such a request or not: the database is
never asked.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.desk import Desk
from bot.limits import Limit
from bot.request_links import PATH, number_in, way_in
from web.review import pages
from web.review.visitors import Network, visitor_of

_LOOKS = 300
"""A minute, from each address: a whole office may stand behind one."""

_ASKS = 6
"""How often a minute Slack is asked for the way in, until it has said it once."""


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Return the route. What blocks runs in ``pool``; ``proxies`` as for the clients' page."""
    looks, asks = Limit(_LOOKS, elapsed), Limit(_ASKS, elapsed)
    known: list[str] = []

    def way() -> str:
        """Return the way into Slack, asked for until it is known."""
        if not known and not asks.wait("slack") and (found := way_in(desk)):
            known.append(found)
        return known[0] if known else ""

    async def request_page(request: Request) -> Response:
        wait = looks.wait(f"ip:{visitor_of(request, proxies).network}")
        if wait:
            held = _page(desk, 429, sentence="Please wait a moment, then try again.")
            held.headers["retry-after"] = str(wait)
            return held
        ref = number_in(str(request.path_params["ref"]))
        if not ref:
            return _page(desk, 404, sentence="There is nothing under this address.")
        slack = await asyncio.get_running_loop().run_in_executor(pool, way)
        return _page(desk, 200, ref=ref, slack=slack)

    return [Route(f"{PATH}{{ref}}", request_page)]


def _page(
    desk: Desk, status: int, *, ref: str = "", slack: str = "", sentence: str = ""
) -> Response:
    facts = {"ref": ref, "slack": slack, "sentence": sentence, "company": desk.company.name}
    return pages.sealed(pages.page("request", status, **facts))
