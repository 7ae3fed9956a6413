"""Acks, retries, signatures, sockets."""

import asyncio
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier
from websockets.asyncio.client import connect

from sandbox import Installed, Person, Server, Workspace, errors
from tests.sandbox.bots import manifest
from tests.sandbox.conftest import Bot


class Ear:
    """An HTTP address that keeps what it gets and answers as it is told to."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        ear = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["content-length"])).decode()
                ear.requests.append(({k.lower(): v for k, v in self.headers.items()}, content))
                body = ear.body
                if "url_verification" in content:
                    body = json.loads(content)["challenge"].encode()
                self.send_response(ear.status)
                for name, value in ear.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/slack/events"
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def ear() -> Iterator[Ear]:
    found = Ear()
    yield found
    found.close()


@pytest.fixture
def heard(workspace: Workspace, server: Server, ear: Ear) -> Installed:
    assert server.workspace is workspace
    only_dms = manifest()
    only_dms["settings"]["event_subscriptions"]["bot_events"] = ["message.im"]
    return workspace.install(only_dms, "http", ear.url)


async def test_requests_are_signed_and_spelled_as_slack_spells_them(
    ear: Ear, heard: Installed, ana: Person
) -> None:
    await ana.dm("hello")
    await ana.command("/sow", "now")
    await ana.global_shortcut("New request")
    verifier = SignatureVerifier(heard.signing_secret)
    for headers, body in ear.requests:
        assert verifier.is_valid_request(body, headers)
        assert not SignatureVerifier("another").is_valid_request(body, headers)
    kinds = {headers["content-type"] for headers, _ in ear.requests}
    assert kinds == {"application/json", "application/x-www-form-urlencoded"}
    bodies = [parse_qs(body) for _, body in ear.requests]
    assert ["now"] in [body.get("text") for body in bodies]
    payloads = [json.loads(body["payload"][0]) for body in bodies if "payload" in body]
    assert [payload["type"] for payload in payloads] == ["shortcut"]


@pytest.mark.usefixtures("heard")
async def test_events_are_tried_four_times_on_the_movable_clock(
    workspace: Workspace, ear: Ear, ana: Person
) -> None:
    def next_attempt() -> int:
        return workspace.undelivered[0].attempt if workspace.undelivered else 0

    ear.status = 500
    await ana.dm("hello")
    await workspace.until(lambda: next_attempt() == 2)
    workspace.move_clock(seconds=50)
    assert len(ear.requests) == 2
    workspace.move_clock(seconds=11)
    await workspace.until(lambda: next_attempt() == 3)
    workspace.move_clock(minutes=5)
    await workspace.until(lambda: len(ear.requests) == 4 and not workspace.undelivered)
    workspace.move_clock(hours=2)
    told = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in ear.requests]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in ear.requests}) == 1


@pytest.mark.usefixtures("heard")
async def test_an_app_may_refuse_retries(workspace: Workspace, ear: Ear, ana: Person) -> None:
    ear.status, ear.headers = 500, {"x-slack-no-retry": "1"}
    await ana.dm("hello")
    await workspace.until(lambda: len(workspace.deliveries) == 1)
    await ana.dm("again")
    await workspace.until(lambda: len(workspace.deliveries) == 2)
    assert [delivery.attempt for delivery in workspace.deliveries] == [0, 0]


@pytest.mark.usefixtures("server")
async def test_a_bot_that_was_away_gets_its_events_later(workspace: Workspace, ana: Person) -> None:
    away = workspace.install(manifest(), "http", "http://127.0.0.1:9/slack/events")
    await ana.dm("are you there?")
    await workspace.until(lambda: [d for d in workspace.deliveries.of("message") if d.attempt == 1])
    assert workspace.deliveries.of("message")[0].failure == "connection_failed"
    ear = Ear()
    try:
        workspace.install(away.manifest, "http", ear.url)
        workspace.move_clock(minutes=1)
        await workspace.until(
            lambda: [d for d in workspace.deliveries.of("message") if d.acknowledged]
        )
    finally:
        ear.close()


@pytest.mark.usefixtures("heard")
async def test_interactions_are_not_tried_again(
    workspace: Workspace, ear: Ear, ana: Person
) -> None:
    ear.status = 500
    shortcut = await ana.global_shortcut("New request")
    command = await ana.command("/sow")
    assert shortcut.toast == "This app isn't responding. Try again in a moment."
    assert command.toast == "/sow failed with the error “http_service_error”."
    workspace.move_clock(hours=1)
    assert len(ear.requests) == 2


@pytest.mark.usefixtures("heard")
async def test_the_challenge(workspace: Workspace, ear: Ear) -> None:
    await workspace.verify()
    ear.close()
    with pytest.raises(errors.ChallengeFailed, match="connection_failed"):
        await workspace.verify()


async def test_ordered_lost_acks_and_redeliveries(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    workspace.faults.lose_ack("message")
    await ana.dm("lost")
    tries = await workspace.until(
        lambda: [d for d in workspace.deliveries.of("message") if d.attempt == 1]
    )
    assert tries[0].reason == "http_timeout"
    workspace.deliveries.clear()
    workspace.faults.redeliver("message", times=2)
    await ana.dm("again and again")
    await workspace.until(lambda: len(workspace.deliveries.of("message")) == 3)
    tries = workspace.deliveries.of("message")
    assert [d.attempt for d in tries] == [0, 1, 2]
    assert len({d.payload["event_id"] for d in tries}) == 1


async def open_link(installed: Installed, server: Server) -> str:
    async with httpx.AsyncClient() as client:
        bearer = {"authorization": f"Bearer {installed.app_token}"}
        return str(
            (await client.post(f"{server.api_url}apps.connections.open", headers=bearer)).json()[
                "url"
            ]
        )


async def test_a_socket_by_hand(server: Server, installed: Installed, ana: Person) -> None:
    url = await open_link(installed, server)
    async with (
        connect(url, proxy=None) as first,
        connect(await open_link(installed, server), proxy=None) as second,
    ):
        hello = json.loads(await first.recv())
        assert (hello["type"], hello["connection_info"]["app_id"]) == ("hello", installed.app_id)
        await second.recv()
        with pytest.raises(Exception, match=r"403|4001|rejected"):
            async with connect(url, proxy=None):
                pass
        asked = asyncio.ensure_future(_ask(ana))
        envelope = await _next(first, second)
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True
        ack = {"envelope_id": envelope["envelope_id"], "payload": {"text": "by either wire"}}
        await second.send(json.dumps(ack))
        result = await asked
        assert result == "by either wire"


async def _ask(ana: Person) -> str:
    reply = (await ana.command("/sow")).reply
    return reply.text if reply else ""


async def _next(*sockets: Any) -> dict[str, Any]:
    """The first command envelope on any of the sockets."""
    while True:
        tasks = [asyncio.ensure_future(socket.recv()) for socket in sockets]
        done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED, timeout=5)
        for task in waiting:
            task.cancel()
        for task in done:
            envelope: dict[str, Any] = json.loads(task.result())
            if envelope.get("type") == "slash_commands":
                return envelope


async def test_ten_connections_and_no_more(server: Server, installed: Installed) -> None:
    links = [await connect(await open_link(installed, server), proxy=None) for _ in range(11)]
    frames = [json.loads(await link.recv()) for link in links]
    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
    assert frames[10]["reason"] == "too_many_websockets"
    for link in links:
        await link.close()
