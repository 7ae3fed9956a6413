"""Both halves of the wire format of buttons: what is posted today is pressed years later.

A button says what it is in its ``action_id`` and about what in its ``value``, compact JSON with a
version. Never rename or renumber anything here: old messages keep their buttons. Nothing that
arrives is trusted: who may do what is decided anew.
"""

import json
from dataclasses import dataclass
from typing import Any

from workflows.refusals import Refusal

DO = "do:"
NEW = "new:"
DETAILS = "details"
RESUME = "resume"
SHOW_ALL = "show_all"
REPLAY = "replay"
_VERSION = 1
_LONGEST = 255


class NotOurs(Refusal):
    """This button is from an older version of Frontdesk; please open the request again."""


@dataclass(frozen=True, slots=True)
class Button:
    """Do the transition ``action`` to ``ref``, as its reader saw it at ``step``."""

    action: str
    ref: str
    step: int


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


Gesture = Button | Details | New | Resume | ShowAll | Replay
"""Anything that a button of ours can mean."""


def encode(gesture: Gesture) -> tuple[str, str]:
    """Return the ``action_id`` and the ``value`` of a button that means ``gesture``."""
    match gesture:
        case Button(action, ref, step):
            return DO + action, _value(ref=ref, step=step)
        case Details(ref):
            return DETAILS, _value(ref=ref)
        case New(workflow):
            return NEW + workflow, _value()
        case Resume(draft):
            return RESUME, _value(draft=draft)
        case ShowAll():
            return SHOW_ALL, _value()
        case Replay(parcel):
            return REPLAY, _value(parcel=parcel)


def decode(action_id: str, value: str) -> Gesture:
    """Return what a pressed button means. Raises :class:`NotOurs` for anything else."""
    said = _said(value)
    if (action := action_id.removeprefix(DO)) != action_id:
        return Button(_name(action), _name(said.get("ref")), _count(said.get("step")))
    if (workflow := action_id.removeprefix(NEW)) != action_id:
        return New(_name(workflow))
    match action_id:
        case "details":
            return Details(_name(said.get("ref")))
        case "resume":
            return Resume(_name(said.get("draft")))
        case "show_all":
            return ShowAll()
        case "replay":
            return Replay(_count(said.get("parcel")))
        case _:
            raise NotOurs


def _value(**said: str | int) -> str:
    return json.dumps({"v": _VERSION, **said}, separators=(",", ":"))


def _said(value: str) -> dict[str, Any]:
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
