"""The movable clock."""

from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Workspace


async def test_scheduled_messages_are_posted_when_the_clock_gets_there(
    client: WebClient, workspace: Workspace, ana: Person
) -> None:
    channel = client.conversations_open(users=ana.id)["channel"]["id"]
    at = workspace.slack.now_s() + 3600
    client.chat_scheduleMessage(channel=channel, post_at=at, text="good morning")
    dropped = client.chat_scheduleMessage(channel=channel, post_at=at, text="never")[
        "scheduled_message_id"
    ]
    client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=dropped)
    assert [s["text"] for s in client.chat_scheduledMessages_list()["scheduled_messages"]] == [
        "good morning"
    ]
    workspace.move_clock(minutes=59)
    assert ana.dm_with_bot().messages == []
    workspace.move_clock(minutes=2)
    card = await ana.dm_with_bot().wait_for("good morning")
    assert float(card.ts) >= at


def test_when_a_message_may_be_scheduled(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    now = workspace.slack.now_s()
    for post_at, code in ((now - 1, "time_in_past"), (now + 121 * 86400, "time_too_far")):
        with pytest.raises(SlackApiError, match=code):
            client.chat_scheduleMessage(channel=channel, post_at=post_at, text="x")


def test_the_clock_is_set_and_messages_follow_it(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    workspace.clock.set(datetime(2031, 1, 1, tzinfo=UTC))
    first = client.chat_postMessage(channel=channel, text="x")["ts"]
    assert datetime.fromtimestamp(float(first), UTC).year == 2031
    workspace.clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    assert client.chat_postMessage(channel=channel, text="x")["ts"] > first
    with pytest.raises(ValueError, match="time zone"):
        workspace.clock.set(datetime(2030, 1, 1))  # noqa: DTZ001 - that is the point
