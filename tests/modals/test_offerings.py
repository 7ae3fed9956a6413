"""What people pick of what an occasion offers: one, several, boxes to tick; and what of nothing."""

import pytest

from modals.fields import Checks, Choice, Several, Shown, Text
from modals.fields.choice import Choices
from modals.form import Form, State
from modals.wire import Answer
from sandbox.blocks.validation import view_problems
from tests.modals.examples import METADATA, TODAY, Json, block, values_of

NAME = Text(name="name", label="Name")
LANE = Choice(name="lane", label="Lane", required=True)
TAGS = Several(name="tags", label="Tags", required=True, most=3, hint="What it is about.")
POINTS = Checks(
    name="points", label="Your checklist", required=True, all_needed="Please tick every point."
)
TOUCHES = Checks(name="touches", label="Touches")
FORM = Form(
    key="offering", title="Offering", submit="Send", fields=(NAME, LANE, TAGS, POINTS, TOUCHES)
)
OFFERED: Choices = {
    "lane": [("marketing", "Marketing"), ("pre_sales", "Pre-sales")],
    "tags": [(f"T{number}", f"Tag {number}") for number in range(150)],
    "points": [("0", "Every figure is right"), ("1", "Nothing is promised too much")],
    "touches": [("marketing", "Marketing")],
}
GIVEN: State = {
    "name": "Deck",
    "lane": "marketing",
    "tags": ["T149", "T99", "T3"],
    "points": ["1", "0"],
    "touches": ["marketing"],
}
NOTHING: Choices = {name: [] for name in OFFERED}


def drawn(state: State, choices: Choices = OFFERED) -> Json:
    view = FORM.view(state, METADATA, choices=choices)
    assert view_problems(view) == []
    return view


def shown(view: Json, name: str) -> list[str]:
    return [each["value"] for each in block(view, name)["element"].get("initial_options", [])]


def names(view: Json) -> list[str]:
    return [each["block_id"] for each in view["blocks"]]


def test_what_was_picked_is_shown_sent_and_understood() -> None:
    read = FORM.read(values_of(drawn(GIVEN)))
    checked = FORM.check(read, today=TODAY, choices=OFFERED)
    assert checked.errors == {}
    assert checked.values["lane"] == "marketing"
    assert set(checked.values["tags"]) == {"T3", "T99", "T149"}
    assert checked.values["points"] == ("0", "1")
    assert checked.values["touches"] == ("marketing",)
    again = FORM.check(FORM.fill(checked.values), today=TODAY, choices=OFFERED)
    assert again == checked


def test_a_choice_sent_twice_counts_once() -> None:
    checked = FORM.check({**GIVEN, "tags": ["T1", "T1"]}, today=TODAY, choices=OFFERED)
    assert checked.values["tags"] == ("T1",)


def test_of_too_many_options_all_that_are_chosen_are_kept() -> None:
    element = block(drawn(GIVEN), "tags")["element"]
    offered = [each["value"] for each in element["options"]]
    assert offered == [f"T{number}" for number in [*range(98), 99, 149]]
    assert element["max_selected_items"] == 3
    assert shown(drawn(GIVEN), "tags") == ["T3", "T99", "T149"]


def test_of_too_many_boxes_the_first_are_offered_and_needed() -> None:
    many: Choices = {**OFFERED, "points": [(str(number), "Point") for number in range(12)]}
    ten = [str(number) for number in range(10)]
    boxes = block(drawn(GIVEN, many), "points")["element"]["options"]
    assert [each["value"] for each in boxes] == ten
    assert not FORM.check({**GIVEN, "points": ten}, today=TODAY, choices=many).errors
    assert FORM.check({**GIVEN, "points": ten[1:]}, today=TODAY, choices=many).errors


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("lane", None, "Please choose one."),
        ("lane", "billing", "This is not offered any more. Please choose one."),
        ("tags", [], "Please choose at least one."),
        ("tags", None, "Please choose at least one."),
        ("tags", "T1", "Please choose at least one."),
        ("tags", ["T1", "??"], "Some of this is not offered any more. Please choose again."),
        ("tags", ["T1", "T2", "T3", "T4"], "These are too many: 3 at most, please."),
        ("points", [], "Please tick every point."),
        ("points", ["1"], "Please tick every point."),
        ("points", ["0", "2"], "Some of this is not offered any more. Please tick again."),
        ("touches", ["x"], "Some of this is not offered any more. Please tick again."),
    ],
)
def test_a_wrong_pick_gets_its_sentence(name: str, answer: Answer, sentence: str) -> None:
    checked = FORM.check({**GIVEN, name: answer}, today=TODAY, choices=OFFERED)
    assert checked.errors == {name: sentence}


