"""The SOP "Sales Asset Requests", sentence by sentence, as far as the workflow decides it."""

from datetime import time

import pytest

from tests.workflows.assets import (
    DUE,
    FINAL,
    FRONTDESK,
    WANTED,
    approved,
    awaiting_feedback,
    errands,
    in_review,
    told,
    wanted,
)
from tests.workflows.harborlight import (
    ANA,
    BEN,
    GRETA,
    GUS,
    HANA,
    HUGO,
    LEO,
    MIA,
    OFFICE,
    PRIYA,
    SOL,
)
from tests.workflows.shelves import REVIEW_BY, handed_in, on_the_shelf
from workflows.asset import AssetDetails
from workflows.definition import Policy
from workflows.effects import Errand
from workflows.priority import Criterion
from workflows.refusals import NotAllowed
from workflows.reviewing import CHECKLIST
from workflows.roles import Role
from workflows.sales_asset import WORKFLOW
from workflows.triaging import OWNERS


def test_2_all_sales_pre_sales_and_delivery_team_members_request_sales_collateral() -> None:
    for asker in (ANA, BEN, PRIYA, LEO):
        assert wanted(asker).stage == "submitted"
    with pytest.raises(NotAllowed):
        wanted(GUS)


def test_4a_mandatory_fields_are_the_first_of_the_form() -> None:
    needed = ("requester_name", "requester_role", "asset_type", "purpose", "deadline")
    for name in needed:
        known = {each: getattr(WANTED, each) for each in (*needed, "kind") if each != name}
        with pytest.raises(TypeError, match=name):
            AssetDetails(**known)


def test_4b_sales_ops_and_marketing_review_requests() -> None:
    assert wanted().waits_for() == {SOL, MIA} == OFFICE.holding(Role.TRIAGE)


def test_4b_weekly_on_a_monday_unless_the_company_says_otherwise() -> None:
    assert (Policy().triage_weekday, Policy().triage_at) == (0, time(9))


def test_4b_requests_are_prioritized_on_deal_reusability_and_goals() -> None:
    names = {each.value for each in Criterion}
    assert {"deal_value", "deal_urgency", "reuse", "goals"} < names
    assert Errand("rank") in wanted().moves[0].promises


@pytest.mark.parametrize("owner", [MIA, PRIYA, LEO])
def test_4b_assign_owner_of_marketing_pre_sales_or_delivery(owner: str) -> None:
    assert OWNERS == (Role.MARKETING, Role.PRE_SALES, Role.DELIVERY)
    assert any(owner in OFFICE.holding(role) for role in OWNERS)
    way = wanted().is_accepted(owner)
    assert (way.request.owner, way.waits_for()) == (owner, {owner})


def test_4c_draft_created() -> None:
    way = in_review()
    assert (way.draft.number, way.draft.by, len(way.draft.sha256)) == (1, LEO, 64)


@pytest.mark.parametrize(
    ("lane", "reviewer", "looks_at"),
    [
        ("pre_sales", PRIYA, "technical accuracy"),
        ("marketing", MIA, "brand consistency"),
        ("sales_manager", GRETA, "sales narrative"),
    ],
)
def test_4c_reviews_conducted(lane: str, reviewer: str, looks_at: str) -> None:
    way = in_review()
    way.does(reviewer, "approve")
    (answer,) = way.record.answers
    assert answer.lane.value == lane
    assert looks_at in answer.lane.label
    assert CHECKLIST[answer.lane]


def test_4d_completed_asset_delivered_to_requester_by_due_date() -> None:
    way = approved()
    assert way.request.due_on == DUE
    way.is_delivered()
    assert "announce" in errands(way.is_shelved())
    assert way.record.delivered_at is not None
    assert way.record.delivered_at.date() <= DUE


def test_4d_final_copy_stored_in_repository_with_proper_tags() -> None:
    way = approved().is_delivered()
    assert errands(way.moves[-1]) == {"shelve"}
    delivery = way.record.delivery
    assert delivery is not None
    assert (delivery.asset_type, delivery.industries) == ("case_study", FINAL["industries"])
    assert delivery.at == way.now


def test_4e_requester_provides_feedback_on_usefulness() -> None:
    way = awaiting_feedback()
    assert {"helped", "did_not_help", "not_used_yet"} <= way.offers(ANA)
    way.does(ANA, "helped")
    assert way.record.feedback[0].by == ANA


def test_4e_marketing_logs_learnings() -> None:
    assert "keep_learning" in errands(on_the_shelf().does(MIA, "log_learning", "Shorter is better"))


def test_5_pre_sales_consultant_validates_technical_content_if_applicable() -> None:
    way = wanted().is_accepted()
    way.does(SOL, "waive_pre_sales", "Only pictures")
    way.drafts()
    assert PRIYA not in way.waits_for()


def test_5_sales_manager_approves_alignment_with_sales_strategy() -> None:
    way = in_review()
    way.does(PRIYA, "approve")
    way.does(MIA, "approve")
    assert (way.stage, way.waits_for()) == ("in_review", {GRETA})


@pytest.mark.parametrize(("topic", "head"), [("narrative", HUGO), ("content", HANA)])
def test_5_head_of_sales_and_of_marketing_resolve_conflicts(topic: str, head: str) -> None:
    way = in_review()
    way.does(PRIYA, "approve")
    way.does(MIA, "want_changes", "Less text")
    way.does(GRETA, "want_changes", "More text")
    between = {"first": "marketing", "second": "sales_manager"}
    way.does(LEO, "raise_conflict", "Both cannot be", topic=topic, **between)
    assert way.waits_for() == {head}


def test_6_using_outdated_assets_is_escalated_to_the_sales_manager() -> None:
    way = on_the_shelf()
    way.does(FRONTDESK, "expire", review_by=REVIEW_BY)
    move = way.does(ANA, "report_outdated", "It was in a proposal")
    assert ("sales_manager", "report_outdated") in told(move)


def test_6_nothing_unapproved_stands_on_the_shelf() -> None:
    assert handed_in().stage == "approval"


def test_6_missed_deadlines_without_justification_are_escalated_to_the_head_of_sales() -> None:
    way = wanted().is_accepted()
    way.misses()
    assert ("head_of_sales", "missed") in told(way.moves[-1])


def test_7_version_control_request_logs_are_maintained() -> None:
    way = awaiting_feedback()
    assert [each.entry.version for each in way.moves] == list(range(1, len(way.moves) + 1))
    assert "log" in WORKFLOW.subcommands
