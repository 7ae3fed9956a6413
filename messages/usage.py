"""Who took an asset from the shelf, and for which deal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from messages import rows
from messages.message import Message
from messages.templates import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Somebody (a user id) opened, used or reused an asset at an instant (UTC).

    ``deal`` and its ``stage`` where it was used in one that is known; "" otherwise.
    """

    user: str
    what: str
    deal: str
    stage: str
    at: datetime


def usage(ref: str, title: str, taken: Sequence[Taken], count: int) -> Message:
    """Return who took the asset, newest first; ``count`` is how often it was taken in all."""
    more = count - len(taken)
    return rows.message(
        render("desk/usage", ref=ref, title=title, taken=tuple(taken), count=count, more=more)
    )
