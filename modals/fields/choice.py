"""Fields in which people pick what is offered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.field import Field, Invalid, Option, State
from modals.fitting import cut
from modals.wire import Answer, Json, plain

TICKED = "yes"
"""The answer of a tick that is set, for :class:`modals.fields.Shown`."""
MOST_OPTIONS = 100
LONGEST_LABEL = 75
"""docs.slack.dev/reference/block-kit/composition-objects/option-object, and the static select."""


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of ``options``; ``default`` is chosen until something else is.

    Without ``options`` they are given when the form is opened, and any answer is taken.
    """

    options: tuple[Option, ...] = ()
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

    def element(self, state: State) -> Json:
        """Return a static select; an answer that is not offered any more is not shown."""
        options = [_option(each) for each in self.options[:MOST_OPTIONS]]
        element: Json = {"type": "static_select", "options": options}
        chosen = [each for each in options if each["value"] == self.given(state)]
        return element | ({"initial_option": chosen[0]} if chosen else {})

    def check(self, state: State, _today: date) -> object:
        """Return the value of the chosen option."""
        answer = self.given(state)
        if not answer:
            return self.nothing()
        if self.options and answer not in [option.value for option in self.options]:
            raise Invalid("This is not offered any more. Please choose one.")
        return answer

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
        options = [_option(Option(TICKED, self.text))]
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


def _option(option: Option) -> Json:
    return {"text": plain(cut(option.label, LONGEST_LABEL)), "value": option.value}
