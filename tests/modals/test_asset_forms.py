"""The forms of a sales asset, from triage to the shelf: what they ask for and what they give."""

from datetime import date

import pytest

from modals.fields.choice import Choices
from modals.form import State
from modals.registry import find_forms
from tests.modals.examples import ASSET, LISTS, METADATA, SHELF, TODAY, values_of

FORMS = find_forms()
OFFERED: Choices = {
    **LISTS,
    "owner": [("U0MIA", "Mia Tanaka (2 open)"), ("U0LEO", "Leo Martin (none open)")],
    "twin": [("AST-3", "AST-3: Fintech deck")],
    "asset": [("SHELF-7", "SHELF-7: Fintech case study")],
    "lane": [("marketing", "Marketing")],
    "first": [("marketing", "Marketing"), ("sales_manager", "Sales manager")],
    "second": [("marketing", "Marketing"), ("sales_manager", "Sales manager")],
    "upholds": [("marketing", "Marketing"), ("neither", "Neither")],
    "points": [("0", "Names are right"), ("1", "We may show every picture")],
    "touches": [("marketing", "Marketing"), ("pre_sales", "Pre-sales")],
}
BY = date(2027, 5, 22)
TAGS = {
    "industries": ("Fintech",),
    "audiences": (),
    "languages": ("English", "Deutsch"),
    "products": (),
}
TYPED_TAGS: State = {"industries": ["Fintech"], "languages": ["English", "Deutsch"]}
SAID = {name: SHELF[name] for name in ("title", "asset_type", "use_when", "whom_for")}
GIVES: dict[str, tuple[State, dict[str, object]]] = {
    "acceptance": (
        {"owner": "U0MIA", "due_on": "2026-12-01", "contributors": ["U0LEO"]},
        {
            "owner": "U0MIA",
            "due_on": date(2026, 12, 1),
            "priority": "normal",
            "contributors": ("U0LEO",),
        },
    ),
    "deferral": (
        {"until": "2026-12-01", "reason": "After the fair"},
        {"until": date(2026, 12, 1), "reason": "After the fair"},
    ),
    "merging": ({"twin": "AST-3", "reason": "The same"}, {"twin": "AST-3", "reason": "The same"}),
    "shelf_answer": (
        {"asset": "SHELF-7", "reason": "It is all there"},
        {"asset": "SHELF-7", "reason": "It is all there"},
    ),
    "asset_draft": (
        {"files": ["F1"], "note": "Two new slides", "touches": ["marketing"]},
        {"files": ("F1",), "link": "", "note": "Two new slides", "touches": ("marketing",)},
    ),
    "lane_approval": ({"points": ["0", "1"]}, {"points": ("0", "1"), "remark": ""}),
    "lane_changes": ({"reason": "The logo"}, {"reason": "The logo"}),
    "waiver": ({"reason": "No figures in it"}, {"reason": "No figures in it"}),
    "objection": (
        {"lane": "marketing", "reason": "The cover"},
        {"lane": "marketing", "reason": "The cover"},
    ),
    "conflict": (
        {"first": "marketing", "second": "sales_manager", "topic": "narrative", "reason": "Tone"},
        {"first": "marketing", "second": "sales_manager", "topic": "narrative", "reason": "Tone"},
    ),
    "resolution": (
        {"upholds": "neither", "reason": "Begin with the client"},
        {"upholds": "neither", "reason": "Begin with the client"},
    ),
    "contributors": ({}, {"people": ()}),
    "hand_over": (
        {"owner": "U0LEO", "reason": "Mia is away"},
        {"owner": "U0LEO", "reason": "Mia is away"},
    ),
    "delivery": (
        {**SHELF, **TYPED_TAGS, "missing_tag": "Insurance"},
        {
            **SAID,
            **TAGS,
            "missing_tag": "Insurance",
            "missing_list": "products",
            "review_by": BY,
        },
    ),
    "justification": (
        {"until": "2026-12-04", "reason": "The client is late"},
        {"until": date(2026, 12, 4), "reason": "The client is late"},
    ),
    "refusal": ({"reason": "The fair is on the 2nd"}, {"reason": "The fair is on the 2nd"}),
    "feedback_word": ({"word": "They liked it"}, {"word": "They liked it"}),
    "shelf": (
        {**SHELF, **TYPED_TAGS},
        {**SAID, **TAGS, "files": (), "link": SHELF["link"], "review_by": BY},
    ),
    "retagging": ({**SAID, **TYPED_TAGS}, {**SAID, **TAGS}),
    "renewal": ({"review_by": "2027-05-22"}, {"review_by": BY}),
    "learning": ({"reason": "Short works"}, {"reason": "Short works"}),
    "outdated_report": ({"reason": "The old logo"}, {"reason": "The old logo"}),
    "use_in_deal": ({"deal": ["D-1042", "Globex – Pilot"]}, {"deal": "D-1042"}),
}


