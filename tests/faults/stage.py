"""A house whose bot can be killed at any moment; it is restarted as an operator's system does it.

What is restarted has no memory but the database and the files. Slack delivers again what was not
acknowledged, and the leases of the dead end.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import httpx

from frontdesk import Frontdesk
from handlers.manifest import manifest
from integrations.slack.clock import FollowedClock
from sandbox import Server, Workspace
from sandbox.errors import SandboxError
from settings import load
from tests.faults.bot import Bot, Killed, Nursery
from tests.faults.memory import Memory, end_leases, end_waits, open_parcels, rows
from tests.faults.partners import Partners, at_work
from tests.journeys.house import PACE, PUBLIC, ROOT, SETTLE, House, free_port
from workflows.registry import find_workflows

_MOST_TRIES = 12
_AHEAD = timedelta(seconds=2)
_LOOKS = 3000
"""At most so many looks, 10 ms apart, at whether everything is delivered."""
_IMPATIENT = 10
"""After so many looks at which nothing moves, what waits for its back-off need not wait."""
_PATIENT = 1200
"""After so many what is in hand is not: what cannot be settled waits until its lease ends."""
_DONE = "SELECT CAST(coalesce(sum(version), 0) AS INTEGER) FROM requests"
_ROUND_TRIPS = 3
_LAST_WORDS = 0.1
"""Seconds in which the workspace reads what the dead one has sent it; an upload takes longest."""
_MOMENTS = 50
_RETRIES = (timedelta(seconds=61), timedelta(seconds=301))
"""When Slack delivers an event again, after the first time at once."""


class Unanswered(Exception):
    """A person sees that what they did has not come through, and does it once more."""


Deed = Callable[["Stage"], Awaitable[None]]


@dataclass(kw_only=True)
class Stage(House):
    """A house with a bot in another process; ``frontdesk`` here only looks, and never starts."""

    nursery: Nursery
    memory: Memory
    partners: Partners | None = None
    bot: Bot | None = None
    on_start: "Deed | None" = None
    """What is done to each bot that has started."""
    kills: int = 0

    @property
    def looking_clock(self) -> FollowedClock:
        """The clock of the side that looks on; it asks the sandbox."""
        clock = self.frontdesk.clock
        assert isinstance(clock, FollowedClock)
        return clock

    async def start(self, kill_at: str = "") -> None:
        """Start the bot; with ``kill_at`` it may die meanwhile."""
        try:
            self.bot = await asyncio.to_thread(
                Bot, self.nursery, self.environ, self.memory.folder, kill_at
            )
        except Killed:
            assert kill_at, "the bot died by itself while it started"
            self.kills += 1
            await self._again()
        else:
            await self._started()

    async def _again(self) -> None:
        """Start the bot again after its death; Slack delivers what was not acknowledged.

        What the dead one has sent arrives first, as it does long before a lease ends.
        """
        await asyncio.sleep(_LAST_WORDS)
        for _ in range(_ROUND_TRIPS):
            await asyncio.to_thread(self.looking_clock.refresh)
        await asyncio.to_thread(end_leases, self.settings.database_url)
        self.bot = await asyncio.to_thread(Bot, self.nursery, self.environ, self.memory.folder)
        await self._started()
        await self._redelivered()

    async def _started(self) -> None:
        with contextlib.suppress(Killed):
            await self._look_at_clock()
        if self.on_start is not None:
            await self.on_start(self)

    async def _redelivered(self) -> None:
        for wait in _RETRIES:
            if not self.workspace.undelivered:
                return
            await self.move_clock(wait)
            await self._until_delivered()

    async def _until_delivered(self) -> None:
        def delivered() -> bool:
            now = self.workspace.clock.now().isoformat()
            return not [each for each in self.workspace.undelivered if each.due <= now]

        await self.until(delivered, "Slack has tried to deliver its events again")

    async def revived(self) -> bool:
        """Start the bot again if it has died; return whether it had."""
        if self.bot is None or self.bot.is_alive:
            return False
        self.bot.let_go()
        self.kills += 1
        await self._again()
        return True

    async def _has_died(self) -> bool:
        """Start the bot again if it has died; that of a death is heard a moment later."""
        for _ in range(_MOMENTS):
            if await self.revived():
                return True
            await asyncio.sleep(0.01)
        return False

    async def died_at_last(self) -> None:
        """See to a bot that may be dying when all is done."""
        if await self._has_died():
            await self.quiet()

    async def move_clock(self, by: timedelta) -> None:
        """Move the workspace's clock and see to it that the bot knows, dead or alive."""
        await super().move_clock(by)
        if self.bot is not None:
            try:
                await self._look_at_clock()
            except Killed:
                await self.revived()

    async def _look_at_clock(self) -> None:
        assert self.bot is not None
        await asyncio.to_thread(self.bot.look_at_clock, self.workspace.clock.now())

    async def kill_at(self, boundary: str) -> None:
        """Let the bot die at this boundary."""
        assert self.bot is not None
        await asyncio.to_thread(self.bot.kill_at, boundary)

    async def kill_after(self, count: int, delay: float) -> None:
        """Let the bot die ``delay`` seconds after so many boundaries from now on."""
        assert self.bot is not None
        with contextlib.suppress(Killed):
            await asyncio.to_thread(self.bot.kill_after, count, delay)

    async def end(self) -> None:
        """Let the bot die now, and for good."""
        bot, self.bot = self.bot, None
        if bot is not None:
            await asyncio.to_thread(bot.end)
        if self.partners is not None:
            self.partners.keep()

    async def job(self, name: str) -> None:
        """Let a job of the scheduler run, again if the bot dies meanwhile."""
        assert self.bot is not None
        try:
            await asyncio.to_thread(self.bot.run_job, name)
        except Killed:
            await self.revived()
            await self.job(name)

    async def quiet(self) -> None:
        """Wait until everything due is delivered, and nobody has anything in hand.

        Partners call, one after the other, whenever that is so.
        """
        still, before = 0, (-1, -1)
        for _ in range(_LOOKS):
            await self.revived()
            now = await asyncio.to_thread(self._open)
            if now == (0, 0) and not self.workspace.undelivered and not await self._called():
                return
            still = still + 1 if now == before else 0
            before = now
            if still and still % _IMPATIENT == 0 and now == (0, 0):
                await self._redelivered()  # Slack has given up an attempt a moment after a death
            elif still and still % _IMPATIENT == 0:
                end = end_leases if still % _PATIENT == 0 else end_waits
                await asyncio.to_thread(end, self.settings.database_url)
            await asyncio.sleep(0.01)
        raise AssertionError(f"not everything is delivered: {before} due and in hand")

    async def _called(self) -> bool:
        """Let a partner call that has something to tell; return whether there was one."""
        return self.partners is not None and await self.partners.call(self.frontdesk.server.url)

    def _open(self) -> tuple[int, int]:
        """Return how much is due, and how much is in hand; SQLite's writer is not asked.

        The bot's clock may be ahead of the workspace's by a moment.
        """
        return open_parcels(self.settings.database_url, self.workspace.clock.now() + _AHEAD)

    async def persist(self, deed: Deed) -> None:
        """Let people do something, and once more as often as they see that it has not been done."""
        before = self.facts()
        for _ in range(_MOST_TRIES):
            kills = self.kills
            try:
                await deed(self)
            except (Unanswered, SandboxError, AssertionError, httpx.HTTPError):
                if not await self._has_died() and self.kills == kills:
                    raise
                await self.quiet()
                if self.facts() != before and not self._open_forms():
                    return
            else:
                await self.quiet()
                return
        raise AssertionError("somebody tried in vain")

    def facts(self) -> int:
        """Return how much has been done; that the client looked at a page is nothing of it."""
        [(found,)] = rows(self.settings.database_url, _DONE)
        assert isinstance(found, int)
        return found

    def _open_forms(self) -> bool:
        return any(person.modal is not None for person in self.workspace.people)


