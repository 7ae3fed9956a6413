"""The contract of `KnownDeals`, on both databases."""

from dataclasses import replace

from bot.ports import KnownDeal
from storage.database import Database
from tests.storage.examples import NOW, later
from tests.storage.test_deals import PLAIN, ROLLOUT
from workflows.money import Money

KNOWN = KnownDeal(ref="D-7", deal=ROLLOUT, read_at=NOW)
UNKNOWN = KnownDeal(ref="D-9", deal=None, read_at=later(hours=-1))


def test_what_the_crm_said_comes_back(database: Database) -> None:
    exact = replace(KNOWN, ref="D-8", deal=replace(PLAIN, amount=Money(10**15, "KWD")))
    with database.unit() as unit:
        for each in (KNOWN, UNKNOWN, exact):
            unit.known_deals.put(each)
        unit.commit()
    with database.unit() as unit:
        assert unit.known_deals.get("D-7") == KNOWN
        assert unit.known_deals.get("D-8") == exact
        assert unit.known_deals.get("D-9") == UNKNOWN
        assert unit.known_deals.get("D-1") is None
        found = unit.known_deals.several(["D-7", "D-9", "D-7", "D-1"])
        assert found == {"D-7": KNOWN, "D-9": UNKNOWN}
        assert unit.known_deals.several([]) == {}


def test_the_last_word_counts(database: Database) -> None:
    with database.unit() as unit:
        unit.known_deals.put(KNOWN)
        gone = replace(KNOWN, deal=None, read_at=later(days=1))
        unit.known_deals.put(gone)
        assert unit.known_deals.get("D-7") == gone


def test_any_number_of_deals_at_once(database: Database) -> None:
    with database.unit() as unit:
        for n in range(1201):
            unit.known_deals.put(replace(UNKNOWN, ref=f"D-{n}"))
        assert len(unit.known_deals.several([f"D-{n}" for n in range(2000)])) == 1201


def test_those_read_longest_ago_come_first(database: Database) -> None:
    with database.unit() as unit:
        for each in (KNOWN, UNKNOWN, replace(UNKNOWN, ref="D-10", read_at=later(days=-1))):
            unit.known_deals.put(each)
        assert unit.known_deals.unread_since(NOW) == ["D-10", "D-9"]
        assert unit.known_deals.unread_since(later(hours=1), limit=1) == ["D-10"]
        assert unit.known_deals.unread_since(later(days=-2)) == []
