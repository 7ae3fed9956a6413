"""A Slack workspace in a box: Web API, Socket Mode, signed HTTP and people, on this machine only.

    from sandbox import Server, Workspace

    workspace = Workspace.open()
    with Server(workspace) as server:
        app = workspace.install(manifest)
        ...

It is a Slack and not a part of the bot; it knows nothing of what runs against it. See README.md.
"""

from sandbox import errors
from sandbox.server import Server
from sandbox.state.records import App as Installed
from sandbox.story.conversation import Conversation
from sandbox.story.person import Person
from sandbox.story.screen import Card, Home, Modal, Result, SubmitResult
from sandbox.workspace import Workspace

__all__ = [
    "Card",
    "Conversation",
    "Home",
    "Installed",
    "Modal",
    "Person",
    "Result",
    "Server",
    "SubmitResult",
    "Workspace",
    "errors",
]
