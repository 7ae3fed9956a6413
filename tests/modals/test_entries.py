"""The lists of an admin: what is understood, and what is said of which line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.entries import Guideline, read_entries, read_goals, read_guidelines
from modals.form import State
from modals.keeping import LISTS, WEIGHTS
from tests.modals.examples import TODAY
from workflows.priority import WEIGHTS as USUAL
from workflows.priority import Criterion, Goal

HUNDRED = "\n".join(f"Entry {number}" for number in range(100))
WEIGHT = "After = comes a weight, a whole number from 1 to 10."
NO_LINK = "This is not a link. It begins with https://, for example https://drive.example/deck."
MISSING = "Please write a name, then | and a link."


def test_entries_stand_one_a_line() -> None:
    assert read_entries("Fintech\n\n - Public  sector \n• Énergie") == (
        "Fintech",
        "Public sector",
        "Énergie",
    )
    assert read_entries(" \n\n") == ()
    assert len(read_entries(HUNDRED + "\n")) == 100
    assert read_entries("x" * 75) == ("x" * 75,)


def test_a_goal_has_a_weight_or_counts_once() -> None:
    assert read_goals("Shorter cycles = 10\nWin banks\n10x = better = 1") == (
        Goal(name="Shorter cycles", weight=10),
        Goal(name="Win banks"),
        Goal(name="10x = better", weight=1),
    )


def test_a_guideline_has_a_name_and_a_link() -> None:
    assert read_guidelines("Brand book | https://brand.example/book\n- Deck|https://a.example") == (
        Guideline("Brand book", "https://brand.example/book"),
        Guideline("Deck", "https://a.example"),
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("industries", "a\n\nA", "Line 3: “A” stands there already."),
        ("products", f"A\n{'x' * 76}", "Line 2: This is too long: at most 75 characters, please."),
        ("languages", f"{HUNDRED}\nx", "Line 101: This is one too many: 100 at most, please."),
        ("goals", "A = 11", f"Line 1: {WEIGHT}"),
        ("goals", "A = 0", f"Line 1: {WEIGHT}"),
        ("goals", "A\nB =", f"Line 2: {WEIGHT}"),
        ("goals", "A = much", f"Line 1: {WEIGHT}"),
        ("goals", "A = ٣", f"Line 1: {WEIGHT}"),
        ("goals", f"A = {'9' * 2000}", f"Line 1: {WEIGHT}"),
        ("goals", "= 3", "Line 1: The name is missing."),
        ("goals", "A = 1\na = 2", "Line 2: “a” stands there already."),
        ("guidelines", "Brand book", f"Line 1: {MISSING}"),
        ("guidelines", "A | https://a.example\nB |", f"Line 2: {MISSING}"),
        ("guidelines", "| https://a.example", "Line 1: The name is missing."),
        (
            "guidelines",
            "A | a.example",
            f"Line 1: {NO_LINK}",
        ),
        ("audiences", "x\n" * 2000, "This is too long: at most 3,000 characters, please."),
    ],
)
def test_what_is_wrong_is_said_of_its_line(name: str, text: str, sentence: str) -> None:
    assert LISTS.check({name: text}, today=TODAY).errors == {name: sentence}


def test_lists_are_kept_as_tidy_lines_and_shown_again() -> None:
    typed: State = {
        "asset_types": "- Deck\n\n- Case  study",
        "goals": "Win banks=3\nShorter cycles",
        "guidelines": "Brand book | https://brand.example",
    }
    checked = LISTS.check(typed, today=TODAY)
    assert checked.errors == {}
    assert checked.values == {
        "asset_types": ("Deck", "Case study"),
        "industries": (),
        "audiences": (),
        "languages": (),
        "products": (),
        "goals": ("Win banks=3", "Shorter cycles"),
        "guidelines": ("Brand book | https://brand.example",),
    }
    assert LISTS.check(LISTS.fill(checked.values), today=TODAY) == checked
    assert read_goals("\n".join(checked.values["goals"]))[0] == Goal(name="Win banks", weight=3)


@given(st.lists(st.text("ab |=-1é\n\u2028", max_size=8), max_size=4).map("\n".join))
def test_what_is_kept_of_a_list_is_understood_as_the_same(text: str) -> None:
    checked = LISTS.check({"goals": text, "industries": text}, today=TODAY)
    if not checked.errors:
        kept = {name: "\n".join(checked.values[name]) for name in ("goals", "industries")}
        assert read_goals(kept["goals"]) == read_goals(text)
        assert (
            read_entries(kept["industries"]) == read_entries(text) == checked.values["industries"]
        )
    assert all(sentence.startswith("Line ") for sentence in checked.errors.values())


def test_the_weights_are_those_of_the_criteria() -> None:
    assert [field.name for field in WEIGHTS.fields] == [each.value for each in Criterion]
    typed = WEIGHTS.fill({each.value: weight for each, weight in USUAL.items()})
    assert WEIGHTS.check(typed, today=TODAY).values == {
        each.value: weight for each, weight in USUAL.items()
    }


def test_a_weight_is_from_nothing_to_a_hundred() -> None:
    typed = dict.fromkeys(WEIGHTS.names, "0")
    assert WEIGHTS.check(typed, today=TODAY).errors == {}
    assert WEIGHTS.check({**typed, "reuse": "101", "goals": None}, today=TODAY).errors == {
        "reuse": "Please write a whole number from 0 to 100.",
        "goals": "Please fill this in.",
    }
