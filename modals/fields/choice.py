"""Fields in which people pick what is offered."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeGuard

from modals.fields.field import Field, Invalid, Option, State
from modals.fitting import clean, cut, is_blank, length
from modals.wire import Answer, Json, plain

TICKED = "yes"
"""The answer of a tick that is set, for :class:`modals.fields.Shown`."""
MOST_OPTIONS = 100
LONGEST_LABEL = 75
LONGEST_VALUE = 150
"""docs.slack.dev/reference/block-kit/composition-objects/option-object, and the static select."""


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of ``options``; ``default`` is chosen until something else is.

    Without ``options`` they are given when the form is opened, and any answer is taken. Of more
    than 100 of them the first are offered, and what is chosen.
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

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the input, or a line where there is nothing to choose from: Slack needs one."""
        if self._offered(state):
            return super().blocks(state, draft)
        nothing = plain(f"{self.label}\nThere is nothing to choose from.")
        return [{"type": "section", "block_id": self.name, "text": nothing}]

    def element(self, state: State) -> Json:
        """Return a static select; an answer that is not offered any more is not shown."""
        options = [_option(each) for each in self._offered(state)]
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

    def _offered(self, state: State) -> list[Option]:
        chosen = self.given(state)
        if not self.options:
            return [Option(chosen, chosen)] if _is_value(chosen) else []
        first, rest = self.options[:MOST_OPTIONS], self.options[MOST_OPTIONS:]
        beyond = [each for each in rest if each.value == chosen][:1]
        return [*first[: MOST_OPTIONS - len(beyond)], *beyond]


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


def _is_value(answer: Answer) -> TypeGuard[str]:
    """Whether Slack takes the answer as the value of an option."""
    if not isinstance(answer, str) or is_blank(answer):
        return False
    return clean(answer) == answer and length(answer) <= LONGEST_VALUE


def _option(option: Option) -> Json:
    label = " ".join(clean(option.label).split())
    shown = cut(option.value if is_blank(label) else label, LONGEST_LABEL)
    return {"text": plain(shown), "value": option.value}