def test_boxes_without_a_condition_are_required_like_any_field() -> None:
    form = Form(
        key="boxes",
        title="Boxes",
        submit="Send",
        fields=(Checks(name="boxes", label="Boxes", required=True),),
    )
    offered: Choices = {"boxes": [("a", "A"), ("b", "B")]}
    assert form.check({}, today=TODAY, choices=offered).errors == {
        "boxes": "Please tick at least one."
    }
    assert form.check({"boxes": ["b"]}, today=TODAY, choices=offered).values == {"boxes": ("b",)}


def test_what_has_nothing_to_offer_is_neither_drawn_nor_required() -> None:
    assert names(drawn({"name": "Deck"}, NOTHING)) == ["name"]
    assert names(drawn(GIVEN, NOTHING)) == ["name"]
    for state in ({}, GIVEN):
        checked = FORM.check(state, today=TODAY, choices=NOTHING)
        assert checked.errors == {}
        assert {name: checked.values[name] for name in OFFERED} == {
            "lane": "",
            "tags": (),
            "points": (),
            "touches": (),
        }


def test_what_hangs_on_a_field_with_nothing_to_offer_is_hidden() -> None:
    more = Text(name="more", label="More", show_if=Shown("lane", ("marketing",)))
    form = Form(key="more", title="More", submit="Send", fields=(NAME, LANE, more))
    state: State = {"lane": "marketing"}
    assert form.visible(state, OFFERED) == ("name", "lane", "more")
    assert form.visible(state, NOTHING) == ("name",)


def test_options_that_are_not_known_hide_no_answer_and_excuse_nobody() -> None:
    assert names(drawn(GIVEN, {})) == ["name", "lane", "tags", "points", "touches"]
    assert block(drawn(GIVEN, {}), "lane")["element"]["initial_option"]["value"] == "marketing"
    assert names(drawn({}, {})) == ["name"]
    assert FORM.check({}, today=TODAY).errors == {
        "lane": "Please choose one.",
        "tags": "Please choose at least one.",
        "points": "Please tick every point.",
    }
    assert FORM.check({**GIVEN, "points": ["0", "1"]}, today=TODAY).errors == {
        "points": "Please tick every point."
    }


@pytest.mark.parametrize(("choices", "state"), [(OFFERED, GIVEN), (NOTHING, {}), ({}, {})])
def test_what_an_occasion_offers_never_asks_for_another_drawing(
    choices: Choices, state: State
) -> None:
    assert FORM.is_drawn_for(GIVEN, names(drawn(state, choices)))


def test_a_tag_that_is_gone_is_named() -> None:
    view = drawn({**GIVEN, "lane": "billing", "tags": ["T1", "Old\nTag", "\x00"]})
    assert block(view, "tags")["hint"]["text"] == (
        "Not offered any more: Old Tag. What it is about."
    )
    assert block(view, "lane")["hint"]["text"] == "Not offered any more: billing."
    assert shown(view, "tags") == ["T1"]
    assert "initial_option" not in block(view, "lane")["element"]


def test_of_too_many_picks_that_were_put_back_slack_gets_as_many_as_it_takes() -> None:
    assert shown(drawn({**GIVEN, "tags": ["T1", "T2", "T3", "T4"]}), "tags") == ["T1", "T2", "T3"]


@pytest.mark.parametrize("wrong", ["??", ["\x00", " "], None])
@pytest.mark.parametrize("choices", [OFFERED, NOTHING, {}])
def test_an_answer_of_the_wrong_kind_is_not_drawn(wrong: Answer, choices: Choices) -> None:
    drawn(dict.fromkeys(OFFERED, wrong), choices)
