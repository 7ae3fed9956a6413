"""A field for a list of things, each with a few questions of its own, edited one at a time."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from modals.fields.field import Field, Invalid, State
from modals.fields.texts import Text
from modals.fitting import cut
from modals.item_wire import Press, Verb, button_id, value_of
from modals.wire import Answer, Json, plain

MOST_ENTRIES = 200
_SUMMARY = 5
_LONGEST_LINE = 200
_LONGEST_NAME = 60
_ANY_DAY = date.min

Entry = dict[str, Answer]
"""What was typed of one entry, by the names of its questions."""


@dataclass(frozen=True, kw_only=True)
class Items(Field):
    """Up to 200 things, each described by the questions ``fields``, of which the first is a text.

    In the state every entry is the JSON text of what was typed. The value is a tuple of what
    ``make`` makes of each entry's values; it may raise :class:`Invalid`. ``line`` says such a
    thing in one line, ``noun`` what one is called.
    """

    fields: tuple[Field, ...]
    noun: str
    make: Callable[..., object]
    line: Callable[[Any], str]

    missing: ClassVar[str] = "Please add at least one."

    @property
    def is_input(self) -> bool:
        """No: it shows a summary, and a button opens the list."""
        return False

    @property
    def blank(self) -> object:
        """Nothing in it."""
        return ()

    def entries(self, state: State) -> list[Entry]:
        """Return what was typed of every entry; of one that cannot be read, nothing."""
        answer = self.given(state)
        return [self._entry(text) for text in answer] if isinstance(answer, list) else []

    def with_entries(self, entries: Sequence[Entry]) -> dict[str, Answer]:
        """Return the answer whose :meth:`entries` are these."""
        return {self.name: [_text(each) for each in entries]}

    def made(self, entry: State, today: date) -> object:
        """Return the thing that an entry describes. Raises Invalid, naming the question."""
        values = {}
        for field in self.fields:
            try:
                values[field.name] = field.check(entry, today)
            except Invalid as problem:
                raise Invalid(f"{field.label}: {problem}") from None
        return self.make(**values)

    def said(self, entry: State) -> str:
        """Return an entry in one line, or what is wrong with it."""
        try:
            said = self.line(self.made(entry, _ANY_DAY))
        except Invalid as problem:
            said = f"{self._called(entry) or f'(a {self.noun})'} – {problem}"
        return cut(said, _LONGEST_LINE)

    def check(self, state: State, today: date) -> object:
        """Return the things. Raises Invalid, naming the first entry that is wrong."""
        entries = self.entries(state)
        if len(entries) > MOST_ENTRIES:
            raise Invalid(f"These are too many: {MOST_ENTRIES} at most, please.")
        made = []
        for number, entry in enumerate(entries, start=1):
            try:
                made.append(self.made(entry, today))
            except Invalid as problem:
                name = self._called(entry)
                called = f"“{name}”" if name else f"Number {number}"
                raise Invalid(f"{called}, {problem}") from None
        return tuple(made) or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the things, given as they are or as ``dataclasses.asdict`` takes them apart."""
        things = value if isinstance(value, list | tuple) else ()
        return self.with_entries([self._filled(each) for each in things])

    def element(self, _state: State) -> Json:
        """Return the button that opens the list."""
        press = Press(Verb.OPEN, field=self.name)
        return {
            "type": "button",
            "action_id": button_id(press),
            "value": value_of(press),
            "text": plain("Edit"),
            "accessibility_label": cut(f"Edit: {self.label}", 75),
        }

    def blocks(self, state: State, draft: str) -> list[Json]:  # noqa: ARG002 - knows its own draft
        """Return a section with the first entries and the button."""
        text = plain("\n".join(self._summary(state)))
        return [
            {
                "type": "section",
                "block_id": self.name,
                "text": text,
                "accessory": self.element(state),
            }
        ]

    def _summary(self, state: State) -> list[str]:
        entries = self.entries(state)
        if not entries:
            return [f"{self.label}: none yet"] + ([self.hint] if self.hint else [])
        shown = [self.said(each) for each in entries[:_SUMMARY]]
        lines = [f"{number}. {said}" for number, said in enumerate(shown, start=1)]
        more = len(entries) - len(shown)
        return [f"{self.label} ({len(entries)})", *lines] + ([f"and {more} more"] if more else [])

    def _called(self, entry: State) -> str:
        texts = (field for field in self.fields if isinstance(field, Text))
        return next((cut(each.text(entry.get(each.name)), _LONGEST_NAME) for each in texts), "")

    def _filled(self, thing: object) -> Entry:
        entry: Entry = {}
        for field in self.fields:
            entry |= field.fill(_part(thing, field.name))
        return entry

    def _entry(self, text: str) -> Entry:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        names = {name for field in self.fields for name in field.names}
        known = found.items() if isinstance(found, dict) else ()
        return {name: answer for name, answer in known if name in names and _is_answer(answer)}


def fingerprint(entries: Sequence[Entry]) -> str:
    """Return what tells these entries from others: a few characters for an open view."""
    return hashlib.sha256("\n".join(map(_text, entries)).encode()).hexdigest()[:16]


def _part(thing: object, name: str) -> object:
    return thing[name] if isinstance(thing, Mapping) else getattr(thing, name)


def _text(entry: Entry) -> str:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"))


def _is_answer(answer: object) -> bool:
    if isinstance(answer, list):
        return all(isinstance(each, str) for each in answer)
    return answer is None or isinstance(answer, str)
