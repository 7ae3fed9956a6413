"""Cards, pages and notices: who may press what, and what stands in the place of buttons."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from messages.buttons import Button, Details, decode
from messages.card import card
from messages.facts import CardFacts
from messages.message import Json
from messages.notice import log_line, notice, reminder, stale
from messages.page import page
from sandbox.blocks.validation import view_problems
from tests.messages.demo import AFTER, LARGE, facts, offered, sow
from tests.workflows.harborlight import ADAM, ANA, BEN, DIAN, GRETA, RYAN
from tests.workflows.journey import Journey
from workflows.definition import ALL, Lane
from workflows.engine import Entry
from workflows.roles import Role
from workflows.sow import WORKFLOW as SOW


def pressed(blocks: Sequence[Json]) -> list[Any]:
    return [
        decode(button["action_id"], button["value"])
        for block in blocks
        if block["type"] == "actions"
        for button in block["elements"]
        if button["type"] == "button"
    ]


def test_a_decider_may_press_what_the_engine_offers_on_the_card() -> None:
    journey = sow(LARGE)
    drawn = card(facts(journey), offered(journey, RYAN), reader="decider")
    names = ["approve", "request_changes", "ask", "reject"]
    assert pressed(drawn.blocks) == [
        *(Button(name, "SOW-1", journey.request.step) for name in names),
        Details("SOW-1"),
    ]


def test_the_page_offers_what_the_card_does_not() -> None:
    journey = AFTER["sow answer"]
    assert [
        each.action for each in pressed(page(facts(journey), [], offered(journey, ADAM))["blocks"])
    ] == [
        "reassign",
        "hold",
        "cancel",
    ]
    drawn = card(facts(journey), offered(journey, ADAM), reader="decider")
    assert pressed(drawn.blocks) == [Details("SOW-1")]


def test_an_ended_request_has_the_decision_in_the_place_of_its_buttons() -> None:
    journey = AFTER["sow reject"]
    every = SOW.transitions
    drawn = card(facts(journey), every, reader="decider")
    assert pressed(drawn.blocks) == [Details("SOW-1")]
    assert "Rejected by <@U0RYAN>, <!date^" in drawn.text
    assert "The margin is too low." in drawn.text


@pytest.mark.parametrize(
    ("name", "user", "reader", "waits"),
    [
        ("sow submit", DIAN, "decider", True),
        ("sow submit", RYAN, "decider", False),
        ("sow submit", ANA, "asker", False),
        ("sow ask", ANA, "asker", True),
        ("sow request_changes", ANA, "asker", True),
        ("sow request_changes", RYAN, "decider", False),
        ("sow propose_clearing", RYAN, "decider", True),
        ("sow approve", RYAN, "decider", False),
        ("sow reject", ANA, "asker", False),
    ],
)
def test_a_card_says_whose_turn_it_is(name: str, user: str, reader: Any, waits: bool) -> None:  # noqa: ANN401, FBT001
    journey = AFTER[name]
    drawn = card(facts(journey), offered(journey, user), reader=reader)
    assert ("This waits for you." in drawn.text) is waits


def test_who_has_approved_already_is_not_told_that_it_waits_for_them() -> None:
    known, done = voted()
    reject = SOW.transition("reject")
    assert reject is not None
    drawn = card(known, [reject], reader="decider")
    assert "This waits for you." not in drawn.text
    assert f"Approved so far by <@{RYAN}>." in drawn.text
    assert "More approvals are still needed." in log_line(known, done).text


def test_nobody_is_promised_who_is_not_there() -> None:
    known = replace(facts(sow()), waiting_for=())
    drawn = card(known, (), reader="asker")
    assert "Nobody holds the role sales assistant now." in drawn.text
    assert "sales assistant, since" in reminder(known, 1).text


def test_a_stale_click_is_told_who_was_faster_and_who_is_next() -> None:
    told = stale(facts(AFTER["sow approve"]), SOW.transition("approve"))
    assert told.startswith("SOW-1 was already approved by <@U0RYAN>, <!date^")
    assert "Waiting for <@U0DIAN> (sales assistant)" in told
    other = stale(facts(AFTER["sow approve"]), SOW.transition("reject"))
    assert other.startswith("SOW-1 was approved by <@U0RYAN>")
    assert stale(replace(facts(sow()), last=None), None).startswith("SOW-1 has moved on.")


def test_a_transition_without_words_of_its_own_has_usual_ones() -> None:
    journey = sow()
    entry = replace(journey.moves[-1].entry, action="endorse", actor=GRETA)
    endorse = replace(SOW.transitions[0], name="endorse", done="endorsed")
    known = replace(facts(journey), workflow=replace(SOW, transitions=(*SOW.transitions, endorse)))
    told = notice(known, "endorse", entry)
    assert told.text.startswith("SOW-1 (Globex, 7,000.00 USD) was endorsed by <@U0GRETA>.")
    renamed = log_line(facts(journey), replace(entry, action="once_known"))
    assert renamed.text == "SOW-1 was once known by <@U0GRETA>."


def test_a_long_text_is_whole_on_the_page_and_short_on_the_card() -> None:
    scope = "\n".join(f"Line {number} of the scope." for number in range(400))
    journey = sow(replace(LARGE, scope=scope))
    known = facts(journey)
    shown = str(card(known, (), reader="channel").blocks)
    assert "(all of it: Details)" in shown
    assert "Line 300" not in shown
    view = page(known, [], ())
    assert view_problems(view) == []
    assert all(f"Line {number} of" in str(view) for number in range(400))


def test_a_page_that_is_too_long_keeps_its_buttons_and_says_so() -> None:
    emoji = "\U0001f600" * 40_000
    journey = sow(replace(LARGE, scope=emoji, need=emoji, notes=emoji))
    timeline: list[Entry] = [
        replace(journey.moves[-1].entry, detail={"reason": "x" * 2900}) for _ in range(200)
    ]
    view = page(facts(journey), timeline, offered(journey, RYAN))
    assert view_problems(view) == []
    assert len(pressed(view["blocks"])) == 4
    assert "There is more than fits here." in str(view)


def voted() -> tuple[CardFacts, Entry]:
    """A request that Ryan has approved and Ben has not yet."""
    both = Lane("executive", Role.EXECUTIVE, ALL)
    stages = tuple(
        replace(stage, lanes=(both,)) if stage.name == "executive_approval" else stage
        for stage in SOW.stages
    )
    workflow = replace(SOW, stages=stages)
    office = replace(
        sow().office, holders={**sow().office.holders, Role.EXECUTIVE: frozenset({RYAN, BEN})}
    )
    journey = Journey(workflow, ANA, LARGE, office)
    move = journey.does(RYAN, "approve")
    return facts(journey), move.entry
