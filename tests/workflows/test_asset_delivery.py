"""Delivered, put on the shelf, announced; and the requester says whether it helped."""

from datetime import date, timedelta

import pytest

from tests.workflows.assets import (
    FINAL,
    FRONTDESK,
    Asset,
    approved,
    awaiting_feedback,
    errands,
    in_review,
    told,
    wanted,
)
from tests.workflows.harborlight import ADAM, ANA, GRETA, HANA, LEO, MIA, PRIYA, SOL
from workflows.asset_parts import Verdict
from workflows.delivering import SHELF_LIFE
from workflows.refusals import NotAllowed, NotNow

SHELVED_AGAIN = "It has been delivered anew meanwhile."
CLICKS = {
    "helped": Verdict.HELPED,
    "did_not_help": Verdict.DID_NOT,
    "not_used_yet": Verdict.NOT_USED_YET,
}


def test_only_the_owner_delivers_and_only_what_is_approved() -> None:
    assert isinstance(in_review().refuses(LEO, "deliver", **FINAL), NotNow)
    way = approved()
    for stranger in (ANA, SOL, MIA, PRIYA, GRETA, ADAM):
        assert isinstance(way.refuses(stranger, "deliver", **FINAL), NotAllowed)
    move = way.does(LEO, "deliver", **FINAL)
    assert (way.stage, errands(move)) == ("delivered", {"shelve"})
    assert told(move) == set()  # the announcement tells it, with the asset


def test_what_is_delivered_is_the_version_that_was_approved() -> None:
    way = approved().is_delivered(industries=("Fintech", "Banking"))
    delivery = way.record.delivery
    assert delivery is not None
    assert (delivery.version, delivery.by, delivery.at) == (1, LEO, way.now)
    assert (delivery.title, delivery.industries) == (FINAL["title"], ("Fintech", "Banking"))
    assert delivery.review_by == FINAL["review_by"]


def test_the_form_of_the_delivery_knows_what_was_asked_for() -> None:
    way = approved()
    deliver = way.workflow.transition("deliver")
    assert deliver is not None
    assert deliver.prefill is not None
    today = date(2026, 3, 9)
    prefilled = deliver.prefill(way.request, today)
    assert prefilled["asset_type"] == "case_study"
    assert (prefilled["industries"], prefilled["audiences"]) == (("Fintech",), ("CFO",))
    assert prefilled["review_by"] == today + SHELF_LIFE
    way.is_delivered()
    assert deliver.prefill(way.request, today)["title"] == FINAL["title"]


def test_on_the_shelf_it_is_announced_and_feedback_is_awaited() -> None:
    way = approved().is_delivered()
    move = way.is_shelved()
    assert errands(move) == {"announce", "await_feedback", "write_back"}
    assert (way.record.shelved_as, way.record.delivered_at) == ("SHELF-3", way.now)
    assert (way.stage, way.waits_for()) == ("feedback", {ANA})
    assert move.entry.detail["path"] == "announced > feedback"


@pytest.mark.parametrize("user", [LEO, ANA, SOL, ADAM])
def test_nobody_but_frontdesk_says_that_it_is_on_the_shelf(user: str) -> None:
    way = approved().is_delivered()
    assert way.record.delivery is not None
    of = way.record.delivery.at
    assert isinstance(way.refuses(user, "shelved", of=of, asset="SHELF-3"), NotAllowed)


def test_what_could_not_be_shelved_is_the_owners_again_and_is_delivered_anew() -> None:
    way = approved().is_delivered()
    assert way.record.delivery is not None
    first = way.record.delivery.at
    move = way.does(FRONTDESK, "shelving_failed", "The disk is full.", of=first)
    assert (way.stage, way.waits_for()) == ("approved", {LEO})
    assert told(move) == {("owner", "shelving_failed")}
    way.is_delivered(title="Another title")
    for name in ("shelved", "shelving_failed"):
        refusal = way.refuses(FRONTDESK, name, "Late", of=first, asset="SHELF-3")
        assert str(refusal) == SHELVED_AGAIN
    way.is_shelved()
    assert way.stage == "feedback"


