"""A list of things in one field: its summary, its pages, its entries, the wire of its editor."""

import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals import item_edits
from modals.fields import Invalid, Items, State
from modals.fields.items import MOST_ENTRIES, Entry, fingerprint
from modals.item_form import check_entry, entry_view, read_entry
from modals.item_list import PAGE, list_view, page_of
from modals.item_wire import (
    ACTIONS,
    ENTRY,
    LIST,
    MENU,
    Place,
    Press,
    Verb,
    button_id,
    press_of,
    value_of,
)
from modals.lists import DELIVERABLES, MILESTONES, PRICES
from modals.metadata import Metadata, NotOurs
from modals.wire import FIELD_ACTIONS
from sandbox.blocks.validation import is_too_large, view_problems
from tests.modals.examples import PILOT, REPORT, TODAY, WORKSHOP, Json, block, values_of
from workflows.document import Deliverable, Milestone, PriceLine
from workflows.money import Money

FORM = Metadata("document", "sow", "draft", ref="SOW-7", step=3, draft="d" * 32)
PLACE = Place(form=FORM, field="deliverables")
LISTS = [DELIVERABLES, MILESTONES, PRICES]


def titled(count: int) -> list[Entry]:
    return [{"title": f"D{number}"} for number in range(count)]


def state_of(field: Items, entries: list[Entry]) -> State:
    return field.with_entries(entries)


def said(view: Json) -> list[str]:
    return [each["text"]["text"] for each in view["blocks"] if each["type"] == "section"]


def buttons(view: Json) -> dict[str, str]:
    """Return the buttons below a list: their values by their words."""
    [row] = [each for each in view["blocks"] if each["type"] == "actions"]
    return {each["text"]["text"]: each["value"] for each in row["elements"]}


def test_the_field_shows_the_first_entries_and_how_many_more() -> None:
    [section] = DELIVERABLES.blocks(state_of(DELIVERABLES, titled(17)), "d1")
    assert section["text"]["text"] == (
        "Deliverables (17)\n1. D0\n2. D1\n3. D2\n4. D3\n5. D4\nand 12 more"
    )
    button = section["accessory"]
    assert (button["action_id"], button["value"]) == ("items:open", "open:deliverables")
    assert button["accessibility_label"] == "Edit: Deliverables"
    assert DELIVERABLES.blocks({}, "d1")[0]["text"]["text"] == "Deliverables: none yet"


def test_price_lines_show_their_amounts() -> None:
    state: State = {"prices": [PILOT, '{"text":"Travel","price":"250","currency":"EUR"}']}
    assert PRICES.blocks(state, "d1")[0]["text"]["text"] == (
        "Fee (2)\n1. Pilot: 2 × 4,000.00 USD = 8,000.00 USD\n2. Travel: 250.00 EUR"
    )


def test_milestones_show_their_days() -> None:
    state: State = {"milestones": ['{"title":"Kick-off","on":"2027-01-04"}', '{"title":"End"}']}
    assert MILESTONES.blocks(state, "d1")[0]["text"]["text"] == (
        "Milestones (2)\n1. Kick-off, Mon 4 Jan 2027\n2. End"
    )


def test_entries_become_things() -> None:
    assert DELIVERABLES.check({"deliverables": [WORKSHOP, REPORT]}, TODAY) == (
        Deliverable(title="Workshop", acceptance="Minutes are signed.", due=date(2027, 1, 8)),
        Deliverable(title="Report"),
    )
    assert PRICES.check({"prices": [PILOT]}, TODAY) == (
        PriceLine(text="Pilot", price=Money(400_000, "USD"), quantity=Decimal(2)),
    )


THINGS = [
    (DELIVERABLES, Deliverable(title="Plan", description="a\nb", due=date(2027, 1, 8))),
    (MILESTONES, Milestone(title="Kick-off", on=date(2027, 1, 4), note="On site")),
    (PRICES, PriceLine(text="Days", price=Money(100_500, "KWD"), quantity=Decimal("1.125"))),
    (PRICES, PriceLine(text="Days", price=Money(1234, "JPY"), quantity=Decimal(1500))),
]


