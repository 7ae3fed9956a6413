"""Whatever is typed: what a form understood, it shows again and understands as the same."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.entries import Entries, Goals, Guidelines
from modals.fields import (
    TICKED,
    Amount,
    Checks,
    Choice,
    Day,
    Email,
    Emails,
    Field,
    Files,
    Items,
    Lines,
    Link,
    Lookup,
    People,
    Person,
    Quantity,
    Reference,
    Several,
    Text,
    Tick,
    Whole,
)
from modals.form import Form
from modals.registry import find_forms
from modals.wire import Answer
from tests.modals.examples import METADATA, TODAY, values_of

FORMS = find_forms()
KEYS = [
    *("sow", "sales_asset", "acceptance", "reassign", "reason"),
    *("document", "sending", "client_evidence", "invoice", "payment", "payment_promise"),
    *("contributors", "lane_approval", "retagging", "use_in_deal", "lists", "weights"),
]
CURRENCIES = st.sampled_from(["USD", "EUR", "JPY", "KWD"])
AMOUNTS = st.sampled_from(["8k", "8,000", "8 000", "1.000.000", "8.5", "8000.125", "0", "x"])
# Slack counts in UTF-16 units and lets nobody type more than 60 of them into the shortest field.
TEXTS = st.none() | st.text(max_size=30) | st.sampled_from(["https://crm.example/", "a@b.example"])
ENTRIES = st.lists(
    st.sampled_from(["- A", "a", "B = 3", "C = x", "D | https://a.example", "", "x" * 76]),
    max_size=4,
).map("\n".join)
KINDS: dict[type[Field], st.SearchStrategy[Answer]] = {
    Text: TEXTS,
    Email: TEXTS,
    Reference: TEXTS,
    Lines: st.lists(st.text(max_size=20), max_size=5).map("\n".join),
    Emails: st.lists(st.sampled_from(["a@b.example", "A@b.example", "c"]), max_size=3).map(
        "\n".join
    ),
    Quantity: st.sampled_from([None, "1", "1.5", "1,500", "1.1250", "1 000 000", "0", "x"]),
    Whole: st.sampled_from([None, "0", "30", "366", "-1", "3.5"]),
    Lookup: st.none() | st.just(["OPP-1", "Globex – Pilot"]) | st.text(max_size=20),
    Tick: st.sampled_from([[], [TICKED]]),
    Day: st.none() | st.dates(TODAY, date(2030, 1, 1)).map(date.isoformat),
    Person: st.none() | st.just("U0LEO"),
    People: st.lists(st.sampled_from(["U0LEO", "U0ANA", "??"]), max_size=3),
    Several: st.lists(st.sampled_from(["A", "B"]), max_size=3),
    Checks: st.lists(st.sampled_from(["A", "B"]), max_size=3),
    Link: TEXTS,
    Entries: ENTRIES,
    Goals: ENTRIES,
    Guidelines: ENTRIES,
    Files: st.lists(st.just("F1"), max_size=2),
}


def answers(field: Field) -> dict[str, st.SearchStrategy[Answer]]:
    match field:
        case Amount(name=name, currency=currency):
            return {name: AMOUNTS, currency: CURRENCIES}
        case Choice(name=name, options=options):
            offered = [option.value for option in options] or ["INV-1"]
            return {name: st.none() | st.sampled_from(offered)}
        case Items(name=name, fields=asked):
            entries = st.fixed_dictionaries(
                {key: kind for each in asked for key, kind in answers(each).items()}
            )
            return {name: st.lists(entries.map(json.dumps), max_size=7)}
        case _:
            return {field.name: KINDS[type(field)]}


def states(form: Form) -> st.SearchStrategy[dict[str, Answer]]:
    return st.fixed_dictionaries(
        {name: kind for field in form.fields for name, kind in answers(field).items()}
    )


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_a_value_that_is_put_back_is_understood_as_the_same(key: str, data: st.DataObject) -> None:
    form = FORMS[key]
    checked = form.check(data.draw(states(form)), today=TODAY)
    again = form.check(form.fill(checked.values), today=TODAY)
    understood = {name: again.values.get(name) for name in checked.values}
    assert understood == checked.values


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_a_form_that_is_only_opened_and_sent_means_the_same(key: str, data: st.DataObject) -> None:
    form = FORMS[key]
    state = data.draw(states(form))
    sent = state | form.read(values_of(form.view(state, METADATA)))
    before, after = form.check(state, today=TODAY), form.check(sent, today=TODAY)
    assert (after.values, after.errors) == (before.values, before.errors)
    assert form.is_drawn_for(sent, [*form.visible(state)])


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_what_is_read_can_be_kept_as_a_draft(key: str, data: st.DataObject) -> None:
    form = FORMS[key]
    read = form.read(values_of(form.view(data.draw(states(form)), METADATA)))
    assert json.loads(json.dumps(read)) == read
    assert set(read) <= set(form.names)
    json.dumps(read, ensure_ascii=False).encode()
