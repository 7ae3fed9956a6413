"""The workspace's machinery: everything the Web API, people's gestures and the doors share."""

import asyncio
import base64
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sandbox.alarms import Alarms
from sandbox.clock import Clock
from sandbox.delivery.courier import Courier
from sandbox.errors import NoBotHere, NotRunning, Unknown
from sandbox.faults import Faults
from sandbox.log import ApiCall, Log
from sandbox.state.blobs import Blobs
from sandbox.state.records import JSON, App, Channel, Person, Setting
from sandbox.state.store import Store
from sandbox.triggers import Triggers

T = TypeVar("T")


class Slack:
    """One team: its state, its clock, its deliveries and its logs."""

    def __init__(self, journal: Path | None) -> None:
        self.store = Store(journal)
        self.blobs = Blobs(journal)
        saved = self.store.settings.get("clock")
        self.clock = Clock(timedelta(seconds=saved.value if saved else 0))
        self.clock.on_move.append(self._keep_clock)
        self.alarms = Alarms(self.clock)
        self.faults = Faults()
        self.triggers = Triggers(self.faults)
        self.courier = Courier(self.store, self.clock, self.alarms, self.faults)
        self.calls: Log[ApiCall] = Log()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.stopping = asyncio.Event()
        """Set when the server is about to stop."""
        self.on_stir: list[Callable[[], None]] = []
        """Called after every change, delivery, call and move of the clock.

        Must be quick and safe from any thread.
        """
        self.store.listeners.append(lambda _: self._stir())
        self.calls.listeners.append(lambda _: self._stir())
        self.courier.log.listeners.append(lambda _: self._stir())
        self.courier.sockets.on_connect.append(lambda _: self._stir())
        self.clock.on_move.append(self._stir)
        self._last_ts = max((m.ts for m in self.store.messages.all()), default="0")

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Work in this loop from now on."""
        self.loop = loop
        self.stopping = asyncio.Event()
        self.courier.start(loop)

    def stop_waiting(self) -> None:
        """Let streams and slow answers end; called from outside the loop."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.stopping.set)

    async def pause(self, seconds: float) -> None:
        """Wait that many real seconds, or until the server stops."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    async def end(self) -> None:
        """Drop what is under way."""
        await self.courier.stop()
        self.loop = None

    def _stir(self) -> None:
        for listener in list(self.on_stir):
            listener()

    def _keep_clock(self) -> None:
        self.store.settings.save(Setting("clock", self.clock.offset.total_seconds()))

    @property
    def team(self) -> JSON:
        """The team's id, name and domain."""
        team: JSON = self.store.settings["team"].value
        return team

    @property
    def team_id(self) -> str:
        """The team's id."""
        return str(self.team["id"])

    def now_s(self) -> int:
        """The workspace's present in epoch seconds."""
        return int(self.clock.now().timestamp())

    def new_id(self, prefix: str) -> str:
        """A Slack-like id, never given twice in this workspace."""
        number = self.store.next_number("id")
        tail = base64.b32encode(number.to_bytes(5, "big")).decode().lstrip("A") or "A"
        return f"{prefix}0SB{tail:0>6}"

    def next_ts(self) -> str:
        """The next message timestamp.

        The clock's microseconds, always later than the one before.
        """
        with self.store.lock:
            micros = int(self.clock.now().timestamp() * 1_000_000)
            seconds, _, fraction = self._last_ts.partition(".")
            micros = max(micros, int(seconds) * 1_000_000 + int(fraction or 0) + 1)
            self._last_ts = f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
            return self._last_ts

    def hash(self) -> str:
        """A fresh hash for a view."""
        return f"{self.now_s()}.{secrets.token_hex(4)}"

    def person(self, who: str) -> Person:
        """A person by handle or id. Raises Unknown."""
        name = who.removeprefix("@")
        if (found := self.store.people.get(name)) is not None:
            return found
        for person in self.store.people.all():
            if person.handle == name:
                return person
        raise Unknown(kind="person", name=who)

    def channel(self, which: str) -> Channel:
        """A channel by name (with or without #) or id. Raises Unknown."""
        name = which.removeprefix("#")
        if (found := self.store.channels.get(name)) is not None:
            return found
        for channel in self.store.channels.all():
            if channel.name == name and channel.form != "im":
                return channel
        raise Unknown(kind="channel", name=which)

    def share_channel(self, one: str, other: str) -> bool:
        """Whether two users are in the same channel; a direct one does not count."""
        return any(
            channel.form != "im" and {one, other} <= set(channel.members)
            for channel in self.store.channels.all()
        )

    def direct(self, one: str, other: str) -> Channel:
        """The direct channel between two users, made when it is not there yet."""
        both = sorted({one, other})
        with self.store.change():
            for channel in self.store.channels.all():
                if channel.form == "im" and sorted(channel.members) == both:
                    return channel
            new = Channel(self.new_id("D"), name="", form="im", members=both, created=self.now_s())
            return self.store.channels.save(new)

    def app(self, which: str = "") -> App:
        """An installed app by name, id or bot handle; the only one, or the first, when unnamed."""
        for app in self.store.apps.all():
            if which in (
                "",
                app.name,
                app.id,
                app.bot_user,
                self.store.people[app.bot_user].handle,
            ):
                return app
        raise NoBotHere if not which else Unknown(kind="app", name=which)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the server's loop from whatever loop is running here."""
        if self.loop is None:
            work.close()
            raise NotRunning
        if asyncio.get_running_loop() is self.loop:
            return await work
        future: Awaitable[T] = asyncio.wrap_future(
            asyncio.run_coroutine_threadsafe(work, self.loop)
        )
        return await future
