"""Which change of a document resets the executive's approval, part by part and by policy."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.workflows.contracts import PAPER, Contract, contract, fee, first_draft, written
from tests.workflows.deals import edited
from tests.workflows.harborlight import ANA, DIAN, OFFICE, RYAN
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.money import Money

ALL = frozenset({"amount", "client", "dates", "scope", "terms"})

PARTS: Mapping[str, tuple[str, object]] = {
    "title": ("", "Another title"),
    "client": ("client", "Brightwater Holding"),
    "client_address": ("client", "2 Harbour Road, Bristol"),
    "contact_name": ("", "Carl Client"),
    "contact_email": ("", "carl@brightwater.example"),
    "background": ("scope", "They shrink."),
    "scope": ("scope", "Onboarding of 400 users."),
    "deliverables": ("scope", (Deliverable(title="A plan"),)),
    "milestones": ("dates", (Milestone(title="Kick-off", on=date(2026, 4, 2)),)),
    "prices": ("amount", fee("180000.01")),
    "fee": ("terms", "one_off"),
    "billing_period": ("terms", "yearly"),
    "start": ("dates", date(2026, 4, 2)),
    "end": ("dates", date(2026, 10, 1)),
    "payment_terms": ("terms", "90 days net"),
    "assumptions": ("terms", ("Access is given.", "We pay for travel.")),
    "notes": ("", "Do not ask for the logo."),
    "template": ("", "sow-api"),
}
"""By part: the subject under which it resets an approval ("": it informs only), and a change."""

BLANKS: Mapping[str, object] = {
    "client_address": "",
    "milestones": (),
    "billing_period": "",
    "start": None,
    "end": None,
    "assumptions": (),
    "background": "",
    "notes": "",
}
"""The parts that a document can go without, as they are when nobody filled them in."""

DRAFTED = ("client_address", "milestones", "start", "end")
"""Those of them that it is for the draft to fill in."""


def approved(document: Document, material: frozenset[str] = ALL) -> Contract:
    """Return a deal whose ``document`` the executive has just approved."""
    policy = replace(OFFICE.policy, material=material)
    way = _drafted(document).copy()
    way.office = replace(OFFICE, policy=policy)
    return way


@cache
def _drafted(document: Document) -> Contract:
    way = contract(large_client=True).is_accepted()
    way.drafts(document)
    assert way.stage == "document_approval"
    way.does(RYAN, "approve_document")
    return way


def after(way: Contract, document: Document) -> str:
    way.drafts(document)
    return way.stage


def test_every_part_of_a_document_is_judged_here() -> None:
    assert [each.name for each in fields(Document)] == list(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_part_resets_the_approval_where_it_is_material(part: str) -> None:
    subject, other = PARTS[part]
    way = approved(PAPER)
    stage = after(way, replace(PAPER, **{part: other}))  # type: ignore[arg-type]
    assert stage == ("document_approval" if subject else "ready")


@pytest.mark.parametrize("part", [part for part, (subject, _) in PARTS.items() if subject])
def test_a_policy_decides_which_subjects_are_material(part: str) -> None:
    subject, other = PARTS[part]
    changed = replace(PAPER, **{part: other})  # type: ignore[arg-type]
    assert after(approved(PAPER, ALL - {subject}), changed) == "ready"
    assert after(approved(PAPER, frozenset({subject})), changed) == "document_approval"


@pytest.mark.parametrize("part", BLANKS)
def test_what_was_left_to_the_draft_may_be_filled_in_and_nothing_else(part: str) -> None:
    blank = replace(PAPER, **{part: BLANKS[part]})  # type: ignore[arg-type]
    may = part in DRAFTED or not PARTS[part][0]
    assert after(approved(blank), PAPER) == ("ready" if may else "document_approval")


@pytest.mark.parametrize(
    ("part", "filled_in"),
    [
        ("scope", "Onboarding of 40 users."),
        ("deliverables", (Deliverable(title="A plan"), Deliverable(title="A workshop"))),
        ("payment_terms", "30 days net"),
    ],
)
def test_what_a_request_left_to_the_draft_is_filled_in_without_the_executive(
    part: str, filled_in: object
) -> None:
    way = contract().is_accepted()
    assert way.record.approved is not None
    assert getattr(way.record.approved, part) in ("", ())
    assert after(way, first_draft(way.request.details, **{part: filled_in})) == "ready"


@pytest.mark.parametrize("part", BLANKS)
def test_what_was_filled_in_is_not_left_out_unseen(part: str) -> None:
    blank = replace(PAPER, **{part: BLANKS[part]})  # type: ignore[arg-type]
    stage = after(approved(PAPER), blank)
    assert stage == ("document_approval" if PARTS[part][0] else "ready")


def test_what_was_filled_in_once_is_then_compared() -> None:
    way = approved(replace(PAPER, end=None))
    assert after(way, PAPER) == "ready"
    way.is_sent()
    assert after(way, replace(PAPER, end=date(2027, 9, 30))) == "document_approval"


def test_filling_in_a_deliverable_that_was_only_named_is_no_difference() -> None:
    way = contract(deliverables=("A plan",)).is_accepted()
    detailed = (Deliverable(title="A plan", acceptance="Read by Cora", due=date(2026, 5, 1)),)
    assert after(way, first_draft(way.request.details, deliverables=detailed)) == "ready"


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ("deliverables", Deliverable(title="A report")),
        ("milestones", Milestone(title="Go live")),
        ("assumptions", "We pay for travel."),
        ("prices", PriceLine(text="Travel", price=Money.of(0, "USD"))),
    ],
)
def test_one_more_of_what_was_approved_is_a_difference(part: str, more: object) -> None:
    longer = {part: (*getattr(PAPER, part), more)}
    assert after(approved(PAPER), Document(**written(PAPER) | longer)) == "document_approval"


def test_filling_in_one_entry_does_not_hide_what_changed_in_another() -> None:
    plan, workshop = PAPER.deliverables
    filled_in = replace(plan, acceptance="Read by Cora")
    other = (filled_in, replace(workshop, title="A webinar"))
    assert after(approved(PAPER), replace(PAPER, deliverables=(filled_in, workshop))) == "ready"
    assert after(approved(PAPER), replace(PAPER, deliverables=other)) == "document_approval"


def test_the_executive_sees_price_lines_in_another_order_though_the_total_stays() -> None:
    lines = (*fee(100_000), PriceLine(text="Training", price=Money.of(80_000, "USD")))
    paper = replace(PAPER, prices=lines)
    way = approved(paper)
    assert after(way, replace(paper, prices=lines[::-1])) == "document_approval"
    assert way.finding("document_needs_executive").because == (
        "it differs from what the executive approved: "
        "Fee lines (the total stays 180,000.00 USD): in another order"
    )


def test_another_amount_of_the_same_lines_is_a_difference() -> None:
    lines = (PriceLine(text="Days", price=Money.of(1000, "USD"), quantity=Decimal(180)),)
    way = approved(replace(PAPER, prices=lines))
    more = (replace(lines[0], quantity=Decimal("180.5")),)
    assert after(way, replace(PAPER, prices=more)) == "document_approval"


def test_another_currency_of_the_same_figure_is_a_difference() -> None:
    assert after(approved(PAPER), replace(PAPER, prices=fee(180_000, "EUR"))) == "document_approval"


def test_a_total_that_was_lowered_is_a_difference_too() -> None:
    way = contract().is_accepted()
    stage = after(way, first_draft(way.request.details, prices=fee(10)))
    assert stage == "document_approval"
    assert way.finding("document_needs_executive").because == (
        "it differs from what the executive approved: Fee: 180,000.00 USD -> 10.00 USD"
    )


def test_what_matters_most_is_named_first() -> None:
    way = approved(PAPER)
    changes = {part: PARTS[part][1] for part in ("client", "scope", "payment_terms", "end")}
    after(way, Document(**written(PAPER) | changes | {"prices": fee(195_000)}))
    assert way.finding("document_needs_executive").because == (
        "it differs from what the executive approved: "
        "Fee: 180,000.00 USD -> 195,000.00 USD; End: 30 Sep 2026 -> 1 Oct 2026; "
        "Payment terms: 30 days net -> 90 days net; Client: Brightwater -> Brightwater Holding; "
        "Scope: Onboarding of 40 users. -> Onboarding of 400 users."
    )


def test_a_large_client_that_the_executive_approved_is_compared_as_any_other() -> None:
    way = contract("100", large_client=True).is_accepted()
    assert after(way, first_draft(way.request.details)) == "ready"


def test_a_new_version_without_a_vote_is_judged_against_what_was_approved() -> None:
    way = approved(PAPER)
    assert after(way, replace(PAPER, prices=fee(200_000))) == "document_approval"
    assert after(way, replace(PAPER, prices=fee(190_000))) == "document_approval"
    assert "180,000.00 USD -> 190,000.00 USD" in way.finding("document_needs_executive").because
    assert after(way, PAPER) == "ready"


def test_an_approval_of_a_request_that_was_rewritten_covers_no_document() -> None:
    way = contract("25000")
    way.does(RYAN, "approve")
    way.does(DIAN, "request_changes", "It is a hundred, is it not?")
    changes: dict[str, Any] = {"amount": Money.of(100, "USD")}
    way.does(ANA, "resubmit", **edited(way.request.details, **changes))
    assert way.stage == "acceptance"
    way.does(DIAN, "accept")
    stage = after(way, first_draft(way.request.details, prices=fee(25_000)))
    assert stage == "document_approval"
