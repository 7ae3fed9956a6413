"""Every boundary of a story, and what comes of being killed there.

A story is played once undisturbed, with a new bot for each step. Before each step everything that
outlives a bot is copied, so that the step can be played again as often as wanted.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.migrate import migrate
from tests.faults.bot import Nursery
from tests.faults.boundaries import is_partners
from tests.faults.comparing import Findings, Picture, broken, compared, picture
from tests.faults.memory import Accounts, Databases, Memory
from tests.faults.stage import Stage, on_stage
from tests.faults.story import Story


@dataclass(frozen=True)
class Boundary:
    """Where a bot can be killed: its name, in which step, and whether it is starting then."""

    name: str
    step: int
    is_starting: bool


@dataclass(frozen=True)
class Played:
    """A story that was played undisturbed: the memory before each step, and what it came to."""

    story: Story
    before: tuple[Memory, ...]
    after: tuple[Picture, ...]
    boundaries: tuple[Boundary, ...]
    """Each the first time that it was come to; in each step what has to do with a partner."""


@dataclass(frozen=True)
class Killed:
    """What came of it: how often the bot died, and what is not as it should be."""

    kills: int
    messages: int
    findings: Findings


_UNDISTURBED: dict[str, tuple[Picture, ...]] = {}
"""What stories come to, by their names; the same on both databases."""


class Theatre:
    """Where stories are played, over databases of one kind."""

    def __init__(self, folder: Path, nursery: Nursery, databases: Databases) -> None:
        """Play in ``folder``."""
        self.databases = databases
        self._folder = folder
        self._nursery = nursery
        self._houses = 0

    def world(self, story: Story) -> str:
        """Return in words over what a story is played here."""
        return f"{self.databases.kind} and partners" if story.with_partners else self.databases.kind

    def _next(self) -> Path:
        self._houses += 1
        folder = self._folder / f"house-{self._houses}"
        folder.mkdir(parents=True)
        return folder / "bot"

    def empty(self, story: Story) -> Memory:
        """Return the memory of a bot that has never run."""
        folder = self._next()
        folder.mkdir()
        accounts: Accounts | None = {} if story.with_partners else None
        memory = Memory(folder, self.databases.new(folder), accounts)
        self.databases.create(memory.url)
        migrate(memory.url)
        return memory

    @asynccontextmanager
    async def house(self, memory: Memory, transport: str = "http") -> AsyncIterator[Stage]:
        """Open a house with a copy of this memory, which is forgotten afterwards."""
        copy = await asyncio.to_thread(memory.copied, self.databases, self._next())
        try:
            async with on_stage(self._nursery, copy, transport) as stage:
                yield stage
        finally:
            await asyncio.to_thread(self.forget, copy)

    def forget(self, memory: Memory) -> None:
        """Let go of a memory."""
        memory.forget(self.databases)
        shutil.rmtree(memory.folder.parent, ignore_errors=True)

    async def play(self, story: Story) -> Played:
        """Play a story undisturbed; it makes no difference that its bot is a new one each time."""
        before = [await asyncio.to_thread(self.empty, story)]
        after: list[Picture] = []
        boundaries: dict[tuple[str, int], Boundary] = {}
        for number, step in enumerate(story.steps):
            async with self.house(before[-1]) as stage:
                await stage.set_clock(story.when(number))
                log = stage.memory.folder.parent / "boundaries"
                await stage.start()
                starting = log.read_text().splitlines()
                await stage.persist(step.deed)
                assert broken(stage) == []
                after.append(picture(stage))
                for name in log.read_text().splitlines():
                    boundary = Boundary(name, number, name in starting)
                    time = number if is_partners(name) else 0
                    boundaries.setdefault((name, time), boundary)
                await stage.end()
                before.append(
                    await asyncio.to_thread(stage.memory.copied, self.databases, self._next())
                )
        _UNDISTURBED[story.name] = tuple(after)
        return Played(story, tuple(before), tuple(after), tuple(boundaries.values()))

    async def undisturbed(self, story: Story) -> tuple[Picture, ...]:
        """Return what a story comes to, step by step; played once in this process."""
        if story.name not in _UNDISTURBED:
            played = await self.play(story)
            for each in played.before:
                await asyncio.to_thread(self.forget, each)
        return _UNDISTURBED[story.name]

    async def kill(self, played: Played, boundary: Boundary) -> Killed:
        """Play one step anew and kill the bot at this boundary, once."""
        step = played.story.steps[boundary.step]
        async with self.house(played.before[boundary.step]) as stage:
            await stage.set_clock(played.story.when(boundary.step))
            await stage.start(kill_at=boundary.name if boundary.is_starting else "")
            if not boundary.is_starting:
                await stage.kill_at(boundary.name)
            await stage.persist(step.deed)
            if stage.kills == 0:
                await stage.died_at_last()
            found = picture(stage)
            findings = compared(played.after[boundary.step], found)
            findings.wrong += broken(stage)
            return Killed(stage.kills, found.messages, findings)
