"""The HTTP server of the bot, in a thread of its own beside the worker and the clock."""

import asyncio
import socket
import threading

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.desk import Desk
from web.health import Check, healthz, metrics, readyz
from web.slack_door import Door


def doors(
    desk: Desk, checks: tuple[Check, ...], metrics_token: str | None, slack: Door | None
) -> Starlette:
    """Return the ASGI app: health in every mode, Slack's door in HTTP mode."""
    routes = [
        Route("/healthz", healthz),
        Route("/readyz", readyz(checks)),
        Route("/metrics", metrics(desk, metrics_token)),
    ]
    if slack is not None:
        routes.append(Route("/slack/events", slack, methods=["POST"]))
    return Starlette(routes=routes)


class Server:
    """Serves until it is stopped. ``port`` 0 takes any free one; :attr:`port` says which."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        """Bind the address. Raises OSError when it is taken."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=1024)
        self.port = int(self._socket.getsockname()[1])
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, proxy_headers=False, lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="web")

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests at hand, then stop."""
        self._server.should_exit = True
        self._thread.join()

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))
