"""Both halves of the wire format of buttons: what is posted today is pressed years later.

A button says what it is in its ``action_id`` and about what in its ``value``, compact JSON with a
version. Never rename or renumber anything: old messages keep their buttons. Nothing that arrives is
trusted: who may do what is decided anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, TypeVar, get_type_hints

from workflows.refusals import Refusal

_VERSION = 1
_LONGEST = 255
MOST = 1 << 62
"""The largest number; every database takes it, and the microseconds of any day."""
_Kind = TypeVar("_Kind", bound=type)


class NotOurs(Refusal):
    """This button is from an older version of Frontdesk; please open the request again."""


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise NotOurs
    return value


def _name(value: object) -> str:
    if not (name := _text(value)):
        raise NotOurs
    return name


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise NotOurs
    return value


Name = Annotated[str, _name]
"""A reference, an id or a key: never empty."""
Text = Annotated[str, _text]
"""What somebody typed, "" too."""
Count = Annotated[int, _count]
"""A number from 0 to :data:`MOST`."""


@dataclass(frozen=True, slots=True)
class _Wire:
    """How a kind of gesture is written; ``tail`` stands in the ``action_id`` after its colon."""

    kind: type
    action_id: str
    tail: str
    in_value: bool
    readers: Mapping[str, Callable[[object], object]]
    defaults: Mapping[str, object]

    def encode(self, gesture: object) -> tuple[str, str]:
        said = {name: getattr(gesture, name) for name in self.readers}
        kept = {
            name: value
            for name, value in said.items()
            if (name != self.tail or self.in_value) and value != self.defaults.get(name, MISSING)
        }
        action_id = f"{self.action_id}{said[self.tail]}" if self.tail else self.action_id
        return action_id, json.dumps({"v": _VERSION, **kept}, separators=(",", ":"))

    def decode(self, rest: str, said: Mapping[str, object]) -> object:
        given = dict(said)
        if self.tail and not self.in_value:
            given[self.tail] = rest
        values = {
            name: read(given[name]) if name in given else self._absent(name)
            for name, read in self.readers.items()
        }
        return self.kind(**values)

    def _absent(self, name: str) -> object:
        if name not in self.defaults:
            raise NotOurs
        return self.defaults[name]


_BY_KIND: dict[type, _Wire] = {}
_BY_ACTION: dict[str, _Wire] = {}


def means(action_id: str, tail: str = "", *, in_value: bool = True) -> Callable[[_Kind], _Kind]:
    """Register a kind of gesture, a data class, under the ``action_id`` of its buttons.

    Each of its fields says by its type how it is read: :data:`Name`, :data:`Text`, :data:`Count` or
    another annotation of that shape. Where the ``action_id`` ends with a colon, the field ``tail``
    follows it, so that the buttons of one message differ; without ``in_value`` it stands there
    alone. What has its default is left out.
    """

    def register(kind: _Kind) -> _Kind:
        hints = get_type_hints(kind, include_extras=True)
        known = fields(kind)
        wire = _Wire(
            kind=kind,
            action_id=action_id,
            tail=tail,
            in_value=in_value,
            readers={each.name: hints[each.name].__metadata__[0] for each in known},
            defaults={each.name: each.default for each in known if each.default is not MISSING},
        )
        if action_id in _BY_ACTION or bool(tail) is not action_id.endswith(":"):
            raise ValueError(action_id)
        _BY_KIND[kind] = _BY_ACTION[action_id] = wire
        return kind

    return register


def encode(gesture: object) -> tuple[str, str]:
    """Return the ``action_id`` and the ``value`` of a button that means ``gesture``."""
    return _BY_KIND[type(gesture)].encode(gesture)


def decode(action_id: str, value: str) -> object:
    """Return what a pressed button means. Raises :class:`NotOurs` for anything else."""
    said = _said(value)
    head, colon, rest = action_id.partition(":")
    wire = _BY_ACTION.get(head + colon)
    if wire is None:
        raise NotOurs
    return wire.decode(rest, said)


def _said(value: str) -> dict[str, Any]:
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        raise NotOurs from None
    if not isinstance(said, dict) or said.get("v") != _VERSION:
        raise NotOurs
    return said
