"""The same bare Bolt app on two HTTP servers: ASGI on uvicorn as built, and WSGI on granian."""

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

from bench.errors import NotMeasured
from bench.figures import Row, p50, p99, typical
from bench.floor import THREADS
from bench.gestures import Gestures, is_silence
from bench.house import House
from bench.load import one_by_one, saturated
from bench.processes import Served, free_port, module
from bench.size import Size

LINES = 32
"""Connections that are kept busy."""


def is_installed() -> bool:
    """Whether granian is here; it is no dependency of the project."""
    return importlib.util.find_spec("granian") is not None


def compare(house: House, size: Size) -> list[Row]:
    """Return rows with granian in the floor's place and uvicorn in the product's."""
    rows = []
    works = [("unit", f"bare unit, {house.database}")]
    if house.database == "SQLite":
        works.insert(0, ("ack", "nothing stored"))
    for work, label in works:
        with _pair(work, house) as (granian, uvicorn):
            alone: tuple[list[list[float]], ...] = ([], [])
            busy: tuple[list[tuple[float, float]], ...] = ([], [])
            for _ in range(size.rounds):
                for number, server in enumerate((granian, uvicorn)):
                    one, many = _round(server, house.gestures, size)
                    alone[number].append(one)
                    busy[number].append(many)
        rows += _rows(label, alone, busy)
    return rows


def _round(
    server: Served, gestures: Gestures, size: Size
) -> tuple[list[float], tuple[float, float]]:
    one_by_one(server.port, gestures.submissions, size.requests // 10, is_silence)
    alone = one_by_one(server.port, gestures.submissions, size.requests, is_silence)
    requests = gestures.submissions(size.busy)
    busy = saturated([server.port], requests, LINES, is_silence)
    if busy.refused:
        raise NotMeasured(f"{busy.refused} of {size.busy} answers were not the expected one.")
    return alone, (busy.rate, busy.p99)


@contextmanager
def _pair(work: str, house: House) -> Iterator[tuple[Served, Served]]:
    env, folder = house.floor_env | {"BENCH_WORK": work}, house.folder
    port = free_port()
    serving = [*module("granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    serving += ["--port", str(port), "--workers", "1", "--blocking-threads", str(THREADS)]
    serving += ["--no-ws", "--log-level", "warning", "bench.wsgi:application"]
    granian = Served("granian", serving, env, folder, port)
    uvicorn = Served("uvicorn", module("bench.floor"), env, folder, free_port())
    with ExitStack() as leaving:
        for each in (granian, uvicorn):
            leaving.callback(each.stop)
            each.start()
        yield granian, uvicorn


def _rows(
    label: str,
    alone: tuple[list[list[float]], ...],
    busy: tuple[list[tuple[float, float]], ...],
) -> list[Row]:
    rates, tails = ([[found[n] for found in each] for each in busy] for n in (0, 1))
    return [
        _row(f"{label}: 1 connection, p50", "ms", [typical(each, p50) for each in alone]),
        _row(f"{label}: 1 connection, p99", "ms", [typical(each, p99) for each in alone]),
        _row(f"{label}: {LINES} connections", "requests/s", list(map(median, rates))),
        _row(f"{label}: {LINES} connections, p99", "ms", list(map(median, tails))),
    ]


def _row(name: str, unit: str, figures: list[float]) -> Row:
    granian, uvicorn = figures
    return Row(name, unit, granian, uvicorn)
