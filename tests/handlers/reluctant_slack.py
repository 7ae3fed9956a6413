"""A Slack whose Socket Mode does as a test says: a real WebSocket server, and one method."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from handlers.gestures import Body
from handlers.socket_mode import SocketMode

PATIENCE = 0.3
"""Seconds that the bot waits for a greeting here, and that a connection must live."""
HELLO = {"type": "hello", "num_connections": 1}

Manner = Callable[[ServerConnection], None]
"""What is done with a connection that is open; when it returns, the connection is closed."""


@dataclass
class ReluctantSlack:
    """What the bot did: when it asked for an address, what it said, and what reached a listener."""

    api_url: str
    asked: list[float] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    listened: list[Body] = field(default_factory=list)

    def until(self, wanted: Callable[[], object], what: str, seconds: float = 20.0) -> None:
        """Wait until something is so; AssertionError when it does not come about."""
        deadline, pause = time.monotonic() + seconds, threading.Event()
        while not wanted():
            assert time.monotonic() < deadline, what
            pause.wait(0.01)


@contextmanager
def reluctant_slack(manner: Manner, delay: float = 0.0) -> Iterator[ReluctantSlack]:
    """Open a Slack that greets, sends and listens as ``manner`` does.

    For an address of its sockets the bot waits ``delay`` seconds.
    """
    with serve(manner, "127.0.0.1", 0, ping_interval=None) as sockets:
        url = f"ws://127.0.0.1:{sockets.socket.getsockname()[1]}/"
        api = ThreadingHTTPServer(("127.0.0.1", 0), _method(url, lambda: slack, delay))
        slack = ReluctantSlack(f"http://127.0.0.1:{api.server_address[1]}/api/")
        threads = [
            threading.Thread(target=each, daemon=True)
            for each in (sockets.serve_forever, api.serve_forever)
        ]
        for each in threads:
            each.start()
        try:
            yield slack
        finally:
            api.shutdown()
            api.server_close()


@contextmanager
def connected_to(slack: ReluctantSlack) -> Iterator[SocketMode]:
    """Keep a bot connected that listens to everything and does nothing but remember it."""
    client = WebClient("xoxb-1", base_url=slack.api_url)
    client.proxy = None
    nobody = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")
    bolt = App(client=client, authorize=lambda: nobody, process_before_response=True)

    @bolt.use
    def remember(body: Body) -> BoltResponse:
        slack.listened.append(body)
        return BoltResponse(status=200)

    with ThreadPoolExecutor(2) as hands:
        mode = SocketMode(bolt, "xapp-1", hands, patience=PATIENCE)
        mode.open()
        try:
            yield mode
        finally:
            mode.close()


def listen(slack: ReluctantSlack, connection: ServerConnection) -> None:
    """Hear what the bot says until it, or the connection, ends."""
    try:
        for text in connection:
            slack.heard.append(json.loads(text))
    except ConnectionClosed:
        return


def _method(
    url: str, slack: Callable[[], ReluctantSlack], delay: float
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            slack().asked.append(time.monotonic())
            threading.Event().wait(delay)
            answer = json.dumps({"ok": True, "url": url}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
