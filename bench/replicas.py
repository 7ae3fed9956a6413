"""Forms handed in to one, two and four replicas over one PostgreSQL, as much as goes."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from bench.figures import Row
from bench.gestures import Gestures, is_silence, is_taken
from bench.house import open_workspace, play_story, product_environment
from bench.kept import check_stored, stored
from bench.load import Flow, one_by_one, saturated
from bench.processes import Served, free_port, module
from bench.size import Size
from bench.wire import Good
from storage.migrate import migrate

REPLICAS = (1, 2, 4)
LINES = 32
"""Connections that are kept busy, shared evenly among the replicas."""


def replicas(url: str, floors_url: str, size: Size, folder: Path) -> list[Row]:
    """Return forms taken a second, and the p99, next to as many bare apps. Raises Broken."""
    migrate(url)
    rows, port = [], free_port()
    with open_workspace(f"http://127.0.0.1:{port}", folder) as workspace:
        env = product_environment(workspace, url, folder)
        bare = env | {"DATABASE_URL": floors_url, "BENCH_WORK": "unit"}
        with _running("product", 1, env, folder, port):
            gestures = play_story(workspace)
        taken = stored(url)
        for count in REPLICAS:
            with (
                _running("floor", count, bare, folder) as floors,
                _running("product", count, env, folder, port) as products,
            ):
                floor, product = _in_turn(floors, products, gestures, size)
            rows += _rows(count, floor, product)
            warm = size.rounds * count * _warm(size)
            taken += warm + sum(size.forms - each.refused for each in product)
    check_stored("PostgreSQL", url, taken)
    return rows


@contextmanager
def _running(
    name: str, count: int, env: dict[str, str], folder: Path, port: int = 0
) -> Iterator[list[Served]]:
    """Run so many of ``bench.NAME``, the first one at ``port``; they are paused together."""
    ports = [port or free_port(), *(free_port() for _ in range(count - 1))]
    with ExitStack() as leaving:
        servers = [
            Served(f"{name}-{nth}", module(f"bench.{name}"), env, folder, each, anywhere=True)
            for nth, each in enumerate(ports)
        ]
        for each in servers:
            leaving.callback(each.stop)
            each.start()
        yield servers


def _in_turn(
    floors: Sequence[Served], products: Sequence[Served], gestures: Gestures, size: Size
) -> tuple[list[Flow], list[Flow]]:
    """Return what each round gave; who is not being measured is stopped meanwhile."""
    found: tuple[list[Flow], list[Flow]] = ([], [])
    _pause([*floors, *products])
    for _ in range(size.rounds):
        for servers, good, flows in zip(
            (floors, products), (is_silence, is_taken), found, strict=True
        ):
            flows.append(_round(servers, gestures, good, size))
    return found


def _round(servers: Sequence[Served], gestures: Gestures, good: Good, size: Size) -> Flow:
    for each in servers:
        each.resume()
    for each in servers:
        one_by_one(each.port, gestures.submissions, _warm(size), good)
    requests = gestures.submissions(size.forms)
    flow = saturated([each.port for each in servers], requests, LINES, good)
    _pause(servers)
    return flow


def _pause(servers: Sequence[Served]) -> None:
    for each in servers:
        each.pause()


def _warm(size: Size) -> int:
    return size.forms // 50


def _rows(count: int, floor: Sequence[Flow], product: Sequence[Flow]) -> list[Row]:
    name = f"submissions, {count} replica{'s' * (count > 1)}, {LINES} connections, PostgreSQL"
    bare, rate = (median(each.rate for each in flows) for flows in (floor, product))
    tail, p99 = (median(each.p99 for each in flows) for flows in (floor, product))
    refused = sum(each.refused for each in product)
    return [
        Row(f"{name}; floor: bare unit", "forms/s", bare, rate, refused=refused),
        Row(f"{name}: p99; floor: bare unit", "ms", tail, p99, refused=refused),
    ]
