"""Answers as a sentence shows them: what stands in a form, without the form."""

from datetime import date

from babel.dates import format_date

from modals.amounts import in_words
from modals.fields import Amount, Checks, Choice, Day, Field, Lookup, Several, State, Tick
from modals.fields.choice import UNKNOWN, Choices, on_occasion
from modals.fields.field import Invalid
from modals.fields.lookup import picked
from modals.fitting import clean
from workflows.money import Money

_DAY = "EEE d MMM y"


def shown(field: Field, state: State, choices: Choices = UNKNOWN) -> str:
    """Return what stands in ``state`` for ``field``, in words; "" for nothing.

    An answer that the form would refuse is shown as it was written. People and files are not named.
    """
    answer = field.given(state)
    if answer in (None, "", []):
        return ""
    match field:
        case Choice() | Several() | Checks():
            return _labels(field, choices, answer if isinstance(answer, list) else [str(answer)])
        case Day() | Amount():
            return _figures(field, state)
        case Lookup():
            return option.label if (option := picked(answer)) else ""
        case _ if isinstance(answer, list):
            return field.text if isinstance(field, Tick) else str(len(answer))
        case _:
            return " ".join(clean(str(answer)).split())


def _figures(field: Day | Amount, state: State) -> str:
    try:
        value = field.check(state, date.min)
    except Invalid:
        return " ".join(str(state.get(name) or "") for name in field.names).strip()
    if isinstance(value, Money):
        return in_words(value)
    return format_date(value, _DAY, locale="en") if isinstance(value, date) else ""


def _labels(field: Field, choices: Choices, values: list[str]) -> str:
    asked = on_occasion(field, choices)
    options = {each.value: each.label for each in getattr(asked, "options", ())}
    return ", ".join(options.get(each, each) for each in values)
