"""What every field does: draw its input, check what was given, and put a value back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from modals.wire import Answer, Json, action_id, plain

State = Mapping[str, Answer]
"""What was typed, by field name; JSON-compatible, and the shape in which drafts are kept."""


class Option(NamedTuple):
    """One entry of a select: ``value`` is stored, ``label`` is shown (Slack: 150 and 75 long)."""

    value: str
    label: str


@dataclass(frozen=True)
class Shown:
    """A field is shown while the answer of ``field`` is, or contains, one of ``values``."""

    field: str
    values: tuple[str, ...]

    def holds(self, answer: Answer) -> bool:
        """Whether ``answer`` is one that shows the field."""
        given = answer if isinstance(answer, list) else [answer]
        return any(each in self.values for each in given)


class Invalid(ValueError):
    """An answer that cannot be taken; the text is the sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """One question. ``required`` counts only while the field is shown."""

    name: str
    label: str
    hint: str = ""
    placeholder: str = ""
    required: bool = False
    show_if: Shown | None = None
    cues: tuple[str, ...] = ()
    """Words by which people lead to the answer in a sentence; the label's own count anyway."""

    missing: ClassVar[str] = "Please fill this in."
    """What a person reads who left a required field empty."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which its answers stand in the state."""
        return (self.name,)

    @property
    @abstractmethod
    def blank(self) -> object:
        """The typed value when nothing was given or the field was hidden."""

    @property
    def is_input(self) -> bool:
        """Whether it is drawn as an input: only there Slack takes an error."""
        return True

    @property
    def dispatches(self) -> bool:
        """Whether Slack tells us of every change while the form is being filled in.

        Each such payload carries the state of the whole form, which is then saved. So the fields
        that cost one gesture (selects, dates, ticks) dispatch, and the long texts; short texts
        are saved along with the next of those.
        """
        return True

    def given(self, state: State) -> Answer:
        """Return the answer that counts: what was given, else the default."""
        return state.get(self.name)

    @abstractmethod
    def element(self, state: State) -> Json:
        """Return the Block Kit element, showing the answer in ``state``."""

    @abstractmethod
    def check(self, state: State, today: date) -> object:
        """Return the typed value. Raises :class:`Invalid`. ``state`` has no hidden answers."""

    @abstractmethod
    def fill(self, value: object) -> dict[str, Answer]:
        """Return the answers whose :meth:`check` is ``value``."""

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the input block (docs.slack.dev/reference/block-kit/blocks/input-block)."""
        element = self.element(state) | {"action_id": action_id(self.name, draft)}
        if self.placeholder:
            element["placeholder"] = plain(self.placeholder)
        block: Json = {
            "type": "input",
            "block_id": self.name,
            "label": plain(self.label),
            "element": element,
            "optional": not self.required,
        }
        if self.dispatches:  # left out otherwise: a file_input does not know the word
            block["dispatch_action"] = True
        if hint := self.hint_for(state):
            block["hint"] = plain(hint)
        return [block]

    def hint_for(self, _state: State) -> str:
        """Return the line under the input."""
        return self.hint

    def nothing(self) -> object:
        """Return :attr:`blank`, or raise :class:`Invalid` when something is required."""
        if self.required:
            raise Invalid(self.missing)
        return self.blank
