"""The reports as pictures: what each says of a history that was reckoned by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import Desk
from bot.facts import visible
from bot.ports import Observation, Person, Seen
from bot.reports import on_home
from bot.reports.buckets import by_length, place
from bot.reports.drawing import draw, scope_for
from bot.reports.readers import readable
from bot.reports.registry import find_reports
from bot.reports.wish import Wish
from messages.charts import Chart, in_words
from tests.bot.open_desk import NOW, asked, day, happened, moved, open_desk
from workflows.deal import Record
from workflows.invoice import Invoice, Payment
from workflows.money import Money
from workflows.registry import find_workflows
from workflows.roles import Role

REPORTS = find_reports()
TODAY = date(2026, 11, 2)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        holders = {
            Role.AUDITOR: "U_AUDRA",
            Role.SALES_MANAGER: "U_GRETA",
            Role.BILLING: "U_BEA",
            Role.TRIAGE: "U_SOL",
        }
        with opened.store.unit() as unit:
            for user in (*holders.values(), "U_ANA", "U_DIAN"):
                unit.people.put(Person(user=user, team="T1", name=user[2:].capitalize()))
            for role in Role:
                unit.people.hold(role, frozenset({holders[role]} if role in holders else ()))
            unit.commit()
        yield opened


def wish(report: str, first: date = OCTOBER[0], last: date = OCTOBER[1], **more: str) -> Wish:
    if REPORTS[report].as_of_today:
        first = last = TODAY
    return Wish(report=report, first=first, last=last, **more)


def chart(desk: Desk, wanted: Wish, user: str = "U_AUDRA") -> Chart:
    scope = scope_for(desk, wanted, user, listed=False)
    assert scope is not None
    report = REPORTS[wanted.report]
    return report.chart(scope, list(report.rows(scope)))


def sheet(desk: Desk, wanted: Wish, user: str = "U_AUDRA") -> list[tuple[str, ...]]:
    scope = scope_for(desk, wanted, user, listed=True)
    assert scope is not None
    report = REPORTS[wanted.report]
    found = [report.cells(each) for each in report.rows(scope)]
    assert all(len(each) == len(report.columns) for each in found)
    return found


def bars(shown: Chart, panel: int = 0) -> dict[str, str]:
    return {each.name: each.text for each in shown.panels[panel].bars if each.text}


def history(desk: Desk) -> None:
    """Two requests of October: one rejected on the 5th, one that waits for Dian since the 20th."""
    asked(desk, "SOW-1", day(1), "rejected")
    asked(desk, "SOW-2", day(20), "acceptance")
    happened(
        desk,
        moved("SOW-1", day(1), "", "executive_approval", "submit"),
        moved("SOW-1", day(3), "executive_approval", "acceptance", "approve"),
        moved("SOW-1", day(5), "acceptance", "rejected", "reject", "Not a fit."),
        moved("SOW-2", day(20), "", "executive_approval", "submit"),
        moved("SOW-2", day(20, 18), "executive_approval", "acceptance", "approve"),
    )


def test_six_reports_are_there_and_each_has_somebody_who_reads_it() -> None:
    keys = {"requests", "stages", "ageing", "approvals", "overdue", "reuse"}
    assert set(REPORTS) == keys
    for report in REPORTS.values():
        assert any(report.readers(each) for each in find_workflows())
        assert set(report.on_home) <= set(find_workflows())


def test_requests_are_counted_by_day_when_they_were_asked_for_and_when_they_ended(
    desk: Desk,
) -> None:
    history(desk)

    shown = chart(desk, wish("requests"))

    assert shown.figures == (("asked for", "2"), ("ended", "1"))
    assert len(shown.panels[0].bars) == 31
    assert bars(shown) == {
        "1 Oct": "1 asked for, 0 ended",
        "5 Oct": "0 asked for, 1 ended",
        "20 Oct": "1 asked for, 0 ended",
    }
    sow = "Statement of Work"
    assert sorted(sheet(desk, wish("requests"))) == [
        (
            "2026-10-01",
            "SOW-1",
            sow,
            "asked for",
            "Waiting for executive approval",
            "Ana",
            "Globex",
        ),
        ("2026-10-05", "SOW-1", sow, "ended", "Rejected", "Ana", "Globex"),
        (
            "2026-10-20",
            "SOW-2",
            sow,
            "asked for",
            "Waiting for executive approval",
            "Ana",
            "Globex",
        ),
    ]


def test_time_per_stage_is_the_middle_and_nine_of_ten(desk: Desk) -> None:
    history(desk)

    shown = chart(desk, wish("stages"))

    # Approval took 48 and 6 hours: the middle is 27, nine of ten within 48. Acceptance took 48.
    assert bars(shown) == {
        "Waiting for executive approval": "27.0 hours / 48.0 hours",
        "Waiting for the sales assistant": "48.0 hours / 48.0 hours",
    }
    assert [row[4] for row in sheet(desk, wish("stages")) if row[1] == "SOW-2"] == ["6.00"]


def test_open_requests_are_aged_by_how_long_they_are_in_their_step(desk: Desk) -> None:
    for nth, since in enumerate((0.5, 1, 2.9, 3, 6.9, 7, 13.9, 14, 27.9, 28, 400), start=1):
        asked(desk, f"SOW-{nth}", NOW - timedelta(days=since), "acceptance")
    asked(desk, "SOW-99", NOW - timedelta(days=50), "rejected")

    shown = chart(desk, wish("ageing"))

    assert bars(shown) == {
        "Less than a day": "1",
        "1 day to 3": "2",
        "3 days to 7": "2",
        "1 week to 2": "2",
        "2 weeks to 4": "2",
        "4 weeks or more": "2",
    }
    assert shown.figures == (
        ("open requests", "11"),
        ("the longest wait in one step", "400.0 days"),
    )
    assert bars(shown, 1) == {"Waiting for the sales assistant": "11, up to 400 days"}


def test_decisions_are_counted_by_who_decided(desk: Desk) -> None:
    history(desk)
    by_ana = replace(moved("SOW-2", day(21), "acceptance", "acceptance", "approve"), actor="U_ANA")
    by_client = replace(by_ana, actor="client")
    happened(desk, by_ana, by_client)

    shown = chart(desk, wish("approvals"))

    assert bars(shown) == {"Dian": "2 approved, 1 rejected", "Ana": "1 approved"}
    assert shown.figures == (("approved", "3"), ("sent back", "0"), ("rejected", "1"))
    only = chart(desk, wish("approvals", person="U_ANA"))
    assert (bars(only), only.scope) == ({"Ana": "1 approved"}, "Ana")


def test_whatever_gives_a_verdict_is_a_decision_whatever_it_is_called(desk: Desk) -> None:
    sow = desk.workflows["sow"]
    renamed = tuple(
        replace(each, name="wave_through") if each.name == "approve" else each
        for each in sow.transitions
    )
    house = replace(desk, workflows={"sow": replace(sow, transitions=renamed)})
    asked(desk, "SOW-1", day(1), "acceptance")
    happened(desk, moved("SOW-1", day(2), "executive_approval", "acceptance", "wave_through"))

    assert bars(chart(house, wish("approvals"))) == {"Dian": "1 approved"}


def invoice(number: str, amount: Money, due: date, paid: int = 0) -> Invoice:
    payment = Payment(
        id=1,
        amount=Money(paid, amount.currency),
        on=due,
        method="card",
        reference="",
        by="U_BEA",
        at=NOW,
    )
    return Invoice(
        number=number,
        amount=amount,
        issued=date(2026, 6, 1),
        due=due,
        by="U_BEA",
        at=NOW,
        sent_at=datetime(2026, 6, 1, tzinfo=UTC),
        payments=(payment,) if paid else (),
    )


def test_overdue_money_is_the_balance_and_no_currency_is_added_to_another(desk: Desk) -> None:
    owed = (
        invoice("INV-1", Money(100_000, "USD"), TODAY - timedelta(days=7), paid=25_000),
        invoice("INV-2", Money(50_000, "USD"), TODAY - timedelta(days=8)),
        invoice("INV-3", Money(30_000, "USD"), TODAY - timedelta(days=91)),
        invoice("INV-4", Money(2_000_000, "JPY"), TODAY - timedelta(days=90)),
        invoice("INV-5", Money(70_000, "USD"), TODAY),
        invoice("INV-6", Money(70_000, "USD"), TODAY - timedelta(days=9), paid=70_000),
        replace(invoice("INV-7", Money(1, "USD"), TODAY - timedelta(days=9)), sent_at=None),
    )
    asked(desk, "SOW-1", day(1), "awaiting_payment", Record(invoices=owed))

    shown = chart(desk, wish("overdue"), "U_BEA")

    assert shown.figures == (
        ("in 3 invoices", "1,550.00 USD"),
        ("in 1 invoice", "2,000,000 JPY"),
    )
    assert bars(shown) == {
        "1 day to 7 late": "750.00 USD in 1 invoice",
        "8 days to 30": "500.00 USD in 1 invoice",
        "31 days to 60": "nothing",
        "61 days to 90": "nothing",
        "more than 90 days": "300.00 USD in 1 invoice",
    }
    assert bars(shown, 1)["61 days to 90"] == "2,000,000 JPY in 1 invoice"
    rows = sheet(desk, wish("overdue"), "U_BEA")
    assert [(row[2], row[4], row[6], row[7]) for row in rows] == [
        ("INV-1", "7", "750.00", "USD"),
        ("INV-2", "8", "500.00", "USD"),
        ("INV-3", "91", "300.00", "USD"),
        ("INV-4", "90", "2000000", "JPY"),
    ]
    assert sheet(desk, wish("overdue", client="lobe"), "U_BEA") == rows
    assert sheet(desk, wish("overdue", client="Initech"), "U_BEA") == []


def test_overdue_money_of_a_private_deal_is_told_to_those_concerned_alone(desk: Desk) -> None:
    for ref, minor in (("SOW-1", 48765432), ("SOW-2", 10000)):
        owed = Record(invoices=(invoice(f"INV-{ref}", Money(minor, "USD"), date(2026, 9, 1)),))
        asked(desk, ref, day(1), "awaiting_payment", owed)
    with desk.store.unit() as unit:
        unit.people.hold(Role.HEAD_OF_SALES, frozenset({"U_GRETA"}))
        one = unit.requests.get("SOW-1")
        assert one is not None
        private = replace(one.details, private=True)
        unit.requests.save(replace(one, details=private, version=one.version + 1))
        unit.commit()

    pictured = {user: chart(desk, wish("overdue"), user).figures for user in ("U_GRETA", "U_AUDRA")}
    scope = on_home.scope_for_all(desk, wish("overdue", workflow="sow"))

    assert pictured["U_GRETA"] == (("in 1 invoice", "100.00 USD"),)
    assert pictured["U_AUDRA"] == (("in 2 invoices", "487,754.32 USD"),)
    assert [row.ref for row in REPORTS["overdue"].rows(scope)] == ["SOW-2"]


def test_uses_of_assets_are_counted_by_month_and_by_asset(desk: Desk) -> None:
    used = (
        (Seen.USED, "SHELF-1", day(3)),
        (Seen.REUSED, "SHELF-1", day(4)),
        (Seen.USED, "SHELF-2", day(30, month=9)),
        (Seen.OPENED, "SHELF-3", day(4)),
    )
    with desk.store.unit() as unit:
        for nth, (what, ref, at) in enumerate(used):
            unit.observations.add(
                Observation(key=f"k{nth}", what=what, user="U_ANA", at=at, ref=ref, about="D-7")
            )
        unit.commit()

    shown = chart(desk, wish("reuse", date(2026, 9, 1)))

    assert bars(shown) == {"Sep 26": "1 use", "Oct 26": "2 uses"}
    assert bars(shown, 1) == {"SHELF-1": "2 uses", "SHELF-2": "1 use"}
    assert shown.figures == (
        ("used in a deal", "2"),
        ("answered a request", "1"),
        ("assets used again", "2"),
    )
    assert len(sheet(desk, wish("reuse"), "U_SOL")) == 2


def test_a_private_request_that_the_shelf_answered_is_counted_and_not_named(desk: Desk) -> None:
    asked(desk, "SOW-1", day(1), "acceptance")
    asked(desk, "SOW-2", day(1), "acceptance")
    with desk.store.unit() as unit:
        open_one = unit.requests.get("SOW-2")
        assert open_one is not None
        details = replace(open_one.details, private=True)
        unit.requests.save(replace(open_one, details=details, version=open_one.version + 1))
        for nth, about in enumerate(("SOW-1", "SOW-2", "SOW-404", "")):
            unit.observations.add(
                Observation(
                    key=f"k{nth}",
                    what=Seen.REUSED,
                    user="U_ANA",
                    at=day(3 + nth),
                    ref="SHELF-1",
                    about=about,
                )
            )
        unit.commit()

    def named(user: str, person: str = "") -> list[tuple[str, ...]]:
        return [row[4:] for row in sheet(desk, wish("reuse", person=person), user)]

    # Nobody can tell any more whether the one that is not kept was private.
    seen, secret = ("Ana", "SOW-1"), ("", "")
    assert named("U_GRETA") == [seen, secret, secret, ("Ana", "")]
    assert named("U_AUDRA") == [seen, ("Ana", "SOW-2"), secret, ("Ana", "")]
    assert named("U_GRETA", "U_ANA") == [seen, ("Ana", "")]
    assert dict(chart(desk, wish("reuse"), "U_GRETA").figures)["answered a request"] == "4"


@pytest.mark.parametrize("key", sorted(set(REPORTS) - {"reuse"}))
def test_rows_about_requests_are_nowhere_for_whoever_may_read_the_report(key: str) -> None:
    assert not REPORTS[key].lists_all


def test_nobody_reads_what_their_role_does_not_let_them(desk: Desk) -> None:
    readers = {
        key: {user for user in PEOPLE if scope_for(desk, wish(key), user, listed=False)}
        for key in REPORTS
    }
    assert readers == {
        "requests": {"U_AUDRA", "U_GRETA", "U_SOL"},
        "stages": {"U_AUDRA", "U_GRETA", "U_SOL"},
        "ageing": {"U_AUDRA", "U_GRETA", "U_SOL"},
        "approvals": {"U_AUDRA", "U_GRETA"},
        "overdue": {"U_AUDRA", "U_BEA"},
        "reuse": {"U_AUDRA", "U_GRETA", "U_SOL"},
    }
    assert scope_for(desk, wish("requests", workflow="sow"), "U_SOL", listed=False) is None


PEOPLE = ("U_AUDRA", "U_GRETA", "U_BEA", "U_SOL", "U_ANA", "U_NOBODY")


def test_rows_and_what_is_narrowed_down_are_of_requests_that_the_reader_may_see(
    desk: Desk,
) -> None:
    history(desk)
    scope = scope_for(desk, wish("requests"), "U_GRETA", listed=True)
    assert scope is not None

    counted = chart(desk, wish("requests", workflow="sow"), "U_GRETA")
    about_client = chart(desk, wish("requests", workflow="sow", client="Globex"), "U_GRETA")

    assert dict(counted.figures) == {"asked for": "2", "ended": "1"}
    assert list(REPORTS["requests"].rows(scope)) == []
    assert scope.hidden == {"SOW-1", "SOW-2"}
    assert dict(about_client.figures) == {"asked for": "0", "ended": "0"}


def test_who_reads_amounts_may_see_every_statement_of_work(desk: Desk) -> None:
    asked(desk, "SOW-1", day(1), "awaiting_payment")
    workflow = desk.workflows["sow"]
    with desk.store.unit() as unit:
        request = unit.requests.get("SOW-1")
        assert request is not None
        for role in REPORTS["overdue"].readers("sow"):
            unit.people.hold(role, frozenset({"U_DIAN"}))
            office = desk.office(unit, workflow, "U_DIAN")
            assert visible(workflow, request, "U_DIAN", office), role
            unit.people.hold(role, frozenset())


def test_a_workflow_without_readers_is_for_auditors_and_admins(desk: Desk) -> None:
    unknown = replace(desk.workflows["sow"], key="discount")
    alone = replace(desk, workflows={"discount": unknown})
    may = {role for role in Role if readable(alone, REPORTS["requests"], frozenset({role}))}
    assert may == {Role.AUDITOR, Role.ADMIN}


@pytest.mark.parametrize("key", REPORTS)
def test_a_picture_is_drawn_and_says_itself_in_words(desk: Desk, key: str) -> None:
    history(desk)
    shown = chart(desk, wish(key))

    picture, words = draw(desk, shown), in_words(shown)

    assert picture.startswith(b"\x89PNG")
    assert draw(desk, shown) == picture
    assert words.startswith(f"{REPORTS[key].name}, ")
    assert len(words) <= 1000


def test_a_month_is_kept_once_for_each_report_on_the_home_tab(desk: Desk) -> None:
    on_home.make_monthly(desk, datetime(2026, 11, 2, 8, tzinfo=desk.company.zone))
    assert desk.post_office.claim(NOW, 100) == []

    for minutes in (0, 15):
        at = datetime(2026, 11, 2, 9, minutes, tzinfo=desk.company.zone)
        on_home.make_monthly(desk, at)

    promised = {each.parcel.key for each in desk.post_office.claim(NOW, 100)}
    assert promised == {
        "home_chart:requests:sow:2026-10",
        "home_chart:requests:sales_asset:2026-10",
        "home_chart:overdue:sow:2026-10",
        "home_chart:reuse:shelf:2026-10",
    }


def test_the_newest_picture_is_for_those_who_may_read_the_report(desk: Desk) -> None:
    with desk.store.unit() as unit:
        for nth, at in enumerate((day(1), day(2))):
            unit.observations.add(
                Observation(
                    key=f"k{nth}",
                    what=Seen.PICTURED,
                    user="frontdesk",
                    at=at,
                    ref="report:overdue:sow",
                    about=f"F{nth}",
                    text="750.00 USD",
                )
            )
        unit.commit()
        seen = {user: on_home.pictures(desk, unit, user) for user in PEOPLE}

    assert [each.file for each in seen.pop("U_BEA")] == ["F1"]
    assert [each.file for each in seen.pop("U_AUDRA")] == ["F1"]
    assert not any(seen.values())


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(min_value=0, max_value=5 * 366 - 1),
    st.data(),
)
def test_every_day_is_in_one_piece_and_the_pieces_can_be_looked_at(
    first: date, length: int, data: st.DataObject
) -> None:
    last = first + timedelta(days=length)
    _kind, pieces = by_length(first, last)
    on = first + timedelta(days=data.draw(st.integers(min_value=0, max_value=length)))

    assert 1 <= len(pieces) <= 62
    found = place(pieces, on)
    assert pieces[found].first <= on
    assert found + 1 == len(pieces) or on < pieces[found + 1].first
