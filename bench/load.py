"""The load: one after the other, at a fixed rate, all in one instant, and as much as goes."""

import asyncio
import gc
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.errors import NotMeasured
from bench.figures import p99
from bench.wire import Good, Line, is_good, length_of

Make = Callable[[int], list[bytes]]
"""Returns so many fresh requests."""


@dataclass(slots=True)
class Crowd:
    """What came of requests that did not wait for one another."""

    took: list[float] = field(default_factory=list)
    """Latency of each, in ms."""
    refused: int = 0
    """How many were answered otherwise than expected."""


Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]

_BATCH = 40
"""Requests made at a time: a trigger id lives for three seconds."""

_LIMIT = 60.0
"""Seconds that a load may take."""


def one_by_one(port: int, make: Make, count: int, good: Good) -> list[float]:
    """Ask over one kept connection, the next when the last is answered; return latencies in ms."""
    line, took = Line(port), list[float]()
    try:
        while len(took) < count:
            batch = make(min(_BATCH, count - len(took)))
            with _undisturbed():
                took += [_timed(line, request, good) for request in batch]
    except OSError as error:
        raise NotMeasured(f"A connection broke: {error!r}") from error
    finally:
        line.close()
    return took


def at_rate(port: int, requests: Sequence[bytes], rate: float, good: Good) -> Crowd:
    """Send on schedule, whatever is answered; latencies count from the scheduled time."""
    return _run(_at_rate(port, requests, rate, good))


def at_once(port: int, requests: Sequence[bytes], good: Good) -> Crowd:
    """Send all in one instant, each over its own open connection."""
    return _run(_at_once(port, requests, good))


class Flow(NamedTuple):
    """What came of keeping connections busy."""

    rate: float
    """Requests a second that were answered as expected."""
    p99: float
    """In ms."""
    refused: int


def saturated(ports: Sequence[int], requests: Sequence[bytes], lines: int, good: Good) -> Flow:
    """Keep ``lines`` connections busy, as many to each of the ports, until all is answered."""
    begun = time.perf_counter()
    crowd = _run(_saturated(ports, requests, lines, good))
    seconds = time.perf_counter() - begun
    return Flow((len(requests) - crowd.refused) / seconds, p99(crowd.took), crowd.refused)


def _timed(line: Line, request: bytes, good: Good) -> float:
    begun = time.perf_counter()
    head, body = line.ask(request)
    took = (time.perf_counter() - begun) * 1000
    if not is_good(head, body, good):
        raise NotMeasured(f"Not the expected answer: {head[:40]!r} {body[:300]!r}")
    return took


async def _ask(pipe: Pipe, request: bytes, begun: float, good: Good, crowd: Crowd) -> None:
    reader, writer = pipe
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = length_of(head)
    body = await reader.readexactly(length) if length else b""
    crowd.took.append((time.perf_counter() - begun) * 1000)
    crowd.refused += not is_good(head, body, good)


async def _at_rate(port: int, requests: Sequence[bytes], rate: float, good: Good) -> Crowd:
    idle, crowd = deque([await _open(port) for _ in range(8)]), Crowd()

    async def one(request: bytes, due: float) -> None:
        pipe = idle.popleft() if idle else await _open(port)
        await _ask(pipe, request, due, good, crowd)
        idle.append(pipe)

    begun = time.perf_counter() + 0.1
    async with asyncio.TaskGroup() as tasks:
        for number, request in enumerate(requests):
            due = begun + number / rate
            await asyncio.sleep(due - time.perf_counter())
            tasks.create_task(one(request, due))
    _hang_up(idle)
    return crowd


async def _at_once(port: int, requests: Sequence[bytes], good: Good) -> Crowd:
    pipes, crowd = [await _open(port) for _ in requests], Crowd()
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for pipe, request in zip(pipes, requests, strict=True):
            tasks.create_task(_ask(pipe, request, begun, good, crowd))
    _hang_up(pipes)
    return crowd


async def _saturated(
    ports: Sequence[int], requests: Sequence[bytes], lines: int, good: Good
) -> Crowd:
    left, crowd = list(requests), Crowd()

    async def one(pipe: Pipe) -> None:
        while left:
            await _ask(pipe, left.pop(), time.perf_counter(), good, crowd)

    pipes = [await _open(ports[nth % len(ports)]) for nth in range(lines)]
    async with asyncio.TaskGroup() as tasks:
        for pipe in pipes:
            tasks.create_task(one(pipe))
    _hang_up(pipes)
    return crowd


async def _open(port: int) -> Pipe:
    return await asyncio.open_connection("127.0.0.1", port)


def _hang_up(pipes: Iterable[Pipe]) -> None:
    for _reader, writer in pipes:
        writer.close()


def _run(work: Coroutine[Any, Any, Crowd]) -> Crowd:
    async def limited() -> Crowd:
        async with asyncio.timeout(_LIMIT):
            return await work

    try:
        with _undisturbed():
            return asyncio.run(limited())
    except ExceptionGroup as group:
        raise NotMeasured(f"The load broke off: {group.exceptions[0]}") from group
    except OSError as broken:
        raise NotMeasured(f"The load broke off: {broken!r}") from broken


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the garbage collector out of what is timed."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
