"""What a ticket says, as the answers of the form: JSON in, the state of a draft out."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from bot.ports import Json
from modals.fields import (
    Amount,
    Day,
    Field,
    Files,
    Items,
    Lines,
    Lookup,
    Quantity,
    Tick,
    Whole,
)
from modals.fields.choice import TICKED
from modals.form import Form
from modals.wire import Answer

_HERE = "Files are added in Slack; leave this out."
_TEXT = "Right is a text."
_TEXTS = "Right is a list of texts."
_DAY = "Right is a date such as 2027-01-11."

LONGEST = 40_000
"""Characters of one text: as many as a Slack message has."""

REQUESTER, CURRENCY = "requester_name", "currency"
"""What a new form begins with: the name of who asks, and the company's currency."""


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
            yield field.name, _figures(amount)
            yield field.currency, _text(currency)
        case (Amount(), _) if name == field.name:
            yield name, _figures(value)
        case (Quantity() | Whole(), _):
            yield name, _figures(value)
        case (Day(), _):
            yield name, _day(value)
        case (Lines(), _):
            yield name, "\n".join(_texts(value))
        case (_, _) if field.blank == ():
            yield name, _texts(value)
        case _:
            yield name, _text(value)


def _text(value: object) -> str:
    """Return a text. Raises Unfit for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise Unfit(_TEXT)
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise Unfit(_TEXTS)
    return [_text(each) for each in value]


def _figures(value: object) -> str:
    """Return a number as it is typed."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return _text(str(value) if is_number else value)


def _day(value: object) -> str:
    """Return a date as it is stored; "" is none."""
    text = _text(value)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise Unfit(_DAY) from None
