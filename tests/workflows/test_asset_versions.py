"""A new version opens again only the reviews that asked or that it touches; others may object."""

import pytest

from tests.workflows.assets import (
    FRONTDESK,
    approved,
    errands,
    in_review,
    kept,
    sent_back,
    told,
    wanted,
)
from tests.workflows.harborlight import ANA, BEN, GRETA, HANA, LEO, MIA, PRIYA, SOL, staffed
from workflows.refusals import AlreadyVoted, Guarded, NotAllowed, OwnRequest, ReasonMissing
from workflows.reviewing import carried_lanes
from workflows.roles import Role


def test_a_new_version_opens_only_the_reviews_that_asked() -> None:
    way = sent_back()
    way.drafts(mark="b")
    assert way.waits_for() == {PRIYA, GRETA}
    assert way.said() == [("marketing", 1, True)]
    for user in (MIA, HANA):
        assert isinstance(way.refuses(user, "approve"), AlreadyVoted)
    way.does(PRIYA, "approve")
    way.does(GRETA, "approve")
    assert way.stage == "approved"
    assert way.said() == [
        ("marketing", 1, True),
        ("pre_sales", 2, True),
        ("sales_manager", 2, True),
    ]


def test_a_new_version_opens_what_it_touches_too() -> None:
    way = sent_back()
    way.drafts("marketing", mark="b")
    assert way.waits_for() == {PRIYA, MIA, HANA, GRETA}
    assert way.said() == []


def test_an_approval_that_counts_on_is_still_that_of_the_person_and_the_hour() -> None:
    way = sent_back()
    (given,) = [each for each in way.record.answers if each.approves]
    way.drafts(mark="b")
    (carried,) = way.record.answers_now(way.request)
    assert (carried.by, carried.at, carried.version) == (MIA, given.at, 1)
    assert carried.round == given.round + 1


def test_an_approval_counts_on_through_several_versions() -> None:
    way = sent_back()
    for mark in ("b", "c"):
        way.drafts(mark=mark)
        way.does(PRIYA, "want_changes", "Still wrong")
        if mark == "b":
            way.does(GRETA, "approve")
    way.drafts(mark="d")
    assert way.waits_for() == {PRIYA}
    assert sorted(way.said()) == [("marketing", 1, True), ("sales_manager", 2, True)]


def test_the_approval_of_a_reviewer_who_left_does_not_count_on() -> None:
    way = sent_back()
    way.office = staffed(Role.MARKETING, HANA)
    way.drafts(mark="b")
    assert way.waits_for() == {PRIYA, HANA, GRETA}


def test_what_takes_the_place_of_an_approved_version_is_looked_at_by_everybody() -> None:
    way = approved()
    way.drafts("marketing", mark="b")
    assert (way.stage, way.waits_for()) == ("in_review", {PRIYA, MIA, HANA, GRETA})
    for user in (PRIYA, HANA, GRETA):
        way.does(user, "approve")
    assert way.stage == "approved"


def test_who_helped_with_an_earlier_version_does_not_judge_a_later_one() -> None:
    way = wanted().is_accepted()
    way.does(LEO, "name_contributors", people=(MIA,))
    way.drafts()
    for user in (PRIYA, HANA, GRETA):
        way.does(user, "want_changes", "Not yet")
    way.does(LEO, "name_contributors", people=())
    way.drafts(mark="b")
    assert isinstance(way.refuses(MIA, "approve"), OwnRequest)


def test_a_lane_objects_when_its_earlier_approval_should_not_count() -> None:
    way = sent_back()
    way.drafts(mark="b")
    assert carried_lanes(way.request) == {
        "lane": [("marketing", "Marketing (brand consistency), approved version 1")]
    }
    assert isinstance(way.refuses(MIA, "object", " ", lane="marketing"), ReasonMissing)
    move = way.does(MIA, "object", "There is another logo", lane="marketing")
    assert (way.stage, way.waits_for()) == ("in_review", {PRIYA, MIA, HANA, GRETA})
    assert told(move) == {("owner", "object")}
    assert way.said() == []


def test_an_objection_loses_no_answer_to_the_new_version() -> None:
    way = sent_back()
    way.drafts(mark="b")
    way.does(PRIYA, "want_changes", "Still wrong")
    way.does(MIA, "object", "There is another logo", lane="marketing")
    assert (way.said(), way.waits_for()) == ([("pre_sales", 2, False)], {MIA, HANA, GRETA})
    way.does(MIA, "approve")
    way.does(GRETA, "approve")
    assert way.stage == "changes_requested"


