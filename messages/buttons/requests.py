"""What a button can mean about requests, drafts and messages."""

from dataclasses import dataclass
from typing import Annotated

from messages.buttons.wire import Count, Name, NotOurs, Text, means

SCORES = range(1, 6)
"""What can be said about how a request went, from badly to very well."""


def _score(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in SCORES:
        raise NotOurs
    return value


Score = Annotated[int, _score]
"""One of :data:`SCORES`."""


@means("do:", "action", in_value=False)
@dataclass(frozen=True, slots=True)
class Button:
    """Do the transition ``action`` to ``ref``, as its reader saw it at ``step``.

    ``about`` is the part of it that the message was about: an invoice's number, say.
    """

    action: Name
    ref: Name
    step: Count
    about: Name = ""


@means("details")
@dataclass(frozen=True, slots=True)
class Details:
    """Open the page of the request ``ref``."""

    ref: Name


@means("new:", "workflow", in_value=False)
@dataclass(frozen=True, slots=True)
class New:
    """Open the form of the workflow with this key."""

    workflow: Name


@means("resume")
@dataclass(frozen=True, slots=True)
class Resume:
    """Open the form again with what the draft keeps."""

    draft: Name


@means("show_all")
@dataclass(frozen=True, slots=True)
class ShowAll:
    """List everything that concerns whoever pressed it, as ``/requests`` does."""


@means("find_requests")
@dataclass(frozen=True, slots=True)
class FindRequests:
    """Show which requests fit ``text`` after the one at ``at`` and ``ref``; of a kind, or of all.

    ``workflow`` is a key or "". Where they begin is as :class:`bot.ports.Spot` says.
    """

    text: Text
    workflow: Text
    at: Count
    ref: Name


@means("settings")
@dataclass(frozen=True, slots=True)
class Settings:
    """Choose how one is reached, as ``/requests settings`` does."""


@means("replay")
@dataclass(frozen=True, slots=True)
class Replay:
    """Send again what the parcel with this id could not deliver."""

    parcel: Count


@means("rate:", "score")
@dataclass(frozen=True, slots=True)
class Rate:
    """Say how the closed request ``ref`` went: ``score`` from 1 to 5."""

    ref: Name
    score: Score


@means("word")
@dataclass(frozen=True, slots=True)
class Word:
    """Add a word to the score that was given for the closed request ``ref``."""

    ref: Name


@means("export")
@dataclass(frozen=True, slots=True)
class Export:
    """Get everything that is kept of the request ``ref`` in one file."""

    ref: Name
