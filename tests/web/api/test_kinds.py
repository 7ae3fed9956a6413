"""Whatever a form asks can be described, and what is described is read: for every form there is."""

from datetime import date
from decimal import Decimal

import jsonschema_rs
import pytest

from bot.api.answers import answers
from bot.api.kinds import kind
from modals.fields import Field, Files, Items
from modals.form import Form
from modals.registry import find_forms
from tests.web.api.described import answer

DAY = date(2027, 3, 1)
FORMS = find_forms()
FIELDS = [
    pytest.param(form, field, id=f"{form.key}-{field.name}")
    for form in FORMS.values()
    for field in form.fields
    if not isinstance(field, Files | Items)
]


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_what_is_described_is_read(form: Form, field: Field) -> None:
    schema = kind(field, DAY, is_open=True)
    right = jsonschema_rs.validator_for(schema, validate_formats=True)
    said = answer(schema, last=False)
    state, wrong = answers(form, {field.name: Decimal(said) if isinstance(said, float) else said})
    assert right.is_valid(said)
    assert (wrong, {field.name} <= state.keys()) == ({}, True)
    assert right.is_valid(None)
    assert answers(form, {field.name: None}) == ({}, {})


@pytest.mark.parametrize(("form", "field"), FIELDS)
@pytest.mark.parametrize("odd", [{"x": 1}, [[]], [1], [True], {}])
def test_what_is_described_as_wrong_is_refused(form: Form, field: Field, odd: object) -> None:
    assert not jsonschema_rs.is_valid(kind(field, DAY, is_open=True), odd)
    state, wrong = answers(form, {field.name: odd})
    assert (state, set(wrong)) == ({}, {field.name})
