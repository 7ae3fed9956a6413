"""What is drawn: Slack takes it, whatever people wrote, and nothing typed is lost."""

from dataclasses import replace

import pytest

from modals.fields import Choice, Option
from modals.fitting import length
from modals.form import Form, State
from modals.metadata import Metadata
from modals.registry import find_forms
from modals.wire import FIELD_ACTIONS, RESUME_ACTION
from sandbox.blocks.elements import completed, surviving
from sandbox.blocks.elements import state as state_values
from sandbox.blocks.validation import is_too_large, view_problems
from tests.modals.examples import ASSET, METADATA, REPLACED, SOW, Json, block, values_of

FORMS = find_forms()
SOW_FORM, ASSET_FORM = FORMS["sow"], FORMS["sales_asset"]
EVERYTHING: State = {"client_type": "other", "large_client": ["yes"], "fee": "recurring"}
HOSTILE = {
    "long": "x" * 40_000,
    "emoji": "👩‍👩‍👧‍👦" * 6_000,
    "mention": "<!channel> <@U0ANA> &amp; *bold* `code`",
    "rtl": "\N{RIGHT-TO-LEFT OVERRIDE}שלום עליכם",
    "nul": "a\x00b\ud800c",
    "controls only": "\x00\x01\x02",
    "blank": " \n\N{ZERO WIDTH SPACE}",
    "newlines": "\n" * 500 + "a" + "\r\n" * 500,
}


def drawn(form: Form, state: State, metadata: Metadata = METADATA) -> Json:
    return form.view(state, metadata)


def assert_slack_takes(view: Json) -> None:
    assert view_problems(view) == []
    assert not is_too_large(view)
    for each in view["blocks"]:
        if each["type"] == "input" and each["element"]["type"] == "plain_text_input":
            shown = each["element"].get("initial_value", "")
            assert length(shown) <= each["element"]["max_length"]
            shown.encode()