def test_only_an_earlier_approval_can_be_objected_to() -> None:
    way = in_review()
    assert str(way.refuses(MIA, "object", "Hm", lane="marketing")) == (
        "No approval of an earlier version counts here."
    )
    assert "object" not in way.offers(MIA)
    again = sent_back()
    again.drafts(mark="b")
    assert str(again.refuses(PRIYA, "object", "Hm", lane="pre_sales")) == (
        "This review looks at the new version already."
    )


@pytest.mark.parametrize("stranger", [ANA, BEN, SOL, LEO])
def test_only_reviewers_object(stranger: str) -> None:
    way = sent_back()
    way.drafts(mark="b")
    assert isinstance(way.refuses(stranger, "object", "Hm", lane="marketing"), NotAllowed)


@pytest.mark.parametrize("user", [LEO, SOL])
def test_the_technical_review_is_left_out_with_a_reason_on_record(user: str) -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(user, "waive_pre_sales", " "), ReasonMissing)
    move = way.does(user, "waive_pre_sales", "Only pictures")
    (waiver,) = way.record.waivers
    assert (waiver.lane.value, waiver.by, waiver.reason) == ("pre_sales", user, "Only pictures")
    assert move.entry.detail["changed"] == "pre_sales is not applicable"
    assert told(move) == {("pre_sales", "waive_pre_sales")}
    way.drafts()
    assert way.waits_for() == {MIA, HANA, GRETA}
    way.does(MIA, "approve")
    way.does(GRETA, "approve")
    assert way.stage == "approved"


@pytest.mark.parametrize("stranger", [ANA, BEN, PRIYA, HANA, GRETA])
def test_nobody_else_leaves_the_technical_review_out(stranger: str) -> None:
    way = wanted().is_accepted()
    assert isinstance(way.refuses(stranger, "waive_pre_sales", "Hm"), NotAllowed)


def test_the_technical_review_is_left_out_once_and_not_after_it_was_held() -> None:
    way = in_review()
    way.does(PRIYA, "approve")
    assert str(way.refuses(LEO, "waive_pre_sales", "Hm")) == "Pre-sales has looked at it already."
    other = wanted().is_accepted()
    other.does(LEO, "waive_pre_sales", "Only pictures")
    assert isinstance(other.refuses(SOL, "waive_pre_sales", "Hm"), Guarded)


def test_the_technical_review_is_not_left_out_after_it_asked_for_changes() -> None:
    way = sent_back()
    way.drafts(mark="b")
    assert isinstance(way.refuses(LEO, "waive_pre_sales", "It gets in the way"), Guarded)


@pytest.mark.parametrize(("name", "end"), [("approve", "approved"), ("want_changes", "changes")])
def test_when_the_last_review_that_was_awaited_is_left_out_frontdesk_concludes(
    name: str, end: str
) -> None:
    way = in_review()
    way.does(MIA, "approve")
    way.does(GRETA, name, "Begin with the client")
    move = way.does(SOL, "waive_pre_sales", "Only pictures")
    assert way.stage == "in_review"
    assert errands(move) == {"conclude_review"}
    concluded = way.does(FRONTDESK, "conclude")
    assert way.stage.startswith(end)
    assert told(concluded) == {("owner", "review_done")}


def test_who_made_it_never_has_the_ball_of_a_review() -> None:
    way = in_review(contributors=(HANA,))
    way.does(MIA, "approve")
    way.does(GRETA, "approve")
    way.does(SOL, "waive_pre_sales", "Only pictures")
    assert HANA not in way.waits_for()


def test_changes_wanted_before_the_conclusion_do_not_become_an_approval() -> None:
    way = in_review()
    way.does(MIA, "approve")
    way.does(GRETA, "approve")
    way.does(SOL, "waive_pre_sales", "Only pictures")
    if "want_changes" in way.offers(HANA):
        way.does(HANA, "want_changes", "The logo is old")
    assert way.stage != "approved"


def test_a_version_that_is_not_fetched_is_not_concluded() -> None:
    way = wanted().is_accepted()
    way.posts()
    assert isinstance(way.refuses(FRONTDESK, "conclude"), Guarded)


def test_no_version_is_posted_while_one_is_judged() -> None:
    way = in_review()
    assert isinstance(way.refuses(LEO, "post_draft", files=("Fb",)), Guarded)
    assert isinstance(way.refuses(FRONTDESK, "draft_kept", file="Fb", kept=kept("b")), Guarded)
