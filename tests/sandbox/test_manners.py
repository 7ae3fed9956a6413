"""Whom Slack tells what: subscriptions, scopes, membership, and the shapes of it."""

from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from sandbox import Person, Workspace
from tests.sandbox.bots import manifest
from tests.sandbox.conftest import Bot
from tests.sandbox.test_block_kit import SECTION, actions, button, option, text


def events(workspace: Workspace, kind: str) -> list[dict[str, Any]]:
    found = [d.payload["event"] for d in workspace.deliveries.of(kind) if not d.attempt]
    return sorted(found, key=lambda event: str(event["event_ts"]))


async def heard(workspace: Workspace, kind: str, count: int = 1) -> list[dict[str, Any]]:
    """The events of a kind, once there are so many."""
    await workspace.until(lambda: len(events(workspace, kind)) >= count, what=f"{count} {kind}")
    return events(workspace, kind)


async def test_a_mention_is_told_twice(bot: Bot, workspace: Workspace, ana: Person) -> None:
    bot.hears_everything()
    await ana.say("sales", "@frontdesk what is open for <Globex>?")
    mention = (await heard(workspace, "app_mention"))[0]
    message = (await heard(workspace, "message"))[-1]
    assert (
        mention["text"]
        == message["text"]
        == f"<@{bot.installed.bot_user_id}> what is open for &lt;Globex&gt;?"
    )
    assert (message["channel_type"], message["user"], message["ts"]) == (
        "channel",
        ana.id,
        mention["ts"],
    )
    envelope = workspace.deliveries.of("app_mention")[0].payload
    assert envelope["authorizations"][0]["user_id"] == bot.installed.bot_user_id
    assert {"event_id", "event_time", "team_id", "api_app_id", "event_context"} <= set(envelope)


