"""The HTTP server: where it listens, and what it says when it cannot."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from web.server import CannotListen, Server


async def nodelay(request: Request) -> Response:
    """Say whether Nagle's algorithm is off for the connection of this request."""
    transport: asyncio.Transport = getattr(request.receive, "__self__").transport  # noqa: B009 - uvicorn's own
    wire: socket.socket = transport.get_extra_info("socket")
    return JSONResponse(wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)


@contextmanager
def serving(host: str) -> Iterator[Server]:
    server = Server(Starlette(routes=[Route("/", nodelay)]), host, 0)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        pytest.param("::1", marks=pytest.mark.skipif(not has_ipv6(), reason="there is no IPv6")),
    ],
)
def test_an_answer_does_not_wait_for_an_acknowledgement(host: str) -> None:
    with serving(host) as server:
        assert httpx.get(server.url).json() is True


def test_a_port_is_free_again_when_the_server_has_stopped() -> None:
    with serving("127.0.0.1") as server:
        httpx.get(server.url)
    again = Server(Starlette(), "127.0.0.1", server.port)
    again.start()
    again.stop()


def test_a_taken_port_is_said_with_the_setting_that_mends_it() -> None:
    with serving("127.0.0.1") as server:
        late = Server(Starlette(), "127.0.0.1", server.port)
        with pytest.raises(CannotListen) as said:
            late.start()
        late.stop()

    assert str(said.value) == (
        f"Port {server.port} of 127.0.0.1 cannot be listened on: Address already in use. "
        "Stop the program that has it, or set PORT to a free port."
    )


def test_an_address_of_another_machine_is_said_with_its_setting() -> None:
    with pytest.raises(CannotListen, match="Set FRONTDESK_HOST to an address"):
        Server(Starlette(), "192.0.2.1", 0).start()
