"""GET /page/live: one person's screen, whole, again after every change that they can see."""

import asyncio
import re
from collections.abc import AsyncIterator

from starlette.responses import StreamingResponse

from sandbox.page import rendering
from sandbox.page.address import Address
from sandbox.page.screen import Beside
from sandbox.slack import Slack
from sandbox.state.journal import Change

LINE_END = re.compile(r"\r\n|\r|\n")
UNSEEN = ("response_url", "scheduled", "session", "undelivered")
"""Kinds of records that no page shows."""
GATHER_S = 0.03
"""How long changes are gathered before the screen is drawn again."""
PULSE_S = 15.0
"""How often the screen's clock is looked at, and a dead connection is noticed."""


def response(slack: Slack, here: Address, beside: Beside) -> StreamingResponse:
    """Server-sent events; each one is the HTML of the whole screen."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(
        _screens(slack, here, beside), headers=headers, media_type="text/event-stream"
    )


async def _screens(slack: Slack, here: Address, beside: Beside) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    stirred = asyncio.Event()
    viewer = slack.person(here.who).id

    def stir(changes: list[Change]) -> None:
        if not loop.is_closed() and any(_concerns(slack, viewer, change) for change in changes):
            loop.call_soon_threadsafe(stirred.set)

    slack.store.listeners.append(stir)
    ending: asyncio.Future[object] = asyncio.ensure_future(slack.stopping.wait())
    try:
        yield "retry: 500\n\n"
        last = ""
        while not slack.stopping.is_set():
            stirred.clear()
            drawn = rendering.screen(slack, here, beside)
            yield _event(drawn) if drawn != last else ": still here\n\n"
            last = drawn
            await _either(stirred, ending)
            await asyncio.sleep(GATHER_S)
    finally:
        ending.cancel()
        slack.store.listeners.remove(stir)


def _concerns(slack: Slack, viewer: str, change: Change) -> bool:
    """Whether a change may show on this person's screen."""
    kind, key, fields = change
    if kind in UNSEEN or (kind == "setting" and key != "clock"):
        return False
    if fields is None:
        return True
    channel = slack.store.channels.get(str(fields.get("channel", "")))
    is_there = channel is None or viewer in channel.members
    return is_there and fields.get("viewer", viewer) == viewer


async def _either(stirred: asyncio.Event, ending: asyncio.Future[object]) -> None:
    """Wait for a change or the server's end, a pulse long at most."""
    change: asyncio.Future[object] = asyncio.ensure_future(stirred.wait())
    try:
        await asyncio.wait({change, ending}, timeout=PULSE_S, return_when=asyncio.FIRST_COMPLETED)
    finally:
        change.cancel()


def _event(html: str) -> str:
    return "".join(f"data: {line}\n" for line in LINE_END.split(html)) + "\n"