@pytest.mark.parametrize("key", GIVES)
def test_a_form_that_was_filled_in_and_sent_gives_what_its_purpose_needs(key: str) -> None:
    typed, values = GIVES[key]
    form = FORMS[key]
    view = form.view(typed, METADATA, choices=OFFERED)
    checked = form.check({**typed, **form.read(values_of(view))}, today=TODAY, choices=OFFERED)
    assert checked.errors == {}
    assert checked.values == values


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("acceptance", "owner due_on"),
        ("deferral", "until reason"),
        ("merging", "twin reason"),
        ("shelf_answer", "asset reason"),
        ("asset_draft", "files note"),
        ("lane_approval", "points"),
        ("lane_changes", "reason"),
        ("waiver", "reason"),
        ("objection", "lane reason"),
        ("conflict", "first second topic reason"),
        ("resolution", "upholds reason"),
        ("contributors", ""),
        ("hand_over", "owner reason"),
        ("delivery", "title asset_type use_when whom_for review_by"),
        ("justification", "until reason"),
        ("refusal", "reason"),
        ("feedback_word", "word"),
        ("shelf", "title asset_type use_when whom_for files review_by"),
        ("retagging", "title asset_type use_when whom_for"),
        ("renewal", "review_by"),
        ("learning", "reason"),
        ("outdated_report", "reason"),
        ("use_in_deal", "deal"),
    ],
)
def test_what_cannot_be_left_out_is_said_at_once(key: str, missing: str) -> None:
    assert [*FORMS[key].check({}, today=TODAY, choices=OFFERED).errors] == missing.split()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *(("acceptance", "due_on"), ("deferral", "until"), ("justification", "until")),
        *(("delivery", "review_by"), ("shelf", "review_by"), ("renewal", "review_by")),
    ],
)
def test_a_date_that_was_is_refused(key: str, name: str) -> None:
    typed = {**GIVES[key][0], name: "2026-11-22"}
    assert FORMS[key].check(typed, today=TODAY, choices=OFFERED).errors == {
        name: "This date is in the past. Please choose today or a later one."
    }


@pytest.mark.parametrize(
    ("key", "name", "most"),
    [
        *(("delivery", "title", 120), ("delivery", "use_when", 300), ("shelf", "whom_for", 200)),
        *(("delivery", "missing_tag", 60), ("feedback_word", "word", 500)),
    ],
)
def test_what_stands_on_cards_stays_short(key: str, name: str, most: int) -> None:
    typed = GIVES[key][0]
    fits, too_long = {**typed, name: "x" * most}, {**typed, name: "x" * (most + 1)}
    assert FORMS[key].check(fits, today=TODAY, choices=OFFERED).errors == {}
    assert FORMS[key].check(too_long, today=TODAY, choices=OFFERED).errors == {
        name: f"This is too long: at most {most} characters, please."
    }


def test_an_approval_needs_the_whole_checklist() -> None:
    form = FORMS["lane_approval"]
    assert form.check({"points": ["1"]}, today=TODAY, choices=OFFERED).errors == {
        "points": "Please tick every point, or ask for changes."
    }
    assert form.check({}, today=TODAY, choices={"points": []}).values == {
        "points": (),
        "remark": "",
    }


def test_an_asset_request_asks_for_what_is_in_the_lists() -> None:
    form = FORMS["sales_asset"]
    lists = {**LISTS, "industry": []}
    asked = {each["block_id"] for each in form.view({}, METADATA, choices=lists)["blocks"]}
    assert {"audience", "language", "goal"} <= asked
    assert "industry" not in asked
    typed: State = {**ASSET, "asset_type": "Deck", "audience": "CFOs", "industry": "Logistics"}
    values = form.check(typed, today=TODAY, choices=lists).values
    assert (values["asset_type"], values["audience"], values["industry"]) == ("Deck", "CFOs", "")


def test_without_lists_an_asset_request_asks_for_the_usual_kinds_and_no_tags() -> None:
    view = FORMS["sales_asset"].view({}, METADATA)
    asked = [each["block_id"] for each in view["blocks"]]
    assert "asset_type" in asked
    assert not {"industry", "audience", "language", "goal"} & {*asked}