@pytest.mark.parametrize("key", FORMS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_slack_takes_every_form_whatever_was_written(key: str, text: str) -> None:
    form = FORMS[key]
    state: State = {**dict.fromkeys(form.names, text), **EVERYTHING}
    assert_slack_takes(
        form.view(
            state,
            Metadata(key, "sow", "submit", ref="SOW-7", step=3, draft="d" * 32),
            title=text or None,
            note=text,
            resume=("d0", text.strip() or "Your draft"),
        )
    )


@pytest.mark.parametrize("key", FORMS)
def test_slack_takes_every_form_when_it_is_empty(key: str) -> None:
    view = drawn(FORMS[key], {})
    assert_slack_takes(view)
    assert view["callback_id"] == key
    assert view["notify_on_close"] is True
    assert Metadata.decode(view["private_metadata"]) == METADATA


@pytest.mark.parametrize("key", FORMS)
def test_an_answer_of_the_wrong_kind_is_not_drawn(key: str) -> None:
    form = FORMS[key]
    for wrong in ("??", ["??"], None):
        assert_slack_takes(drawn(form, dict.fromkeys(form.names, wrong)))


def test_a_title_note_and_offer_stand_above_the_questions() -> None:
    view = SOW_FORM.view(
        {},
        METADATA,
        title="Edit and resubmit this very old request",
        note="Dian asks for changes.",
        resume=("d0", "Resume your draft from 10:32 (Globex)"),
    )
    assert view["title"]["text"] == "Edit and resubmit this …"
    offer, intro, note = view["blocks"][:3]
    assert offer["text"]["text"] == "Resume your draft from 10:32 (Globex)"
    assert (offer["accessory"]["action_id"], offer["accessory"]["value"]) == (RESUME_ACTION, "d0")
    assert intro["text"]["text"] == SOW_FORM.intro
    assert note["elements"][0]["text"] == "Dian asks for changes."


def test_without_them_the_form_is_just_its_questions() -> None:
    first = ASSET_FORM.view({}, METADATA)["blocks"][0]
    assert first["block_id"] == "requester_name"


def test_a_mandatory_question_is_not_optional_in_slack_either() -> None:
    view = drawn(SOW_FORM, EVERYTHING)
    mandatory = [
        each["block_id"]
        for each in view["blocks"]
        if each["type"] == "input" and not each["optional"]
    ]
    assert mandatory == [
        "client",
        "client_type",
        "client_type_other",
        "need",
        "amount",
        "currency",
        "contact_name",
        "contact_email",
        "needed_by",
        "large_client_reason",
        "billing_period",
    ]


@pytest.mark.parametrize("key", FORMS)
def test_selects_dates_ticks_and_long_texts_dispatch_and_files_never(key: str) -> None:
    for each in drawn(FORMS[key], EVERYTHING)["blocks"]:
        if each["type"] != "input":
            continue
        element = each["element"]
        kind = element["type"]
        assert FIELD_ACTIONS.search(element["action_id"])
        if kind == "plain_text_input":
            assert each.get("dispatch_action", False) is element["multiline"]
            assert ("dispatch_action_config" in element) is element["multiline"]
        else:
            assert each.get("dispatch_action", False) is (kind != "file_input")


def test_a_long_text_tells_of_every_character() -> None:
    element = block(drawn(SOW_FORM, {}), "need")["element"]
    assert element["dispatch_action_config"] == {"trigger_actions_on": ["on_character_entered"]}


def test_redrawing_keeps_what_is_typed_meanwhile() -> None:
    before = completed(drawn(SOW_FORM, SOW)["blocks"])
    typed = {"type": "plain_text_input", "value": "Globex Europe"}
    action = block({"blocks": before}, "client")["element"]["action_id"]
    entered = {"client": {action: typed}}
    after = completed(drawn(SOW_FORM, {**SOW, "client_type": "other"})["blocks"])
    values = state_values(after, surviving(before, after, entered))
    assert SOW_FORM.read(values)["client"] == "Globex Europe"
    assert "client_type_other" in values


def test_another_draft_replaces_what_is_shown() -> None:
    before = completed(drawn(SOW_FORM, {})["blocks"])
    typed = {"type": "plain_text_input", "value": "G"}
    action = block({"blocks": before}, "client")["element"]["action_id"]
    entered = {"client": {action: typed}}
    after = completed(drawn(SOW_FORM, SOW, REPLACED)["blocks"])
    values = state_values(after, surviving(before, after, entered))
    assert SOW_FORM.read(values)["client"] == "Globex"


def test_a_currency_out_of_the_ordinary_is_offered_when_it_is_the_default() -> None:
    select = block(drawn(SOW_FORM, {"currency": "GEL"}), "currency")["element"]
    assert select["initial_option"]["text"]["text"] == "GEL – Georgian Lari"
    assert (
        "initial_option" not in block(drawn(SOW_FORM, {"currency": "ZZZ"}), "currency")["element"]
    )


def test_options_can_be_given_when_the_form_is_opened() -> None:
    lane = Choice(name="lane", label="Lane", required=True)
    form = Form(key="lane", title="Lane", submit="Go on", fields=(lane,))
    many = [Option(f"L{number}", "Lane " * 30) for number in range(150)]
    view = form.view({"lane": "L7"}, METADATA, choices={"lane": many})
    assert_slack_takes(view)
    select = block(view, "lane")["element"]
    assert len(select["options"]) == 100
    assert select["initial_option"]["value"] == "L7"


def test_of_too_many_options_the_chosen_one_is_kept() -> None:
    lane = Choice(name="lane", label="Lane", required=True)
    form = Form(key="lane", title="Lane", submit="Go on", fields=(lane,))
    many = [(f"L{number}", f"Lane\n{number}") for number in range(150)]
    select = block(form.view({"lane": "L149"}, METADATA, choices={"lane": many}), "lane")
    assert len(select["element"]["options"]) == 100
    assert select["element"]["initial_option"]["text"]["text"] == "Lane 149"


def test_a_form_can_say_how_it_stands() -> None:
    form = replace(ASSET_FORM, note_for=lambda state: f"{len(state)} answers")
    assert block(form.view(ASSET, METADATA), "form_note")["elements"][0]["text"] == "6 answers"
    said = form.view(ASSET, METADATA, note="A question")["blocks"][0]["elements"][0]["text"]
    assert said == "A question"


def test_attached_files_are_told_because_slack_cannot_show_them() -> None:
    view = drawn(SOW_FORM, {"files": ["F1", "F2"]})
    assert block(view, "files")["hint"]["text"] == (
        "2 files are attached. Files that you add here take their place."
    )
    view = drawn(SOW_FORM, {"files": ["F1"]})
    assert block(view, "files")["hint"]["text"].startswith("1 file is attached.")
    assert "hint" not in block(drawn(SOW_FORM, {}), "files")


def test_a_cut_text_says_so() -> None:
    hint = block(drawn(SOW_FORM, {"need": "x" * 3001}), "need")["hint"]["text"]
    assert hint == (
        "Only the beginning is shown. The whole text is kept as long as you leave it as is."
    )


def test_the_mandatory_questions_of_a_statement_of_work_fit_on_the_first_screen() -> None:
    asked = [field for field in SOW_FORM.fields if field.show_if is None]
    needed = [field.required for field in asked]
    assert needed == sorted(needed, reverse=True)
    assert sum(needed) == 7


@pytest.mark.parametrize(("key", "state"), [("sow", SOW), ("sales_asset", ASSET)])
def test_what_is_drawn_is_read_back(key: str, state: State) -> None:
    read = FORMS[key].read(values_of(drawn(FORMS[key], state)))
    assert {name: read[name] for name in state} == state


def test_the_texts_of_a_form_are_short() -> None:
    for form in FORMS.values():
        for field in form.fields:
            assert len(field.label) <= 40
            assert len(field.hint) <= 70
