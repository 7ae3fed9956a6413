"""What a ticket says, as the answers of the form: JSON in, the state of a draft out."""

from collections.abc import Iterator, Mapping

from bot.ports import Json
from modals.fields import Amount, Field, Files, Items, Lines, Lookup, Tick
from modals.fields.choice import TICKED
from modals.form import Form
from modals.wire import Answer

_HERE = "Files are added in Slack; leave this out."
_TEXT = "Right is a text."
_LONGEST = 40_000


class Unfit(ValueError):
    """A value of another kind than the field has; the text is the sentence for it."""


def answers(form: Form, said: Mapping[str, object]) -> tuple[Json, dict[str, str]]:
    """Return the state of the form that ``said`` are, and a sentence for each wrong one."""
    state: Json = {}
    fields = {name: field for field in form.fields for name in _names(field)}
    wrong = {name: "There is no such field." for name in said if name not in fields}
    for name, field in fields.items():
        if said.get(name) is None:
            continue
        try:
            state |= dict(_answer(name, field, said[name]))
        except Unfit as sentence:
            wrong[name] = str(sentence)
    return state, wrong


def is_given(field: Field, state: Json) -> bool:
    """Whether anything was said of it."""
    return state.get(field.name) not in (None, "", [])


def _names(field: Field) -> tuple[str, ...]:
    return field.names[:1] if isinstance(field, Lookup | Items) else field.names


def _answer(name: str, field: Field, value: object) -> Iterator[tuple[str, Answer]]:
    """Yield the answers by name: of an amount as the API gives it there are two."""
    match field, value:
        case (Files() | Items(), _):
            raise Unfit(_HERE)
        case (Tick(), bool()):
            yield name, [TICKED] if value else []
        case (Tick(), _):
            raise Unfit("Right is true or false.")
        case (Amount(), {"amount": amount, "currency": currency, **rest}) if not rest:
            yield name, _text(amount)
            yield field.currency, _text(currency)
        case (Lines(), list()):
            yield name, "\n".join(map(_text, value))
        case (_, list()) if field.blank == ():
            yield name, [_text(each) for each in value]
        case _:
            yield name, _text(value)


def _text(value: object) -> str:
    """Return a text or a number as it is typed. Raises Unfit for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > _LONGEST:
        raise Unfit(_TEXT)
    return str(value)
