"""What every CRM promises."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.ports import Crm, CrmUnavailable, Deal
from integrations.crm import EmbeddedCrm
from storage.database import Database
from storage.migrate import migrate
from workflows.money import Money

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PILOT = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "USD"),
    close_on=date(2027, 1, 31),
    contact_name="Hank Scorpio",
    contact_email="hank@globex.example",
    owner_email="ana@harborlight.example",
    url="https://crm.example/deals/1042",
    updated_at=NOON,
)
ROLLOUT = Deal(
    ref="D-7", name="100% rollout_2", account="Initech", updated_at=NOON + timedelta(hours=1)
)
OLDEST = Deal(ref="D-8", name="Training", account="Globex", updated_at=NOON - timedelta(days=30))


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOON


@dataclass(frozen=True)
class Kept:
    """A CRM that has the three deals, what is noted on a deal, and one that does not answer."""

    crm: Crm
    noted: Callable[[str], Sequence[str]]
    down: Crm


@pytest.fixture(params=["embedded"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    assert request.param == "embedded"
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    migrate(url)
    database = Database(url, audit_key=b"a visibly fake key")
    with database.unit() as unit:
        unit.deals.put([PILOT, ROLLOUT, OLDEST])
        unit.commit()

    def noted(ref: str) -> Sequence[str]:
        with database.unit() as unit:
            return [f"{at:%H:%M} {text}" for at, text in unit.deals.notes(ref)]

    nowhere = Database(f"sqlite:///{tmp_path}/gone/frontdesk.db", audit_key=b"a visibly fake key")
    yield Kept(EmbeddedCrm(database, Noon()), noted, EmbeddedCrm(nowhere, Noon()))
    database.close()
    nowhere.close()


@pytest.mark.parametrize(
    ("typed", "refs"),
    [
        ("", ["D-7", "D-1042", "D-8"]),
        ("globex", ["D-1042", "D-8"]),
        ("PILOT glob", ["D-1042"]),
        ("d-7", ["D-7"]),
        ("100%", ["D-7"]),
        ("rollout_", ["D-7"]),
        ("%", ["D-7"]),
        ("globex oslo", []),
        ("'; drop table deals; --", []),
    ],
)
def test_deals_are_found_by_every_word_the_latest_first(
    kept: Kept, typed: str, refs: list[str]
) -> None:
    assert [deal.ref for deal in kept.crm.search(typed)] == refs


def test_no_more_are_found_than_are_wanted(kept: Kept) -> None:
    assert [deal.ref for deal in kept.crm.search("", 2)] == ["D-7", "D-1042"]


def test_a_deal_is_what_the_company_keeps(kept: Kept) -> None:
    assert kept.crm.get("D-1042") == PILOT
    assert kept.crm.search("pilot") == [PILOT]
    assert kept.crm.get("D-7") == replace(ROLLOUT, amount=None, contact_name="")


def test_there_is_no_deal_of_another_number(kept: Kept) -> None:
    assert kept.crm.get("D-9") is None
    assert kept.crm.get("") is None


def test_what_is_noted_twice_stands_there_once(kept: Kept) -> None:
    kept.crm.note("D-7", "SOW-7:4", "SOW-7 was sent to the client")
    kept.crm.note("D-7", "SOW-7:4", "SOW-7 was sent to the client")
    kept.crm.note("D-7", "SOW-7:9", "SOW-7 was sent to the client")

    assert kept.noted("D-7") == ["12:00 SOW-7 was sent to the client"] * 2
    assert kept.noted("D-1042") == []


def test_nothing_is_noted_on_a_deal_that_is_not_there(kept: Kept) -> None:
    kept.crm.note("D-9", "SOW-7:4", "SOW-7 was sent to the client")

    assert kept.noted("D-9") == []
    assert kept.crm.get("D-9") is None


def test_a_crm_that_is_down_says_so(kept: Kept) -> None:
    with pytest.raises(CrmUnavailable):
        kept.down.search("globex")
    with pytest.raises(CrmUnavailable):
        kept.down.get("D-7")
    with pytest.raises(CrmUnavailable):
        kept.down.note("D-7", "SOW-7:4", "SOW-7 was sent to the client")
