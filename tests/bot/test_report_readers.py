"""The report: when it is posted, and who gets it when they ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import report
from bot.desk import Desk, Gesture
from bot.errors import UnknownPerson
from bot.ports import Person
from bot.rulebook import Rulebook
from tests.bot.open_desk import NOW, asked, day, open_desk
from workflows.refusals import NotAllowed
from workflows.roles import Role


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def promised(desk: Desk, now: datetime) -> list[tuple[str, str, object]]:
    claimed = desk.post_office.claim(now, 100)
    for each in claimed:
        desk.post_office.done(each)
    return [(each.parcel.key, each.parcel.address, each.parcel.payload) for each in claimed]


def local(desk: Desk, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=desk.company.zone)


def test_a_month_is_reported_once_on_the_first_working_morning_of_the_next(desk: Desk) -> None:
    sunday, early, morning = (
        local(desk, 11, 1, 12),
        local(desk, 11, 2, 8),
        local(desk, 11, 2, 9),
    )
    for now in (sunday, early):
        report.post_monthly(desk, now)
    assert promised(desk, morning) == []

    for minutes in (0, 15, 30, 6 * 24 * 60):
        report.post_monthly(desk, morning + timedelta(minutes=minutes))

    [(key, address, payload)] = promised(desk, morning + timedelta(days=7))
    assert (key, address) == ("report:sow:2026-10", "channel:sales")
    assert isinstance(payload, dict)
    since, until = (datetime.fromisoformat(payload[name]) for name in ("since", "until"))
    assert (since, until) == (local(desk, 10, 1), local(desk, 11, 1))
    assert payload["period"] == "October 2026"


def test_a_report_that_is_no_news_any_more_is_not_posted(desk: Desk) -> None:
    report.post_monthly(desk, local(desk, 11, 9, 9))
    assert promised(desk, local(desk, 11, 9, 9)) == []


def test_without_a_sales_channel_nothing_is_posted(desk: Desk) -> None:
    nowhere = replace(desk, rulebook=Rulebook(replace(desk.company, channels={})))
    report.post_monthly(nowhere, local(desk, 11, 2, 9))
    assert promised(desk, local(desk, 11, 2, 9)) == []


def here(desk: Desk, user: str, *roles: Role) -> Gesture:
    with desk.store.unit() as unit:
        unit.people.put(Person(user=user, team="T1", name=user))
        for role in roles:
            unit.people.hold(role, frozenset({user}))
        unit.commit()
    return Gesture(user=user, team="T1", surface="command", key=f"cmd:{user}")


@pytest.mark.parametrize("role", report.READERS)
def test_who_may_read_it_is_answered_and_gets_the_chart(desk: Desk, role: Role) -> None:
    asked(desk, "SOW-1", day(20), "acceptance")
    gesture = here(desk, "U_HUGO", role)

    said = report.answer(desk, gesture)

    assert "How Statements of Work went" in said.text
    [(key, address, payload)] = promised(desk, NOW)
    assert (key, address) == ("report_chart:cmd:U_HUGO", "user:U_HUGO")
    assert isinstance(payload, dict)
    assert payload["period"] == "Last 30 days"


def test_where_there_is_nothing_to_show_no_chart_is_promised(desk: Desk) -> None:
    said = report.answer(desk, here(desk, "U_HUGO", Role.HEAD_OF_SALES))

    assert "nothing to report yet" in said.text
    assert promised(desk, NOW) == []


def test_nobody_else_is_told(desk: Desk) -> None:
    asked(desk, "SOW-1", day(20), "acceptance")
    others = tuple(role for role in Role if role not in report.READERS)
    with pytest.raises(NotAllowed):
        report.answer(desk, here(desk, "U_ANA", *others))
    with pytest.raises(UnknownPerson):
        report.answer(desk, Gesture(user="U_GUS", team="T1", surface="command"))
    assert [key for key, *_ in promised(desk, NOW) if key.startswith("report")] == []
