"""The HTTP doors: the same gestures, and what one person sees, as JSON."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from sandbox import Person, Server, Workspace
from sandbox.state.records import Value
from tests.sandbox.bots import manifest
from tests.sandbox.conftest import Bot
from tests.sandbox.test_block_kit import SECTION, actions, button, entry, select, text

FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": text("Hello"),
    "submit": text("Send"),
    "blocks": [
        entry({"type": "plain_text_input", "action_id": "v"}) | {"block_id": "name"},
        entry(select(action_id="v")) | {"block_id": "kind"},
    ],
}


FRONTDESK: dict[str, Any] = {"with": "frontdesk"}


class Page:
    """A page's way of talking to the server."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self._url = f"{url}/sandbox"
        self._client = client

    async def get(self, path: str) -> Value:
        answer = await self._client.get(f"{self._url}/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, status: int = 200, **body: Value) -> Value:
        answer = await self._client.post(f"{self._url}/{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def upload(self, path: str, name: str, content: bytes) -> Value:
        files = {"file": (name, content)}
        answer = await self._client.post(f"{self._url}/{path}", files=files)
        assert answer.status_code == 200, answer.text
        return answer.json()["file"]


@pytest.fixture
async def page(server: Server) -> Value:
    async with httpx.AsyncClient() as client:
        yield Page(server.url, client)


async def test_a_form_by_hand(bot: Bot, page: Page, ana: Person) -> None:
    def opened(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=FORM)
        ack()

    bot.app.command("/sow")(opened)
    bot.app.view("form")(lambda ack: ack())
    await page.post("people/ana/command", command="/sow", text="", channel="sales")
    view = (await page.get("people/ana/modals"))["views"][0]
    assert view["in_front"]
    refused = await page.post("people/ana/submit", view=view["id"])
    assert set(refused["errors"]) == {"name", "kind"}
    assert (await page.get("people/ana/modals"))["views"][0]["errors"] == refused["errors"]
    place = {"view": view["id"], "action_id": "v"}
    await page.post("people/ana/enter", **place, block_id="name", value="Globex")
    await page.post("people/ana/enter", **place, block_id="kind", value="y")
    wrong = await page.post("people/ana/enter", 409, **place, block_id="kind", value="z")
    assert wrong["error"] == "NotOffered"
    values = (await page.get("people/ana/modals"))["views"][0]["values"]
    assert values["name"]["v"]["value"] == "Globex"
    assert ana.modal is not None
    assert ana.modal.fields == {"Name": "Globex"} | {"Name": "y"}
    done = await page.post("people/ana/submit", view=view["id"])
    assert (done["errors"], done["open"]) == ({}, False)


async def test_what_one_person_sees(
    bot: Bot, page: Page, workspace: Workspace, ana: Person
) -> None:
    bot.app.action("go")(lambda ack: ack())
    sales = workspace.slack.channel("sales").id
    bot.app.client.chat_postMessage(
        channel=sales, text="x", blocks=[SECTION, actions(button(action_id="go"))]
    )
    bot.app.client.chat_postEphemeral(channel=sales, user=ana.id, text="psst")
    seen = await page.get("people/ana/conversations/sales")
    assert [m["ephemeral"] for m in seen["messages"]] == [False, True]
    assert len((await page.get("people/ben/conversations/sales"))["messages"]) == 1
    unread = {c["name"]: c["unread"] for c in (await page.get("people/ana"))["conversations"]}
    assert unread["sales"] == 1
    await page.post("people/ana/read", channel="sales")
    unread = {c["name"]: c["unread"] for c in (await page.get("people/ana"))["conversations"]}
    assert unread["sales"] == 0
    message = seen["messages"][0]
    pressed = await page.post(
        "people/ana/press",
        channel=sales,
        ts=message["ts"],
        block_id=message["blocks"][1]["block_id"],
        action_id="go",
    )
    assert pressed["acknowledged"]
    refused = await page.post(
        "people/gus/press", 409, channel=sales, ts=message["ts"], block_id="b", action_id="go"
    )
    assert refused["message"] == "Gus Ortega is not in #sales."
    logs = await page.get("logs")
    assert logs["calls"][0]["method"] == "chat.postEphemeral"
    assert logs["deliveries"][0]["kind"] == "block_actions"


@pytest.mark.usefixtures("installed")
async def test_messages_by_hand(page: Page, ana: Person) -> None:
    sent = (await page.post("people/ana/say", channel="sales", text="hello @ben"))["message"]
    assert sent["shown"] == "hello @Ben Okafor"
    key = {"channel": sent["channel"], "ts": sent["ts"]}
    await page.post("people/ben/say", channel="sales", text="yes?", thread_ts=sent["ts"])
    await page.post("people/ben/react", **key, emoji="wave")
    await page.post("people/ana/edit", **key, text="hello all")
    top = (await page.get("people/ana/conversations/sales"))["messages"]
    assert [(m["shown"], m["replies"], m["edited"], list(m["reactions"])) for m in top] == [
        ("hello all", 1, True, ["wave"])
    ]
    thread = await page.get(f"people/ana/conversations/sales?thread={sent['ts']}")
    assert [m["shown"] for m in thread["messages"]] == ["hello all", "yes?"]
    assert (await page.post("people/ben/edit", 409, **key, text="x"))["error"] == "NotYours"
    await page.post("people/ana/delete", **key)
    assert (await page.post("people/nobody/say", 404, channel="sales", text="x"))[
        "error"
    ] == "Unknown"
    up = await page.upload("people/ana/upload", "brief.txt", b"as agreed")
    sent = (await page.post("people/ana/say", channel="sales", text="", files=[up["id"]]))[
        "message"
    ]
    assert [file["name"] for file in sent["files"]] == ["brief.txt"]
    dm = await page.post("people/ana/direct", 200, **FRONTDESK)
    assert dm["channel"] == ana.dm_with_bot().id


async def test_administration_by_hand(page: Page, workspace: Workspace) -> None:
    installed = await page.post("apps", manifest=manifest(), transport="socket")
    assert installed["bot_token"].startswith("xoxb-sandbox-")
    await page.post("people", handle="nils", name="Nils Dahl")
    await page.post("people/nils/change", tz="Europe/Oslo", deleted=True)
    assert workspace.person("nils").record.deleted
    await page.post("groups", handle="marketing", members=["hana"])
    await page.post("channels", name="deal-desk", members=["ana", "ben"], private=True)
    await page.post("membership", channel="deal-desk", who="ben", joined=False)
    assert (await page.post("clock", move_s=3600))["clock"]["offset_s"] == 3600
    await page.post("faults", method="chat.postMessage", how="ratelimited", retry_after=3)
    assert (await page.get("faults"))["api"][0]["retry_after"] == 3
    assert (await page.post("faults", 400, how="nonsense"))["ok"] is False
    everything = await page.get("workspace")
    assert "nils" in [person["handle"] for person in everything["people"]]


@pytest.mark.usefixtures("installed")
async def test_changes_are_streamed_to_those_who_see_them(server: Server, page: Page) -> None:
    async with (
        httpx.AsyncClient() as client,
        client.stream("GET", f"{server.url}/sandbox/events?viewer=ben") as stream,
    ):
        lines = stream.aiter_lines()
        assert await anext(lines) == "retry: 500"
        secret = (await page.post("people/ana/direct", 200, **FRONTDESK))["channel"]
        await page.post("people/ana/say", channel=secret, text="only for the bot")
        sent = (await page.post("people/ana/say", channel="sales", text="for all"))["message"]
        news = await asyncio.wait_for(_conversation(lines), 5)
    assert news == {"what": "conversation", "channel": sent["channel"], "ts": sent["ts"]}


async def _conversation(lines: Value) -> Value:
    async for line in lines:
        if line.startswith("data: ") and (news := json.loads(line[6:]))["what"] == "conversation":
            return news
    return None


async def test_other_websites_are_kept_out(server: Server) -> None:
    async with httpx.AsyncClient() as client:
        for headers in (
            {"host": "evil.example"},
            {"origin": "https://evil.example"},
            {"origin": "null"},
        ):
            assert (
                await client.get(f"{server.url}/sandbox/workspace", headers=headers)
            ).status_code == 403
        own = {"origin": server.url}
        assert (await client.get(f"{server.url}/sandbox/workspace", headers=own)).status_code == 200
