"""The sandbox's server: uvicorn in a thread of its own, loopback by default."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import uvicorn
from starlette.routing import BaseRoute

from sandbox import office
from sandbox.api.scheduled import arm
from sandbox.blocks.structure import warm_up
from sandbox.errors import NotRunning
from sandbox.web.application import application
from sandbox.workspace import Workspace

START_S = 10.0
_ACCEPTING = 5
"""So many turns of the loop pass until a connection that was accepted is known, and to spare."""


class _Uvicorn(uvicorn.Server):
    """Leaves the moment it is asked to, and not at its next tick."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def main_loop(self) -> None:
        """Wait for the end; uvicorn's own loop looks every tenth of a second.

        A closed asyncio server cannot attach a connection that it is just accepting, and leaves its
        socket open: so nothing more is accepted first, and what was accepted comes in.
        """
        await self._stopping.wait()
        loop = asyncio.get_running_loop()
        for server in self.servers:
            for listening in server.sockets:
                loop.remove_reader(listening.fileno())
        for _ in range(_ACCEPTING):
            await asyncio.sleep(0)


class Server:
    """Serves a workspace from its own thread and loop until stopped; usable as a context manager.

    `port` 0 takes a free one: `url` and `api_url` say which. `pages` are further routes to serve.
    Stopping lets go of the workspace's journal.
    """

    def __init__(
        self,
        workspace: Workspace,
        host: str = "127.0.0.1",
        port: int = 0,
        pages: Sequence[BaseRoute] = (),
    ) -> None:
        self.workspace = workspace
        self.host = host
        self.port = port
        self._pages = pages
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._uvicorn: uvicorn.Server | None = None
        self._failure: BaseException | None = None

    @property
    def url(self) -> str:
        """Where the workspace is, without a slash at the end. Raises NotRunning."""
        if self._thread is None:
            raise NotRunning
        return f"http://{self.host}:{self.port}"

    @property
    def api_url(self) -> str:
        """The Web API's base URL, with a slash at the end, as clients want it."""
        return f"{self.url}/api/"

    def start(self) -> Self:
        """Serve; returns when connections are accepted. Raises OSError when the port is taken."""
        warm_up()
        wire = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wire.bind((self.host, self.port))
        except OSError:
            wire.close()
            raise
        self.port = wire.getsockname()[1]
        self._thread = threading.Thread(target=self._run, args=(wire,), name="sandbox", daemon=True)
        self.workspace.slack.store.url = f"http://{self.host}:{self.port}"
        self._thread.start()
        if not self._ready.wait(START_S) or self._failure is not None:
            raise NotRunning from self._failure
        return self

    def stop(self) -> None:
        """Stop serving; the journal is complete and free for the next process."""
        if self._thread is None or self._uvicorn is None:
            return
        self.workspace.slack.stop_waiting()
        self._thread.join()
        self._thread = None
        self.workspace.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self, wire: socket.socket) -> None:
        try:
            asyncio.run(self._serve(wire))
        except BaseException as error:  # noqa: BLE001 - the starting thread has to hear of it
            self._failure = error
            self._ready.set()

    async def _serve(self, wire: socket.socket) -> None:
        slack = self.workspace.slack
        slack.begin(asyncio.get_running_loop())
        for scheduled in slack.store.scheduled.all():
            arm(slack, scheduled)
        for person in slack.store.people.all():
            office.arm_status(slack, person)
        alarms = asyncio.ensure_future(slack.alarms.run())
        config = uvicorn.Config(
            application(slack, self.host, self._pages),
            log_config=None,
            date_header=False,
            access_log=False,
            lifespan="off",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = _Uvicorn(config, slack.stopping)
        serving = asyncio.ensure_future(self._uvicorn.serve(sockets=[wire]))
        while not self._uvicorn.started and not serving.done():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.005)
        self._ready.set()
        try:
            await serving
        finally:
            for connection in self._uvicorn.server_state.connections:  # whoever is at the other end
                connection.transport.abort()
            await slack.end()
            alarms.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await alarms
