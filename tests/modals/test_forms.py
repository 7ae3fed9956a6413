"""Conditional questions, what was typed through every toggle, and errors where they belong."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from modals.fields import TICKED, Choice, Option, Shown, Text, Tick
from modals.form import Form, State
from modals.registry import find_forms
from tests.modals.examples import ASSET, METADATA, SOW, TODAY, values_of
from workflows.deal import SowDetails
from workflows.money import Money

FORMS = find_forms()
SOW_FORM, ASSET_FORM = FORMS["sow"], FORMS["sales_asset"]


@pytest.mark.parametrize(
    ("key", "answer", "shown"),
    [
        ("sow", {"client_type": "other"}, "client_type_other"),
        ("sow", {"large_client": [TICKED]}, "large_client_reason"),
        ("sow", {"fee": "recurring"}, "billing_period"),
        ("sales_asset", {"asset_type": "other"}, "asset_type_other"),
        ("sales_asset", {"kind": "update"}, "existing_asset"),
    ],
)
def test_an_answer_brings_another_question(key: str, answer: State, shown: str) -> None:
    form = FORMS[key]
    assert shown not in form.visible({})
    names = form.visible(answer)
    assert shown in names
    assert names.index(shown) == names.index(next(iter(answer))) + 1
    typed = {**(SOW if key == "sow" else ASSET), **answer}
    assert list(form.check(typed, today=TODAY).errors) == [shown]


def test_a_hidden_answer_survives_the_toggle_and_does_not_leak() -> None:
    other = {**SOW, "client_type": "other", "client_type_other": "Reseller"}
    hidden = other | SOW_FORM.read(values_of(SOW_FORM.view(SOW, METADATA)))
    assert hidden["client_type_other"] == "Reseller"
    assert SOW_FORM.check(hidden, today=TODAY).values["client_type_other"] == ""
    again = hidden | {"client_type": "other"}
    assert SOW_FORM.check(again, today=TODAY).values["client_type_other"] == "Reseller"
    shown = SOW_FORM.read(values_of(SOW_FORM.view(again, METADATA)))
    assert shown["client_type_other"] == "Reseller"


def test_a_question_behind_a_hidden_question_is_hidden() -> None:
    form = Form(
        key="nested",
        title="Nested",
        submit="Send",
        fields=(
            Tick(name="a", label="A", text="A"),
            Tick(name="b", label="B", text="B", show_if=Shown("a", (TICKED,))),
            Text(name="c", label="C", show_if=Shown("b", (TICKED,))),
        ),
    )
    assert form.visible({"b": [TICKED]}) == ("a",)
    assert form.visible({"a": [TICKED], "b": [TICKED]}) == ("a", "b", "c")


def test_an_open_view_is_known_to_lack_a_question() -> None:
    blocks = {each["block_id"] for each in SOW_FORM.view(SOW, METADATA)["blocks"]}
    assert SOW_FORM.is_drawn_for(SOW, blocks)
    assert not SOW_FORM.is_drawn_for({**SOW, "fee": "recurring"}, blocks)


def test_reading_takes_what_is_in_the_view_only() -> None:
    values = values_of(
        SOW_FORM.view(SOW, METADATA),
        {
            "client": {"type": "plain_text_input", "value": "Glo\x00bex"},
            "scope": {"type": "plain_text_input", "value": None},
            "large_client": {"type": "checkboxes", "selected_options": [{"value": TICKED}]},
            "start": {"type": "datepicker", "selected_date": "2026-12-24"},
            "files": {"type": "file_input", "files": [{"id": "F1"}, {"id": "F2"}]},
        },
    )
    state = SOW_FORM.read(values)
    assert state["client"] == "Globex"
    assert state["scope"] is None
    assert state["large_client"] == [TICKED]
    assert state["start"] == "2026-12-24"
    assert state["files"] == ["F1", "F2"]
    assert state["currency"] == "USD"
    assert "billing_period" not in state
    assert SOW_FORM.read({}) == {}


def test_a_person_is_read_by_id() -> None:
    form = FORMS["reassign"]
    values = values_of(form.view({"person": "U0LEO", "reason": "Ana is away"}, METADATA))
    checked = form.check(form.read(values), today=TODAY)
    assert checked.values == {"person": "U0LEO", "reason": "Ana is away"}


def test_an_empty_file_input_leaves_the_files_of_the_draft() -> None:
    before: State = {**SOW, "files": ["F1"]}
    state = {**before, **SOW_FORM.read(values_of(SOW_FORM.view(before, METADATA)))}
    assert SOW_FORM.check(state, today=TODAY).values["files"] == ("F1",)


def test_details_are_put_back_into_the_form() -> None:
    details = SowDetails(
        client="Globex",
        client_type="api",
        need="A pilot",
        amount=Money(800050, "EUR"),
        contact_name="Jane Doe",
        contact_email="jane@globex.example",
        needed_by=date(2026, 12, 1),
        deliverables=("Workshop", "Report"),
        start=date(2026, 12, 2),
        fee="recurring",
        billing_period="monthly",
        large_client=True,
        large_client_reason="4,000 seats",
        files=("F1",),
    )
    state = SOW_FORM.fill(asdict(details))
    assert state["amount"] == "8000.5"
    assert state["currency"] == "EUR"
    assert state["deliverables"] == "Workshop\nReport"
    assert SowDetails(**SOW_FORM.check(state, today=TODAY).values) == details
    assert SOW_FORM.fill({"amount": details.amount}) == {"amount": "8000.5", "currency": "EUR"}


def test_a_text_too_long_for_its_field_stays_whole_while_it_is_left_as_it_is() -> None:
    whole = "A very long thread.\n" * 1000
    full = SOW_FORM.overlong({**SOW, "need": whole})
    assert full == {"need": whole.strip()}
    read = SOW_FORM.read(values_of(SOW_FORM.view({**SOW, **full}, METADATA)))
    assert len(str(read["need"])) == 3000
    restored = SOW_FORM.restore(read, full)
    assert SOW_FORM.check(restored, today=TODAY).values["need"] == whole.strip()


def test_a_long_text_that_was_changed_is_what_the_person_made_of_it() -> None:
    full = {"need": "x" * 5000}
    assert SOW_FORM.restore({"need": "x" * 2999}, full) == {"need": "x" * 2999}
    assert SOW_FORM.restore({"client_type": "api"}, full) == {"client_type": "api"}


def test_nothing_is_overlong_in_an_ordinary_form() -> None:
    assert SOW_FORM.overlong(SOW) == {}


def test_a_message_goes_into_the_first_long_text() -> None:
    assert SOW_FORM.message_field == "need"
    assert ASSET_FORM.message_field == "purpose"
    assert FORMS["acceptance"].message_field == ""


def test_an_error_stands_at_its_question() -> None:
    errors = {"amount": "Please give an amount.", "client": "Please fill this in."}
    assert SOW_FORM.errors_by_block(errors, SOW) == errors


def test_an_error_that_has_no_question_stands_at_the_first_one() -> None:
    errors = {"": "Somebody was faster."}
    assert SOW_FORM.errors_by_block(errors, SOW) == {"client": "Somebody was faster."}


def test_errors_of_hidden_questions_say_which_and_add_up() -> None:
    errors = {"client": "Please fill this in.", "billing_period": "Please choose one."}
    placed = SOW_FORM.errors_by_block(errors, SOW, shown=("client", "need"))
    assert placed == {
        "client": "Please fill this in. Billed how often?: Please choose one.",
    }


def test_an_error_of_a_question_that_is_not_drawn_yet_stands_at_its_cause() -> None:
    state = {**SOW, "client_type": "other"}
    blocks = values_of(SOW_FORM.view(SOW, METADATA))
    errors = SOW_FORM.check(state, today=TODAY).errors
    assert SOW_FORM.errors_by_block(errors, state, shown=blocks) == {
        "client_type": "Which type of client?: Please fill this in."
    }


A = Text(name="a", label="A")
PICK = Choice(name="pick", label="Pick", options=(Option("x", "X"),))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ((), "broken: the first field must be an input that is always shown."),
        ((A, A), "broken: there are two fields called 'a'."),
        (
            (PICK, replace(A, show_if=Shown("a", ("x",)))),
            "broken: a needs a choice or a tick before it.",
        ),
        (
            (replace(A, show_if=Shown("pick", ("x",))), PICK),
            "broken: a needs a choice or a tick before it.",
        ),
    ],
)
def test_a_form_that_cannot_work_is_refused_at_once(
    fields: tuple[Text | Choice, ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match="broken") as refused:
        Form(key="broken", title="Broken", submit="Send", fields=fields)
    assert str(refused.value) == sentence


def test_a_title_that_slack_would_refuse_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="must have 1 to 24 characters"):
        Form(key="long", title="A title that is too long!", submit="Send", fields=(A,))


def test_an_input_that_slack_would_refuse_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="between 1 and 3000"):
        Text(name="a", label="A", max_length=3001)
