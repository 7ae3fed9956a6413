"""The triage list of many open requests: what it reads next to the raw SQL that gives as much."""

from functools import partial

from sqlalchemy import Connection, text

from bench.trials import Trial
from bot.desk import Desk, Gesture
from bot.ports import Unit
from bot.triage import agenda
from messages.triage import MANY, ORDER

_FIRST = text("""
    SELECT * FROM ranks JOIN requests ON requests.ref = ranks.ref WHERE ranks.standing = :standing
    ORDER BY ranks.score DESC, ranks.number, ranks.ref LIMIT :shown
""")
_COUNT = text(
    "SELECT count(*) FROM (SELECT 1 FROM ranks WHERE standing = :standing LIMIT :most) AS found"
)


def trials(desk: Desk, gesture: Gesture, count: int) -> list[Trial]:
    """Return so many trials: each reads the same list."""
    whole = partial(agenda.answer, desk, gesture)
    return [Trial(whole, read, read_raw, is_exact=True)] * count


def read(unit: Unit) -> list[str]:
    """Read the list as the bot does, and return its references."""
    found: list[str] = []
    for standing in ORDER:
        ranks = unit.ranks.first(standing, agenda.SHOWN)
        refs = [each.ref for each in ranks]
        requests = unit.requests.several(refs)
        unit.ranks.count(standing)
        found += [ref for ref in refs if ref in requests]
    return found


def read_raw(connection: Connection) -> list[str]:
    """Read the same rows by two statements for each standing, and return their references."""
    found: list[str] = []
    for standing in ORDER:
        wanted = {"standing": standing.value}
        rows = connection.execute(_FIRST, wanted | {"shown": agenda.SHOWN}).all()
        connection.execute(_COUNT, wanted | {"most": MANY}).scalar_one()
        found += [row.ref for row in rows]
    return found
