"""Things that happen at an instant of the workspace's movable clock."""

import asyncio
import heapq
import threading
from collections.abc import Callable
from datetime import datetime
from itertools import count

from sandbox.clock import Clock

LONGEST_NAP_S = 3600.0


class Alarms:
    """Calls functions in the server's loop once the workspace's clock has reached their instant."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heap: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        clock.on_move.append(self._rouse)

    def at(self, due: datetime, action: Callable[[], None]) -> None:
        """Call `action` at `due`, or at once when that has passed."""
        with self._guard:
            heapq.heappush(self._heap, (due, next(self._order), action))
        self._rouse()

    def _rouse(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    async def run(self) -> None:
        """Serve alarms until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        try:
            while True:
                nap = self._ring()
                try:
                    await asyncio.wait_for(self._wake.wait(), nap)
                except TimeoutError:
                    continue
                self._wake.clear()
        finally:
            self._loop = None

    def _ring(self) -> float:
        """Fire what is due; the answer is how many seconds to sleep until the next one."""
        now = self._clock.now()
        while (action := self._next_due(now)) is not None:
            action()
        with self._guard:
            if not self._heap:
                return LONGEST_NAP_S
            return min(LONGEST_NAP_S, max(0.0, (self._heap[0][0] - now).total_seconds()))

    def _next_due(self, now: datetime) -> Callable[[], None] | None:
        with self._guard:
            if self._heap and self._heap[0][0] <= now:
                return heapq.heappop(self._heap)[2]
            return None
