"""What people do among themselves that an app may or may not hear of."""

from datetime import timedelta

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from sandbox import Person, Workspace, errors
from tests.sandbox.bots import manifest
from tests.sandbox.conftest import Bot
from tests.sandbox.test_manners import MODAL, events, heard
from tests.sandbox.test_web_api import refused


async def test_a_status_is_told_and_ends_by_itself(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    told = manifest()
    told["settings"]["event_subscriptions"]["bot_events"].append("user_status_changed")
    workspace.install(told, bot.installed.transport, bot.installed.request_url)
    bot.hears_everything()
    ends = workspace.clock.now() + timedelta(days=3)

    await ana.set_status("On holiday", ":palm_tree:", until=ends)

    (change,) = await heard(workspace, "user_change")
    assert (change["user"]["id"], change["user"]["profile"]["status_text"]) == (
        ana.id,
        "On holiday",
    )
    assert len(await heard(workspace, "user_status_changed")) == 1
    profile = bot.app.client.users_info(user=ana.id)["user"]["profile"]
    assert (profile["status_emoji"], profile["status_expiration"]) == (
        ":palm_tree:",
        int(ends.timestamp()),
    )
    workspace.move_clock(days=3, minutes=1)
    profile = bot.app.client.users_profile_get(user=ana.id)["profile"]
    assert (profile["status_text"], profile["status_emoji"]) == ("", "")
    assert (await heard(workspace, "user_change", 2))[1]["user"]["profile"]["status_text"] == ""


async def test_a_status_can_be_replaced_and_ended(
    client: WebClient, workspace: Workspace, ana: Person
) -> None:
    await ana.set_status("In a meeting", until=workspace.clock.now() + timedelta(hours=1))
    await ana.set_status("Ill", ":face_with_thermometer:")
    workspace.move_clock(hours=2)
    profile = client.users_info(user=ana.id)["user"]["profile"]
    assert (profile["status_text"], profile["status_expiration"]) == ("Ill", 0)
    await ana.set_status("Back soon")
    profile = client.users_info(user=ana.id)["user"]["profile"]
    assert profile["status_emoji"] == ":speech_balloon:"
    await ana.set_status("")
    profile = client.users_info(user=ana.id)["user"]["profile"]
    assert (profile["status_text"], profile["status_emoji"]) == ("", "")
    with pytest.raises(errors.TooLong, match="100"):
        await ana.set_status("x" * 101)


async def test_threads_and_edits_are_told_where_the_bot_is(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    workspace.add_channel("deal-room", ["ana", "ben", "frontdesk"], private=True)
    for place, kind in (("sales", "channel"), ("deal-room", "group")):
        before = len(events(workspace, "message"))
        root = await ana.say(place, "Who has a fintech deck?")
        reply = await workspace.person("ben").say(place, "I could make one", thread=root)
        await workspace.person("ben").edit(reply, "I will make one")
        first, second, third = (await heard(workspace, "message", before + 3))[before:]
        assert {each["channel_type"] for each in (first, second, third)} == {kind}
        assert "thread_ts" not in first
        assert (second["thread_ts"], second["parent_user_id"]) == (root.ts, ana.id)
        assert (third["subtype"], third["message"]["text"], third["message"]["thread_ts"]) == (
            "message_changed",
            "I will make one",
            root.ts,
        )


async def test_a_message_between_two_people_reaches_the_bot_only_by_a_shortcut(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    def opened(ack: Ack, body: dict[str, str], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        ack()

    bot.app.shortcut("from_message")(opened)
    bot.hears_everything()
    mia = workspace.person("mia")
    asked = await ana.dm("Do you have a fintech deck?", to="mia")
    seen = mia.dm_with("ana").messages[0]
    assert (seen.text, seen.author) == ("Do you have a fintech deck?", "ana")

    done = await mia.message_shortcut("From message", seen)

    assert done.modal is not None
    payload = workspace.deliveries.of("message_action")[0].payload
    assert payload["channel"] == {"id": asked.channel, "name": "directmessage"}
    assert (payload["user"]["id"], payload["message"]["user"], payload["message"]["text"]) == (
        mia.id,
        ana.id,
        "Do you have a fintech deck?",
    )
    await ana.dm("And for the bot")
    assert [e["text"] for e in await heard(workspace, "message")] == ["And for the bot"]
    for method in ("conversations.info", "conversations.history"):
        error = refused(bot.app.client, method, channel=asked.channel)["error"]
        assert error == "channel_not_found"
    with pytest.raises(errors.NotAMember):
        await workspace.person("ben").message_shortcut("From message", seen)
