"""A document template, from an admin's hand to the head of sales' approval."""

from typing import Any

import pytest

from tests.workflows.contracts import FRONTDESK
from tests.workflows.harborlight import ADAM, ANA, DIAN, EVERYBODY, HUGO, NOW, OFFICE, RYAN
from tests.workflows.journey import Journey
from workflows.effects import Errand
from workflows.engine import Actor, begin
from workflows.refusals import Guarded, NotAllowed, NotNow
from workflows.template import WORKFLOW, TemplateDetails

FOUND: dict[str, Any] = {"sha256": "a" * 64, "version": 2, "required": ("title", "scope")}
CHECKED = {"files": ("F01",)} | FOUND
TRY = Errand("try_template")


def handed_in(asker: str = ADAM) -> Journey:
    """Return a template that has just been handed in."""
    return Journey(WORKFLOW, asker, TemplateDetails(key="sow", note="New logo", files=("F01",)))


@pytest.mark.parametrize("user", [each for each in EVERYBODY if each != ADAM])
def test_only_an_admin_hands_in_a_template(user: str) -> None:
    details = TemplateDetails(key="sow", note="New logo", files=("F01",))
    with pytest.raises(NotAllowed):
        begin(WORKFLOW, "TPL-1", details, Actor(user), OFFICE, NOW)


def test_a_template_is_tried_out_and_then_approved_by_the_head_of_sales() -> None:
    way = handed_in()
    assert TRY in way.moves[0].promises
    assert (way.stage, way.waits_for()) == ("approval", {HUGO})
    assert str(way.refuses(HUGO, "approve")) == (
        "The template is still being tried out; please try again in a moment."
    )
    assert "approve" not in way.offers(HUGO)
    way.does(FRONTDESK, "checked", **CHECKED)
    assert way.request.details.sha256 == "a" * 64
    assert (way.request.details.version, way.request.details.required) == (2, ("title", "scope"))
    way.does(HUGO, "approve")
    assert way.stage == "approved"


def test_nobody_else_approves_it_least_of_all_who_handed_it_in() -> None:
    way = handed_in()
    way.does(FRONTDESK, "checked", **CHECKED)
    for user in (ADAM, ANA, DIAN, RYAN, FRONTDESK):
        assert isinstance(way.refuses(user, "approve"), NotAllowed)


def test_a_template_that_does_not_work_goes_back_with_the_reason() -> None:
    way = handed_in()
    way.does(FRONTDESK, "check_failed", "line 12: unknown variable: fees", files=("F01",))
    assert (way.stage, way.waits_for()) == ("changes_requested", {ADAM})


def test_what_is_handed_in_anew_is_tried_out_anew() -> None:
    way = handed_in()
    way.does(FRONTDESK, "checked", **CHECKED)
    way.does(HUGO, "request_changes", "The old logo, please")
    move = way.does(ADAM, "resubmit", key="sow", note="Old logo", files=("F02",))
    assert TRY in move.promises
    assert way.request.details == TemplateDetails(key="sow", note="Old logo", files=("F02",))
    assert isinstance(way.refuses(HUGO, "approve"), Guarded)


def test_no_form_says_that_a_template_was_tried_out() -> None:
    way = handed_in()
    way.does(HUGO, "request_changes", "The old logo, please")
    way.does(ADAM, "resubmit", key="sow", note="Old logo", files=("F02",), **FOUND)
    assert isinstance(way.refuses(HUGO, "approve"), Guarded)


@pytest.mark.parametrize("user", [ADAM, HUGO, ANA])
def test_only_frontdesk_says_that_a_template_works(user: str) -> None:
    assert isinstance(handed_in().refuses(user, "checked", **CHECKED), NotAllowed)
    assert isinstance(handed_in().refuses(user, "check_failed", "No", **CHECKED), NotAllowed)


def test_a_trial_that_ends_after_the_decision_changes_nothing() -> None:
    way = handed_in()
    way.does(HUGO, "reject", "We have one")
    assert isinstance(way.refuses(FRONTDESK, "checked", **CHECKED), NotNow)


@pytest.mark.parametrize("name", ["checked", "check_failed"])
def test_a_trial_of_files_that_were_replaced_says_nothing_of_the_new_ones(name: str) -> None:
    way = handed_in()
    way.does(HUGO, "request_changes", "The old logo, please")
    way.does(ADAM, "resubmit", key="sow", note="Old logo", files=("F02",))
    for stale in (CHECKED, FOUND):
        assert str(way.refuses(FRONTDESK, name, "line 12", **stale)) == (
            "Another file has been handed in meanwhile."
        )
    way.does(FRONTDESK, name, "line 12", **CHECKED | {"files": ("F02",)})
    assert way.stage == ("approval" if name == "checked" else "changes_requested")
