"""Assets over HTTP: a personal link leads to the file; the permanent one says to open Slack.

``/a/AST-12`` can stand in the CRM for ever: alone it opens nothing. With the key that "Open" gives
to one person for fifteen minutes it is the asset's current version.
"""

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.desk import Desk
from bot.errors import NotFound, Problem, Unavailable
from bot.limits import Limit
from bot.shelf import opening
from bot.shelf.naming import PATH
from web.review import pages
from web.review.visitors import Network, visitor_of

log = logging.getLogger(__name__)

_LOOKS = 300
"""A minute, from each address: a whole office may stand behind one."""

_PIECE = 64 * 1024

_NAME = re.compile(r"(?:AST|SHELF)-[0-9]{1,9}", re.IGNORECASE)


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Return the route. What blocks runs in ``pool``, which is no other page's: a library may hang.

    ``proxies`` as for the clients' page.
    """
    looks = Limit(_LOOKS, elapsed)

    async def asset(request: Request) -> Response:
        wait = looks.wait(f"ip:{visitor_of(request, proxies).network}")
        if wait:
            held = _said(desk, "Please wait a moment, then try again.", 429)
            held.headers["retry-after"] = str(wait)
            return held
        ref, key = str(request.path_params["ref"]), request.query_params.get("k", "")
        loop = asyncio.get_running_loop()
        return pages.sealed(await loop.run_in_executor(pool, _answer, desk, ref, key))

    return [Route(f"{PATH}{{ref}}", asset)]


def _answer(desk: Desk, ref: str, key: str) -> Response:
    """Return what the link leads to, or a page that says why it does not."""
    try:
        return _found(desk, ref, key)
    except NotFound:
        return _said(desk, "There is no asset under this address.", 404)
    except Problem as problem:
        facts = {"ref": ref.upper(), "sentence": str(problem)}
        return pages.page("asset", 410, company=desk.company.name, **facts)
    except Unavailable:
        return _said(desk, "The file cannot be fetched just now. Please try again soon.", 503)
    except Exception:
        log.exception("An asset could not be opened.")
        return _said(desk, "Something went wrong; an admin finds it in the log.", 500)


def _found(desk: Desk, ref: str, key: str) -> Response:
    """Return the file, or the page that says how to get it. Raises NotFound and other Problems."""
    if not _NAME.fullmatch(ref) or not opening.is_known(desk, ref):
        raise NotFound
    if not key:
        return pages.page("asset", company=desk.company.name, ref=ref.upper(), sentence="")
    return _sent(opening.follow(desk, ref, key))


def _sent(found: opening.Opened) -> Response:
    """Return the file, to be kept and never to be run here; or lead to where it is."""
    if found.file is None:
        return RedirectResponse(found.link, 303)
    name = quote(found.name, safe="")
    headers = {
        "content-length": str(found.size),
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "content-security-policy": "default-src 'none'; sandbox",
    }
    closing = BackgroundTask(found.file.close)
    return StreamingResponse(
        _pieces(found.file), media_type=found.mime, headers=headers, background=closing
    )


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file piece by piece: whoever reads slowly holds no more than one of them."""
    while piece := file.read(_PIECE):
        yield piece


def _said(desk: Desk, sentence: str, status: int) -> Response:
    facts = {"ref": "", "sentence": sentence}
    return pages.sealed(pages.page("asset", status, company=desk.company.name, **facts))