@pytest.mark.parametrize("click", CLICKS)
def test_one_click_says_whether_it_helped_and_it_is_asked_once_more(click: str) -> None:
    way = awaiting_feedback()
    move = way.does(ANA, click)
    assert (way.stage, way.record.feedback[-1].verdict) == ("feedback", CLICKS[click])
    assert move.entry.detail["changed"] == f"feedback: {CLICKS[click].value}"
    asked = way.does(FRONTDESK, "ask_again")
    assert told(asked) == {("asker", "ask_again")}
    way.does(ANA, click)
    assert (way.stage, len(way.record.feedback)) == ("closed", 2)


def test_every_word_of_feedback_has_its_person_and_day() -> None:
    way = awaiting_feedback()
    way.does(ANA, "not_used_yet")
    first = way.now
    way.now += timedelta(days=14)
    way.does(FRONTDESK, "ask_again")
    way.does(ANA, "helped")
    assert [(each.by, each.at) for each in way.record.feedback] == [(ANA, first), (ANA, way.now)]
    assert way.record.delivered_at is not None
    assert way.record.feedback[1].at - way.record.delivered_at >= timedelta(days=14)


def test_it_is_asked_about_again_once() -> None:
    way = awaiting_feedback()
    way.does(FRONTDESK, "ask_again")
    assert str(way.refuses(FRONTDESK, "ask_again")) == "That was asked."


def test_a_word_is_added_to_the_last_click_even_when_it_is_closed() -> None:
    way = awaiting_feedback()
    assert str(way.refuses(ANA, "add_word", word="Hm")) == "Please say first whether it helped."
    way.does(ANA, "helped")
    way.does(ANA, "add_word", word="They liked the figures")
    way.does(FRONTDESK, "ask_again")
    way.does(ANA, "did_not_help")
    way.does(ANA, "add_word", word="Not the second time")
    assert way.stage == "closed"
    assert [each.word for each in way.record.feedback] == [
        "They liked the figures",
        "Not the second time",
    ]


@pytest.mark.parametrize("stranger", [LEO, SOL, MIA, GRETA, ADAM])
def test_only_the_requester_gives_feedback(stranger: str) -> None:
    way = awaiting_feedback()
    for click in CLICKS:
        assert isinstance(way.refuses(stranger, click), NotAllowed)


def test_a_requester_who_says_nothing_does_not_keep_it_open_for_ever() -> None:
    way = awaiting_feedback()
    way.does(FRONTDESK, "ask_again")
    assert isinstance(way.refuses(LEO, "close_unanswered"), NotAllowed)
    way.does(FRONTDESK, "close_unanswered")
    assert (way.stage, way.waits_for()) == ("closed", set())


def test_what_is_approved_can_still_become_another_version() -> None:
    way = approved()
    way.drafts("sales_manager", mark="b")
    for user in (PRIYA, HANA, GRETA):
        way.does(user, "approve")
    way.is_delivered()
    assert way.record.delivery is not None
    assert way.record.delivery.version == 2


def test_two_who_follow_do_not_change_who_gives_feedback() -> None:
    way: Asset = wanted()
    way.does(FRONTDESK, "join", followers=[[PRIYA, "AST-5"]])
    way.is_accepted()
    way.drafts()
    way.is_approved().is_delivered()
    way.is_shelved()
    assert way.waits_for() == {ANA}
    assert isinstance(way.refuses(PRIYA, "helped"), NotAllowed)


def test_a_version_that_was_replaced_is_not_delivered_before_it_is_judged() -> None:
    way = approved()
    way.drafts("marketing", mark="b")
    assert isinstance(way.refuses(LEO, "deliver", **FINAL), NotNow)
