"""What a ticket may say, as JSON Schema: made of the forms, and of what they offer just now.

What is read of it is in ``bot/api/answers.py``: both change together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.api.answers import REQUESTER
from bot.api.kinds import CURRENCY, NOTHING, kind
from bot.checking import to_be_checked, working_days
from bot.desk import Desk
from bot.offering import offered
from bot.ports import Json, Unit
from modals.fields import Amount, Choice, Day, Field, Files, Items, Offering, Tick
from modals.fields.choice import Choices, on_occasion
from modals.form import Form
from workflows.definition import Workflow
from workflows.engine import SUBMIT

_AHEAD = timedelta(days=14)
_ASK = "One of a list of the company: whoever asks for this description with a token sees it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a ticket for something of ``workflow`` says.

    ``fields`` is the form of what is taken at all. What is of ``whole``, too, is submitted, and
    else a draft; None: that needs a file, so it is always a draft.
    """

    workflow: Workflow
    fields: Json
    whole: Json | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form on the occasion of a new request, as it is shown to somebody."""

    fields: Mapping[str, Field]
    lists: frozenset[str]
    """The fields whose options are not for everybody to see."""
    working: frozenset[str]
    """The dates that have to be working days."""
    day: date
    """A working day to come, as an example."""


def asked(desk: Desk, unit: Unit, *, with_lists: bool) -> Iterator[Asked]:
    """Yield what is asked for, by workflow; ``with_lists``: with the options of the occasion.

    Those are the company's, such as its goals, and not for everybody to see.
    """
    ahead = desk.company.calendar.business_day(desk.clock.now().date() + _AHEAD, 0)
    for key, workflow in sorted(desk.workflows.items()):
        options = offered(desk, unit, workflow, SUBMIT, None, "")
        choices = to_be_checked(workflow, SUBMIT, options)
        sheet = _Sheet(
            fields=_shown(desk.forms[key], choices),
            lists=frozenset() if with_lists else frozenset(options),
            working=working_days(workflow),
            day=ahead,
        )
        yield Asked(workflow=workflow, fields=_fields(sheet), whole=_whole(sheet))


def _shown(form: Form, choices: Choices) -> dict[str, Field]:
    """Return the fields that can be shown at all, with what they offer, as ``Form.visible``."""
    found: dict[str, Field] = {}
    for field in form.fields:
        asked = on_occasion(field, choices)
        if asked is not None and (field.show_if is None or field.show_if.field in found):
            found[field.name] = asked
    return found


def _fields(sheet: _Sheet) -> Json:
    properties: Json = {}
    for name, field in sheet.fields.items():
        if isinstance(field, Files | Items):
            continue
        said = {"title": field.label, "description": _words(sheet, field)}
        properties[name] = kind(field, sheet.day, is_open=name not in sheet.lists) | said
        if isinstance(field, Amount):
            properties[field.currency] = CURRENCY
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _whole(sheet: _Sheet) -> Json | None:
    """Return what is more to be said so that nothing is missing, or asked for in vain."""
    needed, rules = dict[str, Json](), list[Json]()
    kept = dict[str, Json]()
    for name, field in sheet.fields.items():
        mandatory = _is_mandatory(sheet, field)
        if isinstance(field, Files | Items):
            if field.required:
                return None
        elif field.show_if:
            then = {"required": [name], "properties": {name: {"not": NOTHING}}} if mandatory else {}
            rules.append(
                {
                    "if": {"allOf": list(_shown_where(sheet, field))},
                    "then": then,
                    "else": {"properties": {name: NOTHING}},
                }
            )
        elif mandatory and name == REQUESTER:
            kept[name] = {"not": {"const": ""}}
        elif mandatory:
            needed[name] = {"not": NOTHING}
    found = {"required": list(needed), "properties": needed | kept}
    return found | ({"allOf": rules} if rules else {})


def _is_mandatory(sheet: _Sheet, field: Field) -> bool:
    """Whether it has to be given while it is shown; a link has to, where no file can be."""
    links = {
        each.or_link
        for each in sheet.fields.values()
        if isinstance(each, Files) and each.one_is_needed
    }
    has_default = isinstance(field, Choice) and bool(field.default)
    return (field.required and not has_default) or field.name in links


def _shown_where(sheet: _Sheet, field: Field) -> Iterator[Json]:
    """Yield what has to hold for a field to be shown."""
    while rule := field.show_if:
        name, values = rule.field, list[object](rule.values)
        field = sheet.fields[name]
        if isinstance(field, Tick):
            values = [True]
        by_default = isinstance(field, Choice) and field.default in values
        if by_default:
            values += [None, ""]
        said: Json = {"properties": {name: {"enum": values}}}
        yield said if by_default else said | {"required": [name]}


def _words(sheet: _Sheet, field: Field) -> str:
    """Return what is asked, and what is right, in sentences."""
    return " ".join(_sentences(sheet, field))


def _sentences(sheet: _Sheet, field: Field) -> Iterator[str]:
    yield from (each if each[-1] in ".?!" else f"{each}." for each in (field.label,))
    if field.hint:
        yield field.hint
    mandatory = _is_mandatory(sheet, field)
    if field.name == REQUESTER:
        yield "Where it is left out: the name of who asks."
    elif field.show_if:
        values = ["true"] if _is_tick(sheet, field) else field.show_if.values
        then = "; then it is mandatory" if mandatory else ""
        yield f"Only where {field.show_if.field} is {' or '.join(values)}{then}."
    elif mandatory:
        yield "Mandatory."
    if isinstance(field, Day):
        yield from _of_a_day(sheet, field)
    if isinstance(field, Offering):
        yield from _of_options(sheet, field)


def _is_tick(sheet: _Sheet, field: Field) -> bool:
    return field.show_if is not None and isinstance(sheet.fields[field.show_if.field], Tick)


def _of_a_day(sheet: _Sheet, field: Day) -> Iterator[str]:
    if field.not_past:
        yield "Today or later."
    if field.not_future:
        yield "Today or earlier."
    if field.not_before:
        yield f"Not before {field.not_before}."
    if field.name in sheet.working:
        yield "A working day."


def _of_options(sheet: _Sheet, field: Offering) -> Iterator[str]:
    if field.name in sheet.lists:
        yield _ASK
        return
    named = [f"{value}: {label}" for value, label in field.options if value != label]
    if named:
        yield f"{'; '.join(named)}."
    if isinstance(field, Choice) and field.default:
        yield f"Else {field.default}."
