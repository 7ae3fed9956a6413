"""The worker: parcels of the outbox are claimed as they become due and delivered side by side."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.deliveries import DELIVER
from bot.desk import Desk
from bot.errors import Unavailable
from bot.ports import Claimed
from bot.ports.haste import patiently
from bot.sending import keep
from scheduler.pulse import Pulse

log = logging.getLogger(__name__)

_LONGEST = 240.0
"""Seconds that a delivery takes at most: a file that is uploaded, in three calls."""


class Bell:
    """Rung after a commit that made promises; the worker listens."""

    def __init__(self) -> None:
        """Start silent."""
        self._rung = threading.Event()

    def ring(self) -> None:
        """Say that there is something to do."""
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Return when the bell was rung since the last time, or after so many seconds."""
        self._rung.wait(seconds)
        self._rung.clear()


class Worker:
    """Claims and delivers until it is stopped; ``every`` seconds it looks without being rung.

    ``breath``: seconds between two looks that find nothing, so that a crowd of commits is one look
    and not one each.
    ``patience``: seconds until its silence is a sign that it hangs. Its hands may all be busy for
    longer, but not for longer than any delivery takes.
    """

    def __init__(
        self,
        desk: Desk,
        bell: Bell,
        *,
        hands: int = 8,
        every: float = 0.5,
        breath: float = 0.05,
        patience: float = 60.0,
        give_way: Callable[[], None] = lambda: None,
    ) -> None:
        """Prepare ``hands`` deliveries at a time; :meth:`start` begins.

        Before each, ``give_way`` may wait for what is more urgent.
        """
        self.pulses = (Pulse("worker", patience), Pulse("worker's hands", patience + _LONGEST))
        self._desk, self._bell, self._every, self._breath = desk, bell, every, breath
        self._give_way = give_way
        self._free = threading.Semaphore(hands)
        self._hands = ThreadPoolExecutor(hands, thread_name_prefix="deliver")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker")

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """Claim nothing more, and finish what is in hand. What is due waits for the next start."""
        self._stopping.set()
        self._bell.ring()
        self._thread.join()
        self._hands.shutdown()

    def _run(self) -> None:
        alive, _moving = self.pulses
        while not self._stopping.is_set():
            alive.beat()
            if not self._round():
                self._stopping.wait(self._breath)
                self._bell.wait(self._every)

    def _round(self) -> bool:
        """Claim as much as there are free hands; return whether there was anything."""
        free = 0
        while self._free.acquire(blocking=False):
            free += 1
        if free == 0:
            return False
        self.pulses[1].beat()
        claimed = self._claim(free)
        for _ in range(free - len(claimed)):
            self._free.release()
        for each in claimed:
            self._hands.submit(self._deliver, each)
        return bool(claimed)

    def _claim(self, limit: int) -> list[Claimed]:
        try:
            with patiently():
                return list(self._desk.post_office.claim(self._desk.clock.now(), limit))
        except Unavailable:
            log.warning("The database is not available; deliveries wait.")
            return []
        except Exception:
            log.exception("Parcels could not be claimed.")
            return []

    def _deliver(self, claimed: Claimed) -> None:
        try:
            self._give_way()
            with patiently():
                keep(self._desk, claimed, DELIVER)
        except Exception:
            log.exception("A parcel could not be settled; it comes back when its lease ends.")
        finally:
            self._free.release()
            self._bell.ring()
