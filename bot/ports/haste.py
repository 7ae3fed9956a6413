"""Who is waited for: what a person asked for goes before what nobody waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IS_PATIENT = ContextVar("is_patient", default=False)


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
