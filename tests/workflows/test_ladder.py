"""The ladder: in every stage of every workflow, in order, and with an end."""

from dataclasses import replace

import pytest

from tests.workflows.walks import EVERY_WORKFLOW
from workflows.conformance import defects
from workflows.definition import Policy, Stage
from workflows.effects import Escalate, Offer, Remind
from workflows.ladder import RUNGS, rungs
from workflows.roles import Role, Seat

STAGES = [
    pytest.param(stage, id=f"{workflow.key}-{stage.name}")
    for workflow in EVERY_WORKFLOW
    for stage in workflow.stages
    if stage.name in workflow.open_stages
]


@pytest.mark.parametrize("stage", STAGES)
def test_whatever_waits_for_a_person_reaches_an_admin_in_the_end(stage: Stage) -> None:
    ladder = rungs(stage, Policy())
    if stage.own_ladder or stage.holder in (Seat.CLIENT, Seat.FRONTDESK):
        assert ladder == ()
        return
    hours = [each.after_hours for each in ladder]
    assert hours == sorted(hours)
    assert isinstance(ladder[0], Remind | Offer)
    last = [each for each in ladder if isinstance(each, Escalate)][-1]
    assert last.to is Role.ADMIN
    assert last.after_hours == hours[-1]
    assert any(isinstance(each, Offer) for each in ladder) == (stage.holder is not Seat.ASKER)


def test_a_stage_that_says_nothing_has_the_usual_ladder() -> None:
    stage = Stage(name="s", label="S", holder=Role.BILLING)
    assert rungs(stage, Policy()) == (
        Remind("s", 8, 1),
        Remind("s", 16, 2),
        Remind("s", 24, 3),
        Offer("s", 28),
        Escalate("s", 44, Role.ADMIN),
    )


def test_a_company_sets_its_own_hours() -> None:
    workflow = next(each for each in EVERY_WORKFLOW if each.key == "sales_asset")
    policy = Policy(ladder=dict(zip(RUNGS, (2, 5, 6, 30), strict=True)))
    assert rungs(workflow.stage("in_review"), policy) == (
        Remind("in_review", 2, 1),
        Remind("in_review", 4, 2),
        Offer("in_review", 5),
        Remind("in_review", 6, 3),
        Escalate("in_review", 6, Role.HEAD_OF_MARKETING),
        Escalate("in_review", 22, Role.HEAD_OF_SALES),
        Escalate("in_review", 30, Role.ADMIN),
    )


def test_a_ladder_without_an_end_would_be_a_defect() -> None:
    workflow = next(each for each in EVERY_WORKFLOW if each.key == "sow")
    assert not defects(workflow)
    stages = tuple(
        replace(each, own_ladder="") if each.name == "awaiting_payment" else each
        for each in workflow.stages
    )
    assert not defects(replace(workflow, stages=stages))
