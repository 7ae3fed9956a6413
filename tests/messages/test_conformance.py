"""What every workflow that exists must have, found by looking."""

import re
from pathlib import Path

import pytest

from messages.notice import log_line, notice
from messages.templates import FOLDER
from tests.messages.demo import AFTER, facts
from tests.messages.everything import everything
from workflows.engine import SUBMIT
from workflows.registry import find_workflows

WORKFLOWS = find_workflows()
NOTICES = [
    (workflow.key, name)
    for workflow in WORKFLOWS.values()
    for name in (SUBMIT, *(transition.name for transition in workflow.transitions))
]


@pytest.mark.parametrize("key", WORKFLOWS)
def test_a_workflow_brings_its_headline_and_its_facts(key: str) -> None:
    assert (FOLDER / key / "headline.j2").is_file()
    assert (FOLDER / key / "facts.j2").is_file()


@pytest.mark.parametrize(("key", "name"), NOTICES)
def test_every_transition_is_told(key: str, name: str) -> None:
    journey = AFTER[f"{key} {name}"]
    entry = journey.moves[-1].entry
    assert entry.action == name
    told, logged = notice(facts(journey), name, entry), log_line(facts(journey), entry)
    assert journey.request.ref in told.text
    assert journey.request.ref in logged.text
    assert entry.detail.get("reason", "") in logged.text
    assert (f"<@{entry.actor}>" in told.text) or name == SUBMIT
    assert f"<@{entry.actor}>" in logged.text


def test_everything_that_is_told_has_a_golden_file() -> None:
    names = {name for name, _said in everything()}
    assert {f"notice {key} {name}" for key, name in NOTICES} <= names
    assert {f"log {key} {name}" for key, name in NOTICES} <= names


def test_no_template_is_left_unused() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.[pj][y2]"))
    told = {name for _key, name in NOTICES} | {"headline", "facts", "moved"}
    for path in sorted(FOLDER.rglob("*.j2")):
        if path.parent.name == "desk":
            named = rf"desk/{path.stem}\b" if "list_" not in path.stem else r"desk/list_"
            assert re.search(named, code), f"{path.name} is used by nothing"
        else:
            assert path.stem in told, f"{path} tells of nothing that can happen"


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.j2")), ids=lambda path: f"{path.parent.name} {path.stem}"
)
def test_the_tone_is_calm(path: Path) -> None:
    words = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", "", path.read_text(encoding="utf-8"))
    assert "!" not in words
    assert words.isascii()
