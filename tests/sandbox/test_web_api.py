"""The Web API as the SDK and bare HTTP clients meet it."""

import json

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Installed, Person, Server, Workspace
from sandbox.api.call import METHODS
from sandbox.api.runner import OURS
from sandbox.facts import methods
from sandbox.state.records import Value
from tests.sandbox.bots import manifest


def refused(client: WebClient, method: str, **arguments: Value) -> Value:
    """The answer of a call that Slack refuses."""
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=arguments)
    return caught.value.response


def test_every_method_of_the_table_is_there_and_no_other() -> None:
    assert set(METHODS) == set(methods()) | set(OURS)


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {"content-type": "application/json"}),
        (b"{}", {"content-type": "application/json; charset=utf-8"}),
        (b"", {}),
        (b"team_id=T1", {"content-type": "application/x-www-form-urlencoded"}),
    ],
)
def test_calls_may_be_spelled_in_many_ways(
    server: Server, installed: Installed, content: bytes, headers: dict[str, str]
) -> None:
    bearer = {"authorization": f"Bearer {installed.bot_token}"}
    answer = httpx.post(f"{server.api_url}auth.test", content=content, headers=headers | bearer)
    assert answer.json()["user_id"] == installed.bot_user_id


def test_tokens_and_nested_arguments_may_stand_in_forms_and_queries(
    server: Server, installed: Installed
) -> None:
    query = {"token": installed.bot_token, "user": installed.bot_user_id}
    assert httpx.get(f"{server.api_url}users.info", params=query).json()["user"]["is_bot"]
    channel = server.workspace.slack.channel("sales").id
    blocks = json.dumps([{"type": "divider"}])
    form = {"token": installed.bot_token, "channel": channel, "blocks": blocks, "text": "x"}
    for body in ({"data": form}, {"files": {name: (None, value) for name, value in form.items()}}):
        answer = httpx.post(f"{server.api_url}chat.postMessage", **body).json()
        assert answer["message"]["blocks"][0]["type"] == "divider"


def test_json_without_charset_is_warned_about(server: Server, installed: Installed) -> None:
    headers = {"authorization": f"Bearer {installed.bot_token}", "content-type": "application/json"}
    answer = httpx.post(f"{server.api_url}auth.test", content=b"{}", headers=headers).json()
    assert answer["warning"] == "missing_charset"


def test_nobody_gets_in_without_the_right_token(server: Server, installed: Installed) -> None:
    def error(method: str, token: str | None) -> str:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        answer = httpx.post(f"{server.api_url}{method}", headers=headers)
        assert answer.status_code == 200
        return str(answer.json()["error"])

    assert error("auth.test", None) == "not_authed"
    assert error("auth.test", "xoxb-sandbox-wrong") == "invalid_auth"
    assert error("auth.test", installed.app_token) == "not_allowed_token_type"
    assert error("apps.connections.open", installed.bot_token) == "not_allowed_token_type"
    assert error("no.such", installed.bot_token) == "unknown_method"
    server.workspace.revoke()
    assert error("auth.test", installed.bot_token) == "token_revoked"


def test_missing_scopes_are_named(workspace: Workspace, server: Server) -> None:
    poor = manifest()
    poor["oauth_config"]["scopes"]["bot"] = ["chat:write"]
    client = WebClient(workspace.install(poor).bot_token, base_url=server.api_url)
    answer = refused(client, "users.info", user="U1")
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "users:read",
        "chat:write",
    )


def test_missing_and_unknown_arguments(client: WebClient, workspace: Workspace) -> None:
    answer = refused(client, "users.info")
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]
    client.api_call("users.list", json={"colour": "red"})
    assert workspace.calls[-1].unknown == ["colour"]


def test_people_as_slack_shows_them(client: WebClient, workspace: Workspace) -> None:
    ana = client.users_lookupByEmail(email="ana@harborlight.example")["user"]
    assert (ana["tz"], ana["real_name"], ana["is_restricted"]) == (
        "America/New_York",
        "Ana Silva",
        False,
    )
    assert client.users_info(user=workspace.person("gus").id)["user"]["is_restricted"]
    workspace.change_user("ana", tz="Asia/Tokyo")
    assert client.users_info(user=ana["id"])["user"]["tz_offset"] == 9 * 3600
    workspace.deactivate("ana")
    assert client.users_info(user=ana["id"])["user"]["deleted"]
    assert (
        refused(client, "users.lookupByEmail", email="ana@harborlight.example")["error"]
        == "users_not_found"
    )


