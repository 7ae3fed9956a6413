"""Payment follow-up: the sales assistant's, invoice by invoice."""

from datetime import date, timedelta

import pytest

from tests.workflows.contracts import (
    CLIENT,
    CORA,
    FRONTDESK,
    Contract,
    awaiting,
    invoice,
    payment,
)
from tests.workflows.harborlight import ADAM, ANA, BEA, DIAN, HUGO, RYAN
from tests.workflows.nudging import TODAY, due
from workflows.effects import Errand, Log, Tell
from workflows.follow_up import first_open, open_invoices
from workflows.invoice import Kind
from workflows.refusals import Guarded, NotAllowed, NotNow, ReasonMissing
from workflows.roles import Role

MAIL = {"subject": "Your invoice INV-1", "body": "Dear Cora, ..."}
FIRST = {"invoice": "INV-1"}


def test_a_reminder_to_the_client_is_on_record_in_its_words() -> None:
    way = awaiting()
    move = way.does(DIAN, "remind_client", **FIRST, **MAIL)
    (step,) = way.invoice().follow_ups
    assert (step.kind, step.by, step.at) == (Kind.REMINDER, DIAN, move.entry.at)
    assert (step.subject, step.text) == ("Your invoice INV-1", "Dear Cora, ...")
    assert Errand("mail_payment_reminder") in move.promises


def test_the_balance_is_read_again_before_the_client_is_reminded() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    assert str(way.refuses(DIAN, "remind_client", **FIRST, **MAIL)) == (
        "INV-1 is paid; nobody is reminded of it."
    )
    assert str(way.refuses(DIAN, "remind_client", invoice="INV-9", **MAIL)) == (
        "Please choose an invoice."
    )


def test_the_client_is_not_reminded_of_what_they_never_got() -> None:
    way = awaiting()
    way.is_billed(**invoice("INV-3", 1, sure=True))
    assert isinstance(way.refuses(DIAN, "remind_client", invoice="INV-3", **MAIL), Guarded)


def test_a_talk_is_a_note() -> None:
    way = awaiting()
    assert isinstance(way.refuses(DIAN, "talked", **FIRST), ReasonMissing)
    way.does(DIAN, "talked", "Their books are closed until Monday", **FIRST)
    (step,) = way.invoice().follow_ups
    assert (step.kind, step.text) == (Kind.NOTE, "Their books are closed until Monday")
    way.does(FRONTDESK, "nudged", **due())


@pytest.mark.parametrize(
    ("name", "kind", "resumed"),
    [
        ("promised", Kind.PROMISE, date(2026, 4, 25)),
        ("snooze", Kind.SNOOZE, date(2026, 4, 24)),
    ],
)
def test_a_promise_pauses_until_the_day_after_and_a_snooze_until_the_day(
    name: str, kind: Kind, resumed: date
) -> None:
    way = awaiting()
    move = way.does(DIAN, name, **FIRST, until=date(2026, 4, 24))
    assert way.invoice().paused_until == resumed
    (step,) = way.invoice().follow_ups
    assert (step.kind, step.until) == (kind, date(2026, 4, 24))
    assert Errand("await_payment") in move.promises
    assert move.entry.detail["changed"] == f"{kind.value} for INV-1 until 2026-04-24"
    eve = resumed - timedelta(days=1)
    for clocks in ("nudged", "overdue"):
        assert isinstance(way.refuses(FRONTDESK, clocks, **due(eve)), Guarded)
        way.does(FRONTDESK, clocks, **due(resumed))


def test_one_invoice_is_paused_and_the_other_is_not() -> None:
    way = awaiting()
    way.does(DIAN, "snooze", **FIRST, until=date(2026, 4, 24))
    way.does(FRONTDESK, "nudged", **due(number="INV-2"))


def test_a_dispute_pauses_until_it_is_resolved() -> None:
    way = awaiting()
    assert str(way.refuses(DIAN, "resolve_dispute", "Well", **FIRST)) == "No invoice is in dispute."
    move = way.does(DIAN, "dispute", "They count training twice", **FIRST)
    assert Tell(Role.HEAD_OF_SALES, "dispute") in move.promises
    assert way.invoice().disputed
    assert isinstance(way.refuses(FRONTDESK, "nudged", **due()), Guarded)
    assert str(way.refuses(DIAN, "remind_client", **FIRST, **MAIL)) == (
        "INV-1 is in dispute. Please resolve that first."
    )
    assert isinstance(way.refuses(DIAN, "resolve_dispute", "Well", invoice="INV-2"), Guarded)
    settled = way.does(HUGO, "resolve_dispute", "It was a reading error", **FIRST)
    assert Errand("await_payment") in settled.promises
    assert not way.invoice().disputed
    way.does(FRONTDESK, "nudged", **due())
    assert [each.kind for each in way.invoice().follow_ups] == [
        Kind.DISPUTE,
        Kind.RESOLVED,
        Kind.NUDGE,
    ]


def test_the_owner_resolves_a_dispute_too() -> None:
    way = awaiting()
    way.does(DIAN, "dispute", "They count training twice", **FIRST)
    way.does(DIAN, "resolve_dispute", "It was a reading error", **FIRST)
    assert not way.invoice().disputed


