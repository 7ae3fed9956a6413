"""Every workflow there is, is sound; and every kind of defect is found on one that is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.workflows.exploring import can_end, explored
from tests.workflows.throwaway import ERRAND, stand
from tests.workflows.walks import EVERY_WORKFLOW
from workflows.conformance import defects, targets
from workflows.definition import STAY, Lane, Stage, Transition, Workflow
from workflows.roles import Role, Seat
from workflows.sow import WORKFLOW as SOW

STAND = stand()


def with_stage(workflow: Workflow, *added: Stage) -> Workflow:
    return replace(workflow, stages=(*workflow.stages, *added))


def with_transition(
    workflow: Workflow, name: str, target: str = "booked", **changes: object
) -> Workflow:
    added = Transition(
        name=name,
        label=name,
        done=name,
        source=("signature",),
        target=target,
        by=(Role.ADMIN,),
    )
    return replace(workflow, transitions=(*workflow.transitions, replace(added, **changes)))  # type: ignore[arg-type]


def changed(workflow: Workflow, name: str, change: Callable[[Stage], Stage]) -> Workflow:
    stages = tuple(change(each) if each.name == name else each for each in workflow.stages)
    return replace(workflow, stages=stages)


@pytest.mark.parametrize("workflow", EVERY_WORKFLOW, ids=lambda each: each.key)
def test_every_workflow_is_sound(workflow: Workflow) -> None:
    assert defects(workflow) == []


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (
            replace(STAND, start="nowhere"),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "leave", target="nowhere"),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "leave", source=("nowhere",)),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, skip_to="nowhere")),
            "stand: there is no stage 'nowhere'.",
        ),
        (
            with_transition(STAND, "sign"),
            "stand: two transitions are called 'sign'.",
        ),
        (
            with_stage(STAND, Stage(name="booked", label="Booked", final=True)),
            "stand: two stages are called 'booked'.",
        ),
        (
            changed(
                STAND, "review", lambda each: replace(each, lanes=(each.lanes[0], each.lanes[0]))
            ),
            "stand: two lanes of 'review' are called 'legal'.",
        ),
        (
            with_stage(STAND, Stage(name="attic", label="Attic", final=True)),
            "stand: nothing leads to the stage 'attic'.",
        ),
        (
            with_stage(
                with_transition(STAND, "store", target="attic"),
                Stage(name="attic", label="Attic", holder=Role.ADMIN),
            ),
            "stand: nothing leads out of the stage 'attic'.",
        ),
        (
            with_transition(STAND, "reopen", source=("booked",), target="review"),
            "stand: the final stage 'booked' can be left.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, holder=None)),
            "stand: nobody has the ball in the stage 'signature'.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, holder=Seat.DECIDER)),
            "stand: nobody has the ball in the stage 'signature'.",
        ),
        (
            changed(ERRAND, "head", lambda each: replace(each, skip_to=None)),
            "errand: the rule of 'head' names no stage to skip to.",
        ),
        (
            changed(ERRAND, "head", lambda each: replace(each, skip_to="arrived")),
            None,
        ),
        (
            changed(
                changed(ERRAND, "arrived", lambda each: replace(each, skip_to="between")),
                "between",
                lambda each: replace(each, skip_to="arrived"),
            ),
            "errand: skipping 'arrived' leads back to it.",
        ),
        (
            changed(STAND, "review", lambda each: replace(each, lanes=(), holder=Role.BILLING)),
            "stand: 'review' must have both lanes and a vote, or neither.",
        ),
        (
            changed(STAND, "signature", lambda each: replace(each, lanes=(Lane("x", Role.ADMIN),))),
            "stand: 'signature' must have both lanes and a vote, or neither.",
        ),
        (
            with_transition(STAND, "shout", target=STAY, vote=True, source=("review",)),
            "stand: the vote 'shout' leads nowhere.",
        ),
        (
            with_transition(STAND, "dream", by=()),
            "stand: nobody may 'dream'.",
        ),
        (
            with_transition(STAND, "complain", reason=True),
            "stand: 'complain' needs a reason but no form asks for it.",
        ),
    ],
)
def test_every_kind_of_defect_is_found(broken: Workflow, sentence: str | None) -> None:
    found = defects(broken)
    assert found == [] if sentence is None else sentence in found


def test_several_defects_are_all_reported() -> None:
    broken = with_transition(with_transition(STAND, "dream", by=()), "sigh", by=())
    assert defects(broken) == ["stand: nobody may 'dream'.", "stand: nobody may 'sigh'."]


def test_targets_are_where_one_can_go_and_not_where_one_stays() -> None:
    assert set(targets(ERRAND, "head")) == {"pool", "cancelled"}
    assert set(targets(ERRAND, "arrived")) == {"manager"}
    assert set(targets(ERRAND, "done")) == set()


@pytest.mark.parametrize("workflow", EVERY_WORKFLOW, ids=lambda each: each.key)
def test_no_stage_is_dead_when_real_people_try_everything(workflow: Workflow) -> None:
    ahead = explored(workflow)
    resting = {*workflow.open_stages, *(stage.name for stage in workflow.stages if stage.final)}
    assert {state[0] for state in ahead} == resting
    assert can_end(workflow, ahead) == set(ahead)


def test_who_looks_after_what_waits_elsewhere_has_a_card_of_it() -> None:
    besides = {each.name: each.besides for each in SOW.stages if each.besides}
    assert besides == {
        "with_client": (Seat.OWNER,),
        "awaiting_payment": (Role.BILLING,),
        "on_hold": (Seat.OWNER,),
    }
