"""The HTTP server of the bot, in a thread of its own beside the worker and the clock."""

import asyncio
import errno
import socket
import threading
from collections.abc import Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.desk import Desk
from web.health import Check, healthz, metrics, readyz
from web.slack_door import Door

KEEP_ALIVE = 75
"""Seconds; longer than a proxy keeps its connections, or it would reuse one that we close."""

LAST_ANSWERS = 5
"""Seconds for the requests at hand when the server stops; each is answered within three."""

MOST_CONNECTIONS = 1000
"""At a time; beyond them the answer is 503. A crowd of 200 clicks in one instant is far below."""


class CannotListen(Exception):
    """The address to listen on cannot be had; the text says which one, why and what to set."""

    def __init__(self, host: str, port: int, error: OSError) -> None:
        """Put what the system said into a sentence."""
        fix = {
            errno.EADDRINUSE: "Stop the program that has it, or set PORT to a free port.",
            errno.EACCES: "Set PORT to a number from 1024 on.",
        }.get(error.errno or 0, "Set FRONTDESK_HOST to an address of this machine.")
        why = error.strerror or type(error).__name__
        super().__init__(f"Port {port} of {host} cannot be listened on: {why}. {fix}")


def doors(
    desk: Desk,
    checks: tuple[Check, ...],
    metrics_token: str | None,
    slack: Door | None,
    pages: Sequence[Route] = (),
    signs: tuple[Check, ...] = (),
) -> Starlette:
    """Return the ASGI app: health and the clients' ``pages``; Slack's door in HTTP mode.

    ``checks`` say whether it is ready, ``signs`` whether it is alive.
    """
    routes = [
        *pages,
        Route("/healthz", healthz(signs)),
        Route("/readyz", readyz(checks)),
        Route("/metrics", metrics(desk, metrics_token)),
    ]
    if slack is not None:
        routes.append(Route("/slack/events", slack, methods=["POST"]))
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # it would lead to whatever host the request names
    return app


class Server:
    """Serves until it is stopped. ``port`` 0: any free one, and :attr:`port` says which."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        """Prepare; :meth:`start` listens."""
        self.app = app
        self.host, self.port = host, port
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                lifespan="off",
                limit_concurrency=MOST_CONNECTIONS,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=LAST_ANSWERS,
            )
        )
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def start(self) -> None:
        """Begin to serve; whoever connects from now on is answered. Raises CannotListen."""
        try:
            listening = _listening(self.host, self.port)
        except OSError as error:
            raise CannotListen(self.host, self.port, error) from error
        self.port = int(listening.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, args=(listening,), name="web")
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests at hand, then stop; takes a few seconds at most.

        Does nothing when it was never started.
        """
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()

    def _serve(self, listening: socket.socket) -> None:
        asyncio.run(self._serve_all(listening))

    async def _serve_all(self, listening: socket.socket) -> None:
        await self._server.serve(sockets=[listening])
        for connection in self._server.server_state.connections:  # not answered in time
            connection.transport.abort()
        await asyncio.sleep(0)


def _listening(host: str, port: int) -> socket.socket:
    """Return a listening socket; as ``socket.create_server``, but for the protocol.

    asyncio sets TCP_NODELAY only where the protocol is named, and without it the body of an answer
    waits some 40 ms for the acknowledgement of its head.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    return listening
