"""A field whose options are looked up while somebody types, and that takes a free text too.

Both halves of its wire are here: how an option is drawn, and what an answer means.
"""

from dataclasses import dataclass
from datetime import date

from modals.fields.choice import LONGEST_LABEL, LONGEST_VALUE
from modals.fields.field import Field, Option, State
from modals.fields.texts import Reference
from modals.fitting import clean, cut, is_blank, length
from modals.wire import Answer, Json, plain

_LONGEST_LINE = 300
_LONGEST_HINT = 1000
_USE = "Use “{}”"


def free(typed: str) -> Option | None:
    """Return the option that takes what was ``typed`` as it is; None when nothing, or too much."""
    text = _tidy(typed)
    if not text or not fits(text):
        return None
    return Option(text, _USE.format(cut(text, LONGEST_LABEL - length(_USE.format("")))))


def fits(value: str) -> bool:
    """Whether an option can carry ``value``."""
    return length(value) <= LONGEST_VALUE


def drawn(option: Option) -> Json:
    """Return the option in Slack's JSON, its label cut to what Slack takes."""
    return {"text": plain(cut(option.label, LONGEST_LABEL)), "value": option.value}


def picked(answer: Answer) -> Option | None:
    """Return the option that an answer means, or None.

    What was picked is a value and its label; a text that was put back is both at once.
    """
    match answer:
        case [str(value), str(label)]:
            text = _tidy(value)
            return Option(text, _tidy(label) or text) if text else None
        case str(value):
            text = _tidy(value)
            return Option(text, text) if text else None
        case _:
            return None


@dataclass(frozen=True, kw_only=True)
class Lookup(Field):
    """One of what is looked up, by its value, or a text (a number, a name, a sound link).

    Beside the answer the state can hold where other answers came from: :meth:`sourced`.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """The answer's, and that of the line about where others came from."""
        return (self.name, f"{self.name}_source")

    @property
    def blank(self) -> object:
        """Nothing picked."""
        return ""

    def picked(self, state: State) -> str:
        """Return the value that stands in ``state``, or ""."""
        option = picked(self.given(state))
        return option.value if option else ""

    def sourced(self, value: str, line: str) -> dict[str, Answer]:
        """Return what makes the form say ``line`` above the field while ``value`` is picked."""
        return {f"{self.name}_source": [value, line]}

    def source(self, state: State) -> str:
        """Return the value of which other answers were taken last, or ""."""
        return self._source(state)[0]

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the select, and above it where other answers came from, if so."""
        value, line = self._source(state)
        select = super().blocks(state, draft)
        if not line or value != self.picked(state):
            return select
        said = plain(cut(line, _LONGEST_LINE))
        return [
            {"type": "context", "block_id": f"{self.name}_source", "elements": [said]},
            *select,
        ]

    def element(self, state: State) -> Json:
        """Return an external select that asks for options before anything is typed."""
        element: Json = {"type": "external_select", "min_query_length": 0}
        option = picked(self.given(state))
        shown = option is not None and fits(option.value)
        return element | ({"initial_option": drawn(option)} if option and shown else {})

    def hint_for(self, state: State) -> str:
        """Say what was there and is too long to be shown."""
        value = self.picked(state)
        if fits(value):
            return self.hint
        return f"It was “{cut(value, _LONGEST_HINT)}”, which is too long to stay. {self.hint}"

    def check(self, state: State, today: date) -> object:
        """Return the value. Raises Invalid for a link that does not work."""
        value = self.picked(state)
        text = Reference(name=self.name, label=self.label, required=self.required)
        return text.check({self.name: value or None}, today)

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the value; nobody knows its label any more."""
        return {self.name: str(value) if value else None}

    def _source(self, state: State) -> tuple[str, str]:
        match state.get(f"{self.name}_source"):
            case [str(value), str(line)]:
                return value, line
            case _:
                return "", ""


def _tidy(text: str) -> str:
    text = clean(text)
    return "" if is_blank(text) else " ".join(text.split())
