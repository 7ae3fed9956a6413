"""Forms handed in at a steady pace while the bot sends thousands of messages that wait."""

import time
from datetime import timedelta
from itertools import cycle

from bench.desk import AUDIT_KEY
from bench.errors import Broken, NotMeasured
from bench.figures import Aim, Row, p99
from bench.gestures import is_silence, is_taken
from bench.house import House
from bench.kept import ask_database
from bench.load import Crowd, at_rate, one_by_one
from bench.size import Size
from bot import parcels
from integrations.clock import SystemClock
from storage.database import Database

RATE = 20
"""Forms a second."""
WITHIN, NEVER_OVER = Aim(500.0), Aim(2500.0)

_WARM = RATE // 2
_SLICE = 2
"""Seconds of forms between two looks at what is left."""
_LIMIT = 900
"""Seconds in which everything has to be sent."""
_AT_ONCE = 1_000
_OCCASION = "crowd"
_THEIRS = f"key LIKE 'not_opened:%{_OCCASION}-%'"
_LEFT = f"SELECT count(*) FROM outbox WHERE {_THEIRS} AND state = 'due'"  # noqa: S608 - a constant
_SENT = f"SELECT count(*) FROM outbox WHERE {_THEIRS} AND state = 'sent'"  # noqa: S608 - likewise


def draining(house: House, size: Size) -> list[Row]:
    """Return what acknowledgements take meanwhile, and how fast it goes. Raises Broken."""
    floor = _floor(house, size)
    house.product.stop()
    people = house.workspace.get(f"/bench/crowd?count={size.readers}", "POST")
    _promise(house.url, people, size.mail)
    house.product.start()
    product, seconds = _while_draining(house)
    house.taken += len(product.took) - product.refused
    house.product.pause()
    _check(house, size)
    name = f"{RATE} submissions/s while {size.mail} messages leave, {house.database}"
    said = {"refused": product.refused}
    sent = f"messages sent meanwhile, {house.database}"
    return [
        Row(f"{name}: p99", "ms", p99(floor.took), p99(product.took), WITHIN, **said),
        Row(f"{name}: worst", "ms", max(floor.took), max(product.took), NEVER_OVER, **said),
        Row(sent, "messages/s", None, size.mail / seconds),
    ]


def _floor(house: House, size: Size) -> Crowd:
    """The bare unit of work at the same pace; nothing waits to be sent."""
    port, make = house.storing.port, house.gestures.submissions
    with house.storing.awake():
        one_by_one(port, make, _WARM, is_silence)
        return at_rate(port, make(RATE * size.steady_seconds), RATE, is_silence)


def _promise(url: str, people: list[str], count: int) -> None:
    """Have so many short messages due, to all of these people in turn."""
    now, users = SystemClock().now(), cycle(people)
    apart = timedelta(milliseconds=1)
    promised = [
        parcels.not_opened(
            f"{_OCCASION}-{nth}", user, f"Message {nth}.", {}, now - (count - nth) * apart
        )
        for nth, user in zip(range(count), users, strict=False)
    ]
    database = Database(url, audit_key=AUDIT_KEY)
    for first in range(0, count, _AT_ONCE):
        with database.unit() as unit:
            for each in promised[first : first + _AT_ONCE]:
                unit.outbox.add(each)
            unit.commit()
    database.close()


def _while_draining(house: House) -> tuple[Crowd, float]:
    """Hand in forms until everything is sent; return what they took, and the seconds it lasted."""
    whole, begun = Crowd(), time.perf_counter()
    while _count(house, _LEFT):
        if time.perf_counter() - begun > _LIMIT:
            raise NotMeasured(f"Not everything was sent within {_LIMIT} s.")
        requests = house.gestures.submissions(RATE * _SLICE)
        some = at_rate(house.product.port, requests, RATE, is_taken)
        whole.took += some.took
        whole.refused += some.refused
    return whole, time.perf_counter() - begun


def _check(house: House, size: Size) -> None:
    """Raise Broken unless each message was sent, and is in the workspace once."""
    sent, posted = _count(house, _SENT), house.workspace.get("/bench/messages")
    if (sent, posted) != (size.mail, {"messages": size.mail, "keys": size.mail}):
        raise Broken(
            f"{house.database}: of {size.mail} messages {sent} are sent, posted: {posted}."
        )


def _count(house: House, statement: str) -> int:
    [found] = ask_database(house.url, statement)
    return int(found)
