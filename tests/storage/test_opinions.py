"""The contract of `Opinions`, on both databases."""

from dataclasses import replace

from bot.ports import Opinion
from storage.database import Database
from tests.storage.examples import NOW, later

ANAS = Opinion(ref="SOW-7", user="U_ANA", score=4, word="Quick, but the price came late", at=NOW)


def test_an_opinion_is_kept(database: Database) -> None:
    with database.unit() as unit:
        unit.opinions.put(ANAS)
        unit.commit()
    with database.unit() as unit:
        assert unit.opinions.get("SOW-7", "U_ANA") == ANAS
        assert unit.opinions.get("SOW-7", "U_BEN") is None
        assert unit.opinions.get("SOW-8", "U_ANA") is None


def test_the_later_one_counts_in_whatever_order_they_come(database: Database) -> None:
    better = replace(ANAS, score=5, word="", at=later(minutes=1))
    with database.unit() as unit:
        for opinion in (ANAS, better, ANAS):
            unit.opinions.put(opinion)
        assert unit.opinions.of("SOW-7") == [better]


def test_opinions_are_listed_oldest_first(database: Database) -> None:
    dians = replace(ANAS, user="U_DIAN", at=later(hours=2))
    beas = replace(ANAS, user="U_BEA", at=later(hours=-1))
    others = replace(ANAS, ref="SOW-8", at=later(hours=1))
    with database.unit() as unit:
        for opinion in (ANAS, dians, beas, others):
            unit.opinions.put(opinion)
        assert unit.opinions.of("SOW-7") == [beas, ANAS, dians]
        assert unit.opinions.since(NOW) == [ANAS, others, dians]
        assert unit.opinions.since(later(hours=3)) == []
