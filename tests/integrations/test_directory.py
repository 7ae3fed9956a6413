"""Who is a member: our own team decides, not what Slack leaves out."""

from collections.abc import Iterator
from typing import Any

import pytest

from handlers.manifest import manifest
from integrations.slack.client import web_client
from integrations.slack.directory import Directory, person_of
from integrations.slack.line import Line
from sandbox import Installed, Server, Workspace
from workflows.registry import find_workflows

OURS = "T0HARBORLT"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace.open()


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    with Server(workspace, port=0) as server:
        yield server


@pytest.fixture
def installed(workspace: Workspace) -> Installed:
    shape = manifest(
        find_workflows(), socket=True, public_url="https://frontdesk.harborlight.example"
    )
    return workspace.install(shape, "socket")


@pytest.fixture
def directory(installed: Installed, server: Server) -> Directory:
    return Directory(installed.bot_token, server.api_url, Line())


def test_a_stranger_is_not_active_with_or_without_a_shared_channel(
    workspace: Workspace, directory: Directory
) -> None:
    eve = workspace.add_person("eve", name="Eve Moss", team="Initech").id
    apart = directory.person(eve)
    workspace.add_channel("initech", ["ana", "eve", "frontdesk"], shared=True)
    together = directory.person(eve)

    assert apart == together
    assert together is not None
    assert (together.team, together.active) == (workspace.slack.person("eve").team, False)


def test_slack_does_not_call_somebody_a_stranger_whose_channel_we_share(
    workspace: Workspace, installed: Installed, server: Server
) -> None:
    web = web_client(installed.bot_token, server.api_url)
    eve = workspace.add_person("eve", name="Eve Moss", team="Initech").id
    apart = web.users_info(user=eve)["user"]
    workspace.add_channel("initech", ["ana", "eve", "frontdesk"], shared=True)
    together = web.users_info(user=eve)["user"]

    assert apart["is_stranger"]
    assert "is_stranger" not in together


def test_members_are_active_and_our_team_is_asked_for_once(
    workspace: Workspace, directory: Directory
) -> None:
    active = {person.user for person in directory.members() if person.active}
    ana = directory.person_by_email("ana@harborlight.example")

    assert ana is not None
    assert ana.active
    assert ana.user in active
    assert workspace.person("gus").id not in active
    assert len(workspace.calls.of("auth.test")) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"team_id": OURS}, (OURS, True)),
        ({"team_id": OURS, "deleted": True}, (OURS, False)),
        ({"team_id": OURS, "is_restricted": True}, (OURS, False)),
        ({"team_id": OURS, "is_ultra_restricted": True}, (OURS, False)),
        ({"team_id": OURS, "is_bot": True}, (OURS, False)),
        ({"team_id": OURS, "id": "USLACKBOT"}, (OURS, False)),
        ({"team_id": "T0INITECH"}, ("T0INITECH", False)),
        ({"team_id": "T0INITECH", "is_stranger": False}, ("T0INITECH", False)),
        ({}, ("", False)),
        ({"team_id": "T0SISTER", "enterprise_user": {"teams": [OURS, "T0SISTER"]}}, (OURS, True)),
        ({"team_id": "T0SISTER", "enterprise_user": {"teams": ["T0SISTER"]}}, ("T0SISTER", False)),
        ({"team_id": "T0SISTER", "enterprise_user": {}}, ("T0SISTER", False)),
    ],
)
def test_only_full_members_of_our_team_are_active(
    said: dict[str, Any], expected: tuple[str, bool]
) -> None:
    person = person_of({"id": "U0ANASILVA", "name": "ana"} | said, OURS)

    assert (person.team, person.active) == expected
