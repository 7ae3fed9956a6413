"""Stopping in time, whatever hangs: what is cut off is done again when its lease has ended."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence

log = logging.getLogger("frontdesk")

LONGEST_STOP = 18.0
"""Seconds from the signal to the end of the process, whatever hangs."""


def end_all(parts: Sequence[Callable[[], None]], seconds: float) -> None:
    """End all ``parts`` side by side; go on after so many seconds, and say so."""
    ending = [threading.Thread(target=each, name="ending", daemon=True) for each in parts]
    for each in ending:
        each.start()
    until = time.monotonic() + seconds
    for each in ending:
        each.join(max(0.0, until - time.monotonic()))
    if any(each.is_alive() for each in ending):
        log.warning("Not everything in hand could be finished; it is done again after a while.")


def end_process_after(enough: threading.Event) -> None:
    """End the process :data:`LONGEST_STOP` seconds after ``enough`` was set, if it still runs.

    A thread that hangs in a call to somebody outside would keep it. Nothing is lost by this, as
    nothing is by a power cut.
    """

    def wait() -> None:
        enough.wait()
        threading.Event().wait(LONGEST_STOP)
        log.warning("Stopping took too long; the process ends here.")
        logging.shutdown()
        os._exit(0)

    threading.Thread(target=wait, name="at-last", daemon=True).start()
