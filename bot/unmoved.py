"""What goes on record though no request moves by it."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk import Gesture
from bot.ports import Ended
from workflows.engine import Entry
from workflows.request import Request


def did(gesture: Gesture, action: str, now: datetime, detail: Mapping[str, str]) -> Entry:
    """Return the audit's entry of something that somebody did, and that is about no request."""
    return beside(None, action, gesture.user, gesture.surface, now, detail)


def beside(
    request: Request | Ended | None,
    action: str,
    actor: str,
    surface: str,
    now: datetime,
    detail: Mapping[str, str],
) -> Entry:
    """Return the audit's entry of something that left ``request`` as it is, or concerns none."""
    stage = "" if request is None else request.stage
    return Entry(
        at=now,
        actor=actor,
        action=action,
        ref="" if request is None else request.ref,
        before=stage,
        after=stage,
        version=0 if request is None else request.version,
        surface=surface,
        detail=detail,
    )
