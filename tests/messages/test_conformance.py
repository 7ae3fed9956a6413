"""What every workflow that exists must have, found by looking."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from messages import limits
from messages.card import Reader, card
from messages.facts import CardFacts
from messages.markup import fallback, parse
from messages.notice import Surface, deed, escalation, log_line, notice
from messages.page import page
from messages.templates import FOLDER
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.deal_story import FRONTDESK
from tests.messages.demo import AFTER, facts
from tests.messages.everything import everything
from tests.workflows.harborlight import OFFICE
from tests.workflows.journey import Journey
from workflows.ball import deciders
from workflows.definition import BACK, STAY, Workflow
from workflows.effects import Tell
from workflows.engine import SUBMIT
from workflows.registry import find_workflows
from workflows.roles import OUTSIDE, Seat

WORKFLOWS = find_workflows()
NOTICES = [
    (workflow.key, name)
    for workflow in WORKFLOWS.values()
    for name in (SUBMIT, *(transition.name for transition in workflow.transitions))
]

TEMPLATES = sorted(path for path in FOLDER.rglob("*.j2") if path.parent.name != "mails")
"""Of everything that is said in Slack."""
SURFACES: tuple[Surface, ...] = get_args(Surface)
READERS: tuple[Reader, ...] = get_args(Reader)
EXTREMES: Mapping[str, tuple[Journey, ...]] = {
    "sales_asset": (
        AFTER["sales_asset submit"],
        AFTER["sales_asset ask"],
        AFTER["sales_asset join"],
        AFTER["sales_asset raise_conflict"],
        AFTER["sales_asset add_word"],
    ),
    "shelf": (AFTER["shelf submit"], AFTER["shelf new_version"]),
    "sow": (AFTER["sow submit"], AFTER["sow draft"], AFTER["sow dispute"], AFTER["sow confirm"]),
    "template": (AFTER["template submit"], AFTER["template checked"]),
}
"""Of each workflow requests with as little and as much to tell as there can be."""


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
    if entry.actor not in OUTSIDE:
        assert (f"<@{entry.actor}>" in told.text) or name == SUBMIT
        assert f"<@{entry.actor}>" in logged.text


@pytest.mark.parametrize(("key", "name"), NOTICES)
def test_it_is_told_wherever_it_can_begin_or_end(key: str, name: str) -> None:
    workflow = WORKFLOWS[key]
    for journey in EXTREMES[key]:
        entry = replace(journey.moves[-1].entry, action=name, actor=_actor(workflow, name))
        instants = (entry.at, journey.request.created_at)
        for stage, at, surface in product(_stages(workflow, name), instants, SURFACES):
            known = standing(journey, stage)
            for actor in {entry.actor, FRONTDESK}:
                said = deed(known, replace(entry, at=at, actor=actor), surface)
                assert journey.request.ref in fallback(parse(said), limits.TEXT)


@pytest.mark.parametrize("key", WORKFLOWS)
def test_every_stage_has_its_card_and_its_page(key: str) -> None:
    for journey, stage in product(EXTREMES[key], WORKFLOWS[key].stages):
        known = standing(journey, stage.name)
        entries = [move.entry for move in journey.moves]
        for reader in READERS:
            drawn = card(known, (), reader=reader)
            assert stage.label in drawn.text
            assert block_problems(list(drawn.blocks), "message") == []
        assert view_problems(page(known, entries, WORKFLOWS[key].leaving(stage.name))) == []
        assert escalation(known, "admin").text


def standing(journey: Journey, stage: str) -> CardFacts:
    """Return what is known of the request of ``journey`` if it stood in ``stage``."""
    request = replace(journey.request, stage=stage, held="invoicing" if stage == "on_hold" else "")
    known = facts(journey)
    holders = [party.label for party in known.workflow.stage(stage).holders()]
    return replace(
        known,
        request=request,
        waiting_for=tuple(sorted(deciders(known.workflow, request, OFFICE))),
        waiting_role=" and ".join(holders),
        stuck_mail_since=request.since,
        stuck_crm_since=request.since,
        crm="Salesforce",
        stuck_file_since=request.since,
        stuck_seal_since=request.since,
    )


def _stages(workflow: Workflow, name: str) -> set[str]:
    """Return where a request can stand before and after ``name``."""
    transition = workflow.transition(name)
    if transition is None:
        return set(workflow.open_stages)
    ends = {transition.target} - {STAY, BACK}
    return {*transition.source, *ends, *(set(workflow.open_stages) if not ends else ())}


def _actor(workflow: Workflow, name: str) -> str:
    transition = workflow.transition(name)
    by = transition.by if transition else ()
    return "client" if Seat.CLIENT in by else "U0DIAN"


def test_everything_that_is_told_has_a_golden_file() -> None:
    names = {name for name, _said in everything()}
    assert {f"notice {key} {name}" for key, name in NOTICES} <= names
    assert {f"log {key} {name}" for key, name in NOTICES} <= names


def _told_beside() -> list[Tell]:
    """Return what transitions tell somebody beside the asker."""
    moves = (each for workflow in WORKFLOWS.values() for each in workflow.transitions)
    return [effect for each in moves for effect in each.effects if isinstance(effect, Tell)]


def test_no_template_is_left_unused() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.[pj][y2]"))
    told = {name for _key, name in NOTICES} | {"headline", "facts", "findings", "moved"}
    told |= {
        "asked",
        "last",
        "votes",
        "ball",
    }  # parts of a card, by any workflow that words them itself
    told |= {effect.message for effect in _told_beside()}
    told |= {"remind_later"}  # by whoever is reminded; no transition
    told |= {"link_fetched", "document_downloaded"}  # by whoever has a link; no transitions
    told |= {"signing_sent"}  # by the partner who was asked; no transition
    told |= {"reminder_kept_back"}  # by what came in before it left; no transition
    for path in TEMPLATES:
        if path.parent.name != "desk" and path.stem in told:
            continue
        name = f"{path.parent.name}/{path.stem}"
        named = rf"{name}\b" if "list_" not in path.stem else r"desk/list_"
        assert re.search(named, code), f"{name} is used by nothing and tells of nothing"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_the_tone_is_calm(path: Path) -> None:
    words = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", "", path.read_text(encoding="utf-8"))
    assert "!" not in words
    assert words.isascii()
