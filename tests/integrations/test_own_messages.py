"""After an attempt of unknown outcome only what our own bot has posted counts as done."""

from collections.abc import Iterator

import pytest

from bot.ports import Upload
from integrations.slack.client import METADATA_EVENT, web_client
from integrations.slack.workspace import SlackWorkspace
from messages.message import Message
from sandbox import Installed, Server, Workspace
from tests.sandbox.bots import manifest

KEY, NAME = "0f" * 16, "SOW-1-v1.pdf"
REPORT = Upload(name=NAME, mime="application/pdf", content=b"%PDF-1.7 ours")


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.open()


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    with Server(workspace, port=0) as server:
        yield server


@pytest.fixture
def installed(workspace: Workspace) -> Installed:
    return workspace.install(manifest())


@pytest.fixture
def slack(installed: Installed, server: Server) -> SlackWorkspace:
    return SlackWorkspace(installed.bot_token, server.api_url)


@pytest.fixture
def sales(workspace: Workspace, slack: SlackWorkspace) -> str:
    """The channel in which we are, with Ana."""
    found = slack.channel("sales")
    assert found == workspace.channel("sales").id
    return found


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_message_of_another_bot_with_our_key_is_not_ours(
    workspace: Workspace, server: Server, slack: SlackWorkspace, sales: str, *, in_thread: bool
) -> None:
    since = workspace.clock.now()
    root = slack.post(sales, Message("SOW-1", ()), "another key") if in_thread else ""
    features = {"bot_user": {"display_name": "other"}}
    other = workspace.install(
        manifest() | {"display_information": {"name": "Other"}, "features": features}
    )
    web = web_client(other.bot_token, server.api_url)
    web.conversations_join(channel=sales)
    metadata = {"event_type": METADATA_EVENT, "event_payload": {"key": KEY}}
    web.chat_postMessage(channel=sales, text="SOW-1", metadata=metadata, thread_ts=root or None)

    assert slack.posted(sales, KEY, since, root) is None
    ts = slack.post(sales, Message("SOW-1", ()), KEY, root)
    assert slack.posted(sales, KEY, since, root) == ts


async def test_a_file_of_somebody_else_of_the_same_name_is_not_ours(
    workspace: Workspace, slack: SlackWorkspace, sales: str
) -> None:
    since, ana = workspace.clock.now(), workspace.person("ana")
    file = await ana.upload(NAME, b"%PDF-1.7 Ana's")
    said = await ana.say("sales", "The signed one", files=[file])
    await ana.say("sales", "And here", files=[file], thread=said)

    assert not slack.uploaded(sales, NAME, since)
    assert not slack.uploaded(sales, NAME, since, said.ts)
    slack.upload(sales, REPORT, said.ts)
    assert slack.uploaded(sales, NAME, since, said.ts)
    assert not slack.uploaded(sales, NAME, since)
    slack.upload(sales, REPORT)
    assert slack.uploaded(sales, NAME, since)


def test_what_was_posted_before_a_restart_is_ours(
    workspace: Workspace, installed: Installed, server: Server, slack: SlackWorkspace, sales: str
) -> None:
    since = workspace.clock.now()
    ts = slack.post(sales, Message("SOW-1", ()), KEY)
    slack.upload(sales, REPORT)

    after = SlackWorkspace(installed.bot_token, server.api_url)

    assert after.posted(sales, KEY, since) == ts
    assert after.uploaded(sales, NAME, since)
    assert len(workspace.calls.of("auth.test")) == 1
