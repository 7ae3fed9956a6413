"""What a test of an outage says: it is unavailable in time, and then it works again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.errors import Unavailable
from storage.database import Database
from tests.storage.examples import NOW, sow

LIMIT = 4.0
"""Seconds: about 2 s are promised, and this machine may be busy."""


@contextmanager
def unavailable(limit: float = LIMIT) -> Iterator[None]:
    start = time.monotonic()
    with pytest.raises(Unavailable):
        yield
    assert time.monotonic() - start < limit


def works(database: Database) -> None:
    with database.unit() as unit:
        number = unit.requests.next_ref("sow", "SOW")
        unit.requests.add(sow(number), number)
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.get(number) is not None
    assert database.alive()


def use(database: Database) -> None:
    with database.unit() as unit:
        unit.deliveries.first("ev:T1:Ev1", NOW)
        unit.commit()
