"""The bot as processes of their own, over the workspace of a house."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from tests.journeys.house import ROOT, House

Process = asyncio.subprocess.Process

_START = 100.0
"""Seconds; several that start at once on a busy machine need some."""


@asynccontextmanager
async def process(house: House, *command: str, **environ: str) -> AsyncIterator[Process]:
    """Run a program of ours with the settings of ``house`` until it says so; killed at the end."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env=dict(os.environ) | house.environ | environ,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert running.stdout is not None
        said = b""
        while b"started" not in said and b"Frontdesk is running" not in said:
            said = await asyncio.wait_for(running.stdout.readline(), _START)
            assert said, "it ended before it was up"
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


def bot(house: House, folder: Path) -> AbstractAsyncContextManager[Process]:
    """The bot in the quick settings of the journeys."""
    return process(house, "-m", "tests.journeys.bot_process", str(folder))


def replica(
    house: House, folder: Path, port: int, lease: float
) -> AbstractAsyncContextManager[Process]:
    """One of several bots, on a port of its own; its leases last so many seconds."""
    folder = folder / f"replica-{port}"
    return process(
        house,
        *("-m", "tests.journeys.bot_process", str(folder), str(lease)),
        PORT=str(port),
        FRONTDESK_DATA=str(folder),
        FRONTDESK_LIBRARY=str(folder.parent / "library"),
    )


def program(house: House) -> AbstractAsyncContextManager[Process]:
    """The bot as `python app.py` starts it."""
    return process(house, "app.py", PYTHONUNBUFFERED="1")