@pytest.mark.parametrize(("field", "thing"), THINGS)
def test_things_that_are_put_back_are_the_same(field: Items, thing: Deliverable) -> None:
    assert field.check(field.fill((thing,)), TODAY) == (thing,)
    assert field.fill([asdict(thing)]) == field.fill((thing,))


@pytest.mark.parametrize(
    ("field", "entries", "sentence"),
    [
        (DELIVERABLES, [{"title": "A"}, {}], "Number 2, What does the client get?: Please fill"),
        (PRICES, [{"text": "Days", "price": "8.000", "currency": "EUR"}], "“Days”, Price each: “8"),
        (PRICES, [{"text": "Days", "price": "-5", "currency": "EUR"}], "must be more than zero."),
        (PRICES, [{"text": "Days", "price": "5"}], "Price each: Please choose a currency, too."),
        (
            PRICES,
            [{"text": "X", "price": "900000000000", "currency": "USD", "quantity": "1000000"}],
            "“X”, Quantity times price is too large an amount.",
        ),
        (DELIVERABLES, titled(MOST_ENTRIES + 1), "These are too many: 200 at most, please."),
    ],
)
def test_a_wrong_entry_is_named(field: Items, entries: list[Entry], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        field.check(state_of(field, entries), TODAY)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("answer", ["x", ["x"], ["[1]"], ['{"title":7}'], ["[" * 9999], None, []])
def test_what_cannot_be_read_breaks_nothing(answer: str | list[str] | None) -> None:
    state: State = {"deliverables": answer}
    assert DELIVERABLES.blocks(state, "d1")
    assert view_problems(list_view(DELIVERABLES, state, PLACE)) == []
    expected: list[Entry] = [{}] if isinstance(answer, list) and answer else []
    assert DELIVERABLES.entries(state) == expected


@pytest.mark.parametrize("count", [0, 1, 2, PAGE, PAGE + 1, MOST_ENTRIES])
@pytest.mark.parametrize("field", LISTS)
@pytest.mark.parametrize("text", ["A", "x" * 9000, "<!channel> *b*", "\N{RIGHT-TO-LEFT OVERRIDE}ש"])
def test_slack_takes_every_page(field: Items, count: int, text: str) -> None:
    state = state_of(field, [{field.fields[0].name: text} for _ in range(count)])
    for page in range(page_of(max(count - 1, 0)) + 1):
        view = list_view(field, state, replace(PLACE, page=page, on_form=False), note=text[:200])
        assert view_problems(view) == []
        assert not is_too_large(view)
        assert view["callback_id"] == LIST


def test_a_page_has_twenty_entries_and_leads_to_its_neighbours() -> None:
    state = state_of(DELIVERABLES, titled(45))
    view = list_view(DELIVERABLES, state, replace(PLACE, page=1))
    assert view["blocks"][0]["elements"][0]["text"] == "45 of at most 200, page 2 of 3"
    assert (said(view)[0], said(view)[-1]) == ("21. D20", "40. D39")
    assert buttons(view) == {"Add a deliverable": "add:0", "Earlier": "turn:0", "Later": "turn:2"}
    assert Place.decode(view["private_metadata"]).page == 1


def test_a_page_that_is_gone_is_the_last_one() -> None:
    view = list_view(DELIVERABLES, state_of(DELIVERABLES, titled(3)), replace(PLACE, page=7))
    assert Place.decode(view["private_metadata"]).page == 0
    assert buttons(view) == {"Add a deliverable": "add:0"}


def test_the_menu_of_an_entry_offers_what_is_possible() -> None:
    view = list_view(DELIVERABLES, state_of(DELIVERABLES, titled(3)), PLACE)
    offered = [
        {option["text"]["text"]: option["value"] for option in each["accessory"]["options"]}
        for each in view["blocks"]
        if each["type"] == "section"
    ]
    assert offered == [
        {"Edit": "edit:0", "Move down": "down:0", "Remove": "remove:0"},
        {"Edit": "edit:1", "Move up": "up:1", "Move down": "down:1", "Remove": "remove:1"},
        {"Edit": "edit:2", "Move up": "up:2", "Remove": "remove:2"},
    ]


def test_a_full_list_takes_nothing_more() -> None:
    view = list_view(DELIVERABLES, state_of(DELIVERABLES, titled(MOST_ENTRIES)), PLACE)
    assert list(buttons(view)) == ["Later"]


def test_a_wrong_entry_says_so_in_the_list() -> None:
    state = state_of(PRICES, [{"text": "Days", "price": "0", "currency": "USD"}, {}])
    assert said(list_view(PRICES, state, PLACE)) == [
        "1. Days – Price each: The amount must be more than zero.",
        "2. (a price line) – What is paid for?: Please fill this in.",
    ]


def test_a_list_in_the_place_of_its_form_leads_back_and_tells_when_it_is_closed() -> None:
    on_top = list_view(DELIVERABLES, {}, PLACE)
    instead = list_view(DELIVERABLES, {}, replace(PLACE, on_form=False))
    assert (on_top["close"]["text"], on_top["notify_on_close"]) == ("Back", False)
    assert (instead["close"]["text"], instead["notify_on_close"]) == ("Close", True)
    assert buttons(instead)["Back to the form"] == "back:0"


@pytest.mark.parametrize("field", LISTS)
@pytest.mark.parametrize("on_list", [True, False])
def test_the_form_for_an_entry_asks_its_questions_and_dispatches_nothing(
    field: Items, *, on_list: bool
) -> None:
    place = replace(PLACE, entry=0, token="t1", on_list=on_list)
    view = entry_view(field, {}, place, is_new=True)
    assert view_problems(view) == []
    assert (view["callback_id"], view["title"]["text"]) == (ENTRY, f"Add a {field.noun}")
    assert Place.decode(view["private_metadata"]) == place
    assert not any(each.get("dispatch_action") for each in view["blocks"])
    assert "dispatch_action_config" not in json.dumps(view)
    assert [each["type"] for each in view["blocks"]].count("actions") == (not on_list)


def test_what_the_form_for_an_entry_shows_is_read_back() -> None:
    [entry] = PRICES.entries({"prices": [PILOT]})
    place = replace(PLACE, field="prices", entry=0, seen="x", token="t1")
    view = entry_view(PRICES, entry, place, is_new=False)
    assert view["title"]["text"] == "Edit price line"
    assert read_entry(PRICES, values_of(view), entry) == entry
    assert FIELD_ACTIONS.search(block(view, "text")["element"]["action_id"])


def test_a_long_text_of_an_entry_stays_whole_while_it_is_left_as_it_is() -> None:
    before: Entry = {"title": "Plan", "description": "x" * 5000}
    view = entry_view(DELIVERABLES, before, replace(PLACE, token="t1"), is_new=False)
    assert read_entry(DELIVERABLES, values_of(view), before)["description"] == "x" * 5000


def test_every_wrong_answer_of_an_entry_stands_at_its_question() -> None:
    wrong: Entry = {"text": "", "quantity": "0", "price": "a lot", "currency": "USD"}
    assert check_entry(PRICES, wrong, TODAY).errors == {
        "text": "Please fill this in.",
        "quantity": "The quantity must be more than zero.",
        "price": "Please write the amount in figures, for example 8000, 8,000 or 8000.50.",
    }
    large: Entry = {"text": "X", "quantity": "1000000", "price": "9" * 12, "currency": "USD"}
    assert check_entry(PRICES, large, TODAY).errors == {
        "text": "Quantity times price is too large an amount."
    }


def test_entries_move_within_the_list_and_leave_it() -> None:
    a, b, c = titled(3)
    assert item_edits.rearranged([a, b, c], Press(Verb.UP, 2)) == [a, c, b]
    assert item_edits.rearranged([a, b, c], Press(Verb.DOWN, 0)) == [b, a, c]
    assert item_edits.rearranged([a, b, c], Press(Verb.UP, 0)) == [a, b, c]
    assert item_edits.rearranged([a, b, c], Press(Verb.DOWN, 2)) == [a, b, c]
    assert item_edits.rearranged([a, b, c], Press(Verb.REMOVE, 1)) == [a, c]


def test_an_entry_is_saved_only_where_the_one_that_was_opened_still_stands() -> None:
    a, b, fresh = titled(3)
    place = item_edits.opened_at([a, b], PLACE, 1, "t1")
    assert item_edits.opened([a, b], place) == b
    assert item_edits.with_entry([a, b], place, fresh) == [a, fresh]
    assert item_edits.with_entry([b, a], place, fresh) is None
    assert item_edits.with_entry([a], place, fresh) is None
    added = item_edits.opened_at([a, b], PLACE, None, "t2")
    assert item_edits.opened([a, b, a], added) == {}
    assert item_edits.with_entry([b, a, a], added, fresh) == [b, a, a, fresh]


def test_a_list_is_known_by_what_it_shows() -> None:
    a, b = titled(2)
    view = list_view(DELIVERABLES, state_of(DELIVERABLES, [a, b]), PLACE)
    place = Place.decode(view["private_metadata"])
    assert item_edits.is_as_shown([a, b], place, Press(Verb.REMOVE, 1))
    assert not item_edits.is_as_shown([b, a], place, Press(Verb.REMOVE, 1))
    assert not item_edits.is_as_shown([a, b], place, Press(Verb.REMOVE, 2))
    assert fingerprint([a, b]) != fingerprint([b, a])


def test_a_new_price_line_begins_with_the_currency_of_the_last() -> None:
    assert item_edits.new_entry(PRICES, [], "EUR") == {"currency": "EUR"}
    assert item_edits.new_entry(PRICES, [{"currency": "JPY"}], "EUR") == {"currency": "JPY"}
    assert item_edits.new_entry(DELIVERABLES, titled(1), "EUR") == {}


PRESSES = st.builds(
    Press, st.sampled_from([*set(Verb) - {Verb.OPEN}]), st.integers(0, 999_999)
) | st.builds(
    Press, st.just(Verb.OPEN), st.just(0), st.sampled_from(["prices", "deliverables", "a:b"])
)


@given(PRESSES)
def test_a_press_survives_the_way_through_slack(press: Press) -> None:
    assert press_of(value_of(press)) == press
    assert len(value_of(press)) <= 150
    assert ACTIONS.match(button_id(press))
    assert ACTIONS.match(MENU)


@pytest.mark.parametrize(
    "value", ["", "open:", "open", "edit:", "edit:-1", "edit:x", "fly:1", "edit:1:2", "edit:٣"]
)
def test_a_press_that_is_not_ours_is_refused(value: str) -> None:
    with pytest.raises(NotOurs):
        press_of(value)


WORDS = st.text(max_size=40)


@given(
    st.builds(
        Place,
        form=st.builds(Metadata, WORDS, WORDS, WORDS, ref=st.none() | WORDS, draft=WORDS),
        field=WORDS,
        page=st.integers(0, 9),
        entry=st.none() | st.integers(0, 200),
        seen=WORDS,
        on_form=st.booleans(),
        on_list=st.booleans(),
        list_view=WORDS,
        token=WORDS,
    )
)
def test_a_place_survives_the_way_through_slack(place: Place) -> None:
    assert Place.decode(place.encode()) == place


def test_a_place_fits_into_slacks_metadata() -> None:
    place = replace(PLACE, entry=199, seen="f" * 16, list_view="V" * 20, token="t" * 32)
    assert len(place.encode()) < 1000


def changed(**changes: object) -> str:
    return json.dumps(json.loads(PLACE.encode()) | changes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[" * 3000,
        FORM.encode(),
        changed(items=2),
        changed(more=1),
        changed(form=FORM.ref),
        changed(field=None),
        changed(page=-1),
        changed(page=True),
        changed(entry="0"),
        changed(on_form=1),
        changed(token=["t"]),
    ],
)
def test_metadata_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotOurs):
        Place.decode(text)
    with pytest.raises(NotOurs):
        Metadata.decode(PLACE.encode())
