"""Frontdesk as `python app.py` runs it, without reading the `.env` of whoever measures.

``python -m bench.product``: all settings come from the environment, relative paths begin at
``FRONTDESK_DATA``. With ``BENCH_CALLS=FILE`` every HTTP call that leaves the process is written
down with the thread that makes it, by an audit hook of the interpreter: nothing is replaced.
Only that one person makes every gesture is none of the product's cases, so nobody is too fast.
"""

import logging
import os
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from app import run
from settings import load

_ANY_NUMBER = 10**9


def write_down_calls(path: Path) -> None:
    """Append a line `THREAD METHOD` for every call made by urllib, as slack_sdk does."""
    file = path.open("a", buffering=1)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event == "urllib.Request":
            method = urlsplit(str(arguments[0])).path.rpartition("/")[2]
            file.write(f"{threading.current_thread().name} {method}\n")

    sys.addaudithook(hear)


def main() -> int:
    """Run the bot until SIGTERM."""
    settings = load(os.environ, Path(os.environ["FRONTDESK_DATA"]))
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    if path := os.environ.get("BENCH_CALLS"):
        write_down_calls(Path(path))
    return run(settings, gestures=_ANY_NUMBER)


if __name__ == "__main__":
    sys.exit(main())
