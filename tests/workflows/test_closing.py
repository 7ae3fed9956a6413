"""The end of a deal: the payment is confirmed, or it is closed with less invoiced."""

from tests.workflows.contracts import CLIENT, FRONTDESK, Contract, awaiting, invoice, paid, payment
from tests.workflows.harborlight import ADAM, ANA, BEA, DIAN, HUGO, PRIYA, RYAN
from workflows.effects import Errand, Tell
from workflows.refusals import Guarded, NotAllowed, NotNow, ReasonMissing
from workflows.roles import Role, Seat


def test_the_confirmation_is_for_what_is_paid() -> None:
    way = awaiting()
    assert isinstance(way.refuses(BEA, "confirm"), NotNow)
    way = paid()
    for user in (ANA, DIAN, ADAM, RYAN, HUGO, CLIENT, FRONTDESK):
        assert isinstance(way.refuses(user, "confirm"), NotAllowed)
    way.does(BEA, "confirm")
    assert way.stage == "closed"


def half_invoiced() -> Contract:
    """Return a deal of which a half was invoiced, and paid."""
    way = awaiting(invoice())
    way.does(BEA, "record_payment", **payment(90_000))
    assert way.stage == "paid"
    return way


def test_nothing_is_confirmed_while_a_part_was_never_invoiced() -> None:
    way = half_invoiced()
    assert "confirm" not in way.offers(BEA)
    assert str(way.refuses(BEA, "confirm")) == (
        "90,000.00 USD of the Statement of Work have not been invoiced. Record another invoice, "
        "or close it with less invoiced, with a reason, from its page."
    )
    way.is_invoiced(invoice("INV-2", "89999.99"))
    way.does(BEA, "record_payment", **payment("89999.99", "INV-2"))
    assert isinstance(way.refuses(BEA, "confirm"), Guarded)
    way.is_invoiced(invoice("INV-3", "0.01"))
    way.does(BEA, "record_payment", **payment("0.01", "INV-3"))
    way.does(BEA, "confirm")
    assert way.stage == "closed"


def test_what_was_written_off_was_invoiced() -> None:
    way = awaiting()
    for number in ("INV-1", "INV-2"):
        way.does(BEA, "write_off", "They went bankrupt", invoice=number)
    assert isinstance(way.refuses(BEA, "close_short", "Bankrupt"), Guarded)
    way.does(BEA, "confirm")


def test_it_is_closed_with_less_invoiced_for_a_reason_and_the_head_of_sales_is_told() -> None:
    way = half_invoiced()
    assert isinstance(way.refuses(BEA, "close_short"), ReasonMissing)
    move = way.does(BEA, "close_short", "The second half was never worked")
    assert (way.stage, way.waits_for()) == ("closed", set())
    assert move.entry.detail["reason"] == "The second half was never worked"
    told = {Tell(Role.HEAD_OF_SALES, "close_short"), Tell(Seat.OWNER, "close_short")}
    assert told | {Tell(Seat.ASKER, "close_short")} <= set(move.promises)
    for errand in ("thank_client", "write_back", "ask_opinions"):
        assert Errand(errand) in move.promises


def test_what_is_wholly_invoiced_is_not_closed_short() -> None:
    way = paid()
    assert "close_short" not in way.offers(BEA)
    assert str(way.refuses(BEA, "close_short", "Why not")) == (
        "All of it has been invoiced; please confirm the payment."
    )
    assert isinstance(awaiting().refuses(BEA, "close_short", "Why not"), NotNow)


def test_only_billing_closes_it_with_less_invoiced() -> None:
    way = half_invoiced()
    for user in (ANA, DIAN, ADAM, RYAN, HUGO, CLIENT, FRONTDESK):
        assert isinstance(way.refuses(user, "close_short", "Why not"), NotAllowed)
    way.does(ADAM, "reassign", "Bea is ill", person=PRIYA)
    way.does(PRIYA, "close_short", "The second half was never worked")
