"""What the figures were measured on, and which core does what."""

import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

_FSYNCS = 50
_BLOCK = b"\0" * 8192


def facts(postgres: str) -> list[str]:
    """Return lines about the machine and the software, ``postgres`` being its server's version."""
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    packages = ("slack-bolt", "slack-sdk", "SQLAlchemy", "psycopg", "starlette", "uvicorn")
    return [
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}",
        f"SQLite {sqlite3.sqlite_version}, PostgreSQL {postgres}",
        f"CPython {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in packages),
        f"load before the run: {load}",
        f"one fsync of 8 kB: {fsync_us():.0f} µs",
        _shares(),
    ]


def is_busy() -> bool:
    """Whether others keep the machine busy, so that the figures are worth little."""
    return os.getloadavg()[0] > (os.cpu_count() or 1) / 2


def fsync_us() -> float:
    """Return the median time of a durable write of 8 kB where the databases are, in µs."""
    took = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(_FSYNCS):
            begun = time.perf_counter()
            file.seek(0)
            file.write(_BLOCK)
            file.flush()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - begun) * 1e6)
    return statistics.median(took)


@cache
def cores() -> tuple[frozenset[int], frozenset[int]]:
    """Return the core of the server under test, and those of load, workspace and everything else.

    The same ones where there is only one, or where a process cannot be kept on a core.
    """
    if sys.platform != "linux":
        everything = frozenset(range(os.cpu_count() or 1))
        return everything, everything
    ours = sorted(os.sched_getaffinity(0))
    return frozenset(ours[:1]), frozenset(ours[1:] or ours)


@contextmanager
def kept_on(where: frozenset[int]) -> Iterator[None]:
    """Keep this thread, and every process it starts meanwhile, on these cores."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, where)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _shares() -> str:
    tested, rest = cores()
    return (
        f"the server under test on core {_listed(tested)}; load and workspace on core "
        f"{_listed(rest)}; PostgreSQL on any; servers not being measured are stopped meanwhile"
    )


def _listed(which: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(which)))


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
