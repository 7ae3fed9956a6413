"""The minutes of a triage meeting, for the thread of its list."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import rows
from messages.markup import Marked
from messages.message import Message
from messages.templates import render

_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Minute:
    """One decision: what was ``done`` ("accepted") to which request, by which user id, and why.

    ``owner`` is the user id of whoever was given the request, where somebody was.

    ``headline`` is the request's as :func:`messages.templates.about` words it: in our markup.
    """

    ref: str
    headline: str
    done: str
    actor: str
    reason: str
    owner: str = ""
    behalf: tuple[str, ...] = ()
    """In whose place it was decided (user ids)."""


def minutes(lines: Sequence[Minute]) -> Message:
    """Return what triage decided, in the order of ``lines``."""
    shown = [(each, Marked(each.headline)) for each in lines[:_SHOWN]]
    return rows.message(render("desk/minutes", shown=shown, more=len(lines[_SHOWN:])))
