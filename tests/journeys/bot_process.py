"""The bot as a process of its own, with the quick settings of these journeys, until it is ended."""

import os
import sys
import threading
from pathlib import Path

from settings import load
from tests.journeys.house import started

if __name__ == "__main__":
    started(load(os.environ, Path(sys.argv[1])))
    sys.stdout.write("started\n")
    sys.stdout.flush()
    threading.Event().wait()
