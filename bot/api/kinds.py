"""The answer to one question of a form as JSON Schema; ``bot/api/answers.py`` reads it."""

from datetime import date

from bot.api.answers import LONGEST
from bot.ports import Json
from modals.fields import (
    Amount,
    Day,
    Email,
    Emails,
    Field,
    Lines,
    Link,
    Lookup,
    Offering,
    People,
    Person,
    Quantity,
    Reference,
    Text,
    Tick,
    Whole,
)

NOTHING: Json = {"enum": [None, "", [], False]}
"""What is as if it were left out, where it can be said at all."""

_CODE: Json = {"type": "string", "pattern": "^[A-Z]{3}$"}
CURRENCY: Json = {
    "anyOf": [_CODE, {"type": "null"}],
    "title": "Currency",
    "description": "Of an amount that is given without one; else it is the company's.",
}
_USER: Json = {"type": "string", "pattern": "^[UW][A-Z0-9]+$"}
_EMAIL: Json = {"type": "string", "format": "email"}
_FIGURES: Json = {"type": ["string", "number"]}


def kind(field: Field, day: date, *, is_open: bool) -> Json:
    """Return the form of an answer, or of none. ``day`` is an example of a date.

    The values of its options are in it where they are for everybody to see (``is_open``).
    """
    right = _right(field, day, is_open=is_open)
    nothing: Json = {"enum": [None, ""]} if right.get("type") == "string" else {"type": "null"}
    return {"anyOf": [right, nothing]}


def _right(field: Field, day: date, *, is_open: bool) -> Json:
    found: Json
    match field:
        case Tick():
            found = {"type": "boolean"}
        case Amount():
            found = _amount(field)
        case Quantity() | Whole():
            found = _FIGURES | {"examples": [field.least if isinstance(field, Whole) else 1.5]}
        case Day():
            found = {"type": "string", "format": "date"}
            found |= {} if field.not_future else {"examples": [day.isoformat()]}
        case Offering():
            found = _offer(field, is_open=is_open)
        case Lines():
            found = _several(_EMAIL if isinstance(field, Emails) else {"type": "string"})
        case Person():
            found = _USER
        case People():
            found = _several(_USER) | {"maxItems": field.most}
        case _:
            found = _text(field)
    return found


def _several(each: Json) -> Json:
    return {"type": "array", "items": each}


def _offer(field: Offering, *, is_open: bool) -> Json:
    values: Json = {"type": "string"}
    if is_open and field.options:
        values["enum"] = [each.value for each in field.options]
    return _several(values) if field.blank == () else values


def _amount(field: Amount) -> Json:
    figures = _FIGURES | {"examples": [field.placeholder or "8,000"]}
    properties = {"amount": figures, "currency": _CODE}
    money: Json = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"anyOf": [money, figures]}


def _text(field: Field) -> Json:
    found: Json = {"type": "string", "maxLength": _longest(field)}
    if field.required:
        found["pattern"] = r"\S"
    if isinstance(field, Link):
        found["pattern"] = "^https://"
    if isinstance(field, Email):
        found["format"] = "email"
    if field.placeholder:
        found["examples"] = [field.placeholder]
    return found


def _longest(field: Field) -> int:
    """Return how many characters are taken."""
    if isinstance(field, Lookup):
        return Reference.max_length
    if isinstance(field, Text):
        return field.longest if field.multiline else field.max_length
    return LONGEST
