"""The state diagrams for the documentation."""

import pytest

from tests.workflows.throwaway import ERRAND
from tests.workflows.walks import EVERY_WORKFLOW
from workflows.definition import BACK, STAY, Workflow
from workflows.diagram import mermaid


def test_a_diagram_shows_stages_moves_and_who_makes_them() -> None:
    assert mermaid(ERRAND).splitlines() == [
        "stateDiagram-v2",
        "    [*] --> arrived: submit",
        "    arrived: Arrived",
        "    manager: Manager",
        "    between: Between",
        "    head: Head",
        "    pool: Pool",
        "    running: Running",
        "    done: Done",
        "    cancelled: Cancelled",
        "    manager --> between: approve (decider)",
        "    head --> pool: endorse (decider)",
        "    pool --> running: take (decider, delivery)",
        "    running --> done: finish (owner)",
        "    manager --> cancelled: cancel (requester, owner, admin)",
        "    head --> cancelled: cancel (requester, owner, admin)",
        "    pool --> cancelled: cancel (requester, owner, admin)",
        "    running --> cancelled: cancel (requester, owner, admin)",
        "    arrived --> manager: at once",
        "    between --> head: at once",
        "    head --> pool: not expensive",
        "    done --> [*]",
        "    cancelled --> [*]",
    ]


@pytest.mark.parametrize("workflow", EVERY_WORKFLOW, ids=lambda each: each.key)
def test_every_stage_and_every_move_of_every_workflow_is_drawn(workflow: Workflow) -> None:
    drawn = mermaid(workflow)
    for stage in workflow.stages:
        assert f"    {stage.name}: {stage.label}\n" in drawn
        assert (f"    {stage.name} --> [*]" in drawn) == stage.final
    for transition in workflow.transitions:
        for source in transition.source:
            arrow = f"    {source} --> {transition.target}: {transition.name} ("
            assert (arrow in drawn) == (transition.target not in (STAY, BACK))
            loop = f"    {source} --> {source}: {transition.name}, back to where it was ("
            assert (loop in drawn) == (transition.target == BACK)
