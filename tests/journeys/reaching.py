"""The demo company with quiet hours and a cap as a real one has them, and who heard what when."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox import Card, Modal
from tests.journeys.company import company
from tests.journeys.house import House, open_house

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0, zone: ZoneInfo = NEW_YORK) -> datetime:
    """Return a moment of November 2026; the 23rd is a Monday, the 26th a holiday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=zone)


@asynccontextmanager
async def quiet_house(
    folder: Path,
    lines: str = "",
    environ: Mapping[str, Any] | None = None,
    **roles: list[str],
) -> AsyncIterator[House]:
    """A house whose people are reached as the product's defaults say, but for these ``lines``."""
    config = _described(Path(company(folder, **roles)), lines)
    async with open_house(folder, "http", FRONTDESK_CONFIG=config, **(environ or {})) as house:
        yield house


def _described(path: Path, lines: str) -> str:
    text = path.read_text(encoding="utf-8")
    table = re.compile(r"(?ms)^\[notifications\]$.*?(?=^#|^\[)")
    text, count = table.subn(f"[notifications]\n{lines}\n", text)
    assert count == 1
    path.write_text(text, encoding="utf-8")
    return str(path)


async def heard(house: House, handle: str, text: str = "") -> list[Card]:
    """Return what somebody finds in their DM by now, oldest first."""
    await house.quiet()
    return house.person(handle).dm_with_bot().cards(text)


async def said(house: House, handle: str, when: datetime, text: str = "") -> int:
    """How many messages with ``text`` somebody has by then."""
    await house.set_clock(when)
    return len(await heard(house, handle, text))


async def settings_of(house: House, handle: str) -> Modal:
    """Open the form in which somebody chooses how they are reached."""
    command = await house.person(handle).command("/requests", "settings", channel="sales")
    return await command.modal_opened()


async def choose(house: House, handle: str, **answers: object) -> None:
    """Choose something else in it."""
    form = await settings_of(house, handle)
    await form.fill(**answers)
    result = await form.submit()
    assert result.closed, result.errors
