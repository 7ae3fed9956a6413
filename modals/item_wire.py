"""How the editor of a list is spelled in Slack's JSON: callback ids, buttons, private metadata.

Nothing here is renamed: it stands in open modals. Nothing that arrives is trusted: whose draft it
is, and whether the list is still as it was shown, is asked anew.
"""

import json
import re
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from modals.metadata import Metadata, NotOurs

LIST = "items_list"
ENTRY = "items_entry"
"""The callback ids of a list, and of the form for one entry of it."""
ACTIONS = re.compile(r"^items:")
"""Matches the action id of every button and menu of the editor."""
MENU = "items:entry"
"""The action id of an entry's menu; its options carry :func:`value_of` a press."""
_SHAPE = 1


class Verb(StrEnum):
    """What a button or a menu's option does."""

    OPEN = "open"
    ADD = "add"
    EDIT = "edit"
    UP = "up"
    DOWN = "down"
    REMOVE = "remove"
    TURN = "turn"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Press:
    """One press: ``OPEN`` the list of a ``field``, do something to the entry ``number``.

    Entries and pages are counted from 0; ``TURN`` goes to the page ``number``. ``BACK`` returns to
    what the view took the place of.
    """

    verb: Verb
    number: int = 0
    field: str = ""


def button_id(press: Press) -> str:
    """Return the action id of a button; its value is :func:`value_of` the press."""
    return f"items:{press.verb.value}{_direction(press)}"


def value_of(press: Press) -> str:
    """Return the value of a button or of a menu's option."""
    return f"{press.verb.value}:{press.field or press.number}"


def press_of(value: str) -> Press:
    """Return what was pressed. Raises :class:`NotOurs` for a value that is not ours."""
    word, _, rest = value.partition(":")
    try:
        verb = Verb(word)
    except ValueError:
        raise NotOurs from None
    if verb is Verb.OPEN:
        if not rest:
            raise NotOurs
        return Press(verb, field=rest)
    if not re.fullmatch(r"\d{1,6}", rest, re.ASCII):
        raise NotOurs
    return Press(verb, int(rest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an open list, or an open entry of it, remembers: its ``private_metadata``.

    ``entry`` is the entry that is open; one that is not there yet is being added; None: the list.
    ``seen`` says what was shown: the fingerprint of the list, or of the entry. Slack stacks three
    views, so what has no room on top takes the place of what it was opened from: ``on_form`` and
    ``on_list`` say whether it had room.
    """

    form: Metadata
    field: str
    page: int = 0
    entry: int | None = None
    seen: str = ""
    on_form: bool = True
    on_list: bool = True
    list_view: str = ""
    """The view of the list below an entry."""
    token: str = ""
    """Names one drawing of an entry, so that a second submission of it is recognised."""

    def encode(self) -> str:
        """Return the ``private_metadata``."""
        said = asdict(self) | {"form": self.form.encode(), "items": _SHAPE}
        return json.dumps(said, separators=(",", ":"))

    @classmethod
    def decode(cls, text: str) -> "Place":
        """Return what :meth:`encode` wrote. Raises :class:`NotOurs` for anything else."""
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            raise NotOurs from None
        names = {each.name for each in fields(cls)}
        if not isinstance(found, dict) or found.keys() != names | {"items"}:
            raise NotOurs
        if found.pop("items") != _SHAPE or not _is_sound(found):
            raise NotOurs
        return cls(**(found | {"form": Metadata.decode(found["form"])}))


def _direction(press: Press) -> str:
    """Two buttons of one row that turn the page need two action ids."""
    return f":{press.number}" if press.verb is Verb.TURN else ""


def _is_sound(found: dict[str, object]) -> bool:
    words = (found[name] for name in ("form", "field", "seen", "list_view", "token"))
    counts = [found["page"]] + ([] if found["entry"] is None else [found["entry"]])
    return (
        all(isinstance(word, str) for word in words)
        and all(type(count) is int and count >= 0 for count in counts)
        and all(type(found[name]) is bool for name in ("on_form", "on_list"))
    )