async def test_nothing_is_told_from_where_the_bot_is_not(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    await ana.say("general", "@frontdesk hello?")
    workspace.remove_bot_from("sales")
    await ana.say("sales", "anybody?")
    await ana.dm("hello")
    assert [e["channel_type"] for e in await heard(workspace, "message")] == ["im"]
    assert events(workspace, "app_mention") == []


async def test_the_bot_hears_itself_and_every_change(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    sent = bot.app.client.chat_postMessage(channel=ana.id, text="one")
    bot.app.client.chat_update(channel=sent["channel"], ts=sent["ts"], text="two")
    bot.app.client.chat_delete(channel=sent["channel"], ts=sent["ts"])
    posted, changed, deleted = await heard(workspace, "message", 3)
    assert posted["bot_id"] == bot.installed.bot_id
    assert (
        changed["subtype"],
        changed["message"]["text"],
        changed["previous_message"]["text"],
    ) == ("message_changed", "two", "one")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", sent["ts"])


async def test_without_subscription_or_scope_there_is_silence(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    quiet = manifest()
    quiet["settings"]["event_subscriptions"]["bot_events"] = ["message.im", "user_change"]
    quiet["oauth_config"]["scopes"]["bot"] = ["im:history"]
    workspace.install(quiet, bot.installed.transport, bot.installed.request_url)
    await ana.say("sales", "x")
    workspace.change_user("ana", tz="Europe/Rome")
    await ana.dm("y")
    assert [e["text"] for e in await heard(workspace, "message")] == ["y"]
    assert events(workspace, "user_change") == []


async def test_people_groups_and_channels_change(bot: Bot, workspace: Workspace) -> None:
    bot.hears_everything()
    workspace.change_user("ana", tz="Europe/Rome")
    workspace.deactivate("mia")
    changes = await heard(workspace, "user_change", 2)
    assert [(e["user"]["name"], e["user"]["deleted"]) for e in changes] == [
        ("ana", False),
        ("mia", True),
    ]
    members = (await heard(workspace, "subteam_members_changed"))[0]
    assert members["removed_users"] == [workspace.person("mia").id]
    workspace.add_person("nils", name="Nils Dahl", tz="Europe/Oslo")
    assert (await heard(workspace, "team_join"))[0]["user"]["tz"] == "Europe/Oslo"
    workspace.join("nils", "sales")
    joined = await workspace.until(
        lambda: [
            e
            for e in events(workspace, "member_joined_channel")
            if e["user"] == workspace.person("nils").id
        ]
    )
    assert joined[0]["channel"] == workspace.slack.channel("sales").id


async def test_reactions(bot: Bot, workspace: Workspace, ana: Person) -> None:
    bot.hears_everything()
    card = await ana.say("sales", "done?")
    await ana.react(card, "white_check_mark")
    event = (await heard(workspace, "reaction_added"))[0]
    assert (event["reaction"], event["item"]["ts"]) == ("white_check_mark", card.ts)
    assert card.reactions == {"white_check_mark": ["ana"]}


async def test_the_home_tab(bot: Bot, workspace: Workspace, ana: Person) -> None:
    def publish(event: dict[str, Any], client: WebClient) -> None:
        if event["tab"] == "home":
            view = {"type": "home", "blocks": [SECTION, actions(button(action_id="go"))]}
            client.views_publish(user_id=event["user"], view=view)

    bot.app.event("app_home_opened")(publish)
    bot.app.action("go")(lambda ack: ack())
    home = await ana.open_home()
    await home.wait_for_text("hello")
    assert (await home.click("Go")).acknowledged
    action = workspace.deliveries.of("block_actions")[0].payload
    assert (action["view"]["type"], action["container"]["type"]) == ("home", "view")
    await ana.open_messages()
    opened = await heard(workspace, "app_home_opened", 2)
    assert [e["tab"] for e in opened] == ["home", "messages"]
    assert opened[1]["channel"] == ana.dm_with_bot().id


async def test_shortcuts(bot: Bot, workspace: Workspace, ana: Person) -> None:
    for callback in ("new_request", "from_message"):
        bot.app.shortcut(callback)(
            lambda ack, body, client: (
                client.views_open(trigger_id=body["trigger_id"], view=MODAL),
                ack(),
            )
        )
    first = await ana.global_shortcut("New request")
    assert first.modal is not None
    assert "response_url" not in workspace.deliveries.of("shortcut")[0].payload
    card = await ana.say("sales", "please draft a SOW")
    second = await ana.message_shortcut("from_message", card)
    assert second.modal is not None
    payload = workspace.deliveries.of("message_action")[0].payload
    assert payload["message"]["text"] == "please draft a SOW"


MODAL = {"type": "modal", "title": text("Hello"), "blocks": [SECTION]}


async def test_commands_arrive_as_typed_unless_escaped(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.app.command("/sow")(lambda ack: ack())
    bot.app.command("/escaped")(lambda ack: ack())
    await ana.command("/sow", "for @mia in #sales", channel="sales")
    await ana.command("/escaped", "for @mia in #sales")
    mia, sales = workspace.person("mia").id, workspace.slack.channel("sales").id
    plain = workspace.deliveries.of("/sow")[0].payload
    assert (plain["text"], plain["channel_name"], plain["is_enterprise_install"]) == (
        "for @mia in #sales",
        "sales",
        "false",
    )
    assert (
        workspace.deliveries.of("/escaped")[0].payload["text"]
        == f"for <@{mia}|mia> in <#{sales}|sales>"
    )


async def test_messages_with_menus(bot: Bot, workspace: Workspace, ana: Person) -> None:
    menu = {
        "type": "static_select",
        "action_id": "owner",
        "options": [option("Mia"), option("Sol")],
    }
    more = {"type": "overflow", "action_id": "more", "options": [option("Close")]}
    for action in ("owner", "more"):
        bot.app.action(action)(lambda ack: ack())
    bot.app.client.chat_postMessage(
        channel=ana.id, text="x", blocks=[actions(menu, more, block_id="b")]
    )
    card = await ana.dm_with_bot().wait_for()
    await card.choose("owner", "Sol")
    await card.choose("more", "Close")
    first, second = (delivery.payload for delivery in workspace.deliveries.of("block_actions"))
    assert first["state"]["values"]["b"]["owner"]["selected_option"]["value"] == "Sol"
    assert second["actions"][0]["selected_option"]["value"] == "Close"
    assert first["channel"] == {"id": ana.dm_with_bot().id, "name": "directmessage"}
    assert card.fields["owner"] == "Sol"


async def test_response_urls_run_out(bot: Bot, ana: Person) -> None:
    told: list[int] = []

    def answer(ack: Ack, respond: Respond) -> None:
        ack()
        told.extend(respond(f"answer {n}").status_code for n in range(6))

    bot.app.action("go")(answer)
    bot.app.client.chat_postMessage(
        channel=ana.id, text="x", blocks=[actions(button(action_id="go"))]
    )
    card = await ana.dm_with_bot().wait_for()
    pressed = await card.click("Go")
    assert told == [200] * 5 + [404]
    assert pressed.reply is not None
    assert pressed.reply.text == "answer 4"


async def test_response_urls_replace_and_delete_and_expire(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    kept: list[Respond] = []

    def answer(ack: Ack, respond: Respond) -> None:
        kept.append(respond)
        respond(text="replaced", replace_original=True)
        ack()

    bot.app.action("go")(answer)
    channel = workspace.slack.channel("sales").id
    bot.app.client.chat_postEphemeral(
        channel=channel, user=ana.id, text="x", blocks=[actions(button(action_id="go"))]
    )
    whisper = ana.ephemerals[0]
    await whisper.click("Go")
    assert whisper.text == "replaced"
    kept[0](response_type="in_channel", text="for all")
    assert ana.channel("sales").messages[-1].text == "for all"
    kept[0](delete_original=True)
    assert not whisper.exists
    workspace.move_clock(minutes=31)
    assert kept[0]("too late").status_code == 404


async def test_strangers_carry_their_own_team(bot: Bot, workspace: Workspace) -> None:
    bot.hears_everything()
    stranger = workspace.add_person("zoe", name="Zoe Marsh", team="Globex")
    workspace.add_channel("globex-shared", ["ana", "zoe", "frontdesk"], shared=True)
    await stranger.say("globex-shared", "hello")
    event = (await heard(workspace, "message"))[0]
    assert event["user_team"] == stranger.record.team != workspace.team_id
    assert workspace.deliveries.of("message")[0].payload["is_ext_shared_channel"]
