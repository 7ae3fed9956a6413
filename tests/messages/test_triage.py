"""The triage list: its order, its buttons, and that it fits whatever there is."""

from dataclasses import replace
from typing import Any

import pytest

from messages.buttons import Button, Details, TriageMore
from messages.message import Json
from messages.minutes import Minute, minutes
from messages.ranking import why
from messages.triage import TriageGroup, triage_list, triage_page
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.asset_facts import LEARNING
from tests.messages.asset_story import STORY
from tests.messages.asset_words import PARTS, groups, row
from tests.messages.test_asset import pressed
from tests.workflows.harborlight import SOL
from workflows.priority import Standing

WORDY = replace(LEARNING, title="t" * 500, text="y" * 5000)


def turned(blocks: list[Json]) -> list[Any]:
    return [each for each in pressed(blocks) if isinstance(each, TriageMore)]


def headings(blocks: tuple[Json, ...]) -> list[str]:
    return [str(each["text"]["text"]) for each in blocks if each["type"] == "header"]


def test_the_groups_stand_in_the_order_in_which_they_press() -> None:
    said = triage_list(groups(1, 1), weekly=True, learnings=[], outside=0)
    assert headings(said.blocks) == [
        *("Triage this week", "Overdue: 1", "At risk: 1", "New: 1", "Waiting: 1")
    ]


def test_what_is_under_way_is_not_listed() -> None:
    calm = replace(groups(1, 1)[0], standing=Standing.UNDER_WAY)
    said = triage_list([calm], weekly=False, learnings=[], outside=0)
    assert "Nothing waits for triage, and nothing is late." in said.text


@pytest.mark.parametrize("count", [5, 6, 20, 1000])
def test_the_longest_list_fits_and_says_that_there_is_more(count: int) -> None:
    listed = groups(min(count, 20), count)
    said = triage_list(listed, weekly=True, learnings=[WORDY] * 50, outside=10_000)
    assert block_problems(list(said.blocks), "message") == []
    assert len(said.blocks) <= 50
    assert len(headings(said.blocks)) == 5
    assert "There is more than fits here." not in str(said.blocks)
    more = turned(list(said.blocks))
    order = ("overdue", "at_risk", "new", "waiting")
    assert more == ([TriageMore(each, 5) for each in order] if count > 5 else [])


def test_how_many_more_there_are() -> None:
    assert "More (995 or more)" in str(groups_said(1000))
    assert "More (2)" in str(groups_said(7))


def groups_said(count: int) -> tuple[Json, ...]:
    return triage_list(groups(5, count), weekly=False, learnings=[], outside=0).blocks


def test_every_request_has_its_decisions_and_its_page() -> None:
    asked = STORY["come_back"]
    group = TriageGroup(standing=Standing.NEW, rows=[row(asked, 3)], count=1)
    said = triage_list([group], weekly=False, learnings=[], outside=0)
    names = ("accept", "answer_from_shelf", "merge", "defer", "decline")
    step = asked.request.step
    assert pressed(said.blocks) == [
        *(Button(name, "AST-1", step) for name in names),
        Details("AST-1"),
    ]
    assert "3. AST-1 Case study, due Fri 27 Mar 2026" in said.text
    assert "61 of 100: needed in 9 days" in said.text


@pytest.mark.parametrize(
    ("skip", "total", "turns"),
    [
        (0, 20, []),
        (0, 21, [20]),
        (20, 40, [0]),
        (10, 45, [0, 30]),
        (20, 60, [0, 40]),
        (980, 1000, [960, 1000]),
    ],
)
def test_a_page_is_turned_both_ways(skip: int, total: int, turns: list[int]) -> None:
    page = triage_page(groups(20, total)[0], skip, total)
    assert view_problems(page) == []
    assert [each.skip for each in turned(page["blocks"])] == turns


def test_a_page_beyond_the_end_says_so() -> None:
    empty = TriageGroup(standing=Standing.NEW, rows=[], count=1000)
    page = triage_page(empty, 1000, 1000)
    assert "There are no more." in str(page["blocks"])
    assert [each.skip for each in turned(page["blocks"])] == [980]


def test_the_minutes_of_a_long_meeting_are_cut_and_say_so() -> None:
    decided = Minute(ref="AST-1", headline="A &amp; B", done="declined", actor=SOL, reason="No.")
    said = minutes([decided] * 60)
    assert block_problems(list(said.blocks), "message") == []
    assert 'AST-1 A &amp; B: declined by <@U0SOL> ("No.")' in said.text
    assert "and 20 more" in str(said.blocks)


def test_a_score_is_explained_part_by_part() -> None:
    said = why("AST-7", "Deck", 4, 12, 61, PARTS).text
    assert said.startswith("AST-7 (Deck) is number 4 of 12 with 61 of 100.")
    assert "Deal value: 22 of 25, Umbrella is worth 90,000.00 USD" in said
    assert len(said.splitlines()) >= len(PARTS) + 1
