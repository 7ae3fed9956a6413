"""Workflows are found, not listed; another one is a file."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import workflows
from tests.workflows.walks import EVERY_WORKFLOW
from workflows.definition import Workflow
from workflows.registry import find_workflows

DISCOUNT = """
from dataclasses import dataclass

from workflows import usual
from workflows.definition import Lane, Stage, Workflow
from workflows.roles import Role, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountDetails:
    percent: int


WORKFLOW = Workflow(
    key="discount",
    prefix="DISC",
    command="/discount",
    title="Discount",
    noun="discount",
    description="Ask for a discount",
    details=DiscountDetails,
    start="approval",
    stages=(
        Stage(name="approval", label="Approval", lanes=(Lane("head", Role.HEAD_OF_SALES),)),
        Stage(name="granted", label="Granted", final=True),
        Stage(name="cancelled", label="Cancelled", final=True),
    ),
    transitions=(
        usual.approve("approval", target="granted"),
        usual.cancel(("approval",)),
    ),
)
"""

REPORT = """
from workflows.conformance import defects
from workflows.registry import find_workflows
for key, workflow in find_workflows().items():
    print(key, workflow.prefix, defects(workflow))
"""


def test_both_processes_the_shelf_and_the_templates_are_found() -> None:
    assert {key: each.prefix for key, each in find_workflows().items()} == {
        "sales_asset": "AST",
        "shelf": "SHELF",
        "sow": "SOW",
        "template": "TPL",
    }


def test_what_was_found_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        find_workflows()["sow"] = EVERY_WORKFLOW[0]  # type: ignore[index]


def test_no_two_workflows_share_a_name() -> None:
    found = find_workflows().values()
    defining = [
        path
        for path in Path(workflows.__path__[0]).glob("*.py")
        if "\nWORKFLOW = " in path.read_text()
    ]
    for names in ("key", "prefix", "command", "title"):
        assert len({getattr(each, names) for each in found}) == len(defining)


@pytest.mark.parametrize("workflow", find_workflows().values(), ids=lambda each: each.key)
def test_a_workflow_is_named_as_its_file(workflow: Workflow) -> None:
    assert (Path(workflows.__path__[0]) / f"{workflow.key}.py").is_file()
    assert workflow.command.startswith("/")
    assert workflow.prefix.isupper()


def test_another_workflow_is_one_file_in_the_folder(tmp_path: Path) -> None:
    shutil.copytree(workflows.__path__[0], tmp_path / "workflows")
    (tmp_path / "workflows" / "discount.py").write_text(DISCOUNT)
    child = subprocess.run(
        [sys.executable, "-c", REPORT], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert child.stdout.splitlines() == [
        "discount DISC []",
        "sales_asset AST []",
        "shelf SHELF []",
        "sow SOW []",
        "template TPL []",
    ]
