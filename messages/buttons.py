"""Both halves of the wire format of buttons: what is posted today is pressed years later.

A button says what it is in its ``action_id`` and about what in its ``value``, compact JSON with a
version. Never rename or renumber anything here: old messages keep their buttons. Nothing that
arrives is trusted: who may do what is decided anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workflows.refusals import Refusal

DO = "do:"
NEW = "new:"
DETAILS = "details"
RESUME = "resume"
SHOW_ALL = "show_all"
REPLAY = "replay"
RATE = "rate:"
EXPORT = "export"
WORD = "word"
SCORES = range(1, 6)
"""What can be said about how a request went, from badly to very well."""
_VERSION = 1
_LONGEST = 255


class NotOurs(Refusal):
    """This button is from an older version of Frontdesk; please open the request again."""


@dataclass(frozen=True, slots=True)
class Button:
    """Do the transition ``action`` to ``ref``, as its reader saw it at ``step``.

    ``about`` is the part of it that the message was about: an invoice's number, say.
    """

    action: str
    ref: str
    step: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Open the page of the request ``ref``."""

    ref: str


@dataclass(frozen=True, slots=True)
class New:
    """Open the form of the workflow with this key."""

    workflow: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Open the form again with what the draft keeps."""

    draft: str


@dataclass(frozen=True, slots=True)
class ShowAll:
    """List everything that concerns whoever pressed it, as ``/requests`` does."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Send again what the parcel with this id could not deliver."""

    parcel: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how the closed request ``ref`` went: ``score`` from 1 to 5."""

    ref: str
    score: int


@dataclass(frozen=True, slots=True)
class Export:
    """Get everything that is kept of the request ``ref`` in one file."""

    ref: str


@dataclass(frozen=True, slots=True)
class Word:
    """Add a word to the score that was given for the closed request ``ref``."""

    ref: str


Gesture = Button | Details | New | Resume | ShowAll | Replay | Rate | Export | Word
"""Anything that a button of ours can mean."""

_Said = dict[str, Any]


def encode(gesture: Gesture) -> tuple[str, str]:
    """Return the ``action_id`` and the ``value`` of a button that means ``gesture``."""
    said = asdict(gesture)
    match gesture:
        case Button():
            action_id = DO + said.pop("action")
            said = {name: value for name, value in said.items() if value != ""}
        case New():
            action_id = NEW + said.pop("workflow")
        case Rate():
            action_id = f"{RATE}{gesture.score}"
        case _:
            action_id = _ACTION_IDS[type(gesture)]
    return action_id, json.dumps({"v": _VERSION, **said}, separators=(",", ":"))


def decode(action_id: str, value: str) -> Gesture:
    """Return what a pressed button means. Raises :class:`NotOurs` for anything else."""
    said = _said(value)
    head, colon, rest = action_id.partition(":")
    read = _READERS.get(head + colon)
    if read is None:
        raise NotOurs
    return read(rest, said)


_ACTION_IDS: Mapping[type[Gesture], str] = {
    Details: DETAILS,
    Resume: RESUME,
    ShowAll: SHOW_ALL,
    Replay: REPLAY,
    Export: EXPORT,
    Word: WORD,
}

_READERS: Mapping[str, Callable[[str, _Said], Gesture]] = {
    DO: lambda action, said: Button(
        _name(action),
        _name(said.get("ref")),
        _count(said.get("step")),
        _name(said["about"]) if "about" in said else "",
    ),
    NEW: lambda workflow, _said: New(_name(workflow)),
    RATE: lambda _score, said: Rate(_name(said.get("ref")), _score_of(said.get("score"))),
    DETAILS: lambda _rest, said: Details(_name(said.get("ref"))),
    RESUME: lambda _rest, said: Resume(_name(said.get("draft"))),
    SHOW_ALL: lambda _rest, _said: ShowAll(),
    REPLAY: lambda _rest, said: Replay(_count(said.get("parcel"))),
    EXPORT: lambda _rest, said: Export(_name(said.get("ref"))),
    WORD: lambda _rest, said: Word(_name(said.get("ref"))),
}


def _said(value: str) -> _Said:
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        raise NotOurs from None
    if not isinstance(said, dict) or said.get("v") != _VERSION:
        raise NotOurs
    return said


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise NotOurs
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise NotOurs
    return value


def _score_of(value: object) -> int:
    score = _count(value)
    if score not in SCORES:
        raise NotOurs
    return score
