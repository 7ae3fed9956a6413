"""The executive and the document: approved, sent back, and never past them."""

from dataclasses import replace

from tests.workflows.contracts import (
    PAPER,
    Contract,
    contract,
    fee,
    first_draft,
)
from tests.workflows.harborlight import ADAM, ANA, BEN, DIAN, NOW, RYAN
from workflows.deal import Outcome
from workflows.refusals import NotAllowed, NotNow, OwnRequest

TODAY = NOW.date()


def in_approval() -> Contract:
    """Return a deal whose first version waits for the executive, rendered."""
    way = contract("100").is_accepted()
    way.drafts(replace(PAPER, prices=fee(9000)))
    assert way.stage == "document_approval"
    return way


def test_the_approval_of_one_version_never_counts_for_the_next() -> None:
    way = in_approval()
    way.does(RYAN, "approve_document")
    assert way.stage == "ready"
    way.drafts(replace(PAPER, prices=fee(9001)))
    assert (way.stage, way.waits_for()) == ("document_approval", {RYAN})
    assert [each.approved_by for each in way.record.versions] == [RYAN, ""]
    assert isinstance(way.refuses(DIAN, "send", contact_email="cora@brightwater.example"), NotNow)


def test_the_executive_sends_a_document_back_to_the_one_who_wrote_it() -> None:
    way = in_approval()
    way.does(RYAN, "request_document_changes", "8,000 at most")
    assert (way.stage, way.waits_for()) == ("drafting", {DIAN})
    assert way.record.returned


def test_what_the_executive_sent_back_always_comes_back_to_them() -> None:
    way = contract("100").is_accepted()
    way.drafts(first_draft(way.request.details, prices=fee(9000)))
    way.does(RYAN, "request_document_changes", "8,000 at most")
    for _ in range(2):  # neither the next version nor the one after it goes past them
        way.drafts(first_draft(way.request.details, prices=fee(7999)))
        assert (way.stage, way.waits_for()) == ("document_approval", {RYAN})
        assert way.finding("document_needs_executive").because == (
            "the executive asked for changes to the version before"
        )
    way.does(RYAN, "approve_document")
    assert (way.stage, way.record.returned) == ("ready", False)
    way.drafts(first_draft(way.request.details, prices=fee(7999), notes="Again"))
    assert way.stage == "ready"


def test_the_same_version_again_is_no_way_around_what_the_executive_asked_for() -> None:
    way = contract().is_accepted()
    way.drafts(first_draft(way.request.details, prices=fee(200_000)))
    way.does(RYAN, "request_document_changes", "Not like this")
    way.drafts(first_draft(way.request.details))  # as the executive approved it at first
    assert way.stage == "document_approval"


def test_a_version_is_replaced_while_it_waits_for_the_executive() -> None:
    way = in_approval()
    move = way.drafts(replace(PAPER, prices=fee(9500)))
    assert (move.entry.before, way.stage) == ("document_approval", "document_approval")
    assert [each.outcome for each in way.record.versions] == [Outcome.REPLACED, Outcome.OPEN]
    way.does(RYAN, "approve_document")
    assert [each.approved_by for each in way.record.versions] == ["", RYAN]


def test_an_admin_who_wrote_a_version_does_not_choose_who_approves_it() -> None:
    way = contract("100").is_accepted()
    way.does(ADAM, "reassign", "Dian is ill", person=ADAM)
    way.drafts(PAPER)
    assert way.version.by == ADAM
    assert isinstance(way.refuses(ADAM, "reassign", "Ben is quick", person=BEN), OwnRequest)
    assert "reassign" not in way.offers(ADAM)


def test_whoever_wrote_a_version_does_not_approve_it() -> None:
    way = contract("100").is_accepted()
    way.does(ADAM, "reassign", "Dian is ill", person=RYAN)
    way.drafts(PAPER)
    assert way.version.by == RYAN
    refusal = way.refuses(RYAN, "approve_document")
    assert isinstance(refusal, OwnRequest)
    assert str(refusal) == "This is your own work, so somebody else decides it."
    assert "approve_document" not in way.offers(RYAN)
    way.does(ADAM, "reassign", "Ryan wrote it", person=BEN)
    way.does(BEN, "approve_document")
    assert (way.stage, way.version.approved_by) == ("ready", BEN)


def test_whoever_wrote_an_earlier_version_approves_another_ones() -> None:
    way = contract("100").is_accepted()
    way.does(ADAM, "reassign", "Dian is ill", person=RYAN)
    way.drafts(PAPER)
    way.does(RYAN, "request_document_changes", "Dian knows better")
    way.does(ADAM, "reassign", "Dian is back", person=DIAN)
    way.drafts(replace(PAPER, notes="Better"))
    way.does(RYAN, "approve_document")
    assert way.stage == "ready"


def test_the_executive_rejects_a_document_and_with_it_the_request() -> None:
    way = in_approval()
    way.does(RYAN, "reject", "We do not do this")
    assert way.stage == "rejected"


def test_an_executive_does_not_approve_the_document_of_their_own_request() -> None:
    way = contract("100", asker=RYAN).is_accepted()
    way.drafts(PAPER)
    assert way.stage == "document_approval"
    assert way.waits_for() == set()
    assert "approve_document" not in way.offers(RYAN)


def test_a_document_approval_that_was_given_to_somebody_is_theirs() -> None:
    way = in_approval()
    way.does(ADAM, "reassign", "Ryan is away", person=BEN)
    assert isinstance(way.refuses(RYAN, "approve_document"), NotAllowed)
    way.does(BEN, "approve_document")
    assert (way.stage, way.version.approved_by) == ("ready", BEN)


def test_the_asker_may_own_the_draft_but_does_not_decide_it() -> None:
    way = contract("100").is_accepted()
    way.does(ADAM, "reassign", "Dian is ill", person=ANA)
    way.drafts(PAPER)
    assert way.version.by == ANA
    assert isinstance(way.refuses(ANA, "approve_document"), NotAllowed)
