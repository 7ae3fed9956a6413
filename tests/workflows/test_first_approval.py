"""Which first version needs the executive where nobody asked them about the request."""

import pytest

from tests.workflows.contracts import Contract, contract, fee, first_draft
from workflows.document import Document


def after(way: Contract, document: Document) -> str:
    way.drafts(document)
    return way.stage


@pytest.mark.parametrize(
    ("amount", "currency", "stage"),
    [
        ("7999.99", "USD", "ready"),
        ("8000", "USD", "document_approval"),
        ("8000.01", "USD", "document_approval"),
        ("7499.99", "EUR", "ready"),
        ("7500", "EUR", "document_approval"),
        ("999999", "JPY", "ready"),
        ("1000000", "JPY", "document_approval"),
        ("2500.499", "KWD", "ready"),
        ("2500.500", "KWD", "document_approval"),
        ("0.01", "CHF", "document_approval"),
    ],
)
def test_the_total_decides_where_the_executive_was_never_asked(
    amount: str, currency: str, stage: str
) -> None:
    way = contract("100").is_accepted()
    asked = first_draft(way.request.details, prices=fee(amount, currency))
    assert after(way, asked) == stage
    assert way.record.approved is None


def test_the_finding_says_what_decided_and_which_version() -> None:
    way = contract("100").is_accepted()
    way.drafts(first_draft(way.request.details, prices=fee(8000)))
    finding = way.finding("document_needs_executive")
    assert finding.because == "8,000.00 USD is at or above the threshold of 8,000.00 USD"
    assert finding.inputs == {"version": "1", "total": "8,000.00 USD"}


def test_a_document_in_a_currency_without_a_threshold_says_so() -> None:
    way = contract("100").is_accepted()
    way.drafts(first_draft(way.request.details, prices=fee(1, "CHF")))
    assert way.finding("document_needs_executive").because == "no threshold is set for CHF"


@pytest.mark.parametrize(
    ("asked", "drafted", "stage"),
    [
        (("one_off", ""), ("one_off", ""), "ready"),
        (("one_off", ""), ("recurring", ""), "document_approval"),
        (("one_off", ""), ("recurring", "monthly"), "document_approval"),
        (("one_off", ""), ("one_off", "monthly"), "document_approval"),
        (("recurring", "monthly"), ("recurring", "monthly"), "ready"),
        (("recurring", "monthly"), ("recurring", "yearly"), "document_approval"),
        (("recurring", "monthly"), ("one_off", ""), "document_approval"),
    ],
)
def test_a_fee_of_another_kind_than_was_asked_for_needs_the_executive(
    asked: tuple[str, str], drafted: tuple[str, str], stage: str
) -> None:
    way = contract("100", fee=asked[0], billing_period=asked[1]).is_accepted()
    paper = first_draft(way.request.details, fee=drafted[0], billing_period=drafted[1])
    assert after(way, paper) == stage
    because = "the fee is not of the kind that was asked for"
    found = way.finding("document_needs_executive").because
    assert (found == because) == (stage == "document_approval")


def test_a_raised_total_needs_the_executive_in_any_later_version_too() -> None:
    way = contract("100").is_accepted()
    assert after(way, first_draft(way.request.details)) == "ready"
    way.is_sent()
    assert after(way, first_draft(way.request.details, prices=fee(8000))) == "document_approval"


def test_what_was_sent_without_the_executive_is_not_compared_with_afterwards() -> None:
    way = contract("100").is_accepted()
    assert after(way, first_draft(way.request.details)) == "ready"
    way.is_sent()
    assert way.record.approved is None
    assert after(way, first_draft(way.request.details, scope="Another scope")) == "ready"
