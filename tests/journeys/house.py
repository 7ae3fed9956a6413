"""The real bot over the sandbox, for tests that read like a story."""

import asyncio
import random
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from starlette.routing import BaseRoute

from bot.errors import Unavailable
from bot.ports import Backlog, Clock, Draft, Interpreter, Unit
from frontdesk import Frontdesk
from handlers.flooding import GESTURES
from handlers.manifest import manifest
from integrations.slack.clock import FollowedClock
from sandbox import Card, Modal, Person, Server, Workspace
from settings import Settings, load
from tests.migrated import have_migrated
from workflows.registry import find_workflows
from workflows.request import Request
from workflows.roles import Role

ROOT = Path(__file__).parents[2]
PUBLIC = "https://frontdesk.harborlight.example"
PACE, SETTLE = 0.0, 0.3
_TRIES = 10

T = TypeVar("T")


@dataclass
class House:
    """A workspace with the bot in it."""

    workspace: Workspace
    server: Server
    frontdesk: Frontdesk
    settings: Settings
    environ: dict[str, str]
    gestures: int = GESTURES
    interpreter: Interpreter | None = None
    left_waiting: Callable[[], int] = lambda: 0
    """How many due parcels nobody can take in this story: :meth:`quiet` waits for the others."""

    def person(self, handle: str) -> Person:
        return self.workspace.person(handle)

    @property
    def clock(self) -> Clock:
        return self.frontdesk.clock

    async def move_clock(self, by: timedelta) -> None:
        """Move the workspace's clock and see to it that the bot knows."""
        self.workspace.clock.move(by)
        clock = self.frontdesk.clock
        assert isinstance(clock, FollowedClock)
        await asyncio.to_thread(clock.refresh)
        self.frontdesk.bell.ring()

    async def set_clock(self, at: datetime) -> None:
        """Move the workspace's clock to an instant."""
        await self.move_clock(at - self.workspace.clock.now())

    async def quiet(self) -> None:
        """Wait until nothing is due to be delivered any more."""
        await self.until(lambda: self.backlog.due == self.left_waiting(), "all is delivered")

    @property
    def backlog(self) -> Backlog:
        """How much waits to be delivered, and how much was given up."""
        return self.frontdesk.database.post_office.backlog(self.clock.now())

    async def restart(self, **environ: str) -> None:
        """Stop the bot and start it again on the same database, with more set than before."""
        await asyncio.to_thread(self.frontdesk.stop)
        if environ:
            self.environ |= environ
            self.settings = load(self.environ, self.settings.data)
        self.frontdesk = await asyncio.to_thread(
            started, self.settings, self.gestures, interpreter=self.interpreter
        )

    def request(self, ref: str) -> Request:
        """Return the request as the database holds it."""
        found = self._look(lambda unit: unit.requests.get(ref))
        assert found is not None, f"there is no {ref}"
        return found

    def refs(self, handle: str) -> list[str]:
        """Return what a person has asked for, newest first."""
        user = self.person(handle).id
        return self._look(lambda unit: [each.ref for each in unit.requests.asked_by(user, None)])

    def holders(self, role: Role) -> frozenset[str]:
        """Return who holds ``role`` now, by user id."""
        return self._look(lambda unit: unit.people.holders()[role])

    def audited(self, ref: str) -> list[str]:
        """Return what is on record of a request, oldest first."""
        return self._look(lambda unit: [each.action for each in unit.requests.timeline(ref)])

    def drafts(self, handle: str) -> list[Draft]:
        """Return a person's unfinished forms, newest first."""
        user = self.person(handle).id
        return self._look(lambda unit: list(unit.drafts.of(user)))

    def _look(self, read: Callable[[Unit], T]) -> T:
        """Return what ``read`` finds; its turn at SQLite may take some tries."""
        for _ in range(_TRIES):
            with suppress(Unavailable), self.frontdesk.database.unit() as unit:
                return read(unit)
        raise AssertionError("The database was busy all the time.")

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something holds, at most twenty seconds."""
        await asyncio.to_thread(_until, condition, what)


def started(
    settings: Settings,
    gestures: int = GESTURES,
    *,
    lease: float = 120.0,
    leaps: bool = False,
    interpreter: Interpreter | None = None,
) -> Frontdesk:
    frontdesk = Frontdesk(
        settings,
        pace=PACE,
        settle=SETTLE,
        lease=lease,
        leaps=leaps,
        gestures=gestures,
        interpreter=interpreter,
    )
    frontdesk.start()
    if not frontdesk.wait_until_settled(60):
        frontdesk.stop()
        raise AssertionError("the bot never learned who is who")
    return frontdesk


def _no_pages(_workspace: Workspace) -> Sequence[BaseRoute]:
    return ()


@asynccontextmanager
async def open_house(
    folder: Path,
    transport: str = "socket",
    database_url: str = "",
    pages: Callable[[Workspace], Sequence[BaseRoute]] = _no_pages,
    gestures: int = GESTURES,
    interpreter: Interpreter | None = None,
    **environ: str,
) -> AsyncIterator[House]:
    """A fresh workspace of the demo company with the bot connected to it.

    ``pages`` are served beside Slack's API; ``gestures`` are how many a minute of one person
    are taken; ``interpreter`` reads messages in the place of a model that is set.
    """
    workspace = Workspace.open(journal=folder / "sandbox.jsonl")
    with Server(workspace, port=0, pages=pages(workspace)) as server:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        socket_mode = transport == "socket"
        shape = manifest(find_workflows(), socket=socket_mode, public_url=PUBLIC)
        installed = workspace.install(shape, transport, f"{url}/slack/events")
        env = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_API_URL": server.api_url,
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'frontdesk.db'}",
            "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
            "FRONTDESK_AUDIT_KEY": "ab" * 32,
            "FRONTDESK_DATA": str(folder),
            "FRONTDESK_PUBLIC_URL": PUBLIC,
            "PORT": str(port),
        }
        env |= (
            {"SLACK_APP_TOKEN": installed.app_token}
            if socket_mode
            else {"SLACK_SIGNING_SECRET": installed.signing_secret}
        )
        env |= environ
        settings = load(env, folder)
        await asyncio.to_thread(have_migrated, settings.database_url)
        frontdesk = await asyncio.to_thread(started, settings, gestures, interpreter=interpreter)
        house = House(workspace, server, frontdesk, settings, env, gestures, interpreter)
        try:
            yield house
        finally:
            await asyncio.to_thread(house.frontdesk.stop)


def _until(condition: Callable[[], object], what: str) -> None:
    pause = threading.Event()
    for _ in range(2000):
        with suppress(Unavailable):  # a busy database is asked again, as the bot does
            if condition():
                return
        pause.wait(0.01)
    raise AssertionError(f"after 20 s it does not hold yet that {what}")


async def ask_for_sow(person: Person, amount: str = "8,000", **more: object) -> None:
    """Ask for a Statement of Work with the mandatory fields only."""
    modal = await sow_form(person)
    await fill_sow(modal, amount, **more)
    result = await modal.submit()
    assert result.closed, result.errors


async def sow_form(person: Person) -> Modal:
    return await (await person.command("/sow", channel="sales")).modal_opened()


async def fill_sow(modal: Modal, amount: str = "8,000", **more: object) -> None:
    answers: dict[str, object] = {
        "client": "Globex",
        "client_type": "10x",
        "need": "A pilot of the forecasting service before their budget round.",
        "amount": amount,
        "contact_name": "Hank Scorpio",
        "contact_email": "hank@globex.example",
        "needed_by": "2027-03-01",
    }
    await modal.fill(**(answers | more))


async def ask_for_asset(person: Person, **more: object) -> None:
    modal = await (await person.command("/asset", channel="sales")).modal_opened()
    answers: dict[str, object] = {
        "requester_role": "Sales rep",
        "asset_type": "case_study",
        "kind": "new",
        "purpose": "For the proposal to Initech.",
        "deadline": "2027-02-01",
    }
    await modal.fill(**(answers | more))
    result = await modal.submit()
    assert result.closed, result.errors


async def decide(card: Card, button: str, reason: str = "", **answers: object) -> None:
    """Press a button of a card, and fill in the form that opens when a reason is given."""
    result = await card.click(button)
    if reason or answers:
        modal = await result.modal_opened()
        await modal.fill(**({"reason": reason} if reason else {}), **answers)
        submitted = await modal.submit()
        assert submitted.closed, submitted.errors


def free_port() -> int:
    """Return a port on which nobody listens, and that the system gives to nobody by itself."""
    while True:
        port = random.randrange(20_000, 30_000)  # noqa: S311 - any will do
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
