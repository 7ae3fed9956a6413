"""The routes of the API, ``/api/...``. While no token exists, there is nothing here."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from bot.api import reading, tickets, visits
from bot.api.showing import Reader
from bot.desk import Desk
from bot.limits import Limit
from bot.ports import Json
from web.api import asking
from web.api.answering import Answered, WrongMethod, refused, safely
from web.api.description import description
from web.api.handing_in import ticket_in
from web.review.visitors import Network, visitor_of

_CALLS = 120
"""A minute, for each token."""

_TICKETS = 20
"""New ones a minute in the name of one person: each is a message to them, and to who decides."""

_KNOCKS = 600
"""A minute, from each address, whoever calls: as many as five tokens may use."""

_BEARER = "bearer "
_WELCOME = 100
_STATUS = {tickets.SUBMITTED: 201, tickets.DRAFT: 202}

Work = Callable[[Reader], Json]


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Return the routes. What blocks runs in ``pool``; ``proxies`` as for the clients' page."""
    doors = _Doors(desk, pool, proxies, elapsed)
    known = [
        Route("/api/openapi.json", doors.openapi),
        Route("/api/requests", doors.requests, methods=["GET", "POST"]),
        Route("/api/requests/{ref}", doors.request),
        Route("/api/requests/{ref}/timeline", doors.timeline),
        Route("/api/assets", doors.assets),
        Route("/api/assets/{ref}", doors.asset),
        Route("/api/assets/{ref}/timeline", doors.asset_timeline),
    ]
    rest = _Rest(doors, known)
    return [*known, Route("/api", rest), Route("/api/{path:path}", rest)]


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
        self._calls, self._knocks = Limit(_CALLS, elapsed), Limit(_KNOCKS, elapsed)
        self._tickets = Limit(_TICKETS, elapsed)

    async def openapi(self, request: Request) -> Response:
        """What there is, as OpenAPI; whoever asks, since it says nothing of any request.

        The company's own lists, such as its goals, are in it for who sends a token.
        """
        text, desk = _token_in(request), self._desk

        def described() -> Answered:
            asked = visits.asked(desk, text, self._calls)
            return 200, description(desk.public_url, desk.workflows, asked)

        return await self._answer(request, described)

    async def requests(self, request: Request) -> Response:
        """A page of requests; by POST, a ticket that becomes one."""
        if request.method == "POST":
            return await self._hand_in(request)
        workflows, pairs = self._desk.workflows, request.query_params.multi_items()
        return await self._read(
            request, lambda to: reading.requests(to, asking.of_requests(pairs, workflows))
        )

    async def assets(self, request: Request) -> Response:
        """A page of what stands on the shelf."""
        pairs = request.query_params.multi_items()
        return await self._read(request, lambda to: reading.assets(to, asking.of_assets(pairs)))

    async def request(self, request: Request) -> Response:
        """One request."""
        return await self._one(request, reading.request)

    async def timeline(self, request: Request) -> Response:
        """What happened to a request."""
        return await self._one(request, reading.timeline)

    async def asset(self, request: Request) -> Response:
        """One asset."""
        return await self._one(request, reading.asset)

    async def asset_timeline(self, request: Request) -> Response:
        """What happened to an asset on the shelf."""
        return await self._one(request, reading.asset_timeline)

    async def nothing(self, request: Request, methods: Sequence[str]) -> Response:
        """What is not there, or takes only these ``methods``."""

        def refuse() -> Answered:
            if not visits.is_open(self._desk) or not methods:
                raise visits.Closed
            raise WrongMethod(methods)

        return await self._answer(request, refuse)

    async def _hand_in(self, request: Request) -> Response:
        if held := self._held(request):
            return held
        text, desk = _token_in(request), self._desk

        def welcomed() -> Answered:
            tickets.expect(desk, text)
            return _WELCOME, {}

        barred = await self._done(welcomed)
        if barred.status_code != _WELCOME:  # nobody has sent us what they say yet
            return barred
        read = await ticket_in(request, desk.workflows)

        def taken() -> Answered:
            outcome = tickets.hand_in(desk, text, self._calls, self._tickets, read)
            return _STATUS[outcome.status] if outcome.is_new else 200, tickets.shown(desk, outcome)

        return await self._done(taken)

    async def _one(self, request: Request, read: Callable[[Reader, str], Json]) -> Response:
        ref, pairs = str(request.path_params["ref"]), request.query_params.multi_items()

        def work(reader: Reader) -> Json:
            asking.of_one(pairs)
            return read(reader, ref)

        return await self._read(request, work)

    async def _read(self, request: Request, work: Work) -> Response:
        text = _token_in(request)
        return await self._answer(
            request, lambda: (200, visits.read(self._desk, text, self._calls, work))
        )

    async def _answer(self, request: Request, work: Callable[[], Answered]) -> Response:
        return self._held(request) or await self._done(work)

    def _held(self, request: Request) -> Response | None:
        """Return the answer to who knocks too often, or None."""
        wait = self._knocks.wait(f"ip:{visitor_of(request, self._proxies).network}")
        return refused(visits.TooOften(wait)) if wait else None

    async def _done(self, work: Callable[[], Answered]) -> Response:
        return await asyncio.get_running_loop().run_in_executor(self._pool, safely, work)


class _Rest:
    """Whatever else is asked for below ``/api``, by any method, as an ASGI app.

    It stands behind the others: what matches one of them but for its method comes here, too.
    """

    def __init__(self, doors: _Doors, known: Sequence[Route]) -> None:
        self._doors, self._known = doors, known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the others do."""
        there = [each for each in self._known if each.matches(scope)[0] is not Match.NONE]
        methods = sorted({name for each in there for name in each.methods or ()})
        answer = await self._doors.nothing(Request(scope, receive), methods)
        await answer(scope, receive, send)


def _token_in(request: Request) -> str:
    """Return the token that is sent, or "" where there is none."""
    given = request.headers.get("authorization", "")
    is_bearer = given[: len(_BEARER)].lower() == _BEARER
    return given[len(_BEARER) :].strip() if is_bearer else ""
