"""A small real bot, over either of Slack's transports."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox import Installed, Server

Transport = Literal["socket", "http"]


def manifest(**features: Any) -> dict[str, Any]:
    """The manifest of a bot that may do everything and hears of everything."""
    return {
        "display_information": {"name": "Frontdesk"},
        "features": {
            "bot_user": {"display_name": "frontdesk", "always_online": True},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "unfurl_domains": ["desk.example.com"],
            "agent_view": {"agent_description": "Answers questions about requests."},
            "slash_commands": [
                {
                    "command": "/sow",
                    "description": "Ask for a Statement of Work",
                    "should_escape": False,
                },
                {
                    "command": "/escaped",
                    "description": "Names arrive as ids",
                    "should_escape": True,
                },
            ],
            "shortcuts": [
                {
                    "name": "New request",
                    "type": "global",
                    "callback_id": "new_request",
                    "description": "x",
                },
                {
                    "name": "From message",
                    "type": "message",
                    "callback_id": "from_message",
                    "description": "x",
                },
            ],
        }
        | features,
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
        },
    }


SCOPES = """
app_mentions:read assistant:write bookmarks:read bookmarks:write channels:history channels:join
channels:manage channels:read chat:write commands dnd:read files:read files:write groups:history
groups:read groups:write im:history im:read im:write links:read links:write pins:write
reactions:read reactions:write
team:read usergroups:read users:read users:read.email users.profile:read
""".split()
EVENTS = """
app_home_opened app_mention link_shared member_joined_channel message.channels message.groups
message.im reaction_added subteam_members_changed subteam_updated team_join tokens_revoked
user_change
""".split()


def bolt(installed: Installed, server: Server) -> App:
    """A Bolt app that works before it answers, speaking to the sandbox."""
    client = WebClient(installed.bot_token, base_url=server.api_url)
    client.proxy = None
    return App(client=client, signing_secret=installed.signing_secret, process_before_response=True)


class Door:
    """An HTTP address at which a bot may be reached; its port is known before the bot is."""

    def __init__(self) -> None:
        self.app: App | None = None
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                headers: dict[str, str | Sequence[str]] = {
                    name: [value] for name, value in self.headers.items()
                }
                if door.app is None:
                    self.send_error(503)
                    return
                response = door.app.dispatch(BoltRequest(body=body, headers=headers))
                content = response.body.encode()
                self.send_response(response.status)
                for name, values in response.headers.items():
                    for value in values:
                        self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/slack/events"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def listening(app: App, installed: Installed, server: Server, door: Door | None) -> Iterator[None]:
    """The bot is there for the duration, over the transport it was installed with."""
    if door is not None:
        door.app = app
        yield
        return
    handler = SocketModeHandler(app, installed.app_token, proxy=None)
    handler.client.proxy = None
    connected = threading.Event()
    server.workspace.slack.courier.sockets.on_connect.append(lambda _: connected.set())
    handler.connect()  # type: ignore[no-untyped-call]
    assert connected.wait(5)
    try:
        yield
    finally:
        _leave(handler, installed, server)


def _leave(handler: SocketModeHandler, installed: Installed, server: Server) -> None:
    """Close the client without the three seconds its receiving thread waits for a frame."""
    session = handler.client.current_session
    handler.client.auto_reconnect_enabled = False
    server.workspace.hang_up(app=installed.name)
    pause, deadline = threading.Event(), time.monotonic() + 5
    while session is not None and session.is_active() and time.monotonic() < deadline:
        pause.wait(0.002)
    threading.Thread(target=handler.close, daemon=True).start()