@asynccontextmanager
async def on_stage(
    nursery: Nursery, memory: Memory, transport: str = "http"
) -> AsyncIterator[Stage]:
    """Open the house of ``memory``, which it goes on writing; no bot runs in it yet."""
    folder = memory.folder
    workspace = Workspace.open(journal=folder / "sandbox.jsonl")
    with Server(workspace, port=0) as server, at_work(memory, workspace.clock.now) as partners:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        shape = manifest(find_workflows(), socket=transport == "socket", public_url=PUBLIC)
        installed = workspace.install(shape, transport, f"{url}/slack/events")
        environ = {
            "SLACK_BOT_TOKEN": installed.bot_token,
            "SLACK_API_URL": server.api_url,
            "DATABASE_URL": memory.url,
            "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
            "FRONTDESK_AUDIT_KEY": "ab" * 32,
            "FRONTDESK_DATA": str(folder),
            "FRONTDESK_PUBLIC_URL": PUBLIC,
            "PORT": str(port),
        } | (
            {"SLACK_APP_TOKEN": installed.app_token}
            if transport == "socket"
            else {"SLACK_SIGNING_SECRET": installed.signing_secret}
        )
        environ |= partners.environ if partners else {}
        settings = load(environ, folder)
        looking = await asyncio.to_thread(Frontdesk, settings, pace=PACE, settle=SETTLE)
        stage = Stage(
            *(workspace, server, looking, settings, environ),
            nursery=nursery,
            memory=memory,
            partners=partners,
        )
        try:
            yield stage
        finally:
            await stage.end()
            await asyncio.to_thread(looking.stop)
