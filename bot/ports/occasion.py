"""What a thread is at: told once by each entrance, known to whatever is called from there.

An entrance is a gesture of Slack's, a parcel of the outbox, or a job.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """``said``: what the log says of it, by name; no secrets and nothing personal.

    ``in_doubt``: since when (real time) the parcel that is being delivered, and with it whatever
    it promises, may have been sent already; None: it is certainly the first time.
    """

    said: dict[str, str] = field(default_factory=dict)
    in_doubt: datetime | None = None


_NONE = Occasion()
_current: ContextVar[Occasion] = ContextVar("occasion", default=_NONE)


@contextmanager
def occasion(in_doubt: datetime | None = None, **said: str) -> Iterator[Mapping[str, str]]:
    """Begin an occasion, over at the end of the block; yield what is said of it, as it grows."""
    begun = Occasion({name: text for name, text in said.items() if text}, in_doubt)
    token = _current.set(begun)
    try:
        yield begun.said
    finally:
        _current.reset(token)


def note(**said: str) -> None:
    """Say more of the occasion that this thread is at, if it is at one."""
    current = _current.get()
    if current is not _NONE:
        current.said.update(said)


def said() -> Mapping[str, str]:
    """Return what is said of the occasion that this thread is at; nothing where it is at none."""
    return _current.get().said


def in_doubt() -> datetime | None:
    """Return since when what is promised now may have been sent already, or None."""
    return _current.get().in_doubt
