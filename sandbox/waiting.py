"""Waiting for something to become true, woken by every change instead of polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from sandbox.errors import NeverHappened
from sandbox.slack import Slack

PATIENCE = 20.0
"""Real seconds that a story waits before it says what never happened: a busy machine is slow."""

T = TypeVar("T")


async def until(
    slack: Slack,
    condition: Callable[[], T | None],
    timeout: float = PATIENCE,
    what: str = "that",
    seen: Callable[[], str] = lambda: "",
) -> T:
    """The first true value of `condition`; looks again after every change and every delivery.

    Raises NeverHappened after `timeout` real seconds; `seen` then says what there was instead.
    """
    loop = asyncio.get_running_loop()
    stirred = asyncio.Event()

    def stir() -> None:
        loop.call_soon_threadsafe(stirred.set)

    slack.on_stir.append(stir)
    try:
        deadline = loop.time() + timeout
        while not (value := condition()):
            try:
                await asyncio.wait_for(stirred.wait(), deadline - loop.time())
            except TimeoutError:
                raise NeverHappened(seconds=timeout, what=what, seen=seen()) from None
            stirred.clear()
        return value
    finally:
        slack.on_stir.remove(stir)
