"""No test can reach another machine: not by address or name, from a child, or in a page."""

import socket
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Page

ELSEWHERE = "192.0.2.1"  # TEST-NET-1: nobody's address (RFC 5737)


def test_refuses_a_connection_to_another_machine() -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match=r"reach 192\.0\.2\.1"):
        sock.connect((ELSEWHERE, 80))


def test_refuses_a_connection_over_ipv6() -> None:
    with (
        socket.socket(socket.AF_INET6) as sock,
        pytest.raises(RuntimeError, match="tried to reach 2001:db8::1"),
    ):
        sock.connect(("2001:db8::1", 80))


def test_refuses_a_datagram_to_another_machine() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as sock,
        pytest.raises(RuntimeError, match=r"reach 192\.0\.2\.1"),
    ):
        sock.sendto(b"hello", (ELSEWHERE, 53))


@pytest.mark.parametrize("look_up", [socket.gethostbyname, socket.gethostbyaddr])
def test_asks_no_name_server(look_up: object) -> None:
    assert callable(look_up)
    with pytest.raises(RuntimeError, match=r"reach slack\.example"):
        look_up("slack.example")


def test_refuses_a_url() -> None:
    with pytest.raises(RuntimeError, match=r"reach slack\.example"):
        urllib.request.urlopen("http://slack.example/api/api.test", timeout=1)


def test_refuses_in_a_process_that_a_test_starts() -> None:
    script = f"import socket; socket.create_connection(('{ELSEWHERE}', 80), timeout=1)"
    child = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert child.returncode == 1
    assert f"tried to reach {ELSEWHERE}" in child.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_reaches_this_machine(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port), timeout=5) as client:
            assert client.getpeername()[1] == port


@pytest.mark.parametrize("url", [f"http://{ELSEWHERE}/", "http://slack.example/"])
async def test_a_page_reaches_no_other_machine(page: "Page", url: str) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        await page.goto(url)
