"""Three reviews at once, and one list of changes for each version."""

import itertools

import pytest

from tests.workflows.assets import FRONTDESK, approved, errands, in_review, sent_back, told, wanted
from tests.workflows.harborlight import ANA, BEN, GRETA, HANA, LEO, MIA, OFFICE, PRIYA, SOL, staffed
from tests.workflows.journey import Journey
from workflows.asset import asking
from workflows.effects import Tell
from workflows.engine import Move
from workflows.refusals import AlreadyVoted, Guarded, NotAllowed, OwnRequest, ReasonMissing
from workflows.roles import Role, Seat

REVIEWERS = (PRIYA, MIA, GRETA)


def told_the_owner(way: Journey) -> int:
    """Return how many times the owner was told that the reviews are done."""
    wanted = Tell(Seat.OWNER, "review_done")
    return sum(move.promises.count(wanted) for move in way.moves)


def test_all_three_look_at_it_at_once() -> None:
    assert in_review().waits_for() == {PRIYA, MIA, HANA, GRETA}


@pytest.mark.parametrize("order", list(itertools.permutations(REVIEWERS)))
def test_it_is_approved_when_all_three_approve_in_whatever_order(order: tuple[str, ...]) -> None:
    way = in_review()
    for user in order:
        assert way.stage == "in_review"
        way.does(user, "approve")
    assert (way.stage, way.waits_for(), told_the_owner(way)) == ("approved", {LEO}, 1)


@pytest.mark.parametrize("order", list(itertools.permutations(REVIEWERS)))
def test_changes_go_back_when_all_have_answered_and_the_owner_hears_once(
    order: tuple[str, ...],
) -> None:
    way = in_review()
    for user in order:
        assert (way.stage, told_the_owner(way)) == ("in_review", 0)
        way.does(user, *(("approve",) if user == MIA else ("want_changes", f"{user} says so")))
    assert (way.stage, way.waits_for(), told_the_owner(way)) == ("changes_requested", {LEO}, 1)
    assert [(each.lane.value, each.text) for each in asking(way.request)] == [
        ("pre_sales", f"{PRIYA} says so"),
        ("sales_manager", f"{GRETA} says so"),
    ]


def test_a_single_answer_tells_nobody_yet() -> None:
    way = in_review()
    for name in ("approve", "want_changes"):
        move: Move = way.does(PRIYA if name == "approve" else MIA, name, "Hm")
        assert told(move) == set()


def test_why_it_goes_back_or_on_is_on_record() -> None:
    assert sent_back().finding("changes_asked").because == (
        "Pre-sales and Sales manager asked for changes to version 1"
    )
    finding = approved().finding("changes_asked")
    assert (finding.applies, finding.because) == (False, "every review approved version 1")


def test_every_answer_is_on_record_with_its_version_person_and_checklist() -> None:
    way = in_review()
    points = ("marketing:Names, spelling and sources are right", "pre_sales:Something else")
    move = way.does(MIA, "approve", points=points, remark="Lovely")
    (answer,) = way.record.answers
    assert (answer.version, answer.by, answer.at, answer.text) == (1, MIA, way.now, "Lovely")
    assert answer.checked == ("Names, spelling and sources are right",)
    assert move.entry.detail["changed"] == (
        "marketing approves version 1 (Names, spelling and sources are right)"
    )


def test_changes_need_words() -> None:
    assert isinstance(in_review().refuses(MIA, "want_changes", " "), ReasonMissing)


@pytest.mark.parametrize("stranger", [ANA, BEN, SOL, FRONTDESK])
def test_who_holds_none_of_the_three_roles_judges_nothing(stranger: str) -> None:
    way = in_review()
    for name in ("approve", "want_changes"):
        assert isinstance(way.refuses(stranger, name, "Hm"), NotAllowed | OwnRequest)
        assert name not in way.offers(stranger)


@pytest.mark.parametrize("again", ["approve", "want_changes"])
def test_a_lane_answers_once(again: str) -> None:
    way = in_review()
    way.does(MIA, "approve")
    for user in (MIA, HANA):
        assert isinstance(way.refuses(user, again, "Hm"), AlreadyVoted)
    assert way.waits_for() == {PRIYA, GRETA}


def test_who_asked_for_changes_and_presses_again_is_not_told_that_they_approved() -> None:
    way = in_review()
    way.does(MIA, "want_changes", "The logo is old")
    said = f"{way.refuses(MIA, 'approve')} {way.refuses(HANA, 'approve')}"
    assert "approved" not in said


def test_the_requester_does_not_judge_what_they_asked_for() -> None:
    way = wanted(asker=GRETA, office=staffed(Role.SALES_MANAGER, GRETA, BEN)).is_accepted()
    way.drafts()
    assert isinstance(way.refuses(GRETA, "approve"), OwnRequest)
    assert way.waits_for() == {PRIYA, MIA, HANA, BEN}


