"""The contract of `Deals`, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.ports import Deal
from storage.database import Database
from tests.storage.examples import NOW, later
from workflows.money import Money

ROLLOUT = Deal(
    ref="D-7",
    name="Rollout in München",
    account="Straßen & Söhne",
    amount=Money(18_000_000, "USD"),
    stage="proposal",
    close_on=date(2026, 12, 24),
    contact_name="Kai Example",
    contact_email="kai@example.com",
    owner_email="ana@harborlight.example",
    url="https://crm.example/deals/7",
    updated_at=NOW,
)
PLAIN = Deal(ref="D-8", name="Training", account="Lighthouse Logistics", updated_at=later(hours=1))


@pytest.fixture
def stocked(database: Database) -> Database:
    """Two deals."""
    with database.unit() as unit:
        assert unit.deals.put([ROLLOUT, PLAIN]) == 2
        unit.commit()
    return database


def found(database: Database, text: str, limit: int = 100) -> list[str]:
    with database.unit() as unit:
        return [deal.ref for deal in unit.deals.search(text, limit)]


def test_a_deal_comes_back_as_it_was_put(stocked: Database) -> None:
    with stocked.unit() as unit:
        assert unit.deals.get("D-7") == ROLLOUT
        assert unit.deals.get("D-8") == PLAIN
        assert unit.deals.get("D-9") is None


@pytest.mark.parametrize(
    "amount", [Money(0, "USD"), Money(10**15, "JPY"), Money(1, "KWD"), Money(-1, "CLF"), None]
)
def test_money_to_the_last_minor_unit(stocked: Database, amount: Money | None) -> None:
    with stocked.unit() as unit:
        unit.deals.put([replace(ROLLOUT, amount=amount)])
        assert unit.deals.get("D-7") == replace(ROLLOUT, amount=amount)


def test_putting_replaces_everything_that_was_known(stocked: Database) -> None:
    changed = replace(PLAIN, ref="D-7", name="Now for Oslo", account="Fjord Foods")
    with stocked.unit() as unit:
        assert unit.deals.put(deal for deal in (ROLLOUT, changed)) == 1
        assert unit.deals.put([]) == 0
        assert unit.deals.get("D-7") == changed
        unit.commit()
    assert found(stocked, "münchen") == []
    assert found(stocked, "oslo") == ["D-7"]


def test_a_large_import(database: Database) -> None:
    deals = [replace(PLAIN, ref=f"D-{n}", updated_at=later(minutes=n)) for n in range(1201)]
    with database.unit() as unit:
        assert unit.deals.put(deals) == 1201
        unit.commit()
    assert found(database, "") == [f"D-{n}" for n in range(1200, 1100, -1)]
    assert found(database, "lighthouse d-1200") == ["D-1200"]
    assert len(found(database, "training", limit=3)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "münchen",
        "MÜNCHEN",
        "mu\u0308nchen",
        "rollout STRASSEN",
        "söhne d-7",
        "  out   ßen ",
        "Ｄ-7 rollout",
        "& ünch",
    ],
)
def test_every_word_is_found_in_any_case_and_order(stocked: Database, text: str) -> None:
    assert found(stocked, text) == ["D-7"]


@pytest.mark.parametrize(
    "text", ["münchen training", "%", "_", "D%7", "D_7", "\\", "'", "kai", "mun\0chen", "\ud83d"]
)
def test_what_no_deal_has_is_not_found(stocked: Database, text: str) -> None:
    assert found(stocked, text) == []


@pytest.mark.parametrize("odd", ["100 %", "snake_case", "back\\slash", 'a "quote"', "O'Neil"])
def test_odd_letters_are_ordinary(stocked: Database, odd: str) -> None:
    with stocked.unit() as unit:
        unit.deals.put([replace(PLAIN, ref="D-9", name=odd)])
        unit.commit()
    assert found(stocked, odd.upper()) == ["D-9"]


def test_the_newest_come_first(stocked: Database) -> None:
    assert found(stocked, "d-") == found(stocked, "") == ["D-8", "D-7"]
    with stocked.unit() as unit:
        unit.deals.put([replace(ROLLOUT, updated_at=later(days=1))])
        unit.commit()
    assert found(stocked, "", limit=1) == ["D-7"]


def test_a_very_long_question_is_answered(stocked: Database) -> None:
    assert found(stocked, " ".join(f"word{n}" for n in range(5000))) == []
    assert found(stocked, "münchen " * 5000) == ["D-7"]


def test_a_line_of_activity_is_written_once(stocked: Database) -> None:
    with stocked.unit() as unit:
        unit.deals.note("D-7", "won:SOW-7", "Signed by the client", later(hours=2))
        unit.deals.note("D-7", "sent:SOW-7", "Sent to the client", NOW)
        unit.deals.note("D-7", "paid:SOW-7:1", "Invoice paid", later(hours=2))
        unit.deals.note("D-8", "sent:SOW-8", "Sent to the client", NOW)
        unit.commit()
    with stocked.unit() as unit:
        unit.deals.note("D-7", "won:SOW-7", "Signed again", later(days=1))
        assert unit.deals.notes("D-7") == [
            (NOW, "Sent to the client"),
            (later(hours=2), "Signed by the client"),
            (later(hours=2), "Invoice paid"),
        ]
        assert unit.deals.notes("D-9") == []