def test_groups_follow_the_workspace(client: WebClient, workspace: Workspace) -> None:
    group = client.usergroups_list()["usergroups"][0]
    assert group["handle"] == "marketing"
    workspace.set_group("marketing", ["hana", "ana"])
    assert client.usergroups_users_list(usergroup=group["id"])["users"] == [
        workspace.person("hana").id, workspace.person("ana").id
    ]  # fmt: skip


def test_lists_come_in_pages(client: WebClient) -> None:
    names: list[str] = []
    for answer in client.users_list(limit=4):
        names += [member["name"] for member in answer["members"]]
    assert len(names) == len(set(names)) == 16


def test_metadata_is_found_again_only_on_request(client: WebClient, ana: Person) -> None:
    channel = client.conversations_open(users=ana.id)["channel"]["id"]
    metadata = {"event_type": "outbox", "event_payload": {"key": "nudge:1"}}
    sent = client.chat_postMessage(channel=channel, text="hello", metadata=metadata)
    found = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert [(m["ts"], m["metadata"]) for m in found] == [(sent["ts"], metadata)]
    assert "metadata" not in client.conversations_history(channel=channel)["messages"][0]
    client.chat_update(channel=channel, ts=sent["ts"], text="changed")
    assert (
        client.conversations_history(channel=channel, include_all_metadata=True)["messages"][0][
            "metadata"
        ]
        == metadata
    )
    reply = client.chat_postMessage(
        channel=channel, text="more", thread_ts=sent["ts"], metadata=metadata
    )
    replies = client.conversations_replies(
        channel=channel, ts=sent["ts"], include_all_metadata=True
    )["messages"]
    assert [m["ts"] for m in replies] == [sent["ts"], reply["ts"]]
    assert len(client.conversations_history(channel=channel)["messages"]) == 1


