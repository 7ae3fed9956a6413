"""Links that people post, and what an app says of them below the message."""

from typing import Any

import pytest
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError

from sandbox import Card, Person, Workspace
from sandbox.page.address import Address
from sandbox.page.rendering import page
from sandbox.page.screen import Beside
from tests.sandbox.bots import manifest
from tests.sandbox.conftest import Bot
from tests.sandbox.test_block_kit import SECTION, actions, button, text
from tests.sandbox.test_manners import events, heard

ONE = "https://desk.example.com/requests/SOW-1"
TWO = "https://team.desk.example.com/two?a=1&b=2"
ELSEWHERE = "https://example.com/requests/SOW-1"


def says(words: str) -> dict[str, Any]:
    return {"blocks": [{"type": "section", "text": text(words, "mrkdwn")}]}


async def shared(bot: Bot, workspace: Workspace, card: Card) -> dict[str, Any]:
    """Post, and return how the app hears of it."""
    found = [each for each in events(workspace, "link_shared") if each["message_ts"] == card.ts]
    if not found:
        await heard(workspace, "link_shared", len(events(workspace, "link_shared")) + 1)
        return await shared(bot, workspace, card)
    return found[0]


def target(event: dict[str, Any]) -> dict[str, Any]:
    return {"unfurl_id": str(event["unfurl_id"]), "source": str(event["source"])}


def refused(bot: Bot, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        bot.app.client.api_call("chat.unfurl", json=arguments)
    return str(refusal.value.response["error"])


async def test_links_of_a_registered_domain_are_told_once_each(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    card = await ana.say("sales", f"{ONE}, {ELSEWHERE} and {TWO} ({ONE}).")
    event = await shared(bot, workspace, card)
    assert event["links"] == [
        {"domain": "desk.example.com", "url": ONE},
        {"domain": "desk.example.com", "url": TWO},
    ]
    assert (event["channel"], event["user"], event["source"]) == (
        card.channel,
        ana.id,
        "conversations_history",
    )
    assert event["is_bot_user_member"] is True
    assert "thread_ts" not in event


async def test_links_are_told_from_where_the_bot_is_not_and_never_of_apps(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    bot.app.client.chat_postMessage(channel=ana.id, text=ONE)
    await ana.say("general", ELSEWHERE)
    card = await ana.say("general", ONE)
    event = await shared(bot, workspace, card)
    assert event["is_bot_user_member"] is False
    assert len(events(workspace, "link_shared")) == 1
    bot.app.client.chat_unfurl(**target(event), unfurls={ONE: says("One")})
    assert card.text == f"{ONE}\nOne"


async def test_without_scope_nothing_is_told(bot: Bot, workspace: Workspace, ana: Person) -> None:
    bot.hears_everything()
    quiet = manifest()
    quiet["oauth_config"]["scopes"]["bot"].remove("links:read")
    workspace.install(quiet, bot.installed.transport, bot.installed.request_url)
    await ana.say("sales", ONE)
    await ana.dm("over")
    await heard(workspace, "message", 2)
    assert events(workspace, "link_shared") == []


async def test_an_unfurl_is_replaced_for_its_link_alone(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    card = await ana.say("sales", f"{ONE} {TWO}")
    event = await shared(bot, workspace, card)
    client = bot.app.client
    client.chat_unfurl(**target(event), unfurls={ONE: says("One"), TWO: says("Two")})
    client.chat_unfurl(channel=card.channel, ts=card.ts, unfurls={ONE: says("One again")})
    assert card.text.splitlines()[1:] == ["Two", "One again"]
    assert card.record.ts == event["message_ts"]
    changed = [e for e in await heard(workspace, "message", 3) if e.get("subtype")]
    assert "edited" not in changed[-1]["message"]
    drawn = page(workspace.slack, Address("ben", "sales"), Beside({}, has_mail=False))
    assert "One again" in drawn


async def test_an_edit_takes_the_unfurl_of_a_link_away_and_tells_of_no_new_one(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    card = await ana.say("sales", ONE)
    event = await shared(bot, workspace, card)
    bot.app.client.chat_unfurl(**target(event), unfurls={ONE: says("One")})
    await ana.edit(card, f"never mind, {TWO}")
    assert card.text == f"never mind, {TWO}"
    assert len(events(workspace, "link_shared")) == 1
    assert refused(bot, **target(event), unfurls={ONE: says("One")}) == "cannot_unfurl_url"


async def test_what_slack_does_not_take(bot: Bot, workspace: Workspace, ana: Person) -> None:
    bot.hears_everything()
    card = await ana.say("sales", f"{ONE} {ELSEWHERE}")
    good = target(await shared(bot, workspace, card))
    long = {"blocks": [{"type": "section", "text": text("x" * 3001)}]}
    wrong: list[tuple[dict[str, Any], str]] = [
        (good, "missing_unfurls"),
        (good | {"unfurls": "[]"}, "invalid_unfurls_format"),
        (good | {"unfurls": {ONE: long}}, "cannot_parse_attachment"),
        (good | {"unfurls": {ELSEWHERE: says("x")}}, "cannot_unfurl_url"),
        (good | {"source": "elsewhere", "unfurls": {ONE: says("x")}}, "invalid_source"),
        (good | {"unfurl_id": "C1.1.abc", "unfurls": {ONE: says("x")}}, "invalid_unfurl_id"),
        ({"unfurl_id": good["unfurl_id"], "unfurls": {ONE: says("x")}}, "missing_source"),
        ({"channel": card.channel, "unfurls": {ONE: says("x")}}, "missing_ts"),
        ({"channel": "C0", "ts": card.ts, "unfurls": {ONE: says("x")}}, "cannot_find_channel"),
        (
            {"channel": card.channel, "ts": "1.2", "unfurls": {ONE: says("x")}},
            "cannot_find_message",
        ),
    ]
    assert [refused(bot, **arguments) for arguments, _ in wrong] == [code for _, code in wrong]
    await ana.delete(card)
    assert refused(bot, **good, unfurls={ONE: says("x")}) == "cannot_find_message"


async def test_a_button_of_an_unfurl_is_pressed_by_anybody_in_the_channel(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    pressed: list[dict[str, Any]] = []

    @bot.app.action("look")
    def look(ack: Ack, body: dict[str, Any]) -> None:
        pressed.append(body)
        ack()

    bot.hears_everything()
    card = await ana.say("sales", ONE)
    event = await shared(bot, workspace, card)
    blocks = [SECTION, actions(button(action_id="look", value="SOW-1"))]
    bot.app.client.chat_unfurl(**target(event), unfurls={ONE: {"blocks": blocks}})
    seen = workspace.channel("sales", viewer="ben").messages[-1]
    assert (await seen.click("Go")).acknowledged
    container = pressed[0]["container"]
    assert (container["type"], container["is_app_unfurl"], container["app_unfurl_url"]) == (
        "message_attachment",
        True,
        ONE,
    )
    assert pressed[0]["app_unfurl"]["app_unfurl_url"] == ONE
    assert pressed[0]["trigger_id"]
    assert pressed[0]["response_url"]
    assert pressed[0]["user"]["id"] == workspace.person("ben").id
