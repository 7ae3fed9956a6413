"""One request after the other, and 100 a second: floor and product in turn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.figures import Aim, Row, p50, p99, typical
from bench.gestures import is_list, is_silence, is_taken
from bench.house import House
from bench.load import Make, at_rate, one_by_one
from bench.processes import Served
from bench.size import Size
from bench.wire import Good

RATE = 100
"""Requests a second."""
SUBMISSION, STEADY = Aim(2.5, times=True), Aim(20.0)


@dataclass(frozen=True, slots=True)
class Side:
    """A server, what it is asked, and what it has to say."""

    server: Served
    make: Make
    good: Good


@dataclass(slots=True)
class Rounds:
    """What one side took, round by round."""

    took: list[list[float]] = field(default_factory=list)
    """Latencies, in ms."""
    processor: list[float] = field(default_factory=list)
    """Processor time of the whole server for each request, in ms; hardly disturbed by others."""


def commands(house: House, size: Size) -> list[Row]:
    """`/sow`, which opens the form, and `/sow list`, next to a bare ack and a bare `views.open`."""
    forms, lists = house.gestures.forms_opened, house.gestures.lists
    product = Side(house.product, forms, is_silence)
    acking, opening = (Side(each, forms, is_silence) for each in (house.acking, house.opening))
    bare, one_call, opened = _in_turn((acking, opening, product), size)
    listing = (Side(house.acking, lists, is_silence), Side(house.product, lists, is_list))
    bare_list, listed = _in_turn(listing, size)
    return [
        *_rows(f"/sow, form opened, {house.database}; floor: bare ack", bare, opened),
        *_rows(f"/sow, form opened, {house.database}; floor: bare views.open", one_call, opened),
        *_rows(f"/sow list, 5 requests, {house.database}; floor: bare ack", bare_list, listed),
    ]


def submissions(house: House, size: Size) -> list[Row]:
    """A form handed in, next to the bare unit of work: one by one."""
    stored, taken = _in_turn(_submitting(house), size)
    house.taken += size.rounds * (size.requests + _warm(size))
    return _rows(f"submission, {house.database}; floor: bare unit", stored, taken, SUBMISSION)


def steady(house: House, size: Size) -> list[Row]:
    """Submissions at 100 a second, whatever has been answered."""
    crowds = []
    for side in _submitting(house):
        with side.server.awake():
            one_by_one(side.server.port, side.make, RATE // 2, side.good)
            requests = side.make(RATE * size.steady_seconds)
            crowds.append(at_rate(side.server.port, requests, RATE, side.good))
    floor, product = crowds
    house.taken += RATE // 2 + len(product.took) - product.refused
    name = f"{RATE} submissions/s for {size.steady_seconds} s, {house.database}"
    return [
        Row(f"{name}: p50", "ms", p50(floor.took), p50(product.took)),
        Row(f"{name}: p99", "ms", p99(floor.took), p99(product.took), STEADY, product.refused),
        Row(f"{name}: worst", "ms", max(floor.took), max(product.took)),
    ]


def _submitting(house: House) -> tuple[Side, Side]:
    make = house.gestures.submissions
    return Side(house.storing, make, is_silence), Side(house.product, make, is_taken)


def _in_turn(sides: Sequence[Side], size: Size) -> list[Rounds]:
    """Return what each side took, the sides taking turns in every round."""
    found = [Rounds() for _ in sides]
    for _ in range(size.rounds):
        for side, rounds in zip(sides, found, strict=True):
            with side.server.awake():
                one_by_one(side.server.port, side.make, _warm(size), side.good)
                before = side.server.processor_ms()
                took = one_by_one(side.server.port, side.make, size.requests, side.good)
                rounds.processor.append((side.server.processor_ms() - before) / size.requests)
                rounds.took.append(took)
    return found


def _warm(size: Size) -> int:
    return size.requests // 10


def _rows(name: str, floor: Rounds, product: Rounds, aim: Aim | None = None) -> list[Row]:
    return [
        Row(f"{name}: p50", "ms", typical(floor.took, p50), typical(product.took, p50), aim),
        Row(f"{name}: p99", "ms", typical(floor.took, p99), typical(product.took, p99)),
        Row(f"{name}: processor", "ms", median(floor.processor), median(product.processor)),
    ]
