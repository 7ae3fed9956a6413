"""What a conversation asks next: which reading is meant, then what is missing, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.conversation.talk import Talk
from modals.fields import Field
from modals.fields.choice import Choices, on_occasion
from modals.form import Form
from modals.wire import Answer, Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The field that is asked for now. ``readings``: what the words can mean, the likelier first.

    ``problem`` says what is wrong with the answer that is there; "" where there is none yet.
    """

    field: Field
    readings: tuple[Mapping[str, Answer], ...] = ()
    problem: str = ""


def question(form: Form, state: Json, talk: Talk, today: date, choices: Choices) -> Question | None:
    """Return what is asked next; None when the form can be handed in as it is."""
    visible = [each for each in form.fields if each.name in form.visible(state, choices)]
    for field in visible:
        origin = talk.heard.get(field.name)
        if origin is not None and origin.others:
            now = {name: state.get(name) for name in field.names if name in state}
            return Question(field=_drawn(field, choices), readings=(now, *origin.others))
    errors = form.check(state, today=today, choices=choices).errors
    for field in visible:
        if field.name in errors:
            given = field.given(state) not in (None, "", [])
            problem = errors[field.name] if given else ""
            return Question(field=_drawn(field, choices), problem=problem)
    return None


def _drawn(field: Field, choices: Choices) -> Field:
    return on_occasion(field, choices) or field
