"""The sales assistant is nudged about what is awaited: not too often, and never for nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.workflows.contracts import FRONTDESK, awaiting, invoice, payment, with_client
from tests.workflows.harborlight import BEA, DIAN
from tests.workflows.nudging import due
from workflows.effects import Errand, Tell
from workflows.refusals import Guarded
from workflows.roles import Role

MAIL = {"subject": "Your invoice INV-1", "body": "Dear Cora, ..."}
FIRST = {"invoice": "INV-1"}


def test_a_nudge_goes_to_the_owner_and_is_counted() -> None:
    way = awaiting()
    move = way.does(FRONTDESK, "nudged", **due())
    assert Errand("nudge_owner") in move.promises
    assert way.invoice().nudges == 1
    assert way.invoice("INV-2").nudges == 0
    assert move.entry.detail["changed"] == "nudge for INV-1"


def test_nobody_is_nudged_more_often_than_is_set() -> None:
    way = awaiting()
    for _ in range(3):
        way.does(FRONTDESK, "nudged", **due(most=3))
    assert str(way.refuses(FRONTDESK, "nudged", **due(most=3))) == "That was often enough."
    way.does(FRONTDESK, "nudged", **due(most=3, number="INV-2"))


def test_only_nudges_count_as_nudges() -> None:
    way = awaiting()
    way.does(DIAN, "remind_client", **FIRST, **MAIL)
    way.does(DIAN, "talked", "They pay on Monday", **FIRST)
    assert way.invoice().nudges == 0
    way.does(FRONTDESK, "nudged", **due(most=1, since=datetime(2026, 1, 1, tzinfo=UTC)))
    assert way.invoice().nudges == 1


@pytest.mark.parametrize(
    ("day", "is_overdue"), [("2026-04-08", False), ("2026-04-09", False), ("2026-04-10", True)]
)
def test_an_invoice_is_overdue_from_the_day_after_it_was_due(day: str, *, is_overdue: bool) -> None:
    way = awaiting()
    assert way.invoice().is_overdue(date.fromisoformat(day)) is is_overdue
    way.does(BEA, "record_payment", **payment(90_000))
    assert not way.invoice().is_overdue(date.fromisoformat(day))


def test_what_was_not_sent_is_not_overdue() -> None:
    way = with_client().is_signed()
    way.is_billed(**invoice())
    assert not way.invoice().is_overdue(date(2026, 5, 1))
    way.is_filed()
    way.does(BEA, "send_invoices")
    assert way.invoice().is_overdue(date(2026, 5, 1))


def test_nobody_is_nudged_about_an_invoice_twice_a_day() -> None:
    way = awaiting()
    nudged_at = way.does(FRONTDESK, "nudged", **due()).entry.at
    for earlier in (nudged_at, nudged_at - timedelta(hours=9)):
        refusal = way.refuses(FRONTDESK, "nudged", **due(since=earlier))
        assert str(refusal) == "That was done today."
    way.does(FRONTDESK, "nudged", **due(since=nudged_at - timedelta(hours=9), number="INV-2"))
    way.does(FRONTDESK, "nudged", **due(since=nudged_at + timedelta(microseconds=1)))


def test_what_was_nudged_often_enough_is_still_told_to_the_head_of_sales() -> None:
    way = awaiting()
    way.does(FRONTDESK, "nudged", **due(most=1))
    assert isinstance(way.refuses(FRONTDESK, "nudged", **due(most=1)), Guarded)
    way.does(FRONTDESK, "overdue", **due(most=1))


@pytest.mark.parametrize("name", ["nudged", "overdue"])
def test_what_is_paid_is_never_asked_for(name: str) -> None:
    way = awaiting()
    way.does(BEA, "record_payment", **payment(90_000))
    assert str(way.refuses(FRONTDESK, name, **due())) == "There is nothing to ask for now."
    assert str(way.refuses(FRONTDESK, name, **due(number="INV-9"))) == (
        "There is nothing to ask for now."
    )


@pytest.mark.parametrize("name", ["nudged", "overdue"])
def test_what_was_not_sent_is_never_asked_for(name: str) -> None:
    way = awaiting()
    way.is_billed(**invoice("INV-3", 1, sure=True))
    assert isinstance(way.refuses(FRONTDESK, name, **due(number="INV-3")), Guarded)


def test_the_head_of_sales_is_told_of_what_is_long_overdue() -> None:
    way = awaiting()
    move = way.does(FRONTDESK, "overdue", **due())
    assert Tell(Role.HEAD_OF_SALES, "overdue") in move.promises
    assert move.entry.detail["changed"] == "overdue for INV-1"
    assert (way.invoice().is_escalated, way.invoice("INV-2").is_escalated) == (True, False)
    assert way.invoice().nudges == 0


def test_the_head_of_sales_is_told_once_of_each_invoice() -> None:
    way = awaiting()
    way.does(FRONTDESK, "overdue", **due())
    assert str(way.refuses(FRONTDESK, "overdue", **due(date(2026, 6, 1)))) == (
        "The head of sales knows already."
    )
    way.does(FRONTDESK, "overdue", **due(number="INV-2"))


@pytest.mark.parametrize("name", ["promised", "snooze"])
def test_after_a_pause_one_more_nudge_comes_though_it_was_often_enough(name: str) -> None:
    way = awaiting()
    way.does(FRONTDESK, "nudged", **due(most=1))
    assert isinstance(way.refuses(FRONTDESK, "nudged", **due(most=1)), Guarded)
    way.does(DIAN, name, **FIRST, until=date(2026, 4, 24))
    resumed = date(2026, 4, 25 if name == "promised" else 24)
    assert isinstance(
        way.refuses(FRONTDESK, "nudged", **due(resumed - timedelta(days=1), most=1)), Guarded
    )
    way.now = datetime.combine(resumed, time(9), tzinfo=UTC)
    morning = way.now - timedelta(hours=1)
    way.does(FRONTDESK, "nudged", **due(resumed, most=1, since=morning))
    assert way.invoice().nudges == 2
    tomorrow = due(resumed + timedelta(days=1), most=1, since=morning + timedelta(days=1))
    assert str(way.refuses(FRONTDESK, "nudged", **tomorrow)) == "That was often enough."
