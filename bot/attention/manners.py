"""How somebody wants to be reached: what they chose, else what the company says."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import TypeVar

from bot.desk import Desk
from bot.ports import Unit
from workflows.attention import Manner, Quiet, Topic, Wish

T = TypeVar("T")

TOPIC = "topic."
"""What the preference of a topic begins with; its name follows."""
QUIET_FROM = "quiet_from"
QUIET_UNTIL = "quiet_until"
QUIET_DAYS_OFF = "quiet_days_off"
DIGEST_AT = "digest_at"
MOST_PINGS = "most_pings"
URGENT_PASSES = "urgent_passes"

YES, NO = "yes", "no"


def manner_of(desk: Desk, unit: Unit, user: str) -> Manner:
    """Return how the person wants to be reached now."""
    return chosen(unit.preferences.of(user), desk.company.manner)


def chosen(said: Mapping[str, str], usual: Manner) -> Manner:
    """Return what ``said`` chooses; what it does not name, or cannot mean, is as ``usual``."""
    quiet = usual.quiet
    return Manner(
        wishes={topic: _read(said, TOPIC + topic, Wish, usual.wish(topic)) for topic in Topic},
        quiet=Quiet(
            _read(said, QUIET_FROM, time.fromisoformat, quiet.begins),
            _read(said, QUIET_UNTIL, time.fromisoformat, quiet.ends),
            days_off=_read(said, QUIET_DAYS_OFF, _flag, quiet.days_off),
        ),
        digest_at=_read(said, DIGEST_AT, time.fromisoformat, usual.digest_at),
        most_pings=_read(said, MOST_PINGS, int, usual.most_pings),
        urgent_passes=_read(said, URGENT_PASSES, _flag, usual.urgent_passes),
    )


def written(manner: Manner, usual: Manner) -> dict[str, str]:
    """Return the preferences that say ``manner``: "" where it is as ``usual``, so that it follows.

    They are read back by :func:`chosen` as the same.
    """
    values = {TOPIC + topic: (manner.wish(topic), usual.wish(topic)) for topic in Topic}
    pairs: dict[str, tuple[object, object]] = {
        **values,
        QUIET_FROM: (manner.quiet.begins, usual.quiet.begins),
        QUIET_UNTIL: (manner.quiet.ends, usual.quiet.ends),
        QUIET_DAYS_OFF: (manner.quiet.days_off, usual.quiet.days_off),
        DIGEST_AT: (manner.digest_at, usual.digest_at),
        MOST_PINGS: (manner.most_pings, usual.most_pings),
        URGENT_PASSES: (manner.urgent_passes, usual.urgent_passes),
    }
    return {name: "" if mine == own else _word(mine) for name, (mine, own) in pairs.items()}


def _word(value: object) -> str:
    match value:
        case bool():
            return YES if value else NO
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def _flag(word: str) -> bool:
    if word not in {YES, NO}:
        raise ValueError(word)
    return word == YES


def _read(said: Mapping[str, str], name: str, read: Callable[[str], T], usual: T) -> T:
    try:
        return read(said[name])
    except (KeyError, ValueError):
        return usual
