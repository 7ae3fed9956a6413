"""A form as a value: it draws itself as a Slack view and reads itself back."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from modals.fields import Choice, Field, Files, Invalid, Offering, Option, State, Text, Tick
from modals.fields.choice import UNKNOWN, Choices, on_occasion
from modals.fitting import cut
from modals.metadata import Metadata
from modals.wire import (
    INTRO_BLOCK,
    NOTE_BLOCK,
    RESUME_ACTION,
    RESUME_BLOCK,
    Answer,
    Json,
    answer_of,
    plain,
)

__all__ = ["Checked", "Form", "Option", "State", "cut"]

LONGEST_TITLE = 24
LONGEST_LINE = 2000
"""docs.slack.dev/reference/views, and well inside a section and a context."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a form says: typed ``values`` by name, and a sentence for every field in ``errors``.

    Without errors ``values`` holds every field and fits the details of the workflow.
    """

    values: dict[str, Any]
    errors: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Form:
    """Questions in the order of the screen. ``key`` is also the view's ``callback_id``.

    ``note_for`` says in a line above the questions how the form stands as it is filled in.
    """

    key: str
    title: str
    submit: str
    fields: tuple[Field, ...]
    intro: str = ""
    note_for: Callable[[State], str | None] | None = None

    def __post_init__(self) -> None:
        """Refuse, with a ValueError, a form that could not be drawn or filled in."""
        for word in (self.title, self.submit):
            if not 1 <= len(word) <= LONGEST_TITLE:
                raise ValueError(f"{self.key}: {word!r} must have 1 to {LONGEST_TITLE} characters.")
        asked: dict[str, Field] = {}
        for field in self.fields:
            shown = field.show_if
            if shown and not isinstance(asked.get(shown.field), Choice | Tick):
                raise ValueError(f"{self.key}: {field.name} needs a choice or a tick before it.")
            for name in field.names:
                if name in asked:
                    raise ValueError(f"{self.key}: there are two fields called {name!r}.")
                asked[name] = field
        if not self.fields or self.fields[0].show_if or not self.fields[0].is_input:
            raise ValueError(f"{self.key}: the first field must be an input that is always shown.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that can stand in the state of this form."""
        return tuple(name for field in self.fields for name in field.names)

    @property
    def message_field(self) -> str:
        """The field that a Slack message fills in: the first long text, "" when there is none."""
        return next((field.name for field in self._texts() if field.multiline), "")

    def view(
        self,
        state: State,
        metadata: Metadata,
        *,
        title: str | None = None,
        note: str | None = None,
        resume: tuple[str, str] | None = None,
        choices: Choices = UNKNOWN,
    ) -> Json:
        """Return the modal with the answers of ``state``; texts that are too long are cut.

        ``note`` is a line above the questions, else ``note_for`` says it. ``resume`` (the id of a
        draft, and words like "Resume your draft from 10:32") offers that draft by a button.
        ``choices`` are the options that depend on the occasion; labels that are too long are cut,
        and of too many options the chosen ones are kept. A field without any is left out.

        Redrawn under the same ``metadata.draft`` an open modal keeps what was typed; under
        another it shows ``state``.
        """
        if note is None and self.note_for is not None:
            note = self.note_for(state)
        shown = self.visible(state, choices)
        questions = [
            block
            for field in self.fields
            if field.name in shown and (asked := on_occasion(field, choices))
            for block in asked.blocks(state, metadata.draft)
        ]
        return {
            "type": "modal",
            "callback_id": self.key,
            "private_metadata": metadata.encode(),
            "title": plain(cut(title or self.title, LONGEST_TITLE)),
            "submit": plain(self.submit),
            "close": plain("Cancel"),
            "notify_on_close": True,
            "blocks": [*self._top(note, resume), *questions],
        }

    def visible(self, state: State, choices: Choices = UNKNOWN) -> tuple[str, ...]:
        """Return the names of the fields that are shown for ``state``, in order.

        A field that is in ``choices``, without an option there or of its own, is hidden.
        """
        shown: dict[str, Field] = {}
        for field in self.fields:
            rule = field.show_if
            driver = shown.get(rule.field) if rule else None
            holds = rule is None or (driver is not None and rule.holds(driver.given(state)))
            if holds and on_occasion(field, choices):
                shown[field.name] = field
        return tuple(shown)

    def is_drawn_for(self, state: State, shown: Collection[str]) -> bool:
        """Whether an open view with the block ids ``shown`` has the very fields of ``state``.

        A field whose options depend on the occasion is as it was drawn: no answer changes that.
        """
        drawn = [field.name for field in self.fields if field.name in shown]
        waiting = {each.name for each in self.fields if isinstance(each, Offering) and each.waits}
        absent = waiting.difference(shown)
        return drawn == [name for name in self.visible(state) if name not in absent]

    def read(self, values: Mapping[str, Any]) -> dict[str, Answer]:
        """Return the answers in ``view.state.values``, of those fields that are in it.

        Laid over the draft's state they leave the answers of hidden fields as they were.
        """
        state: dict[str, Answer] = {}
        for field in self.fields:
            for name in field.names:
                for entry in values.get(name, {}).values():
                    state[name] = answer_of(entry)
        for field in self.fields:
            if isinstance(field, Files) and not state.get(field.name) and not field.replaced(state):
                state.pop(field.name, None)
        return state

    def check(self, state: State, *, today: date, choices: Choices = UNKNOWN) -> Checked:
        """Return the typed values, or what is wrong; ``today`` in the person's own time zone.

        Answers of hidden fields are ignored: they count as not given. ``choices`` as in
        :meth:`view`; for a field that is not in it any answer is taken.
        """
        shown = self.visible(state, choices)
        seen = {
            name: state[name]
            for field in self.fields
            if field.name in shown
            for name in field.names
            if name in state
        }
        checked = Checked({}, {})
        for field in self.fields:
            try:
                asked = on_occasion(field, choices) if field.name in shown else None
                checked.values[field.name] = asked.check(seen, today) if asked else field.blank
            except Invalid as problem:
                checked.errors[field.name] = str(problem)
        return checked

    def fill(self, values: Mapping[str, Any]) -> dict[str, Answer]:
        """Return the state whose check gives ``values``, e.g. the ``asdict`` of details."""
        state: dict[str, Answer] = {}
        for field in self.fields:
            if field.name in values:
                state |= field.fill(values[field.name])
        return state

    def overlong(self, state: State) -> dict[str, str]:
        """Return the texts that :meth:`view` cuts, in full: the draft has to keep them."""
        return {
            field.name: field.text(state.get(field.name))
            for field in self._texts()
            if field.fitted(state.get(field.name)) != field.text(state.get(field.name))
        }

    def restore(self, state: State, full: Mapping[str, str]) -> dict[str, Answer]:
        """Return ``state`` with the ``full`` texts put back where their cut form was left as is."""
        return dict(state) | {
            field.name: full[field.name]
            for field in self._texts()
            if field.name in full
            and field.text(state.get(field.name)) == field.text(field.fitted(full[field.name]))
        }

    def errors_by_block(
        self, errors: Mapping[str, str], state: State, shown: Collection[str] | None = None
    ) -> dict[str, str]:
        """Return the ``errors`` (by field name) as ``response_action: errors`` needs them.

        Slack knows only the blocks of the open view: ``shown`` (the keys of its state values)
        names them, else ``state`` says what is visible. The sentence of another field goes to the
        field that it depends on, else to the first one.
        """
        asked = {field.name: field for field in self.fields}
        drawn = (name for name in self.visible(state) if asked[name].is_input)
        visible = [name for name in drawn if shown is None or name in shown]
        placed: dict[str, str] = {}
        for name, sentence in errors.items():
            block, text = name, sentence
            if name not in visible:
                rule = asked[name].show_if if name in asked else None
                block = rule.field if rule and rule.field in visible else (visible or [*asked])[0]
                text = f"{asked[name].label}: {sentence}" if name in asked else sentence
            placed[block] = f"{placed[block]} {text}" if block in placed else text
        return placed

    def _texts(self) -> Iterator[Text]:
        return (field for field in self.fields if isinstance(field, Text))

    def _top(self, note: str | None, resume: tuple[str, str] | None) -> Iterator[Json]:
        if resume is not None:
            draft, words = resume
            button = {
                "type": "button",
                "action_id": RESUME_ACTION,
                "value": draft,
                "text": plain("Resume"),
            }
            yield _section(RESUME_BLOCK, words) | {"accessory": button}
        if self.intro:
            yield _section(INTRO_BLOCK, self.intro)
        if note:
            line = plain(cut(note, LONGEST_LINE))
            yield {"type": "context", "block_id": NOTE_BLOCK, "elements": [line]}


def _section(block_id: str, text: str) -> Json:
    return {"type": "section", "block_id": block_id, "text": plain(cut(text, LONGEST_LINE))}
