"""When the executive is needed for a Statement of Work: the amount, and the large client."""

from dataclasses import replace

import pytest

from tests.workflows.deals import journey
from tests.workflows.harborlight import (
    ADAM,
    ANA,
    DIAN,
    OFFICE,
    RYAN,
)
from workflows.definition import Policy
from workflows.effects import Tell
from workflows.money import Money
from workflows.refusals import Guarded, NotAllowed, ReasonMissing
from workflows.roles import Role


@pytest.mark.parametrize(
    ("amount", "currency", "stage"),
    [
        ("7999.99", "USD", "acceptance"),
        ("8000.00", "USD", "executive_approval"),
        ("8000.01", "USD", "executive_approval"),
        ("0", "USD", "acceptance"),
        ("7499.99", "EUR", "acceptance"),
        ("7500", "EUR", "executive_approval"),
        ("999999", "JPY", "acceptance"),
        ("1000000", "JPY", "executive_approval"),
        ("2500.499", "KWD", "acceptance"),
        ("2500.500", "KWD", "executive_approval"),
        ("1000000000000", "USD", "executive_approval"),
    ],
)
def test_the_executive_is_needed_from_the_threshold_on(
    amount: str, currency: str, stage: str
) -> None:
    assert journey(amount, currency).stage == stage


def test_the_executive_is_needed_where_no_threshold_is_set() -> None:
    way = journey("1", "CHF")
    assert way.stage == "executive_approval"
    assert way.finding("executive_needed").because == "no threshold is set for CHF"


def test_the_executive_is_needed_for_a_large_client_however_small_the_amount() -> None:
    way = journey("1", large_client=True, large_client_reason="a group of twelve firms")
    assert way.stage == "executive_approval"
    assert way.finding("executive_needed").because == "it is marked as a large client"


@pytest.mark.parametrize(
    ("amount", "because"),
    [
        ("8000", "8,000.00 USD is at or above the threshold of 8,000.00 USD"),
        ("7999.99", "7,999.99 USD is below the threshold of 8,000.00 USD"),
    ],
)
def test_the_request_says_why_the_executive_is_or_is_not_needed(amount: str, because: str) -> None:
    assert journey(amount).finding("executive_needed").because == because


@pytest.mark.parametrize(
    ("amount", "path"),
    [
        ("8000", "submitted > executive_approval"),
        ("7999.99", "submitted > executive_approval > acceptance"),
    ],
)
def test_the_audit_of_a_submission_says_why_and_which_way(amount: str, path: str) -> None:
    way = journey(amount)
    entry = way.moves[0].entry
    assert entry.detail == {
        "path": path,
        "rule executive_needed": way.finding("executive_needed").because,
    }
    assert (entry.actor, entry.action, entry.surface) == (ANA, "submit", "command")


def test_the_inputs_of_the_rule_are_frozen_with_the_request() -> None:
    way = journey("9000")
    way.office = replace(OFFICE, policy=Policy({"USD": Money.of(10_000, "USD")}))
    way.does(RYAN, "ask", "Which region?")
    assert way.stage == "executive_approval"
    assert way.finding("executive_needed").inputs == {
        "amount": "9,000.00 USD",
        "threshold": "8,000.00 USD",
        "large_client": "no",
    }


def test_the_assistant_marks_a_large_client_and_the_executive_decides() -> None:
    way = journey("100")
    assert isinstance(way.refuses(DIAN, "mark_large_client"), ReasonMissing)
    way.does(DIAN, "mark_large_client", "It belongs to a large group")
    assert (way.stage, way.waits_for()) == ("executive_approval", {RYAN})
    assert way.request.details.large_client
    assert way.request.details.large_client_reason == "It belongs to a large group"
    way.does(RYAN, "approve")
    assert way.stage == "acceptance"


def test_only_the_assistant_marks_a_large_client() -> None:
    way = journey("100")
    for user in (ANA, RYAN, ADAM):
        assert isinstance(way.refuses(user, "mark_large_client", "Big"), NotAllowed)


def test_a_large_client_is_not_marked_twice() -> None:
    way = journey("100", large_client=True)
    way.does(RYAN, "approve")
    refusal = way.refuses(DIAN, "mark_large_client", "Big")
    assert isinstance(refusal, Guarded)
    assert str(refusal) == "This is already marked as a large client."
    assert "mark_large_client" not in way.offers(DIAN)


def test_the_executive_is_not_asked_twice_in_one_round() -> None:
    way = journey("25000")
    way.does(RYAN, "approve")
    way.does(DIAN, "mark_large_client", "It belongs to a large group")
    assert way.stage == "acceptance"
    assert way.finding("executive_needed").because == (
        "the executive has already approved it in this round"
    )


def test_clearing_the_mark_needs_the_executive() -> None:
    way = journey("100", large_client=True)
    way.does(DIAN, "propose_clearing", "It is a small local branch")
    assert (way.stage, way.waits_for()) == ("large_client_check", {RYAN})
    assert way.request.details.large_client
    assert isinstance(way.refuses(DIAN, "clear_large_client"), NotAllowed)
    move = way.does(RYAN, "clear_large_client")
    assert not way.request.details.large_client
    assert way.stage == "acceptance"
    assert Tell(Role.SALES_ASSISTANT, "clear_large_client") in move.promises


def test_a_cleared_deal_above_the_threshold_still_needs_the_executive() -> None:
    way = journey("25000", large_client=True)
    way.does(DIAN, "propose_clearing", "It is a small local branch")
    way.does(RYAN, "clear_large_client")
    assert (way.stage, way.waits_for()) == ("executive_approval", {RYAN})


def test_the_executive_keeps_the_mark_with_a_reason() -> None:
    way = journey("100", large_client=True)
    way.does(DIAN, "propose_clearing", "It is a small local branch")
    assert isinstance(way.refuses(RYAN, "keep_large_client"), ReasonMissing)
    way.does(RYAN, "keep_large_client", "Their parent signs")
    assert way.request.details.large_client
    assert way.stage == "executive_approval"


def test_clearing_needs_a_mark() -> None:
    refusal = journey("100").refuses(DIAN, "propose_clearing", "It is small")
    assert str(refusal) == "This is not marked as a large client."
