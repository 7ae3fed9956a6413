"""Slack's door over HTTP: what Slack did not sign, or signed long ago, never reaches a listener."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette
from starlette.routing import Route

from handlers.shapes import is_sound
from integrations.clock import SystemClock
from web.bodies import LONGEST_BODY
from web.server import Server
from web.slack_door import is_from_slack, slack_door

PATIENCE = 0.5
OLD, NEW = "visibly-fake-secret-old", "visibly-fake-secret-new"


@dataclass
class Door:
    """A real server with a real Bolt app that counts what reaches it."""

    url: str
    reached: list[str] = field(default_factory=list)

    def knock(self, body: bytes, **headers: str) -> httpx.Response:
        form = {"content-type": "application/x-www-form-urlencoded"}
        return httpx.post(self.url, content=body, headers=form | headers)

    @contextmanager
    def half_said(self, *headers: str, body: bytes = b"") -> Iterator[socket.socket]:
        """Begin a request and do not end it; give the connection."""
        host, port = httpx.URL(self.url).host, httpx.URL(self.url).port
        head = ["POST /slack/events HTTP/1.1", f"host: {host}", *headers, "", ""]
        with socket.create_connection((host, port or 80), timeout=10) as wire:
            wire.sendall("\r\n".join(head).encode() + body)
            yield wire


@pytest.fixture
def door() -> Iterator[Door]:
    reached: list[str] = []
    bolt = App(
        signing_secret="unused",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-fake"),
        request_verification_enabled=False,
        ssl_check_enabled=False,
        process_before_response=True,
    )

    @bolt.command("/count")
    def count(ack: Ack, body: dict[str, str]) -> None:
        reached.append(body["text"])
        ack("counted")

    with ThreadPoolExecutor(4) as pool:
        endpoint = slack_door(
            bolt, (NEW, OLD), pool, SystemClock(), is_sound=is_sound, patience=PATIENCE
        )
        app = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
        server = Server(app, "127.0.0.1", 0)
        server.start()
        try:
            yield Door(f"http://127.0.0.1:{server.port}/slack/events", reached)
        finally:
            server.stop()


BODY = b"command=%2Fcount&text=one&user_id=U1&team_id=T1&trigger_id=1.2"


def signed(body: bytes, secret: str, age: int = 0) -> dict[str, str]:
    timestamp = str(int(SystemClock().now().timestamp()) - age)
    mac = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return {
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": f"v0={mac.hexdigest()}",
    }


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_both_secrets_are_accepted_while_one_is_rotated(door: Door, secret: str) -> None:
    answer = door.knock(BODY, **signed(BODY, secret))

    assert (answer.status_code, answer.text) == (200, "counted")
    assert door.reached == ["one"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, "another-secret"),
        signed(BODY + b"0", NEW),
        signed(BODY, NEW, age=301),
        signed(BODY, NEW, age=-86_400),
        signed(BODY, NEW) | {"x-slack-request-timestamp": "abc"},
        signed(BODY, NEW) | {"x-slack-request-timestamp": "-1"},
        signed(BODY, NEW) | {"x-slack-request-timestamp": "1" * 5000},
        signed(BODY, NEW) | {"x-slack-signature": "v0="},
        {"x-slack-signature": signed(BODY, NEW)["x-slack-signature"]},
    ],
    ids=[
        "none",
        "other",
        "body",
        "stale",
        "future",
        "word",
        "negative",
        "endless",
        "short",
        "undated",
    ],
)
def test_a_forged_or_stale_request_is_refused(door: Door, headers: dict[str, str]) -> None:
    assert door.knock(BODY, **headers).status_code == 401
    assert door.reached == []


def test_an_unsigned_ssl_check_is_no_way_in(door: Door) -> None:
    assert door.knock(b"ssl_check=1&" + BODY).status_code == 401
    assert door.reached == []


def answered(wire: socket.socket) -> str:
    """Return the first line of the answer, when the server has closed the connection after it."""
    said = b""
    while part := wire.recv(65536):
        said += part
    assert b"connection: close" in said
    return said.decode().partition("\r\n")[0]


@pytest.mark.parametrize("length", [LONGEST_BODY + 1, 10**9, 10**15])
def test_a_body_that_is_announced_as_too_long_is_refused_unread(door: Door, length: int) -> None:
    with door.half_said(f"content-length: {length}") as wire:
        assert answered(wire) == "HTTP/1.1 413 Request Entity Too Large"


def test_a_body_that_grows_too_long_is_refused_before_its_end(door: Door) -> None:
    chunk = b"%x\r\n" % (2 * LONGEST_BODY) + b"a" * (LONGEST_BODY + 1)
    with door.half_said("transfer-encoding: chunked", body=chunk) as wire:
        assert answered(wire) == "HTTP/1.1 413 Request Entity Too Large"


def test_a_body_that_does_not_come_is_not_waited_for(door: Door) -> None:
    with door.half_said("content-length: 100", body=b"a") as wire:
        assert answered(wire) == "HTTP/1.1 408 Request Timeout"
    assert door.reached == []


def test_whoever_is_slow_or_endless_holds_nobody_up(door: Door) -> None:
    half = b"%x\r\n" % (100 * LONGEST_BODY) + b"a" * 1000
    with ExitStack() as held:
        for _ in range(100):
            held.enter_context(door.half_said("content-length: 100", body=b"a"))
            held.enter_context(door.half_said("transfer-encoding: chunked", body=half))

        answers = {door.knock(BODY, **signed(BODY, NEW)).status_code for _ in range(20)}

    assert answers == {200}
    assert len(door.reached) == 20


def test_of_a_hundred_megabytes_little_is_taken(door: Door) -> None:
    piece = b"%x\r\n" % 65536 + b"a" * 65536 + b"\r\n"
    with door.half_said("transfer-encoding: chunked") as wire, pytest.raises(OSError):  # noqa: PT011
        wire.sendall(piece * 1600)
    assert door.knock(BODY, **signed(BODY, NEW)).status_code == 200


def test_a_caller_who_hangs_up_half_way_is_no_error(
    capfd: pytest.CaptureFixture[str], door: Door
) -> None:
    with door.half_said("content-length: 100", body=b"a"):
        pass
    assert door.knock(BODY, **signed(BODY, NEW)).status_code == 200
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("text", ["payload", "payload=1", "payload={}", "a & b"])
def test_a_command_about_payloads_is_a_command(door: Door, text: str) -> None:
    body = BODY.replace(b"text=one", f"text={quote(text)}".encode())

    assert door.knock(body, **signed(body, NEW)).status_code == 200
    assert door.reached == [text]


def test_no_header_commands_bolt(door: Door) -> None:
    command = {"x-slack-bolt-lazy-only": "1", "x-slack-bolt-lazy-function-name": "count"}

    assert door.knock(BODY, **signed(BODY, NEW), **command).text == "counted"


@pytest.mark.parametrize(
    "said",
    [
        {"command": "/count"},
        {"command": "/count", "user_id": "U1", "team_id": "T1", "trigger_id": ["1.2"]},
        {"type": "block_actions", "user": {"id": "U1"}, "actions": []},
        {"type": "block_actions", "user": "U1", "actions": None},
        {"type": "interactive_message", "callback_id": "c", "actions": [{"name": "n"}]},
        {"type": "view_submission", "user": {"id": "U1"}, "view": None},
        {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": []},
        {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "event": {"type": {}}},
        {"type": "shortcut", "user": {"id": "U\ud800"}, "callback_id": "c", "trigger_id": "1"},
        {
            "type": "shortcut",
            "user": {"id": "U1"},
            "team": 5,
            "callback_id": "c",
            "trigger_id": "1",
        },
        {"type": "app_rate_limited", "team": 5},
        [],
        "text",
    ],
    ids=str,
)
def test_what_has_not_the_shape_of_slacks_reaches_nobody(door: Door, said: object) -> None:
    body = json.dumps(said).encode()
    answer = door.knock(body, **signed(body, NEW) | {"content-type": "application/json"})

    assert (answer.status_code, answer.text) == (400, "not readable")
    assert door.reached == []


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe", b"payload=%7Bnot+json", b"payload=" + b"[" * 100_000, b"", b"{"],
    ids=["not utf-8", "not json", "deep", "empty", "brace"],
)
def test_nonsense_that_slack_signed_is_no_server_error(door: Door, body: bytes) -> None:
    assert door.knock(body, **signed(body, NEW)).status_code < 500
    assert door.reached == []


def test_slack_can_verify_the_address(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answer = door.knock(body, **signed(body, NEW) | {"content-type": "application/json"})

    assert answer.json() == {"challenge": "abc"}


def test_many_at_once_are_all_answered(door: Door) -> None:
    together = threading.Barrier(200)
    everybody = httpx.Limits(max_connections=None)
    form = {"content-type": "application/x-www-form-urlencoded"}

    with httpx.Client(limits=everybody, timeout=30) as client, ThreadPoolExecutor(200) as crowd:

        def knock(_: int) -> int:
            together.wait()
            return client.post(door.url, content=BODY, headers=form | signed(BODY, NEW)).status_code

        assert list(crowd.map(knock, range(200))) == [200] * 200
    assert len(door.reached) == 200


@given(st.text(max_size=40), st.text(max_size=80), st.binary(max_size=200))
def test_no_made_up_signature_is_slacks(timestamp: str, signature: str, body: bytes) -> None:
    assert not is_from_slack((NEW, OLD), timestamp, signature, body, 1_800_000_000.0)
