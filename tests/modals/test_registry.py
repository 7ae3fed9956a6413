from dataclasses import MISSING, fields, is_dataclass

import pytest

from modals.registry import find_forms
from tests.modals.examples import ASSET, SHELF, SOW, TEMPLATE, TODAY
from workflows.registry import find_workflows

FORMS = find_forms()
WORKFLOWS = find_workflows()
OWN = [key for key in WORKFLOWS if key in FORMS]
FILLED_IN = {"sow": SOW, "sales_asset": ASSET, "shelf": SHELF, "template": TEMPLATE}
GROWS = {
    "sow": {"record"},
    "sales_asset": {"record"},
    "shelf": {"source", "record"},
    "template": {"sha256", "version", "required", "blank", "blank_changed"},
}
"""Details that no form asks for: they grow from the request after it was made."""


def test_every_form_is_found() -> None:
    assert " ".join(sorted(FORMS)) == (
        "acceptance answer asset_draft away away_for bank_choice bank_mapping bank_statement "
        "cancellation changes client_answer "
        "client_evidence client_reminder conflict "
        "contributors deal declining deferral delivery document "
        "feedback_word hand_over invoice invoice_address invoice_again invoice_reason "
        "justification lane_approval lane_changes learning lists look_for merging "
        "notifications objection opinion "
        "outdated_report "
        "payment payment_note payment_promise payment_reversal payment_snooze question reason "
        "reassign refusal rejection renewal report resolution retagging sales_asset sending shelf "
        "shelf_answer sow template use_in_deal waiver weights"
    )


def test_every_workflow_asks_by_a_form_of_its_own() -> None:
    assert list(WORKFLOWS) == OWN


@pytest.mark.parametrize("key", WORKFLOWS)
def test_every_form_that_a_transition_names_exists(key: str) -> None:
    named = {each.form for each in WORKFLOWS[key].transitions if each.form is not None}
    assert named <= set(FORMS)


@pytest.mark.parametrize("key", WORKFLOWS)
def test_a_transition_that_needs_a_reason_has_a_form_that_asks_for_one(key: str) -> None:
    for transition in WORKFLOWS[key].transitions:
        if transition.reason:
            reason = next(f for f in FORMS[transition.form or ""].fields if f.name == "reason")
            assert reason.required


@pytest.mark.parametrize("key", OWN)
def test_the_fields_of_a_form_are_the_details_of_its_workflow(key: str) -> None:
    details = WORKFLOWS[key].details
    assert is_dataclass(details)
    asked = {field.name: field for field in FORMS[key].fields}
    known = {field.name: field for field in fields(details)}
    assert set(asked) <= set(known)
    assert set(known) - set(asked) == GROWS.get(key, set())
    for name, field in known.items():
        if name in asked:
            always_required = asked[name].required and asked[name].show_if is None
            assert always_required == (field.default is MISSING)


@pytest.mark.parametrize("key", OWN)
def test_what_a_form_says_becomes_the_details(key: str) -> None:
    checked = FORMS[key].check(FILLED_IN[key], today=TODAY)
    assert checked.errors == {}
    details = WORKFLOWS[key].details(**checked.values)
    for field in fields(details):
        if field.default is not MISSING and field.name not in FILLED_IN[key]:
            assert getattr(details, field.name) == field.default
