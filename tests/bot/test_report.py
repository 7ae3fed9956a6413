"""The report: what it says of a database in which things happened."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import report
from bot.desk import Desk
from bot.periodic import Span
from bot.ports import Opinion
from messages.report import StageTime
from tests.bot.open_desk import NOVEMBER, NOW, OCTOBER, asked, day, happened, moved, open_desk
from workflows.deal import Record
from workflows.invoice import Invoice, Payment
from workflows.money import Money

IN_OCTOBER = Span(OCTOBER, NOVEMBER, "October 2026")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def test_a_month_in_which_nothing_happened(desk: Desk) -> None:
    found = report.facts(desk, IN_OCTOBER)

    assert (found.title, found.period) == ("How Statements of Work went", "October 2026")
    assert (found.closed, found.open, found.opinions) == (0, 0, 0)
    assert (found.stages, found.bounces, found.words) == ((), (), ())
    assert (found.approval_hours, found.payment_days_late, found.score) == (None, None, None)


def test_one_request_from_the_ask_to_the_end(desk: Desk) -> None:
    asked(desk, "SOW-1", day(1), "rejected")
    happened(
        desk,
        moved("SOW-1", day(1, 8), "", "executive_approval", "submit"),
        moved("SOW-1", day(1, 9), "executive_approval", "executive_approval", "refused"),
        moved("SOW-1", day(1, 12), "executive_approval", "acceptance", "approve"),
        moved("SOW-1", day(2, 12), "acceptance", "rejected", "reject", "Not a fit. Sorry."),
    )

    found = report.facts(desk, IN_OCTOBER)

    assert found.stages == (
        StageTime(label="Waiting for executive approval", median_hours=4.0, p90_hours=4.0, count=1),
        StageTime(
            label="Waiting for the sales assistant", median_hours=24.0, p90_hours=24.0, count=1
        ),
    )
    assert found.approval_hours == 4.0
    assert found.bounces == (("Rejected: Not a fit", 1),)
    assert (found.closed, found.open) == (1, 0)


def test_a_stage_that_began_before_the_month_is_measured_from_its_beginning(desk: Desk) -> None:
    asked(desk, "SOW-1", day(30, month=9), "drafting")
    happened(
        desk,
        moved("SOW-1", day(30, 0, month=9), "", "acceptance", "submit"),
        moved("SOW-1", day(2, 0), "acceptance", "drafting", "accept"),
    )

    [stage] = report.facts(desk, IN_OCTOBER).stages

    assert (stage.label, stage.median_hours) == ("Waiting for the sales assistant", 48.0)


def test_a_stage_that_goes_on_counts_when_it_ends_and_the_request_is_open(desk: Desk) -> None:
    asked(desk, "SOW-1", day(20), "rejected")
    asked(desk, "SOW-2", day(20), "acceptance")
    asked(desk, "SOW-3", day(1, month=11), "acceptance")
    happened(
        desk,
        moved("SOW-1", day(20), "", "acceptance", "submit"),
        moved("SOW-2", day(20), "", "acceptance", "submit"),
        moved("SOW-3", day(1, month=11), "", "acceptance", "submit"),
        moved("SOW-1", day(2, month=11), "acceptance", "rejected", "reject", "Too late."),
    )

    found = report.facts(desk, IN_OCTOBER)

    assert (found.stages, found.bounces) == ((), ())
    assert (found.closed, found.open) == (0, 2)


def test_requests_of_other_workflows_are_not_counted(desk: Desk) -> None:
    happened(
        desk,
        moved("AST-1", day(20), "", "triage", "submit"),
        moved("AST-1", day(21), "triage", "declined", "reject", "No."),
    )
    with desk.store.unit() as unit:
        unit.opinions.put(Opinion(ref="AST-1", user="U1", score=1, word="No", at=day(21)))
        unit.commit()

    found = report.facts(desk, IN_OCTOBER)

    assert (found.closed, found.stages, found.opinions) == (0, (), 0)


def test_opinions_are_averaged_and_quoted_without_names(desk: Desk) -> None:
    said = (("U1", 5, "Quick"), ("U2", 2, ""), ("U3", 4, "The price came late"))
    with desk.store.unit() as unit:
        for nth, (user, score, word) in enumerate(said):
            at = day(20 + nth)
            unit.opinions.put(Opinion(ref="SOW-1", user=user, score=score, word=word, at=at))
        unit.opinions.put(Opinion(ref="SOW-2", user="U1", score=1, word="Later", at=NOW))
        unit.commit()

    found = report.facts(desk, IN_OCTOBER)

    assert found.opinions == 3
    assert found.score == pytest.approx(11 / 3)
    assert found.words == ("The price came late", "Quick")


def test_payments_are_so_many_days_late(desk: Desk) -> None:
    for nth, paid_on in enumerate((date(2026, 10, 12), date(2026, 10, 17), date(2026, 10, 25)), 1):
        ref, amount = f"SOW-{nth}", Money(100, "USD")
        payment = Payment(
            id=1, amount=amount, on=paid_on, method="card", reference="", by="U_BEA", at=day(26)
        )
        invoice = Invoice(
            number="INV-1",
            amount=amount,
            issued=date(2026, 9, 15),
            due=date(2026, 10, 15),
            by="U_BEA",
            at=day(1),
            payments=(payment,),
        )
        asked(desk, ref, day(1), "awaiting_payment", Record(invoices=(invoice,)))
        happened(
            desk, moved(ref, day(26), "awaiting_payment", "awaiting_payment", "record_payment")
        )

    assert report.facts(desk, IN_OCTOBER).payment_days_late == 2
