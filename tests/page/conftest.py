"""A served workspace with its page and a small real bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import expect

from sandbox import Server, Workspace
from sandbox.page import routes
from tests.page.desk import COMMANDS, SHORTCUTS, serve
from tests.page.office import Office
from tests.sandbox.bots import Door, bolt, listening, manifest

expect.set_options(timeout=10_000)


@dataclass(frozen=True)
class Desk:
    """Where the page is, and the workspace behind it."""

    url: str
    workspace: Workspace


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The demo company and the bot, over HTTP: there an unanswered command fails at once."""
    workspace = Workspace.open()
    doors = {"Health": "http://127.0.0.1:9/healthz"}
    with Server(workspace, pages=routes(workspace.slack, doors)) as server, Door() as door:
        features = manifest(slash_commands=COMMANDS, shortcuts=SHORTCUTS)
        installed = workspace.install(features, "http", door.url)
        app = bolt(installed, server)
        serve(app)
        with listening(app, installed, server, door):
            yield Desk(server.url, workspace)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The demo company without a bot, and a folder of mails."""
    folder = tmp_path / "mail"
    folder.mkdir()
    workspace = Workspace.open()
    with Server(workspace, pages=routes(workspace.slack, {}, folder)) as server:
        yield Office(server.url, folder)
