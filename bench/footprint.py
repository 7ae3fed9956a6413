"""Start-up time and resident memory, next to the bare Bolt app."""

import statistics

from bench.figures import Aim, Row
from bench.gestures import is_silence, is_taken
from bench.house import House
from bench.load import one_by_one
from bench.processes import Served
from bench.size import Size

MEMORY = Aim(2.0, times=True)


def footprint(house: House, size: Size) -> list[Row]:
    """Return the time from the start of a process to its readiness, and its memory afterwards."""
    starts: dict[str, list[float]] = {}
    for _ in range(size.starts):
        for server in (house.acking, house.product):
            starts.setdefault(server.name, []).append(_restarted(server))
    floor, product = (statistics.median(each) for each in starts.values())
    make = house.gestures.submissions
    with house.acking.awake():
        one_by_one(house.acking.port, make, size.served, is_silence)
        bare = house.acking.resident()
    with house.product.awake():
        one_by_one(house.product.port, make, size.served, is_taken)
        resident = house.product.resident()
    house.taken += size.served
    memory = f"resident memory after {size.served} submissions, {house.database}"
    return [
        Row(f"start to ready, {house.database}; floor: bare Bolt", "s", floor, product),
        Row(f"{memory}; floor: bare Bolt", "MiB", bare, resident, MEMORY),
    ]


def _restarted(server: Served) -> float:
    server.stop()
    took = server.start()
    server.pause()
    return took
