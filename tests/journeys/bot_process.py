"""The bot as a process of its own, with the quick settings of these journeys, until it is ended.

With a second argument it is one of several: leases are so many seconds, and its jobs run whenever
the workspace's clock leaps, as those of all the others do.
"""

import os
import sys
import threading
from pathlib import Path

from settings import load
from tests.journeys.house import started

if __name__ == "__main__":
    settings = load(os.environ, Path(sys.argv[1]))
    if sys.argv[2:]:
        started(settings, lease=float(sys.argv[2]), leaps=True)
    else:
        started(settings)
    sys.stdout.write("started\n")
    sys.stdout.flush()
    threading.Event().wait()
