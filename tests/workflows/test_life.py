"""The whole life of a deal over 180,000 USD, from the ask to the money."""

from tests.workflows.contracts import (
    CLIENT,
    CORA,
    FRONTDESK,
    Contract,
    contract,
    fee,
    first_draft,
    invoice,
    payment,
    written,
)
from tests.workflows.harborlight import ANA, BEA, DIAN, RYAN
from workflows.deal import Outcome
from workflows.document import Document
from workflows.effects import Errand, Tell
from workflows.invoice import Status
from workflows.money import Money
from workflows.refusals import NotNow
from workflows.roles import Role, Seat


def test_a_deal_goes_from_the_ask_to_the_money() -> None:
    way = contract()
    _the_first_version_goes_out(way)
    _the_client_wants_more(way)
    _the_executive_approves_again(way)
    _the_client_approves(way)
    _the_money_comes(way)
    _billing_confirms(way)


def _the_first_version_goes_out(way: Contract) -> None:
    assert way.waits_for() == {RYAN}
    way.does(RYAN, "approve")
    way.does(DIAN, "accept")
    assert (way.stage, way.waits_for()) == ("drafting", {DIAN})

    first = first_draft(way.request.details)
    way.does(DIAN, "draft", **written(first))
    assert way.stage == "ready"
    assert way.finding("document_needs_executive").because == (
        "nothing material has changed since the executive approved it"
    )
    way.is_rendered()
    sent = way.does(DIAN, "send", contact_email=CORA["email"], others=("cfo@brightwater.example",))
    assert (way.stage, way.waits_for()) == ("with_client", {CLIENT})
    assert Errand("send_document") in sent.promises
    assert way.version.sent_to == ("cora@brightwater.example", "cfo@brightwater.example")
    assert way.version.sent_at == sent.entry.at


def _the_client_wants_more(way: Contract) -> None:
    asked = way.does(CLIENT, "client_request_changes", "Please add training.", version=1)
    assert (way.stage, way.waits_for()) == ("client_changes", {DIAN})
    assert Tell(Seat.ASKER, "client_request_changes") in asked.promises
    assert (way.version.outcome, way.version.comment) == (Outcome.CHANGES, "Please add training.")


def _the_executive_approves_again(way: Contract) -> None:
    first = way.record.document
    assert first is not None
    second = Document(**written(first) | {"prices": fee(195_000), "notes": "Training"})
    way.does(DIAN, "draft", **written(second))
    assert (way.stage, way.waits_for()) == ("document_approval", {RYAN})
    assert way.finding("document_needs_executive").because == (
        "it differs from what the executive approved: Fee: 180,000.00 USD -> 195,000.00 USD"
    )
    assert way.version.differences == (
        "Fee: 180,000.00 USD -> 195,000.00 USD",
        "Notes: (none) -> Training",
    )
    way.is_rendered()
    way.does(RYAN, "approve_document")
    assert (way.stage, way.version.approved_by) == ("ready", RYAN)
    way.does(DIAN, "send", contact_email=CORA["email"])


def _the_client_approves(way: Contract) -> None:
    approved = way.does(CLIENT, "client_approve", version=2, **CORA)
    assert (way.stage, way.waits_for()) == ("invoicing", {BEA})
    assert approved.entry.detail["path"] == "client_approved > invoicing"
    assert Errand("certify") in approved.promises
    assert [each.outcome for each in way.record.versions] == [Outcome.CHANGES, Outcome.APPROVED]


def _the_money_comes(way: Contract) -> None:
    way.is_invoiced(invoice("INV-1", 97_500), invoice("INV-2", 97_500))
    assert (way.stage, way.waits_for()) == ("awaiting_payment", {DIAN})
    way.does(BEA, "record_payment", **payment(50_000))
    assert (way.stage, way.invoice().status) == ("awaiting_payment", Status.PART_PAID)
    assert way.invoice().balance == Money.of(47_500, "USD")
    way.does(BEA, "record_payment", **payment(47_500))
    assert (way.stage, way.invoice().status) == ("awaiting_payment", Status.PAID)
    way.does(BEA, "record_payment", **payment(97_500, "INV-2"))
    assert (way.stage, way.waits_for()) == ("paid", {BEA})


def _billing_confirms(way: Contract) -> None:
    confirmed = way.does(BEA, "confirm")
    assert (way.stage, way.waits_for()) == ("closed", set())
    for errand in ("thank_client", "write_back", "ask_opinions"):
        assert Errand(errand) in confirmed.promises
    assert {Tell(Seat.ASKER, "confirm"), Tell(Seat.OWNER, "confirm")} <= set(confirmed.promises)


def test_a_small_deal_never_meets_the_executive() -> None:
    way = contract("5000").is_accepted()
    way.drafts(first_draft(way.request.details))
    assert way.stage == "ready"
    assert way.finding("document_needs_executive").because == (
        "5,000.00 USD is below the threshold of 8,000.00 USD"
    )
    way.is_sent().is_signed().is_invoiced(invoice(amount=5000))
    way.does(BEA, "record_payment", **payment(5000))
    way.does(BEA, "confirm")
    assert way.stage == "closed"
    assert way.request.votes == ()
    assert RYAN not in {move.entry.actor for move in way.moves}


def test_a_client_who_declines_can_be_won_back_or_let_go() -> None:
    way = contract().is_accepted()
    way.drafts(first_draft(way.request.details))
    way.is_sent()
    declined = way.does(CLIENT, "client_decline", "The budget was cut.", version=1)
    assert (way.stage, way.waits_for()) == ("client_declined", {DIAN})
    assert Tell(Role.HEAD_OF_SALES, "client_decline") in declined.promises
    assert Tell(Seat.ASKER, "client_decline") in declined.promises
    gone = way.copy()
    gone.does(DIAN, "cancel", "They will not come back")
    assert gone.stage == "cancelled"
    way.drafts(first_draft(way.request.details, notes="Shorter"))
    assert way.stage == "ready"


def test_a_link_that_expired_is_the_assistants_matter_and_can_be_sent_again() -> None:
    way = contract().is_accepted()
    way.drafts(first_draft(way.request.details))
    way.is_sent()
    expired = way.does(FRONTDESK, "expire", version=1)
    assert (way.stage, way.version.outcome) == ("ready", Outcome.EXPIRED)
    assert Tell(Seat.OWNER, "expire") in expired.promises
    assert isinstance(way.refuses(CLIENT, "client_approve", version=1, **CORA), NotNow)
    way.is_sent()
    assert (way.stage, way.version.outcome) == ("with_client", Outcome.OPEN)
    way.is_signed()
    assert way.stage == "invoicing"


def test_a_closed_deal_is_never_opened_again() -> None:
    way = contract("5000").is_accepted()
    way.drafts(first_draft(way.request.details))
    way.is_sent().is_signed().is_invoiced(invoice(amount=5000))
    way.does(BEA, "record_payment", **payment(5000))
    way.does(BEA, "confirm")
    for user, name in ((BEA, "reverse_payment"), (ANA, "cancel"), (CLIENT, "client_ask")):
        assert isinstance(way.refuses(user, name, "because"), NotNow)
