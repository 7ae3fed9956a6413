"""Whatever address a payload or a file names: the bot connects to Slack, and to nothing else."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.errors import SlackError, SlackRefused
from bot.ports import Message
from integrations.slack.addresses import is_slacks
from integrations.slack.client import Messenger
from integrations.slack.files import Filing
from integrations.slack.line import Line

SLACK = "https://slack.com/api/"
EVIL = (
    *(
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "http://[::1]:{port}/",
    ),
    *("https://hooks.slack.com@evil.example/x", "https://hooks.slack.com.evil.example/x"),
    *("https://hooks.slack.com:443@127.0.0.1:{port}/", "https://user:pw@hooks.slack.com/x"),
    *(
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com\\@evil/",
    ),
    *("https://files.slack.com.evil.example/x", "https://files.slack.com@127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/"),
    *(
        "http://0x7f.1:{port}/",
        "//127.0.0.1:{port}/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{port}",
    ),
    *(
        "gopher://127.0.0.1:{port}/_",
        "data:text/plain,x",
        "",
        "hooks.slack.com",
        "https://",
        "http://[",
    ),
    *(
        "https://hooks.slack.com:99999999/",
        "https://ｈooks.slack.com/x",
        "https://hooks.slack.com\n.evil/",
    ),
    "https://hooks.slack.com%2eevil.example/x",
)
"""Where a forged address could lead; ``{port}`` is one on which somebody listens here."""

_reached: list[str] = []
_armed = threading.Event()


def _spy(
    event: str, arguments: tuple[object, ...], armed: threading.Event = _armed
) -> None:  # a default outlives this module's names, when the interpreter ends
    if armed.is_set() and event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        _reached.append(f"{event} {arguments[-1] if event == 'socket.connect' else arguments[:2]}")


sys.addaudithook(_spy)  # for good: an interpreter forgets no hook


@pytest.fixture
def reached() -> Iterator[list[str]]:
    """Everything that any code connects to, or looks up, from now on."""
    _reached.clear()
    _armed.set()
    yield _reached
    _armed.clear()


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """Somebody who listens and must hear nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.0)
        yield listening
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.parametrize("api_url", [SLACK, "http://127.0.0.1:9/api/"])
@pytest.mark.parametrize("url", EVIL)
def test_nothing_is_sent_to_another_address(
    trap: socket.socket, reached: list[str], url: str, api_url: str
) -> None:
    address = url.format(port=trap.getsockname()[1])

    with pytest.raises(SlackRefused, match=r"not an address of Slack"):
        Messenger("xoxb-fake", api_url, Line()).respond(address, Message("Hello"))
    with pytest.raises(SlackRefused, match=r"not an address of Slack"):
        Messenger("xoxb-fake", api_url, Line()).take_away(address)

    assert reached == []
    assert not is_slacks(address, api_url, "files.slack.com")


def test_the_spy_sees_a_connection(trap: socket.socket, reached: list[str]) -> None:
    with socket.create_connection(trap.getsockname()):
        trap.accept()[0].close()

    assert [each.partition(" ")[0] for each in reached][-1:] == ["socket.connect"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://hooks.slack.com/actions/T1/2/3", "hooks.slack.com"),
        ("https://files.slack.com/f", "files.slack.com"),
    ],
)
def test_slacks_own_addresses_are_slacks(url: str, host: str) -> None:
    assert is_slacks(url, SLACK, host)
    assert not is_slacks(url, "http://127.0.0.1:9/api/", host)


class Leading(BaseHTTPRequestHandler):
    """A workspace on this machine that says where a file is, and leads on from there."""

    to = ""

    def do_GET(self) -> None:
        if self.path.startswith("/api/"):
            at = self.to if "elsewhere" in self.headers.get("Authorization", "") else self._here()
            body = json.dumps({"ok": True, "file": {"url_private": at}}).encode()
            self.send_response(200)
        else:
            body = b""
            self.send_response(302)
            self.send_header("Location", self.to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the names that http.server looks for

    def _here(self) -> str:
        return f"http://{self.headers['Host']}/file"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize("token", ["xoxb-fake-elsewhere", "xoxb-fake-redirected"])
def test_a_file_that_is_elsewhere_or_leads_there_is_not_fetched(
    trap: socket.socket, token: str
) -> None:
    Leading.to = f"http://127.0.0.1:{trap.getsockname()[1]}/secret"
    with ThreadingHTTPServer(("127.0.0.1", 0), Leading) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        files = Filing(token, f"http://127.0.0.1:{server.server_address[1]}/api/", Line())
        try:
            with pytest.raises(SlackError):
                files.download("F1", None)
        finally:
            server.shutdown()
