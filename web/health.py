"""Is it alive, is it ready, how does it stand: for whoever watches over the process."""

import hmac
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.desk import Desk
from web.metering import PrometheusMeter, standing_of

log = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which what the checks said is told again: anybody may ask, however often."""

_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_OF_PROXIES = ("forwarded", "via", "x-forwarded-", "x-real-ip")
"""How the headers begin by which a proxy tells that it stands in between."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold to be ready; ``problem`` says what is wrong and how to mend it."""

    name: str
    problem: Callable[[], str | None]


class Readiness:
    """What the checks say, examined at most once in ``FRESH`` seconds of ``elapsed``.

    Whoever asks meanwhile waits for the examination that runs. A check that fails is a problem.
    """

    def __init__(
        self, checks: tuple[Check, ...], elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember what to check; nothing is examined yet."""
        self._checks, self._elapsed = checks, elapsed
        self._lock = threading.Lock()
        self._examined: float | None = None
        self._problems: dict[str, str] = {}

    def problems(self) -> dict[str, str]:
        """Return what is wrong, by the name of the check."""
        with self._lock:
            if self._examined is None or self._elapsed() - self._examined >= FRESH:
                said = {each.name: _said(each) for each in self._checks}
                self._problems = {name: problem for name, problem in said.items() if problem}
                self._examined = self._elapsed()
            return self._problems


def _said(check: Check) -> str | None:
    try:
        return check.problem()
    except Exception:
        log.exception("The check of %s failed.", check.name)
        return "This could not be examined; the log says why."


def healthz(signs: tuple[Check, ...]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that answers 200 while the process can make progress.

    It fails (503) when a part that works by itself is dead or hangs, so that whoever watches
    restarts the process; not while Slack or the database is away, where a restart is no help.
    ``signs`` are looked at at each call, in the event loop: they must not wait for anything.
    """

    async def alive(_request: Request) -> Response:
        problems = [problem for each in signs if (problem := each.problem()) is not None]
        if problems:
            return PlainTextResponse("\n".join([*problems, ""]), status_code=503)
        return PlainTextResponse("ok\n")

    return alive


def readyz(checks: tuple[Check, ...]) -> Callable[[Request], Response]:
    """Return the endpoint that answers 200 when every check holds, else 503 with the problems."""
    readiness = Readiness(checks)

    def ready(_request: Request) -> Response:
        problems = readiness.problems()
        return JSONResponse(
            {"ready": not problems, "problems": problems}, status_code=503 if problems else 200
        )

    return ready


def metrics(desk: Desk, token: str | None) -> Callable[[Request], Response]:
    """Return the Prometheus endpoint: for this machine, or with the bearer ``token`` when set.

    Without a token it answers 403 to what came through a proxy, and to what was sent here under
    another name (DNS rebinding). What the database knows is left out while it is not available.
    """
    meter = desk.meter
    measured = meter.registry if isinstance(meter, PrometheusMeter) else CollectorRegistry()

    def scrape(request: Request) -> Response:
        if not _may_scrape(request, token):
            return PlainTextResponse("not here\n", status_code=403)
        standing = standing_of(desk)
        text = generate_latest(measured) + generate_latest(standing)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return scrape


def _may_scrape(request: Request, token: str | None) -> bool:
    if token is None:
        return _is_local(request)
    given = request.headers.get("authorization", "").encode()
    return hmac.compare_digest(given, f"Bearer {token}".encode())


def _is_local(request: Request) -> bool:
    return (
        request.client is not None
        and ip_address(request.client.host).is_loopback
        and _host_name(request) in _LOCAL_NAMES
        and not any(name.startswith(_OF_PROXIES) for name in request.headers)
    )


def _host_name(request: Request) -> str | None:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname
    except ValueError:
        return None
