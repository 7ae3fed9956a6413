"""The Slack behind every measurement: the sandbox in a process of its own, with two more doors.

``python -m bench.workspace URL`` installs the bot whose requests go to URL, prints where it is and
the bot's credentials as one line of JSON, and serves until SIGTERM.
"""

import json
import signal
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.manifest import manifest
from integrations.clock import SystemClock
from sandbox import Person, Server, Workspace
from sandbox.seed import add_person
from workflows.registry import find_workflows

SMALL, LARGE = "8,000", "250,000"
"""Amounts in USD, below and above the threshold from which the executive decides."""

ASKED_BY_BEN = 5


@dataclass(frozen=True)
class Doors:
    """The doors that only the measurements need."""

    workspace: Workspace
    _crowd: set[str] = field(default_factory=set)

    async def triggers(self, request: Request) -> Response:
        """``?count=``: fresh trigger ids of Ana's, good for three seconds. Closes all modals."""
        slack = self.workspace.slack
        for view in slack.store.views.all():
            slack.store.views.drop(view.id)
        ana, app, sales = slack.person("ana").id, slack.app(), slack.channel("sales").id
        count = int(request.query_params["count"])
        minted = [slack.triggers.issue(app.id, ana, channel=sales).id for _ in range(count)]
        return JSONResponse(minted)

    async def story(self, _request: Request) -> Response:
        """Have people do one of everything, and return what Slack sent to the bot for it."""
        ana, ben = self.workspace.person("ana"), self.workspace.person("ben")
        for _ in range(ASKED_BY_BEN):
            await _ask(ben, SMALL)
        await ben.command("/sow", "list", channel="sales")
        sent = {"list": self._latest("/sow")}
        await _ask(ana, SMALL)
        sent |= {"command": self._latest("/sow"), "small": self._latest("view_submission")}
        await _ask(ana, LARGE)
        sent["large"] = self._latest("view_submission")
        ryan = self.workspace.person("ryan").dm_with_bot()
        await (await ryan.wait_for(text="Approve", timeout=20)).click("Approve")
        sent["approve"] = self._latest("block_actions")
        return JSONResponse(sent)

    async def crowd(self, request: Request) -> Response:
        """``?count=``: so many more people, of whom the bot is not told; return their ids."""
        slack, count = self.workspace.slack, int(request.query_params["count"])
        with slack.store.change():
            crowd = [add_person(slack, f"crowd{nth}", name=f"Crowd {nth}") for nth in range(count)]
        self._crowd.update(each.id for each in crowd)
        return JSONResponse([each.id for each in crowd])

    async def messages(self, _request: Request) -> Response:
        """How many messages the crowd has from the bot, and with how many different keys."""
        store = self.workspace.slack.store
        rooms = {each.id for each in store.channels.all() if self._crowd.intersection(each.members)}
        found = [each for each in store.messages.all() if each.channel in rooms and each.bot_id]
        keys = {json.dumps(each.metadata, sort_keys=True) for each in found}
        return JSONResponse({"messages": len(found), "keys": len(keys)})

    async def calls(self, _request: Request) -> Response:
        """How often each method of the Web API was called."""
        methods = [call.method for call in self.workspace.calls]
        return JSONResponse({method: methods.count(method) for method in sorted(set(methods))})

    def routes(self) -> list[Route]:
        """The doors and their addresses."""
        return [
            Route("/bench/triggers", self.triggers, methods=["POST"]),
            Route("/bench/story", self.story, methods=["POST"]),
            Route("/bench/crowd", self.crowd, methods=["POST"]),
            Route("/bench/messages", self.messages),
            Route("/bench/calls", self.calls),
        ]

    def _latest(self, kind: str) -> dict[str, Any]:
        delivery = self.workspace.deliveries.of(kind)[-1]
        if not delivery.acknowledged:
            raise RuntimeError(f"The bot did not answer {kind}: {delivery.failure}.")
        return delivery.payload


async def _ask(person: Person, amount: str) -> None:
    """Ask for a Statement of Work, through the form."""
    modal = await (await person.command("/sow", channel="sales")).modal_opened()
    await modal.fill(
        client="Globex",
        client_type="10x",
        need="A pilot of the forecasting service before their budget round.",
        amount=amount,
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=(SystemClock().now() + timedelta(days=90)).date(),
    )
    result = await modal.submit()
    if not result.closed:
        raise RuntimeError(f"The form was not taken: {result.errors or result.trouble}")


def main(bot_url: str) -> None:
    """Serve until SIGTERM."""
    enough = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: enough.set())
    workspace = Workspace.open()
    with Server(workspace, pages=Doors(workspace).routes()) as server:
        shape = manifest(find_workflows(), socket=False, public_url=bot_url)
        app = workspace.install(shape, "http", f"{bot_url}/slack/events")
        credentials = {"bot_token": app.bot_token, "signing_secret": app.signing_secret}
        print(json.dumps({"url": server.url, **credentials}), flush=True)
        enough.wait()


if __name__ == "__main__":
    main(sys.argv[1])
