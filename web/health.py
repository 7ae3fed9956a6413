"""Is it alive, is it ready, how does it stand: for whoever watches over the process."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.desk import Desk

_LOOPBACK = frozenset({"127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold to be ready; ``problem`` says what is wrong and how to mend it."""

    name: str
    problem: Callable[[], str | None]


def healthz(_request: Request) -> Response:
    """Answer 200 while the process serves at all."""
    return PlainTextResponse("ok\n")


def readyz(checks: tuple[Check, ...]) -> Callable[[Request], Response]:
    """Return the endpoint that answers 200 when every check holds, else 503 with the problems."""

    def ready(_request: Request) -> Response:
        problems = {each.name: said for each in checks if (said := each.problem()) is not None}
        return JSONResponse(
            {"ready": not problems, "problems": problems}, status_code=503 if problems else 200
        )

    return ready


def metrics(desk: Desk, token: str | None) -> Callable[[Request], Response]:
    """Return the Prometheus endpoint: on loopback only, or with the bearer ``token`` when set."""
    registry = CollectorRegistry()
    due = Gauge("frontdesk_outbox_due", "Parcels that are due now", registry=registry)
    oldest = Gauge("frontdesk_outbox_oldest_seconds", "Age of the oldest", registry=registry)
    dead = Gauge("frontdesk_outbox_dead", "Parcels that were given up", registry=registry)

    def scrape(request: Request) -> Response:
        if not _may_scrape(request, token):
            return PlainTextResponse("not here\n", status_code=403)
        backlog = desk.post_office.backlog(desk.clock.now())
        due.set(backlog.due)
        oldest.set(backlog.oldest)
        dead.set(backlog.dead)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return scrape


def _may_scrape(request: Request, token: str | None) -> bool:
    if token is None:
        return request.client is not None and request.client.host in _LOOPBACK
    given = request.headers.get("authorization", "").encode()
    return hmac.compare_digest(given, f"Bearer {token}".encode())
