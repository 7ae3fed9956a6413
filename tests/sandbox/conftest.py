"""A served workspace for every test, and a bot on both transports."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import Installed, Person, Server, Workspace
from tests.sandbox.bots import Door, bolt, listening, manifest


@pytest.fixture
def workspace() -> Workspace:
    """The demo company, in memory."""
    return Workspace.open()


@pytest.fixture
def server(workspace: Workspace) -> Iterator[Server]:
    """The workspace, served."""
    with Server(workspace) as server:
        yield server


@pytest.fixture
def installed(workspace: Workspace, server: Server) -> Installed:
    """An app that is installed and not connected."""
    assert server.workspace is workspace
    return workspace.install(manifest())


@pytest.fixture
def client(installed: Installed, server: Server) -> WebClient:
    """The app's own Web API client."""
    client = WebClient(installed.bot_token, base_url=server.api_url)
    client.proxy = None
    return client


@pytest.fixture
def ana(workspace: Workspace) -> Person:
    """Somebody who uses the bot."""
    return workspace.person("ana")


class Bot:
    """A connected bot; register listeners on `app`."""

    def __init__(self, app: App, installed: Installed) -> None:
        self.app = app
        self.installed = installed

    def hears_everything(self) -> None:
        """Acknowledge every event; register it last."""
        self.app.event(re.compile(".*"))(lambda ack: ack())


@pytest.fixture(params=["socket", "http"])
def bot(request: pytest.FixtureRequest, workspace: Workspace, server: Server) -> Iterator[Bot]:
    """A Bolt app connected over each of the two transports."""
    with ExitStack() as stack:
        door = stack.enter_context(Door()) if request.param == "http" else None
        installed = workspace.install(manifest(), request.param, door.url if door else None)
        app = bolt(installed, server)
        stack.enter_context(listening(app, installed, server, door))
        yield Bot(app, installed)
