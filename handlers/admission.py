"""Who may use a listener. Each declares it; what of it somebody may do is decided in the use case.

A listener that declares nothing fails a test, and what it declares is tried with strangers.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

Listener = TypeVar("Listener", bound=Callable[..., None])

_DECLARED = "admits"


class Who(StrEnum):
    """Whom a listener is for."""

    MEMBERS = "members"
    """Active members of this workspace: no guests, nobody who left, nobody of another company."""
    WRITER = "writer"
    """Whoever wrote the draft of the form; for everybody else it does nothing."""
    SLACK = "slack"
    """Slack tells of something; whom it concerns is looked up in Slack before anything follows."""


def admits(who: Who) -> Callable[[Listener], Listener]:
    """Declare whom a listener is for."""

    def declared(listener: Listener) -> Listener:
        setattr(listener, _DECLARED, who)
        return listener

    return declared


def admitted_by(listener: Callable[..., object]) -> Who | None:
    """Return whom a listener is for; None when it declares nobody."""
    return getattr(listener, _DECLARED, None)
