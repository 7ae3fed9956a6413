"""What is measured of the audit: stays, middles, reasons, days late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.measures import (
    BOUNCES,
    Stretch,
    Visit,
    bounces,
    days_late,
    median,
    ninetieth,
    pauses,
    settling,
    visits,
)
from workflows.engine import Entry
from workflows.invoice import Invoice, Payment
from workflows.money import Money
from workflows.sow import WORKFLOW

START = datetime(2026, 10, 1, 9, tzinfo=UTC)
OCTOBER = Stretch(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
HOLDS = pauses(WORKFLOW)


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def step(hours: float, before: str, to: str, action: str = "moved", reason: str = "") -> Entry:
    return Entry(
        at=after(hours),
        actor="U_DIAN",
        action=action,
        ref="SOW-1",
        before=before,
        after=to,
        version=1,
        surface="button",
        detail={"reason": reason} if reason else {},
    )


def stays(*history: Entry) -> list[tuple[str, float]]:
    return [(each.stage, each.hours) for each in visits(history, HOLDS)]


def invoice(*paid: tuple[int, date, float]) -> Invoice:
    """An invoice of 100, due on 15 October; payments of (amount, bank's day, hours)."""
    payments = tuple(
        Payment(
            id=nth,
            amount=Money(amount, "USD"),
            on=on,
            method="bank transfer",
            reference="",
            by="U_BEA",
            at=after(hours),
        )
        for nth, (amount, on, hours) in enumerate(paid, 1)
    )
    return Invoice(
        number="INV-1",
        amount=Money(100, "USD"),
        issued=date(2026, 9, 15),
        due=date(2026, 10, 15),
        by="U_BEA",
        at=START,
        payments=payments,
    )


def test_a_request_that_was_only_asked_for_has_left_nothing() -> None:
    assert stays() == []
    assert stays(step(0, "", "acceptance", "submit")) == []


def test_a_stay_lasts_from_the_move_in_to_the_move_out_and_the_last_one_goes_on() -> None:
    history = (
        step(0, "", "acceptance", "submit"),
        step(2, "acceptance", "drafting", "accept"),
        step(50.5, "drafting", "ready", "draft"),
    )
    assert stays(*history) == [("acceptance", 2.0), ("drafting", 48.5)]
    assert [each.ended_at for each in visits(history, HOLDS)] == [after(2), after(50.5)]


def test_what_stays_in_its_stage_ends_no_stay() -> None:
    history = (
        step(0, "", "acceptance", "submit"),
        step(1, "acceptance", "acceptance", "ask", "Which region?"),
        step(2, "acceptance", "acceptance", "refused"),
        step(3, "acceptance", "drafting", "accept"),
    )
    assert stays(*history) == [("acceptance", 3.0)]


def test_a_stage_that_is_entered_twice_is_two_stays() -> None:
    history = (
        step(0, "", "drafting", "submit"),
        step(1, "drafting", "ready", "draft"),
        step(3, "ready", "drafting", "moved"),
        step(7, "drafting", "ready", "draft"),
    )
    assert stays(*history) == [("drafting", 1.0), ("ready", 2.0), ("drafting", 4.0)]


def test_time_on_hold_belongs_to_no_stage() -> None:
    assert frozenset({"on_hold"}) == HOLDS
    history = (
        step(0, "", "drafting", "submit"),
        step(5, "drafting", "on_hold", "hold"),
        step(500, "on_hold", "drafting", "resume"),
        step(502, "drafting", "ready", "draft"),
    )
    assert stays(*history) == [("drafting", 7.0)]


def test_what_is_cancelled_on_hold_was_where_it_was_before() -> None:
    history = (
        step(0, "", "drafting", "submit"),
        step(5, "drafting", "on_hold", "hold"),
        step(500, "on_hold", "cancelled", "cancel"),
    )
    assert list(visits(history, HOLDS)) == [Visit("drafting", 5.0, after(500))]


def test_the_middle_and_nine_of_ten() -> None:
    assert median([3, 1, 2]) == 2
    assert median([4, 1, 2, 3]) == 2.5
    assert ninetieth([7]) == 7
    assert ninetieth(range(1, 11)) == 9
    assert ninetieth(range(1, 12)) == 10
    with pytest.raises(ValueError, match="nothing"):
        median([])


def test_every_way_back_is_a_transition() -> None:
    assert all(WORKFLOW.transition(name) for name in BOUNCES)


def test_reasons_are_counted_by_their_first_sentence() -> None:
    entries = [
        step(1, "a", "b", "request_changes", "Split it.  Then send it again."),
        step(2, "a", "b", "client_decline", "Too dear"),
        step(3, "a", "b", "request_changes", "split  IT"),
        step(4, "a", "b", "approve", "Split it."),
        step(5, "a", "b", "reject", f"{'long ' * 30}"),
    ]
    first, *others = bounces(WORKFLOW, entries)
    assert first == ("Sent back for changes: Split it", 2)
    assert others[0] == ("Declined by the client: Too dear", 1)
    assert others[1][0].startswith("Rejected: long long")
    assert others[1][0].endswith("...")
    assert len(others) == 2


def test_a_number_does_not_end_a_sentence() -> None:
    entry = step(1, "a", "b", "reject", "Margin of 2.5 percent; no.")
    assert bounces(WORKFLOW, [entry]) == (("Rejected: Margin of 2.5 percent", 1),)


def test_the_payment_that_leaves_nothing_owed_settles() -> None:
    part, rest = (60, date(2026, 10, 10), 1), (40, date(2026, 10, 17), 2)
    assert settling(invoice(part), OCTOBER.until) is None
    found = settling(invoice(part, rest), OCTOBER.until)
    assert found is not None
    assert found.id == 2
    assert days_late([invoice(part, rest)], OCTOBER) == [2]


def test_a_payment_before_the_due_day_is_early() -> None:
    assert days_late([invoice((100, date(2026, 10, 5), 1))], OCTOBER) == [-10]


def test_what_was_taken_back_settled_nothing() -> None:
    paid, back = (100, date(2026, 10, 5), 1), (-100, date(2026, 10, 6), 2)
    assert settling(invoice(paid, back), OCTOBER.until) is None
    again = settling(invoice(paid, back, (120, date(2026, 10, 20), 3)), OCTOBER.until)
    assert again is not None
    assert again.id == 3


def test_too_much_money_does_not_settle_twice() -> None:
    found = settling(
        invoice((100, date(2026, 10, 5), 1), (5, date(2026, 10, 25), 2)), OCTOBER.until
    )
    assert found is not None
    assert found.id == 1


def test_a_payment_counts_where_it_was_recorded() -> None:
    settled = invoice((100, date(2026, 9, 30), 1))
    assert days_late([settled], OCTOBER) == [-15]
    earlier = replace(OCTOBER, until=after(1))
    assert days_late([settled], earlier) == []
    later = replace(OCTOBER, since=after(2))
    assert days_late([settled], later) == []
