"""Faults people order."""

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Person, Server, Workspace
from sandbox.state.records import Value


def post(client: WebClient, channel: str) -> Value:
    return client.chat_postMessage(channel=channel, text="hello")


def fragile(client: WebClient, timeout: int = 30) -> WebClient:
    """The same client without its one retry on broken connections."""
    return WebClient(client.token, base_url=client.base_url, retry_handlers=[], timeout=timeout)


def test_rate_limits_for_one_channel(client: WebClient, workspace: Workspace, ana: Person) -> None:
    sales, asked = workspace.slack.channel("sales").id, workspace.slack.channel("sow-requests").id
    workspace.faults.ratelimit("chat.postMessage", retry_after=7, channel="sales", times=2)
    assert post(client, asked)["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            post(client, sales)
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["retry-after"] == "7"
        assert caught.value.response["error"] == "ratelimited"
    assert post(client, sales)["ok"]
    workspace.faults.ratelimit("chat.postMessage", channel="ana")
    dm = client.conversations_open(users=ana.id)["channel"]["id"]
    with pytest.raises(SlackApiError):
        post(client, dm)


def test_broken_and_refused(client: WebClient, workspace: Workspace) -> None:
    sales = workspace.slack.channel("sales").id
    workspace.faults.break_("chat.postMessage", status=503)
    with pytest.raises(SlackApiError):
        post(client, sales)
    workspace.faults.fail("chat.postMessage", "is_archived", times=None)
    for _ in range(3):
        with pytest.raises(SlackApiError, match="is_archived"):
            post(client, sales)
    workspace.faults.clear()
    assert post(client, sales)["ok"]
    assert [call.status for call in workspace.calls.of("chat.postMessage")] == [
        503,
        200,
        200,
        200,
        200,
    ]


def test_done_or_not_when_the_connection_breaks(client: WebClient, workspace: Workspace) -> None:
    sales = workspace.slack.channel("sales").id
    said = workspace.channel("sales")
    workspace.faults.reset("chat.postMessage")
    with pytest.raises(ConnectionResetError):
        post(fragile(client), sales)
    assert said.messages == []
    workspace.faults.store_then_reset("chat.postMessage")
    with pytest.raises(ConnectionResetError):
        post(fragile(client), sales)
    assert len(said.messages) == 1


def test_done_and_silent(client: WebClient, workspace: Workspace) -> None:
    sales = workspace.slack.channel("sales").id
    workspace.faults.store_then_hang("chat.postMessage", seconds=30)
    with pytest.raises(TimeoutError):
        post(fragile(client, timeout=1), sales)
    assert len(workspace.channel("sales").messages) == 1


def test_slow(client: WebClient, workspace: Workspace) -> None:
    workspace.faults.slow("users.list", 0.2)
    client.users_list()
    begun = time.perf_counter()
    workspace.faults.slow("users.list", 0.2)
    client.users_list()
    assert time.perf_counter() - begun > 0.2


def test_stopping_does_not_wait_for_what_hangs(
    workspace: Workspace, server: Server, client: WebClient
) -> None:
    workspace.faults.store_then_hang("users.list", seconds=60)
    with pytest.raises(TimeoutError):
        fragile(client, timeout=1).users_list()
    begun = time.perf_counter()
    server.stop()
    assert time.perf_counter() - begun < 2
