"""The routes of the client's review page, ``/r/{token}`` and below."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.desk import Desk
from bot.limits import Limit
from bot.links import PATH, hash_of
from bot.review import Visitor
from web.review import showing
from web.review.forms import Unreadable, form_of, is_ours, is_sealed
from web.review.pages import sealed
from web.review.visitors import Network, visitor_of

_LOOKS = 60
_PICTURES = 300
_ANSWERS = 10
"""A minute, for each link and each address. A page shows as many pictures as the PDF has pages.

What is sent with the seal of its link counts for the link alone: where many share an address, as
behind a proxy that is not trusted, nobody without a link keeps those who have one from answering.
"""

_TOO_OFTEN = "That was more often than we can answer. Please wait {}, then try again."
_NOT_OURS = "This form is not from our page, or it is out of date. Nothing was recorded."


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Return the routes. What blocks runs in ``pool``, and never in the event loop.

    ``proxies``: whose X-Forwarded-For is believed. Only POST changes anything of a request; a link
    that a mail scanner opens is put on record as fetched and no more.
    """
    doors = _Doors(desk, pool, proxies, elapsed)
    link = f"{PATH}{{token}}"
    return [
        Route(link, doors.page),
        Route(f"{link}/document.pdf", doors.document),
        Route(f"{link}/page/{{number}}.png", doors.picture),
        Route(f"{link}/{{action}}", doors.answer, methods=["POST"]),
        Route(f"{link}/{{action}}", doors.back),
    ]


class _Doors:
    """The endpoints, and how often each may be used."""

    def __init__(
        self,
        desk: Desk,
        pool: ThreadPoolExecutor,
        proxies: Sequence[Network],
        elapsed: Callable[[], float],
    ) -> None:
        self._desk, self._pool, self._proxies = desk, pool, proxies
        self._looks = Limit(_LOOKS, elapsed)
        self._pictures = Limit(_PICTURES, elapsed)
        self._answers = Limit(_ANSWERS, elapsed)

    async def page(self, request: Request) -> Response:
        """The page itself."""
        token, visitor = self._who(request)
        return self._held(request, self._looks) or await self._done(
            token, lambda: showing.show(self._desk, token, visitor)
        )

    async def document(self, request: Request) -> Response:
        """The PDF."""
        token, visitor = self._who(request)
        return self._held(request, self._looks) or await self._done(
            token, lambda: showing.document(self._desk, token, visitor)
        )

    async def picture(self, request: Request) -> Response:
        """A page of the PDF as a picture."""
        token, number = str(request.path_params["token"]), str(request.path_params["number"])
        if not re.fullmatch(r"[1-9][0-9]{0,3}", number):
            return sealed(showing.wrong_link(self._desk))
        return self._held(request, self._pictures) or await self._done(
            token, lambda: showing.picture(self._desk, token, int(number))
        )

    async def answer(self, request: Request) -> Response:
        """One of the forms, sent."""
        token, visitor = self._who(request)
        action = str(request.path_params["action"])
        if action not in showing.ANSWERS:
            return sealed(showing.wrong_link(self._desk))
        if held := self._waits(token, self._answers, _link(token)):
            return held
        try:
            fields = await form_of(request)
        except Unreadable as unreadable:
            held = self._waits(token, self._answers, _address(visitor))
            return held or self._refused(token, str(unreadable), unreadable.status)
        if not is_sealed(fields, self._desk.link_key, token) and (
            held := self._waits(token, self._answers, _address(visitor))
        ):
            return held
        if not is_ours(request, fields, self._desk.link_key, token, self._desk.public_url):
            return self._refused(token, _NOT_OURS, 403)
        return await self._done(
            token,
            lambda: showing.answer(self._desk, token, visitor, action, fields),
            action,
            fields,
        )

    async def back(self, request: Request) -> Response:
        """The address of a form, opened without sending it (a reload): the page is shown."""
        if request.path_params["action"] not in showing.ANSWERS:
            return sealed(showing.wrong_link(self._desk))
        base = showing.base_of(self._desk, str(request.path_params["token"]))
        return sealed(RedirectResponse(base, 303))

    def _who(self, request: Request) -> tuple[str, Visitor]:
        return str(request.path_params["token"]), visitor_of(request, self._proxies)

    def _held(self, request: Request, limit: Limit) -> Response | None:
        """Return the answer to who looks too often, or None."""
        token, visitor = self._who(request)
        return self._waits(token, limit, _link(token), _address(visitor))

    def _waits(self, token: str, limit: Limit, *keys: str) -> Response | None:
        """Return the answer to who comes too often by one of ``keys``, or None."""
        wait = limit.wait(*keys)
        if not wait:
            return None
        pause = "1 second" if wait == 1 else f"{wait} seconds"
        held = self._refused(token, _TOO_OFTEN.format(pause), 429)
        held.headers["retry-after"] = str(wait)
        return held

    def _refused(self, token: str, sentence: str, status: int) -> Response:
        """Answer and close the connection: a body that may still come in is not waited for."""
        answer = sealed(showing.refused(self._desk, token, sentence, status))
        answer.headers["connection"] = "close"
        return answer

    async def _done(
        self,
        token: str,
        work: showing.Work,
        action: str = "",
        typed: showing.Fields = showing.NOTHING,
    ) -> Response:
        def safely() -> Response:
            return showing.safely(self._desk, token, work, action=action, typed=typed)

        loop = asyncio.get_running_loop()
        return sealed(await loop.run_in_executor(self._pool, safely))


def _link(token: str) -> str:
    return f"link:{hash_of(token)}"


def _address(visitor: Visitor) -> str:
    return f"ip:{visitor.network}"
