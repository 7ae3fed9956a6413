"""Who is waited for: what a person asked for goes before what nobody waits for, and has an end."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

_LEAST = 0.05
"""Seconds for which something is waited for even when there is no time left."""

_IS_PATIENT = ContextVar("is_patient", default=False)
_DUE = ContextVar[float | None]("due", default=None)


@contextmanager
def patiently() -> Iterator[None]:
    """Within it nobody waits for this thread.

    The database serves whoever is waited for before it, and it does not give up as soon.
    """
    before = _IS_PATIENT.set(True)
    try:
        yield
    finally:
        _IS_PATIENT.reset(before)


def is_patient() -> bool:
    """Whether nobody waits for this thread."""
    return _IS_PATIENT.get()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Within it this thread waits so many seconds at most, for all that it waits for together.

    Inside of another one the earlier end of the two holds.
    """
    due, outer = monotonic() + seconds, _DUE.get()
    before = _DUE.set(due if outer is None else min(due, outer))
    try:
        yield
    finally:
        _DUE.reset(before)


def patience(most: float) -> float:
    """Return for how many seconds something is waited for now: ``most``, or what is left of all.

    It is never quite nothing: what is free at once is still had.
    """
    due = _DUE.get()
    return most if due is None else min(most, max(_LEAST, due - monotonic()))