def test_history_between_two_instants(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    sent = [client.chat_postMessage(channel=channel, text=str(n))["ts"] for n in range(4)]
    found = client.conversations_history(channel=channel, oldest=sent[0], latest=sent[3])[
        "messages"
    ]
    assert [m["text"] for m in found] == ["2", "1"]
    found = client.conversations_history(channel=channel, oldest=sent[0], inclusive=True, limit=2)
    assert [m["text"] for m in found["messages"]] == ["3", "2"]
    assert found["has_more"]


def test_posting_where_the_bot_is_not(client: WebClient, workspace: Workspace) -> None:
    general = workspace.slack.channel("general").id
    assert (
        refused(client, "chat.postMessage", channel=general, text="x")["error"] == "not_in_channel"
    )
    assert (
        refused(client, "chat.postMessage", channel="C404", text="x")["error"]
        == "channel_not_found"
    )
    assert refused(client, "chat.postMessage", channel=general)["error"] == "no_text"
    client.conversations_join(channel=general)
    assert client.conversations_join(channel=general)["warning"] == "already_in_channel"
    assert client.chat_postMessage(channel=general, text="x")["ok"]


def test_only_own_messages_change(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    ts = client.chat_postMessage(channel=channel, text="mine")["ts"]
    client.chat_delete(channel=channel, ts=ts)
    assert (
        refused(client, "chat.update", channel=channel, ts=ts, text="x")["error"]
        == "message_not_found"
    )
    client.chat_postMessage(channel=channel, text="x" * 40_001)
    longest = client.conversations_history(channel=channel)["messages"][0]
    assert len(longest["text"]) == 40_000
    answer = refused(client, "chat.update", channel=channel, ts=longest["ts"], text="x" * 40_001)
    assert answer["error"] == "msg_too_long"


def test_ephemerals_are_for_one_and_not_in_the_history(
    client: WebClient, ana: Person, workspace: Workspace
) -> None:
    channel = workspace.slack.channel("sales").id
    client.chat_postEphemeral(channel=channel, user=ana.id, text="only you")
    assert [card.text for card in ana.channel("sales").ephemerals] == ["only you"]
    assert workspace.person("ben").channel("sales").ephemerals == []
    assert client.conversations_history(channel=channel)["messages"] == []
    gus = workspace.person("gus").id
    assert (
        refused(client, "chat.postEphemeral", channel=channel, user=gus, text="x")["error"]
        == "user_not_in_channel"
    )


def test_marks(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    ts = client.chat_postMessage(channel=channel, text="x")["ts"]
    client.reactions_add(channel=channel, timestamp=ts, name="eyes")
    again = refused(client, "reactions.add", channel=channel, timestamp=ts, name="eyes")
    assert again["error"] == "already_reacted"
    client.pins_add(channel=channel, timestamp=ts)
    client.bookmarks_add(
        channel_id=channel, title="Board", type="link", link="https://crm.example/board"
    )
    assert [b["title"] for b in client.bookmarks_list(channel_id=channel)["bookmarks"]] == ["Board"]
    client.reactions_remove(channel=channel, timestamp=ts, name="eyes")
    assert client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"].endswith(
        "p" + ts.replace(".", "")
    )


def test_files_go_up_and_come_down(client: WebClient, ana: Person, installed: Installed) -> None:
    channel = client.conversations_open(users=ana.id)["channel"]["id"]
    uploaded = client.files_upload_v2(
        channel=channel, filename="sow.pdf", content=b"%PDF-1.7", initial_comment="Draft"
    )
    assert ana.dm_with_bot().messages[0].files == ["sow.pdf"]
    url = client.files_info(file=uploaded["file"]["id"])["file"]["url_private"]
    bearer = {"authorization": f"Bearer {installed.bot_token}"}
    assert httpx.get(url, headers=bearer).content == b"%PDF-1.7"
    assert httpx.get(url).status_code == 302
    client.files_delete(file=uploaded["file"]["id"])
    assert httpx.get(url, headers=bearer).status_code == 404
    assert refused(client, "files.info", file=uploaded["file"]["id"])["error"] == "file_deleted"


def test_agents(client: WebClient, workspace: Workspace, ana: Person) -> None:
    sent = client.chat_postMessage(channel=ana.id, text="hi")
    channel = sent["channel"]
    client.api_call(
        "assistant.threads.setSuggestedPrompts",
        json={
            "channel_id": channel,
            "prompts": [{"title": "My requests", "message": "What is open?"}],
        },
    )
    assert ana.dm_with_bot().suggested_prompts == ["My requests"]
    session = {"channel_id": channel, "thread_ts": sent["ts"]}
    client.api_call("assistant.threads.setStatus", json=session | {"status": "is looking"})
    thinking = workspace.slack.store.sessions[f"{channel}/{sent['ts']}"]
    assert thinking.thinking == "is looking"
    client.chat_postMessage(channel=channel, text="found", thread_ts=sent["ts"])
    assert thinking.thinking == ""
    assert (
        refused(client, "agents.sessions.rename", title="x", **session)["error"]
        == "session_not_found"
    )
    client.api_call(
        "agents.sessions.setStatus", json=session | {"status": "processing", "title": "SOW-1"}
    )
    client.api_call("agents.sessions.rename", json=session | {"title": "SOW-1, approved"})
    assert (
        refused(client, "agents.sessions.setStatus", status="busy", **session)["error"]
        == "invalid_status"
    )


def test_the_clock_for_another_process(client: WebClient, workspace: Workspace) -> None:
    workspace.move_clock(hours=2)
    answer = client.api_call("sandbox.clock")
    assert answer["offset_s"] == 7200
    assert "T" in answer["now"]


def test_a_call_costs_about_a_millisecond(client: WebClient, workspace: Workspace) -> None:
    channel = workspace.slack.channel("sales").id
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}}
    for _ in range(20):
        client.chat_postMessage(channel=channel, text="x", blocks=[section] * 10)
    costs = sorted(call.milliseconds for call in workspace.calls.of("chat.postMessage"))
    assert costs[10] < 3
