"""Fields in which people pick what is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import ClassVar, TypeGuard

from modals.fields.field import Field, Invalid, Option, State
from modals.fitting import clean, cut, is_blank, length
from modals.wire import Answer, Json, plain

Choices = Mapping[str, Sequence[tuple[str, str]]]
"""What fields offer on an occasion, value and label, by the names of the fields."""
UNKNOWN: Choices = MappingProxyType({})
"""The options of no field are known, but those that it has of its own."""
TICKED = "yes"
"""The answer of a tick that is set, for :class:`modals.fields.Shown`."""
MOST_OPTIONS = 100
LONGEST_LABEL = 75
LONGEST_VALUE = 150
"""docs.slack.dev/reference/block-kit/composition-objects/option-object, and the static select."""
_LONGEST_HINT = 1000


@dataclass(frozen=True, kw_only=True)
class Offering(Field):
    """A field that offers ``options``; without any they are given when the form is opened.

    Of more options than Slack takes the first are offered, and what is chosen. While they are not
    known any answer is taken. Where nothing can be offered it is not drawn: Slack refuses a select
    without options.
    """

    options: tuple[Option, ...] = ()

    room: ClassVar[int] = MOST_OPTIONS
    """How many options Slack takes."""
    gone: ClassVar[str] = "This is not offered any more. Please choose one."
    """What a person reads who chose what is not there any more."""

    @property
    def waits(self) -> bool:
        """Whether the form cannot tell if it is drawn, before its options are given."""
        return not self.options and self.show_if is None

    def chosen(self, state: State) -> tuple[str, ...]:
        """Return the values that were chosen, each once."""
        answer = self.given(state)
        return tuple(dict.fromkeys(answer)) if isinstance(answer, list) else ()

    def offered(self, state: State) -> list[Option]:
        """Return the options that are drawn."""
        chosen = self.chosen(state)
        if not self.options:
            return [Option(each, each) for each in chosen if _is_value(each)][: self.room]
        spare = self.room - sum(each.value in chosen for each in self.options)
        shown: list[Option] = []
        for each in self.options:
            if each.value in chosen:
                shown.append(each)
            elif spare > 0:
                shown.append(each)
                spare -= 1
        return shown[: self.room]

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the input, or nothing where there is nothing to choose from."""
        return super().blocks(state, draft) if self.offered(state) else []

    def hint_for(self, state: State) -> str:
        """Say what was chosen and cannot be shown."""
        said = [" ".join(clean(each).split()) for each in self._gone(state)]
        gone = ", ".join(each for each in said if not is_blank(each))
        if not gone:
            return self.hint
        return f"Not offered any more: {cut(gone, _LONGEST_HINT)}. {self.hint}".strip()

    def take(self, state: State) -> tuple[str, ...]:
        """Return what was chosen. Raises Invalid for what is not offered any more."""
        if self._gone(state):
            raise Invalid(self.gone)
        return self.chosen(state)

    def _gone(self, state: State) -> list[str]:
        known = [option.value for option in self.options]
        return [each for each in self.chosen(state) if known and each not in known]


@dataclass(frozen=True, kw_only=True)
class Choice(Offering):
    """One of ``options``; ``default`` is chosen until something else is."""

    default: str = ""

    missing: ClassVar[str] = "Please choose one."

    @property
    def blank(self) -> object:
        """The default."""
        return self.default

    def given(self, state: State) -> Answer:
        """Return what was chosen, else the default."""
        answer = state.get(self.name)
        return (answer if isinstance(answer, str) else "") or self.default or None

    def chosen(self, state: State) -> tuple[str, ...]:
        """Return the value that was chosen, if one was."""
        answer = self.given(state)
        return (answer,) if isinstance(answer, str) else ()

    def element(self, state: State) -> Json:
        """Return a static select; an answer that is not offered any more is not shown."""
        options = [drawn_option(each) for each in self.offered(state)]
        element: Json = {"type": "static_select", "options": options}
        chosen = [each for each in options if each["value"] == self.given(state)]
        return element | ({"initial_option": chosen[0]} if chosen else {})

    def check(self, state: State, _today: date) -> object:
        """Return the value of the chosen option."""
        chosen = self.take(state)
        return chosen[0] if chosen else self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Choose the option."""
        return {self.name: str(value) if value else None}


@dataclass(frozen=True, kw_only=True)
class Tick(Field):
    """A box to tick; ``text`` stands beside it."""

    text: str

    @property
    def blank(self) -> object:
        """Not ticked."""
        return False

    def element(self, state: State) -> Json:
        """Return one checkbox."""
        options = [drawn_option(Option(TICKED, self.text))]
        element: Json = {"type": "checkboxes", "options": options}
        return element | ({"initial_options": options} if self._is_set(state) else {})

    def check(self, state: State, _today: date) -> object:
        """Return whether it is ticked."""
        return self._is_set(state) or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Tick it or not."""
        return {self.name: [TICKED] if value else []}

    def _is_set(self, state: State) -> bool:
        answer = self.given(state)
        return isinstance(answer, list) and TICKED in answer


def on_occasion(field: Field, choices: Choices) -> Field | None:
    """Return the field with its options of ``choices``; None when it has none there nor its own."""
    if not isinstance(field, Offering) or field.name not in choices:
        return field
    if not choices[field.name]:
        return field if field.options else None
    return replace(field, options=tuple(Option(*each) for each in choices[field.name]))


def _is_value(answer: Answer) -> TypeGuard[str]:
    """Whether Slack takes the answer as the value of an option."""
    if not isinstance(answer, str) or is_blank(answer):
        return False
    return clean(answer) == answer and length(answer) <= LONGEST_VALUE


def drawn_option(option: Option) -> Json:
    """Return an option in Slack's JSON; a label that shows nothing is replaced by the value."""
    label = " ".join(clean(option.label).split())
    shown = cut(option.value if is_blank(label) else label, LONGEST_LABEL)
    return {"text": plain(shown), "value": option.value}