def test_the_forms_offer_what_is_open_the_earliest_due_first() -> None:
    way = awaiting(invoice(due=date(2026, 5, 1)), invoice("INV-2", due=date(2026, 4, 1)))
    way.does(BEA, "record_payment", **payment(10_000))
    assert open_invoices(way.request) == {
        "invoice": (
            ("INV-2", "INV-2, 90,000.00 USD open, due 1 Apr 2026"),
            ("INV-1", "INV-1, 80,000.00 USD open, due 1 May 2026"),
        )
    }
    assert first_open(way.request, TODAY) == {"invoice": "INV-2"}
    way.does(BEA, "record_payment", **payment(90_000, "INV-2"))
    assert first_open(way.request, TODAY) == {"invoice": "INV-1"}


def test_the_form_of_a_settlement_offers_what_is_in_dispute() -> None:
    way = awaiting()
    way.does(DIAN, "dispute", "They count training twice", invoice="INV-2")
    transition = way.workflow.transition("resolve_dispute")
    assert transition is not None
    assert transition.choices is not None
    assert transition.prefill is not None
    assert [number for number, _ in transition.choices(way.request)["invoice"]] == ["INV-2"]
    assert transition.prefill(way.request, TODAY) == {"invoice": "INV-2"}


@pytest.mark.parametrize("name", ["talked", "promised", "dispute", "snooze"])
def test_there_is_nothing_to_follow_up_on_what_is_paid(name: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    refusal = way.refuses(DIAN, name, "Because", **FIRST, until=TODAY)
    assert str(refusal) == "This invoice is not open."


@pytest.mark.parametrize(
    "name", ["remind_client", "talked", "promised", "dispute", "resolve_dispute", "snooze"]
)
def test_the_follow_up_is_the_owners(name: str) -> None:
    way = awaiting()
    way.does(DIAN, "dispute", "They count training twice", **FIRST)
    others = {ANA, BEA, ADAM, RYAN, HUGO, CLIENT, FRONTDESK}
    for user in others - ({HUGO} if name == "resolve_dispute" else set()):
        values = {"invoice": "INV-2" if name == "remind_client" else "INV-1", "until": TODAY}
        assert isinstance(way.refuses(user, name, "Why not", **values), NotAllowed)


def test_nothing_is_followed_up_once_all_is_paid() -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    way.does(BEA, "record_payment", **payment(90_000, "INV-2"))
    for name in ("remind_client", "talked", "promised", "dispute", "snooze"):
        assert isinstance(way.refuses(DIAN, name, "Because", **FIRST, **MAIL, **CORA), NotNow)


def test_a_snooze_is_nobody_elses_news() -> None:
    way = awaiting()
    for name in ("snooze", "promised"):
        move = way.does(DIAN, name, **FIRST, until=TODAY)
        assert not [each for each in move.promises if isinstance(each, Tell)]


@pytest.mark.parametrize("name", ["remind_client", "talked", "promised", "dispute"])
def test_the_thread_is_told_of_the_follow_up_but_not_of_a_snooze(name: str) -> None:
    way = awaiting()
    assert Log(name) in way.does(DIAN, name, "Because", **FIRST, **MAIL, until=TODAY).promises
    assert Log("snooze") not in way.does(DIAN, "snooze", **FIRST, until=TODAY).promises


def test_reminding_is_offered_only_where_it_works() -> None:
    way = awaiting(invoice())
    way.is_billed(**invoice("INV-2"))
    assert remindable(way) == ["INV-1"]
    assert "remind_client" in way.offers(DIAN)
    way.does(DIAN, "dispute", "They count training twice", **FIRST)
    assert "remind_client" not in way.offers(DIAN)
    assert remindable(way) == []
    way.is_filed("INV-2")
    way.does(BEA, "send_further_invoices")
    assert remindable(way) == ["INV-2"]
    assert "remind_client" in way.offers(DIAN)


def remindable(way: Contract) -> list[str]:
    """Return what the form of a reminder offers; it begins with the first of them."""
    transition = way.workflow.transition("remind_client")
    assert transition is not None
    assert transition.choices is not None
    assert transition.prefill is not None
    numbers = [number for number, _ in transition.choices(way.request)["invoice"]]
    first = {"invoice": numbers[0]} if numbers else {}
    assert transition.prefill(way.request, TODAY) == first
    return numbers


@pytest.mark.parametrize("part", ["subject", "body"])
def test_a_reminder_that_names_only_another_invoice_is_not_sent(part: str) -> None:
    way = awaiting()
    blank = {"subject": "Our invoice", "body": "Dear Cora, ..."}
    said = blank | {part: "About INV-2, please"}
    assert str(way.refuses(DIAN, "remind_client", **FIRST, **said)) == (
        "The mail is about another invoice than INV-1. Please choose that one."
    )
    both = blank | {part: "About INV-1 and INV-2, please"}
    for fitting in (blank, both):
        way.does(DIAN, "remind_client", **FIRST, **fitting)
    way.does(DIAN, "remind_client", invoice="INV-2", **said)
