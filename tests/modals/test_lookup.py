"""A field whose options are looked up: what it offers, shows and understands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.fields import Invalid, Option
from modals.fields.lookup import Lookup, drawn, fits, free, picked
from modals.fitting import length
from modals.form import Form, State
from modals.metadata import Metadata
from modals.wire import answer_of
from sandbox.blocks.validation import view_problems
from tests.modals.examples import METADATA, TODAY, Json, block, values_of

FIELD = Lookup(name="deal", label="Deal", hint="Pick one.")
FORM = Form(key="sow", title="A form", submit="Send", fields=(FIELD,))
PILOT = Option("D-1042", "Globex – Forecasting pilot (180,000.00 USD)")
LINE = "From Globex – Forecasting pilot, as of 21 Nov 10:32"
LONG = "https://crm.example/" + "x" * 200


def entry(option: Option) -> Json:
    """Return what Slack sends when ``option`` was picked."""
    return {"type": "external_select", "selected_option": drawn(option)}


def view(state: State, metadata: Metadata = METADATA) -> Json:
    found = FORM.view(state, metadata)
    assert view_problems(found) == []
    return found


def sent(state: State) -> State:
    """Return the state of a form that was opened with ``state`` and sent as it was."""
    return FORM.read(values_of(view(state)))


def test_what_is_picked_is_understood_shown_and_sent_again() -> None:
    state = FORM.read(values_of(view({}), {"deal": entry(PILOT)}))

    assert FORM.check(state, today=TODAY).values == {"deal": "D-1042"}
    shown = block(view(state), "deal")["element"]["initial_option"]
    assert (shown["value"], shown["text"]["text"]) == PILOT
    assert sent(state) == state


@given(st.text(max_size=160))
def test_what_is_typed_can_be_used_as_it_is(typed: str) -> None:
    option = free(typed)
    if option is None:
        assert not typed.strip() or length(typed) > 150 or picked(typed) is None
        return
    assert length(drawn(option)["text"]["text"]) <= 75
    assert length(drawn(option)["value"]) <= 150
    assert picked(answer_of(entry(option))) == option
    assert option.value == " ".join(option.value.split())


def test_an_option_says_what_was_typed() -> None:
    assert free("  the  Globex pilot ") == ("the Globex pilot", "Use “the Globex pilot”")
    assert free("x" * 150) == ("x" * 150, "Use “" + "x" * 68 + "…”")
    assert free("x" * 151) is None
    assert free("\N{ZERO WIDTH SPACE} ") is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_was_picked_is_drawn_and_sent_again(value: str, label: str) -> None:
    state: State = {"deal": [value, label], "deal_source": [value, label]}
    again = sent(state)
    option = picked(state["deal"])
    if option is not None and fits(option.value):
        assert FIELD.picked(again) == option.value
    else:
        assert FIELD.picked(again) == ""


def test_a_text_that_was_put_back_is_its_own_label() -> None:
    state = FORM.fill({"deal": "OPP-118"})
    shown = block(view(state), "deal")["element"]["initial_option"]
    assert (shown["value"], shown["text"]["text"]) == ("OPP-118", "OPP-118")
    assert FORM.check(sent(state), today=TODAY).values == {"deal": "OPP-118"}


def test_a_text_that_does_not_fit_any_more_is_named() -> None:
    found = block(view({"deal": LONG}), "deal")
    assert "initial_option" not in found["element"]
    assert found["hint"]["text"] == f"It was “{LONG}”, which is too long to stay. Pick one."


def test_a_link_must_work() -> None:
    with pytest.raises(Invalid, match="This link does not work"):
        FIELD.check({"deal": ["javascript:alert(1)", "Use it"]}, TODAY)


def test_nothing_is_an_answer_unless_one_is_required() -> None:
    assert FIELD.check({}, TODAY) == FIELD.blank == ""
    with pytest.raises(Invalid, match="Please fill this in"):
        Lookup(name="deal", label="Deal", required=True).check({"deal": None}, TODAY)


def test_a_line_says_where_answers_came_from_as_long_as_that_is_picked() -> None:
    state: State = {"deal": [*PILOT], **FIELD.sourced("D-1042", LINE)}
    assert FIELD.source(state) == "D-1042"
    above, select = view(state)["blocks"]
    assert above["elements"][0]["text"] == LINE
    assert select["block_id"] == "deal"

    other: State = {**state, "deal": ["D-7", "Initech"]}
    assert [each["block_id"] for each in view(other)["blocks"]] == ["deal"]
    assert FIELD.source(other) == "D-1042"


def test_the_line_is_no_answer_and_stays_with_the_draft() -> None:
    state: State = {"deal": [*PILOT], **FIELD.sourced("D-1042", LINE)}
    assert set(sent(state)) == {"deal"}
    assert FORM.check(state, today=TODAY).values == {"deal": "D-1042"}
    assert FORM.is_drawn_for(state, [each["block_id"] for each in view(state)["blocks"]])


@pytest.mark.parametrize("wrong", [["D-1"], [], ["a", "b", "c"], ["", ""], "", " "])
def test_an_answer_of_another_shape_is_none(wrong: str | list[str]) -> None:
    assert picked(wrong) is None
    assert view({"deal": wrong, "deal_source": wrong})["blocks"][0]["block_id"] == "deal"
