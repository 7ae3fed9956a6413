"""A field for several members of the workspace."""

import pytest

from modals.fields import Invalid, People
from modals.form import Form
from modals.wire import Answer
from sandbox.blocks.validation import view_problems
from tests.modals.examples import METADATA, TODAY, block, values_of

PEOPLE = People(name="people", label="Who helps?", most=2)
FORM = Form(key="people", title="People", submit="Send", fields=(PEOPLE,))


def test_people_are_shown_sent_and_understood_by_their_ids() -> None:
    view = FORM.view({"people": ["U0LEO", "U0MIA"]}, METADATA)
    assert view_problems(view) == []
    element = block(view, "people")["element"]
    assert (element["type"], element["max_selected_items"]) == ("multi_users_select", 2)
    assert element["initial_users"] == ["U0LEO", "U0MIA"]
    checked = FORM.check(FORM.read(values_of(view)), today=TODAY)
    assert checked.values == {"people": ("U0LEO", "U0MIA")}
    assert FORM.fill(checked.values) == {"people": ["U0LEO", "U0MIA"]}


@pytest.mark.parametrize("answer", [None, [], "U0LEO", ["??"]])
def test_nobody_is_nobody(answer: Answer) -> None:
    assert PEOPLE.check({"people": answer}, TODAY) == ()
    assert "initial_users" not in PEOPLE.element({"people": answer})
    required = People(name="people", label="Who helps?", required=True)
    with pytest.raises(Invalid, match=r"Please choose at least one person\."):
        required.check({"people": answer}, TODAY)


def test_each_counts_once_and_too_many_are_refused() -> None:
    assert PEOPLE.check({"people": ["U0LEO", "U0LEO"]}, TODAY) == ("U0LEO",)
    with pytest.raises(Invalid, match=r"These are too many: 2 at most, please\."):
        PEOPLE.check({"people": ["U0LEO", "U0MIA", "U0BEN"]}, TODAY)
    shown = PEOPLE.element({"people": ["U0LEO", "U0MIA", "U0BEN"]})["initial_users"]
    assert shown == ["U0LEO", "U0MIA"]
