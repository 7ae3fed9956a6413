"""The contract of `Observations`, on both databases."""

from dataclasses import replace

from bot.ports import Observation, Seen, Usage
from storage.database import Database
from tests.storage.examples import NOW, later

OPENED = Observation(
    key="opened:SHELF-3:U_ANA:1",
    what=Seen.OPENED,
    user="U_ANA",
    at=NOW,
    ref="SHELF-3",
    about="D-7",
)
REPORTED = replace(
    OPENED,
    key="reported:SHELF-3:U_BEN",
    what=Seen.REPORTED,
    user="U_BEN",
    text="Old logo",
    at=later(hours=-1),
)
ELSEWHERE = replace(OPENED, key="opened:SHELF-4:U_ANA:1", ref="SHELF-4", at=later(hours=1))


def add(database: Database, *observations: Observation) -> list[bool]:
    with database.unit() as unit:
        added = [unit.observations.add(each) for each in observations]
        unit.commit()
    return added


def used(deal: str, hours: int) -> Observation:
    key, at = f"used:SHELF-3:{deal}:{hours}", later(hours=hours)
    return replace(OPENED, key=key, what=Seen.USED, about=deal, at=at)


def pictured(file: str, version: str) -> Observation:
    return replace(OPENED, key=f"pictured:{file}", what=Seen.PICTURED, about=file, text=version)


def test_the_same_occasion_is_kept_once(database: Database) -> None:
    again = replace(OPENED, user="U_BEN", at=later(days=1))
    assert add(database, OPENED, again, REPORTED) == [True, False, True]
    assert add(database, OPENED) == [False]
    with database.unit() as unit:
        assert unit.observations.of("SHELF-3") == [REPORTED, OPENED]


def test_what_was_seen_of_an_asset(database: Database) -> None:
    add(database, OPENED, REPORTED, ELSEWHERE)
    with database.unit() as unit:
        assert unit.observations.of("SHELF-3", Seen.OPENED) == [OPENED]
        assert unit.observations.of("SHELF-3", Seen.OPENED, Seen.REPORTED) == [REPORTED, OPENED]
        assert unit.observations.of("SHELF-3", Seen.LEARNED) == []
        assert unit.observations.of("SHELF-5") == []


def test_what_was_seen_in_a_span_from_its_beginning_to_before_its_end(database: Database) -> None:
    add(database, ELSEWHERE, OPENED, REPORTED)
    with database.unit() as unit:
        seen = unit.observations
        assert seen.between(REPORTED.at, ELSEWHERE.at) == [REPORTED, OPENED]
        assert seen.between(NOW, later(hours=2), Seen.OPENED) == [OPENED, ELSEWHERE]
        assert seen.between(NOW, later(hours=2), Seen.REPORTED) == []


def test_of_one_instant_they_stay_in_the_order_in_which_they_came(database: Database) -> None:
    many = [replace(OPENED, key=f"k{n}") for n in (3, 1, 2)]
    add(database, *many)
    with database.unit() as unit:
        assert unit.observations.of("SHELF-3") == many


def test_the_usage_of_a_page_of_assets(database: Database) -> None:
    again = replace(OPENED, key="opened:SHELF-3:U_ANA:2", at=later(days=1))
    by_ben = replace(OPENED, key="opened:SHELF-3:U_BEN:1", user="U_BEN")
    add(database, OPENED, again, by_ben, REPORTED, ELSEWHERE)
    add(database, *(used(deal, hours) for deal, hours in (("D-1", 1), ("D-2", 2), ("", 4))))
    add(database, replace(used("D-1", 3), user="U_BEN", text="Won with it"))
    first, better, second = pictured("F1", "1"), pictured("F2", "1"), pictured("F3", "2")
    add(database, first, second, better)
    with database.unit() as unit:
        usage = unit.observations.usage(["SHELF-3", "SHELF-4", "SHELF-5"])
    assert usage == {
        "SHELF-3": Usage(people=2, deals=("D-1", "D-2"), pictures={1: "F2", 2: "F3"}),
        "SHELF-4": Usage(people=1),
        "SHELF-5": Usage(),
    }


def test_of_the_deals_in_which_an_asset_is_used_the_newest_50_are_named(
    database: Database,
) -> None:
    add(database, *(used(f"D-{n}", hours=n) for n in range(60)))
    with database.unit() as unit:
        deals = unit.observations.usage({"SHELF-3"})["SHELF-3"].deals
        assert unit.observations.usage(()) == {}
    assert deals == tuple(f"D-{n}" for n in range(59, 9, -1))


def test_how_often_somebody_did_it(database: Database) -> None:
    add(database, OPENED, REPORTED, ELSEWHERE)
    with database.unit() as unit:
        assert unit.observations.count("U_ANA", Seen.OPENED) == 2
        assert unit.observations.count("U_BEN", Seen.OPENED) == 0
        assert unit.observations.count("U_BEN", Seen.REPORTED) == 1
