"""The floors: a bare Bolt app behind the product's own door and server, doing next to nothing.

``python -m bench.floor`` with ``BENCH_WORK`` = ``ack`` (nothing at all), ``open`` (one
``views.open``) or ``unit`` (the bare unit of work in ``DATABASE_URL``).
"""

import os
import re
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.unit import Body, unit_of_work
from handlers.shapes import is_sound
from integrations.clock import SystemClock
from modals.metadata import Metadata
from modals.registry import find_forms
from web.server import Server
from web.slack_door import slack_door

THREADS = 10


def bare_app() -> App:
    """Return a Bolt app with the product's options that does ``BENCH_WORK`` for every gesture."""
    client = WebClient(
        token=os.environ["SLACK_BOT_TOKEN"],
        base_url=os.environ["SLACK_API_URL"],
        retry_handlers=[],
    )
    client.proxy = None
    work = _work(os.environ["BENCH_WORK"], client)

    def authorized() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=client.token)

    app = App(
        client=client,
        authorize=authorized,
        signing_secret="verified by web/",  # noqa: S106 - no secret: the door has verified
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )

    def done(ack: Ack, body: Body) -> None:
        work(body)
        ack()

    everything = re.compile(".*")
    for listen in (app.command, app.view, app.action):
        listen(everything)(done)
    return app


def _work(name: str, client: WebClient) -> Callable[[Body], object]:
    if name == "unit":
        return unit_of_work(os.environ["DATABASE_URL"])
    if name == "open":
        view = _the_products_form()
        return lambda body: client.views_open(trigger_id=body["trigger_id"], view=view)
    return lambda _body: None


def _the_products_form() -> dict[str, Any]:
    """Return the form that the product opens, drawn once: the workspace has the same to check."""
    metadata = Metadata(form="sow", workflow="sow", transition="submit", draft="0" * 32)
    return find_forms()["sow"].view({"currency": "USD"}, metadata)


def _ready(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


def main() -> None:
    """Serve until SIGTERM."""
    enough = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: enough.set())
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="slack")
    secrets = [os.environ["SLACK_SIGNING_SECRET"]]
    door = slack_door(bare_app(), secrets, pool, SystemClock(), is_sound=is_sound)
    routes = [Route("/readyz", _ready), Route("/slack/events", door, methods=["POST"])]
    server = Server(Starlette(routes=routes), "127.0.0.1", int(os.environ["PORT"]))
    server.start()
    enough.wait()
    server.stop()
    pool.shutdown()


if __name__ == "__main__":
    main()
