"""A third workflow brings two templates and no code here: tried on a copy of the folders."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKFLOW = """
from dataclasses import dataclass
from workflows import usual
from workflows.definition import Lane, Stage, Workflow
from workflows.money import Money
from workflows.roles import Role, Seat


@dataclass(frozen=True, kw_only=True)
class DiscountDetails:
    client: str
    off: Money


WORKFLOW = Workflow(
    key="discount", prefix="DISC", command="/discount", title="Discount", noun="discount",
    description="Ask for a discount", details=DiscountDetails, start="asked",
    stages=(
        Stage(name="asked", label="Waiting for the head of sales",
              lanes=(Lane("head", Role.HEAD_OF_SALES),)),
        Stage(name="granted", label="Granted", final=True),
        Stage(name="rejected", label="Rejected", final=True),
    ),
    transitions=(usual.approve("asked", target="granted"), usual.reject(("asked",))),
)
"""
SCRIPT = """
from tests.messages.demo import facts
from tests.workflows.harborlight import BEN, HUGO
from tests.workflows.journey import Journey
from messages.card import card
from messages.home import HomeFacts, Listed, home
from messages.listing import help_text, listing, status
from messages.notice import log_line, notice, reminder, stale
from messages.page import page
from workflows.discount import WORKFLOW, DiscountDetails
from workflows.money import Money

journey = Journey(WORKFLOW, BEN, DiscountDetails(client="Hooli <3", off=Money.of(9, "EUR")))
known, entry = facts(journey), journey.moves[-1].entry
card(known, WORKFLOW.transitions, reader="decider")
listed = Listed(requests=[known])
home(HomeFacts(to="U1", waiting=listed, buttons=[()], mine=listed, askable=[WORKFLOW]))
listing([known], [known], WORKFLOW)
help_text(WORKFLOW)
reminder(known, 1)
moved = journey.does(HUGO, "approve").entry
status(facts(journey), [entry, moved])
page(facts(journey), [entry, moved], ())
print(log_line(facts(journey), moved).text)
print(notice(facts(journey), "approve", moved).text.splitlines()[0])
print(stale(facts(journey), WORKFLOW.transitions[0]).splitlines()[1])
"""


def test_two_templates_are_enough(tmp_path: Path) -> None:
    for folder in ("workflows", "messages", "tests/messages", "tests/workflows"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("golden"))
    (tmp_path / "workflows/discount.py").write_text(WORKFLOW)
    (tmp_path / "messages/discount").mkdir()
    (tmp_path / "messages/discount/headline.j2").write_text("{{ details.client | cut(60) }}\n")
    (tmp_path / "messages/discount/facts.j2").write_text("<b>Off:</b> {{ details.off | money }}\n")
    (tmp_path / "try_it.py").write_text(SCRIPT)
    tried = subprocess.run(
        [sys.executable, "try_it.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert tried.stderr == ""
    assert tried.stdout.splitlines() == [
        "<@U0HUGO> approved DISC-1.",
        "<@U0HUGO> approved DISC-1 (Hooli &lt;3).",
        "It has ended, so nothing was changed now.",
    ]
