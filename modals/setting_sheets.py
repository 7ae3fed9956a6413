"""Settings with several values in one form: each a part with its question, or a row of a table."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from modals.fields import Checks, Choice, Field, Lines, Option, Text, Tick
from modals.settings import Asked, Setting, Values

NONE = "none"
"""What stands for no value among options."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Part(ABC):
    """One value of a sheet: what its form asks, and what ``frontdesk.toml`` has for it."""

    key: str
    label: str
    hint: str = ""
    words: str = ""
    """How the overview calls it; the label where there is nothing."""

    @property
    def name(self) -> str:
        """The name of its field."""
        return self.key.rpartition(".")[2]

    @property
    @abstractmethod
    def field(self) -> Field:
        """Its question."""

    def shown(self, value: Any) -> object:  # noqa: ANN401 - TOML has values of any kind
        """Return what the field shows of the value."""
        return self.said(value)

    @abstractmethod
    def said(self, value: Any) -> str:  # noqa: ANN401 - likewise
        """Return the value in words, "" where it says nothing."""

    @abstractmethod
    def meant(self, given: Any) -> object:  # noqa: ANN401 - and so have fields
        """Return the value that a checked answer means; None: no value."""


@dataclass(frozen=True, kw_only=True)
class Written(Part):
    """A text, an hour (``09:00``) or a whole number; what it may be is said by the file."""

    @property
    def field(self) -> Field:
        """One line."""
        hint = self.hint
        return Text(name=self.name, label=self.label, hint=hint, required=True, max_length=80)

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return it as it stands in the file."""
        return f"{value:%H:%M}" if isinstance(value, time) else str(value)

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return a number for what is one, and the text for the rest."""
        return _number(given)


@dataclass(frozen=True, kw_only=True)
class Numbers(Part):
    """Whole numbers, with commas between them."""

    @property
    def field(self) -> Field:
        """One line."""
        return Text(name=self.name, label=self.label, hint=self.hint, max_length=200)

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return the numbers."""
        return ", ".join(map(str, value))

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return them."""
        return [_number(each) for each in re.split(r"[,;\s]+", given.strip()) if each]


@dataclass(frozen=True, kw_only=True)
class Names(Part):
    """Texts, one a line."""

    @property
    def field(self) -> Field:
        """Several lines."""
        return Lines(name=self.name, label=self.label, hint=self.hint)

    def shown(self, value: Any) -> object:  # noqa: ANN401
        """Show one a line."""
        return [value] if isinstance(value, str) else list(value)

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return them in a row."""
        return value if isinstance(value, str) else ", ".join(value)

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return them."""
        return [str(each).strip() for each in given]


@dataclass(frozen=True, kw_only=True)
class Flag(Part):
    """Yes or no; ``text`` stands beside the box."""

    text: str

    @property
    def field(self) -> Field:
        """A box to tick."""
        return Tick(name=self.name, label=self.label, hint=self.hint, text=self.text)

    def shown(self, value: Any) -> object:  # noqa: ANN401
        """Show it ticked or not."""
        return bool(value)

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return yes or no."""
        return "yes" if value else "no"

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return it."""
        return bool(given)


@dataclass(frozen=True, kw_only=True)
class OneOf(Part):
    """One of ``options``; the value "" stands for none."""

    options: tuple[Option, ...]

    @property
    def field(self) -> Field:
        """A choice; what has no value yet is shown as its first option."""
        shown = tuple(Option(each.value or NONE, each.label) for each in self.options)
        return Choice(
            name=self.name, label=self.label, hint=self.hint, required=True, options=shown
        )

    def shown(self, value: Any) -> object:  # noqa: ANN401
        """Choose it."""
        return value or NONE

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return its label."""
        return {each.value: each.label for each in self.options}.get(value or "", str(value))

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return its value."""
        return None if given == NONE else given


@dataclass(frozen=True, kw_only=True)
class SomeOf(Part):
    """Some of ``options``, in their order."""

    options: tuple[Option, ...]

    @property
    def field(self) -> Field:
        """Boxes to tick."""
        return Checks(name=self.name, label=self.label, hint=self.hint, options=self.options)

    def shown(self, value: Any) -> object:  # noqa: ANN401
        """Tick them."""
        return list(value)

    def said(self, value: Any) -> str:  # noqa: ANN401
        """Return their labels."""
        return ", ".join(each.label for each in self.options if each.value in value)

    def meant(self, given: Any) -> object:  # noqa: ANN401
        """Return their values."""
        return [each.value for each in self.options if each.value in given]


@dataclass(frozen=True, kw_only=True)
class Sheet(Setting):
    """Several values that belong together. ``keys`` are those of the parts: see :func:`sheet`."""

    parts: tuple[Part, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of the parts."""
        return tuple(each.field for each in self.parts)

    def words(self, values: Values) -> Sequence[str]:
        """Return every value with what it is."""
        said = ((each, each.said(values.get(each.key, ""))) for each in self.parts)
        return [f"{each.words or each.label.lower()} {value or 'none'}" for each, value in said]

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show every value."""
        return {each.name: each.shown(values.get(each.key, "")) for each in self.parts}

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return every value."""
        return {each.key: each.meant(given[each.name]) for each in self.parts}


def sheet(
    name: str, label: str, *parts: Part, audited: bool = False, decides: bool = False
) -> Sheet:
    """Return the sheet of these parts."""
    keys = tuple(each.key for each in parts)
    return Sheet(name=name, label=label, keys=keys, parts=parts, audited=audited, decides=decides)


@dataclass(frozen=True, kw_only=True)
class Table(Setting):
    """A value for each of some things: a number, or a word. ``rows`` are they, with their labels.

    What is left empty is as usual; what the file says of other things stays.
    """

    rows: Mapping[str, str]
    hint: str = ""
    usual: str = ""
    """What holds where nothing is said, in words."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """A line for each row."""
        return tuple(
            Text(name=name, label=label, hint="" if nth else self.hint, max_length=20)
            for nth, (name, label) in enumerate(self.rows.items())
        )

    def words(self, values: Values) -> Sequence[str]:
        """Return those that have a value."""
        found = self._found(values)
        rows = self.rows.items()
        said = [f"{label.lower()} {found[name]}" for name, label in rows if name in found]
        return said or [self.usual]

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show the values."""
        return {name: str(each) for name, each in self._found(values).items() if name in self.rows}

    def wanted(self, given: Mapping[str, Any], values: Values, _asked: Asked) -> dict[str, Any]:
        """Return the values; none at all where every line is empty."""
        kept = {name: each for name, each in self._found(values).items() if name not in self.rows}
        kept |= {name: _number(given[name]) for name in self.rows if given[name]}
        return {self.keys[0]: kept or None}

    def _found(self, values: Values) -> dict[str, Any]:
        return {str(name): each for name, each in values.get(self.keys[0], {}).items()}


def _number(text: str) -> int | str:
    return int(text) if _INTEGER.fullmatch(text) else text
