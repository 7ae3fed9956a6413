"""What Slack accepts, as blocks.validate and the posting methods say it."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Server, Workspace
from sandbox.blocks.validation import block_problems, view_problems
from sandbox.state.records import Value


def text(words: str, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": words}


def option(value: str) -> dict[str, Any]:
    return {"text": text(value), "value": value}


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "a", "options": [option("x"), option("y")]} | more


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)} | more


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text("Go")} | more


def entry(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "label": text("Name"), "element": element}


SECTION = {"type": "section", "text": text("hello", "mrkdwn")}

IMAGE = {"type": "image", "image_url": "https://a.example/i.png", "alt_text": "i"}
OVERFLOW = {"type": "overflow", "options": [option(str(n)) for n in range(6)]}

WRONG = [
    ([{"type": "section"}], "/0"),
    ([{"type": "sektion"}], "/0/type"),
    ([{"type": "section", "text": text("x" * 3001)}], "/0/text/text"),
    ([{"type": "section", "text": text("")}], "/0/text/text"),
    ([{"type": "section", "text": text("x"), "colour": "red"}], "/0"),
    ([{"type": "section", "fields": [text("x")] * 11}], "/0/fields"),
    ([{"type": "header", "text": text("x", "mrkdwn")}], "/0/text/type"),
    ([{"type": "header", "text": text("x" * 151)}], "/0/text/text"),
    ([actions()], "/0/elements"),
    ([actions(*[button(action_id=str(n)) for n in range(26)])], "/0/elements"),
    ([actions(button(text=text("x" * 76)))], "/0/elements/0/text/text"),
    ([actions(button(value="x" * 2001))], "/0/elements/0/value"),
    ([actions(button(style="green"))], "/0/elements/0/style"),
    ([actions(button(action_id="a"), button(action_id="a"))], "/0"),
    ([actions(button(url="crm.example"))], "/0/elements/0/url"),
    ([actions(select(options=[]))], "/0/elements/0/options"),
    ([actions(select(options=[option("x"), option("x")]))], "/0/elements/0"),
    ([actions(select(initial_option=option("z")))], "/0/elements/0/initial_option"),
    ([actions(select(options=[option("x" * 76)]))], "/0/elements/0/options/0/text/text"),
    ([actions(select(option_groups=[]))], "/0/elements/0"),
    ([actions(OVERFLOW)], "/0/elements/0/options"),
    ([actions(button(confirm={"text": text("x" * 301)}))], "/0/elements/0/confirm/text/text"),
    ([actions({"type": "datepicker", "initial_date": "1.2.2026"})], "/0/elements/0/initial_date"),
    ([SECTION | {"block_id": "b"}, SECTION | {"block_id": "b"}], "/1/block_id"),
    ([SECTION] * 51, ""),
    ([entry({"type": "file_input"})], "/0/element/type"),
    ("hello", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "pointer"), WRONG, ids=[f"{n}{p}" for n, (_, p) in enumerate(WRONG)]
)
def test_what_is_wrong_is_pointed_at(blocks: Value, pointer: str) -> None:
    assert pointer in [problem.pointer for problem in block_problems(blocks, "message")]


def test_what_is_right_is_accepted() -> None:
    blocks = [
        SECTION | {"accessory": select(initial_option=option("y"), placeholder=text("Choose"))},
        {"type": "context", "elements": [text("by <@U1>", "mrkdwn"), IMAGE]},
        actions(button(value="1", style="primary", visible_to_user_ids=["U1"])),
        actions({"type": "users_select", "action_id": "u"}),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]},
        {"type": "divider"},
        entry({"type": "plain_text_input", "multiline": True}),
    ]  # fmt: skip
    assert block_problems(blocks, "message") == []


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": text("Hello"), "blocks": [SECTION]} | more


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(title=text("x" * 25)), "/view/title/text"),
        (modal(title=text("x", "mrkdwn")), "/view/title/type"),
        (modal(blocks=[entry({"type": "plain_text_input"})]), "/view/submit"),
        (modal(private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(blocks=[SECTION] * 101), "/view/blocks"),
        (modal(blocks=[{"type": "markdown", "text": "x"}]), "/view/blocks/0/type"),
        (modal(colour="red"), "/view"),
        ({"type": "modal", "blocks": []}, "/view"),
        ({"type": "drawer"}, "/view/type"),
    ],
)
def test_views_are_checked_too(view: dict[str, Any], pointer: str) -> None:
    assert pointer in [problem.pointer for problem in view_problems(view)]


def test_blocks_validate_needs_no_token(server: Server) -> None:
    def ask(**arguments: Value) -> Value:
        return httpx.post(f"{server.api_url}blocks.validate", json=arguments).json()

    assert ask(blocks=[SECTION])["ok"]
    assert ask(view=modal())["ok"]
    wrong = ask(message={"blocks": [{"type": "header", "text": text("x" * 151)}]})
    assert wrong["error"] == "invalid_message"
    assert wrong["errors"][0]["pointer"] == "/blocks/0/text/text"
    assert wrong["errors"][0]["code"] == "failed_constraint"
    assert ask()["error"] == "invalid_arguments"
    as_text = httpx.post(
        f"{server.api_url}blocks.validate", data={"blocks": json.dumps([{"type": "x"}])}
    ).json()
    assert as_text["error"] == "invalid_blocks"


def test_posting_is_held_to_the_same(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=channel, text="x", blocks=[{"type": "section"}])
    assert caught.value.response["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/0]" in caught.value.response["response_metadata"]["messages"][0]
    with pytest.raises(SlackApiError, match="invalid_blocks_format"):
        client.chat_postMessage(channel=channel, text="x", blocks="nonsense")


SHARED = Path(__file__).parents[2] / "../shared/slack"


@pytest.mark.skipif(not SHARED.exists(), reason="the collected facts are not here")
def test_the_facts_are_those_collected() -> None:
    collected = {
        entry["key"]: entry["value"] for entry in json.loads((SHARED / "limits.json").read_text())
    }
    carried = json.loads((Path(__file__).parents[2] / "sandbox/facts/limits.json").read_text())
    assert {key: entry["value"] for key, entry in carried.items()} == collected
