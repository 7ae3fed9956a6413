"""Where two reviews contradict each other, the right head decides, with both texts."""

from typing import Any

import pytest

from tests.workflows.assets import Asset, in_review, sent_back, told, wanted
from tests.workflows.harborlight import ADAM, ANA, BEN, GRETA, HANA, HUGO, LEO, MIA, PRIYA, SOL
from workflows.asset import open_conflict
from workflows.conflicts import answered_lanes, both_sides
from workflows.effects import Summon
from workflows.refusals import NotAllowed, NotNow, OwnRequest, ReasonMissing
from workflows.roles import Role

BETWEEN: dict[str, Any] = {"first": "pre_sales", "second": "sales_manager"}


def raised(topic: str = "narrative", by: str = LEO) -> Asset:
    way = sent_back()
    way.does(by, "raise_conflict", "One wants figures, one wants none", topic=topic, **BETWEEN)
    return way


@pytest.mark.parametrize(
    ("topic", "stage", "head"),
    [("narrative", "conflict_narrative", HUGO), ("content", "conflict_content", HANA)],
)
def test_it_goes_to_the_head_whose_matter_it_is(topic: str, stage: str, head: str) -> None:
    way = raised(topic)
    assert (way.stage, way.waits_for()) == (stage, {head})
    assert Summon(stage) in way.moves[-1].promises
    stranger = HANA if head == HUGO else HUGO
    for user in (stranger, LEO, SOL, GRETA, ADAM):
        assert isinstance(way.refuses(user, "resolve_conflict", "Hm"), NotAllowed)


def test_both_texts_stand_side_by_side() -> None:
    conflict = open_conflict(raised().request)
    assert conflict is not None
    assert [each.value for each in conflict.lanes] == ["pre_sales", "sales_manager"]
    assert conflict.texts == ("The throughput is wrong", "Begin with the client")
    assert (conflict.raised_by, conflict.reason) == (LEO, "One wants figures, one wants none")


def test_a_lane_that_approved_without_a_word_has_a_text_too() -> None:
    way = sent_back()
    between = {"first": "marketing", "second": "sales_manager"}
    way.does(MIA, "raise_conflict", "Greta wants another logo", topic="content", **between)
    conflict = open_conflict(way.request)
    assert conflict is not None
    assert conflict.texts == ("approves it as it is", "Begin with the client")


def test_what_can_contradict_is_what_was_said() -> None:
    assert answered_lanes(sent_back().request)["first"] == [
        ("pre_sales", "Pre-sales (technical accuracy): asks for changes"),
        ("marketing", "Marketing (brand consistency): approves"),
        ("sales_manager", "Sales manager (sales narrative): asks for changes"),
    ]


@pytest.mark.parametrize("user", [LEO, PRIYA, MIA, GRETA])
def test_the_owner_and_the_reviewers_may_say_that_reviews_contradict(user: str) -> None:
    assert raised(by=user).stage == "conflict_narrative"


@pytest.mark.parametrize("stranger", [ANA, BEN, SOL, HUGO])
def test_nobody_else_may(stranger: str) -> None:
    way = sent_back()
    refusal = way.refuses(stranger, "raise_conflict", "Hm", topic="content", **BETWEEN)
    assert isinstance(refusal, NotAllowed)


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ("pre_sales", "A conflict is between two reviews; please choose two."),
        ("", "That review has not said anything to this version."),
    ],
)
def test_a_conflict_is_between_two(second: str, sentence: str) -> None:
    way = sent_back()
    between = {"first": "pre_sales", "second": second, "topic": "content"}
    assert str(way.refuses(LEO, "raise_conflict", "Hm", **between)) == sentence


def test_no_conflict_is_raised_while_a_review_is_awaited() -> None:
    way = in_review()
    way.does(MIA, "want_changes", "The logo is old")
    assert isinstance(way.refuses(LEO, "raise_conflict", "Hm", topic="content", **BETWEEN), NotNow)


def test_the_head_decides_with_a_reason_and_all_concerned_are_told() -> None:
    way = raised()
    assert both_sides(way.request)["upholds"] == [
        ("pre_sales", "Pre-sales (technical accuracy)"),
        ("sales_manager", "Sales manager (sales narrative)"),
        ("neither", "Neither: as I say below"),
    ]
    assert isinstance(way.refuses(HUGO, "resolve_conflict", " "), ReasonMissing)
    move = way.does(HUGO, "resolve_conflict", "No figures on page one", upholds="sales_manager")
    assert (way.stage, way.waits_for()) == ("changes_requested", {LEO})
    (conflict,) = way.record.conflicts
    assert (conflict.upholds, conflict.decision) == ("sales_manager", "No figures on page one")
    assert (conflict.decided_by, conflict.decided_at) == (HUGO, way.now)
    assert conflict.texts == ("The throughput is wrong", "Begin with the client")
    assert told(move) == {
        (who, "resolve_conflict") for who in ("owner", "pre_sales", "marketing", "sales_manager")
    }
    assert move.entry.detail["changed"] == "conflict resolved in favour of: sales_manager"


def test_after_the_decision_the_reviews_that_asked_look_at_the_next_version() -> None:
    way = raised("content")
    way.does(HANA, "resolve_conflict", "Figures at the end", upholds="neither")
    way.drafts(mark="b")
    assert way.waits_for() == {PRIYA, GRETA}


def test_while_a_head_decides_no_version_is_posted() -> None:
    assert isinstance(raised().refuses(LEO, "post_draft", files=("Fb",)), NotNow)


def test_a_second_conflict_is_another_one() -> None:
    way = raised()
    way.does(HUGO, "resolve_conflict", "No figures", upholds="sales_manager")
    way.does(PRIYA, "raise_conflict", "Then it is not true", topic="content", **BETWEEN)
    assert (way.stage, way.waits_for()) == ("conflict_content", {HANA})
    assert [each.decided_by for each in way.record.conflicts] == [HUGO, ""]


def test_a_head_does_not_resolve_a_conflict_about_their_own_request() -> None:
    way = wanted(asker=HUGO).is_accepted()
    way.drafts()
    for user in (PRIYA, MIA, GRETA):
        way.does(user, "want_changes", f"{user} says so")
    way.does(LEO, "raise_conflict", "They contradict", topic="narrative", **BETWEEN)
    assert isinstance(way.refuses(HUGO, "resolve_conflict", "Hm"), OwnRequest)
    assert (way.waits_for(), way.lacks()) == (set(), (Role.HEAD_OF_SALES,))
    way.does(ADAM, "reassign", "It is Hugo's own", person=HANA)
    way.does(HANA, "resolve_conflict", "No figures", upholds="neither")
    assert way.stage == "changes_requested"
