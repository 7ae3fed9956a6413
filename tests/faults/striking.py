"""A whole story while the bot is killed again and again, and answers are lost on purpose.

Everything is drawn from one seed: in which step what goes wrong in Slack or at a partner, after
how many boundaries the bot dies, and whether at once or some moments later, in the middle of
whatever it is at. What two threads do side by side is the machine's to decide, so a seed is a
strong hint and no film. Partners call at once.
"""

import random
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field

from tests.faults.comparing import Findings, Picture, broken, compared, picture
from tests.faults.exhausting import Theatre
from tests.faults.stage import Stage
from tests.faults.story import Story

_METHODS = (
    "chat.postMessage",
    "chat.update",
    "conversations.open",
    "conversations.history",
    "conversations.replies",
    "files.completeUploadExternal",
    "files.getUploadURLExternal",
    "views.publish",
)
"""What the bot calls of its own accord, after the gesture was answered."""
_MOST_FAULTS = 4
_SILENCE = 0.2
"""Seconds that Slack says nothing, before the connection breaks."""
_MOST_BOUNDARIES = 150
"""About as many as a step has."""
_LONGEST_DELAY = 0.03
_MOST_DEATHS = 3
"""In one step."""


def _called_at_once(stage: Stage) -> AbstractAsyncContextManager[None]:
    if stage.partners is None:
        return nullcontext()
    return stage.partners.calling(stage.frontdesk.server.url)


@dataclass
class Toll:
    """What came of striking at a story: everything is a count, but what was found."""

    kills: int = 0
    faults: int = 0
    requests: int = 0
    messages: int = 0
    findings: Findings = field(default_factory=Findings)

    def add(self, other: "Toll", where: str) -> None:
        """Count what came of another one."""
        self.kills += other.kills
        self.faults += other.faults
        self.requests += other.requests
        self.messages += other.messages
        self.findings.add(other.findings, where)


class Striker:
    """Strikes at one story, by one seed."""

    def __init__(self, seed: int) -> None:
        """Draw everything from ``seed``."""
        self._dice = random.Random(seed)  # noqa: S311 - to be the same again
        self._deaths = 0

    async def strike(
        self, theatre: Theatre, story: Story, undisturbed: Sequence[Picture], transport: str
    ) -> Toll:
        """Play the story; stop after the step that is not as it is ``undisturbed``."""
        toll = Toll()
        memory = theatre.empty(story)
        async with theatre.house(memory, transport) as stage, _called_at_once(stage):
            stage.on_start = self._arm
            for number, step in enumerate(story.steps):
                await stage.set_clock(story.when(number))
                self._deaths = 0
                toll.faults += self._disturb(stage)
                if stage.bot is None:
                    await stage.start()
                else:
                    await self._arm(stage)
                await stage.persist(step.deed)
                stage.workspace.faults.clear()
                if stage.partners is not None:
                    stage.partners.leave_alone()
                await stage.quiet()
                found = picture(stage)
                toll.findings = compared(undisturbed[number], found)
                toll.findings.wrong += broken(stage)
                toll.requests, toll.messages = number + 1, found.messages
                if toll.findings.all:
                    toll.findings.wrong.append(f"after the step {step.name!r} of {story.name!r}")
                    break
            toll.kills = stage.kills
        theatre.forget(memory)
        return toll

    async def _arm(self, stage: Stage) -> None:
        """Let the bot die again, in a while."""
        if self._deaths == _MOST_DEATHS:
            return
        self._deaths += 1
        delay = self._dice.choice((0.0, self._dice.uniform(0, _LONGEST_DELAY)))
        await stage.kill_after(self._dice.randint(1, _MOST_BOUNDARIES), delay)

    def _disturb(self, stage: Stage) -> int:
        """Let some of Slack's and the partners' next answers be lost or wrong; return how many."""
        faults, count = stage.workspace.faults, self._dice.randint(0, _MOST_FAULTS)
        for _ in range(count):
            method = self._dice.choice(_METHODS)
            match self._dice.randrange(6):
                case 0 | 1:
                    faults.store_then_reset(method)
                case 2:
                    faults.store_then_hang(method, seconds=_SILENCE)
                case 3:
                    faults.reset(method)
                case 4:
                    faults.break_(method, status=self._dice.choice((500, 502, 503)))
                case _:
                    faults.ratelimit(method, retry_after=1)
        return count + (stage.partners.disturb(self._dice) if stage.partners else 0)