def test_the_owner_does_not_judge_their_own_work() -> None:
    way = in_review(MIA)
    assert way.waits_for() == {PRIYA, HANA, GRETA}
    refusal = way.refuses(MIA, "approve")
    assert str(refusal) == "This is your own work, so somebody else decides it."
    assert isinstance(way.refuses(MIA, "want_changes", "Hm"), OwnRequest)


def test_who_helps_does_not_judge_it() -> None:
    way = in_review(contributors=(HANA,))
    assert isinstance(way.refuses(HANA, "approve"), OwnRequest)
    assert way.waits_for() == {PRIYA, MIA, GRETA}


def test_who_drafted_an_earlier_version_does_not_judge_a_later_one() -> None:
    way = wanted().is_accepted(contributors=(HANA,))
    way.drafts(by=HANA)
    way.does(MIA, "want_changes", "The logo is old")
    way.does(PRIYA, "approve")
    way.does(GRETA, "approve")
    way.does(LEO, "name_contributors", people=())
    way.drafts(mark="b")
    assert isinstance(way.refuses(HANA, "approve"), OwnRequest)
    assert way.waits_for() == {MIA}


def test_a_lane_that_only_makers_hold_is_known_to_be_stuck() -> None:
    way = in_review(PRIYA)
    assert way.lacks() == (Role.PRE_SALES,)
    way.does(SOL, "waive_pre_sales", "Priya made it, and she knows")
    assert way.lacks() == ()


def test_who_holds_two_lanes_answers_for_both_at_once() -> None:
    way = in_review(office=staffed(Role.SALES_MANAGER, GRETA, HANA))
    way.does(HANA, "want_changes", "Shorter", points=())
    assert way.said() == [("marketing", 1, False), ("sales_manager", 1, False)]
    assert way.waits_for() == {PRIYA}
    way.does(PRIYA, "approve")
    assert [each.text for each in asking(way.request)] == ["Shorter", "Shorter"]


def test_who_holds_two_lanes_of_which_one_is_answered_answers_for_the_other() -> None:
    way = in_review(office=staffed(Role.SALES_MANAGER, GRETA, HANA))
    way.does(MIA, "want_changes", "The logo is old")
    way.does(HANA, "approve")
    assert way.said() == [("marketing", 1, False), ("sales_manager", 1, True)]


def test_of_two_lanes_the_ticked_points_belong_to_their_own() -> None:
    way = in_review(office=staffed(Role.SALES_MANAGER, HANA))
    way.does(HANA, "approve", points=("marketing:Logo", "sales_manager:Story"))
    assert [(each.lane.value, each.checked) for each in way.record.answers] == [
        ("marketing", ("Logo",)),
        ("sales_manager", ("Story",)),
    ]


def test_the_answer_of_a_reviewer_who_left_does_not_end_the_review() -> None:
    way = in_review()
    way.does(MIA, "approve")
    way.office = staffed(Role.MARKETING, HANA)
    way.does(PRIYA, "approve")
    way.does(GRETA, "approve")
    assert (way.stage, way.waits_for()) == ("in_review", {HANA})
    way.does(HANA, "approve")
    assert way.stage == "approved"


def test_who_followed_a_reviewer_who_left_has_the_last_word() -> None:
    way = in_review()
    way.does(MIA, "approve")
    way.office = staffed(Role.MARKETING, HANA)
    way.does(PRIYA, "approve")
    way.does(GRETA, "approve")
    way.does(HANA, "want_changes", "The logo is old")
    assert way.stage == "changes_requested"
    way.drafts(mark="b")
    assert way.waits_for() == {HANA}
    way.does(HANA, "approve")
    assert way.stage == "approved"


def test_a_review_that_nobody_holds_is_known_to_be_stuck() -> None:
    way = in_review()
    way.office = staffed(Role.SALES_MANAGER, office=OFFICE)
    assert way.lacks() == (Role.SALES_MANAGER,)


def test_a_draft_is_fetched_once_for_each_version() -> None:
    way = wanted().is_accepted()
    assert errands(way.drafts()) == {"keep_draft"}


def test_nobody_but_frontdesk_concludes() -> None:
    way = in_review()
    way.does(MIA, "approve")
    way.does(GRETA, "approve")
    way.does(SOL, "waive_pre_sales", "Only pictures")
    for user in (LEO, SOL, MIA, ANA):
        assert isinstance(way.refuses(user, "conclude"), NotAllowed)
    way.does(FRONTDESK, "conclude")


def test_a_review_that_is_awaited_is_not_concluded() -> None:
    way = in_review()
    way.does(MIA, "approve")
    assert isinstance(way.refuses(FRONTDESK, "conclude"), Guarded)
