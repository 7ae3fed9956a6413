"""The routes of the API, ``/api/...``. While no token exists, there is nothing here."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.api import reading, tickets, visits
from bot.api.reading import WrongQuery
from bot.api.showing import Reader
from bot.desk import Desk
from bot.errors import NotFound, Problem, Unavailable
from bot.limits import Limit
from bot.ports import Json
from web.api import asking
from web.api.description import description
from web.api.handing_in import ticket_in
from web.review.forms import Unreadable
from web.review.visitors import Network, visitor_of
from workflows.refusals import NotAllowed

log = logging.getLogger(__name__)

_CALLS = 120
"""A minute, for each token."""

_KNOCKS = 600
"""A minute, from each address, whoever calls: as many as five tokens may use."""

_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
_BEARER = "bearer "
_STATUS = {tickets.SUBMITTED: 201, tickets.DRAFT: 202}

Work = Callable[[Reader], Json]
Answered = tuple[int, Json]
"""A status, and what is said."""


def routes(
    desk: Desk,
    pool: ThreadPoolExecutor,
    proxies: Sequence[Network],
    elapsed: Callable[[], float] = time.monotonic,
) -> list[Route]:
    """Return the routes. What blocks runs in ``pool``; ``proxies`` as for the clients' page."""
    doors = _Doors(desk, pool, proxies, elapsed)
    return [
        Route("/api/openapi.json", doors.openapi),
        Route("/api/requests", doors.requests, methods=["GET", "POST"]),
        Route("/api/requests/{ref}", doors.request),
        Route("/api/requests/{ref}/timeline", doors.timeline),
        Route("/api/assets", doors.assets),
        Route("/api/assets/{ref}", doors.asset),
        Route("/api/assets/{ref}/timeline", doors.asset_timeline),
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
        self._calls, self._knocks = Limit(_CALLS, elapsed), Limit(_KNOCKS, elapsed)

    async def openapi(self, request: Request) -> Response:
        """What there is, as OpenAPI; whoever asks, since it says nothing of any request."""

        def described() -> Answered:
            if not visits.is_open(self._desk):
                raise visits.Closed
            return 200, description(self._desk.public_url, self._desk.workflows)

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

    async def _hand_in(self, request: Request) -> Response:
        if held := self._held(request):
            return held
        text, desk = _token_in(request), self._desk
        read = await ticket_in(request, desk.workflows)

        def taken() -> Answered:
            outcome = tickets.hand_in(desk, text, self._calls, read)
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
        return await asyncio.get_running_loop().run_in_executor(self._pool, _safely, work)


def _token_in(request: Request) -> str:
    """Return the token that is sent, or "" where there is none."""
    given = request.headers.get("authorization", "")
    is_bearer = given[: len(_BEARER)].lower() == _BEARER
    return given[len(_BEARER) :].strip() if is_bearer else ""


def _safely(work: Callable[[], Answered]) -> Response:
    try:
        status, said = work()
        return JSONResponse(said, status, headers=_HEADERS)
    except Unreadable as unreadable:  # what may still come in is not waited for
        headers = {"connection": "close"}
        return _error(unreadable.status, "unreadable", str(unreadable), headers=headers)
    except Problem as problem:
        return refused(problem)
    except NotAllowed as refusal:
        return _error(422, "not_understood", str(refusal))
    except Unavailable:
        return _error(503, "unavailable", "Frontdesk cannot look just now. Please try again soon.")
    except Exception:
        log.exception("A call of the API failed.")
        return _error(500, "failed", "Something went wrong; an admin finds it in the log.")


def refused(problem: Problem) -> Response:
    """Return the answer that says what is wrong, by field where it is about fields."""
    said, headers = str(problem), dict[str, str]()
    match problem:
        case visits.NotKnown():
            status, code, headers = 401, "unknown_token", {"www-authenticate": "Bearer"}
        case visits.NotGranted():
            status, code = 403, "not_granted"
        case visits.TooOften():
            status, code, headers = 429, "too_often", {"retry-after": str(problem.seconds)}
        case WrongQuery():
            return _error(422, "not_understood", said, fields=problem.fields)
        case NotFound():
            status, code, said = 404, "not_found", "There is nothing under this number."
        case _:
            status, code = 404, "not_found"
    return _error(status, code, said, headers=headers)


def _error(
    status: int,
    code: str,
    sentence: str,
    *,
    fields: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    error: Json = {"code": code, "sentence": sentence}
    if fields:
        error["fields"] = dict(fields)
    return JSONResponse({"error": error}, status, headers=_HEADERS | dict(headers or {}))
