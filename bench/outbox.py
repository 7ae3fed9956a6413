"""Promises claimed a hundred at a time and kept one by one: the bot next to raw SQL.

Three ways take turns over as many due rows each: raw SQL on the least table that could do (a unique
key, a state, a lease), the bot's own claim without its gates, and the bot's post office.
"""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from bench.due import BATCH, Way, post_office, raw_rows, without_gates
from bench.errors import Broken
from bench.figures import Aim, Row
from bench.kept import ask_database
from bench.machine import cores, kept_on
from bench.size import Size
from storage.migrate import migrate

CLAIMED = Aim(0.6, times=True, least=True)
GATED = Aim(0.8, times=True, least=True)
COMPLETED = Aim(0.4, times=True, least=True)

_KEPT = "SELECT count(*), max(attempts) FROM outbox WHERE state = 'sent'"


@dataclass(slots=True)
class Took:
    """Seconds, of each batch."""

    claiming: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    """Claimed and completed, with a commit for each completed row."""


def claims(database: str, url: str, floors_url: str, size: Size) -> list[Row]:
    """Return rows claimed, and claimed and completed, a second. Raises NotMeasured and Broken."""
    for each in (url, floors_url):
        migrate(each)
    with kept_on(cores()[0]), ExitStack() as leaving:
        ways = [
            leaving.enter_context(raw_rows(floors_url, size.due)),
            leaving.enter_context(without_gates(floors_url, size.due)),
            leaving.enter_context(post_office(url, size.due)),
        ]
        found = [Took() for _ in ways]
        for _ in range(size.batches):
            for way, took in zip(ways, found, strict=True):
                _one_batch(way, took)
    _check(database, url, size.batches * BATCH)
    bare, open_, gated = (
        [BATCH / median(each.claiming), BATCH / median(each.whole)] for each in found
    )
    what = f"{BATCH} of {size.due} due rows claimed, {database}"
    done = f"claimed and completed row by row, {database}; floor: raw SQL"
    return [
        Row(f"{what}; floor: raw SQL", "rows/s", bare[0], gated[0], CLAIMED),
        Row(f"{what}, no gates; floor: raw SQL", "rows/s", bare[0], open_[0], CLAIMED),
        Row(f"{what}; floor: the same, no gates", "rows/s", open_[0], gated[0], GATED),
        Row(done, "rows/s", bare[1], gated[1], COMPLETED),
    ]


def _one_batch(way: Way, took: Took) -> None:
    begun = time.perf_counter()
    claimed = way.claim()
    took.claiming.append(time.perf_counter() - begun)
    if len(claimed) != BATCH:
        raise Broken(f"A claim of {BATCH} rows gave {len(claimed)}.")
    for each in claimed:
        way.complete(each)
    took.whole.append(time.perf_counter() - begun)


def _check(database: str, url: str, count: int) -> None:
    """Raise Broken unless so many parcels are sent, each at its first attempt."""
    sent, attempts = ask_database(url, _KEPT)
    if (sent, attempts) != (count, 1):
        raise Broken(
            f"{database}: {count} parcels were claimed and completed; {sent} are sent, "
            f"at most at attempt {attempts}."
        )
