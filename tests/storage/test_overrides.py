"""The settings that were changed: as they were put, counted, and from one process to the other."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from sqlalchemy import text

from bot.ports import Override, Source
from storage.migrate import downgrade, migrate
from tests.storage.conftest import Open
from tests.storage.test_migrations import engine_of

NOW = datetime(2026, 11, 2, 15, tzinfo=UTC)
VALUES: tuple[object, ...] = (
    "09:00",
    7,
    True,
    Decimal("1.50"),
    time(9, 30),
    [date(2026, 12, 24), date(2026, 12, 31)],
    {"USD": "100000", "EUR": Decimal("90000.5")},
    [],
    {},
)


def override(value: object, version: int, key: str = "hours.days_off") -> Override:
    return Override(key=key, source=Source.GIVEN, value=value, version=version, by="U_ADAM", at=NOW)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_toml_can_say_comes_back(url: str, open_database: Open, value: object) -> None:
    database = open_database(url)
    with database.unit() as unit:
        assert unit.overrides.version() == 0
        version = unit.overrides.turn()
        unit.overrides.put(override(value, version))
        unit.commit()
    with database.unit() as unit:
        assert unit.overrides.version() == version == 1
        assert unit.overrides.all() == [override(value, 1)]


def test_the_last_change_of_each_stays(url: str, open_database: Open) -> None:
    database = open_database(url)
    with database.unit() as unit:
        unit.overrides.put(override([], unit.overrides.turn()))
        unit.overrides.put(override("sow", 1, "channels.sow"))
        unit.commit()
    back = replace(override(None, 2, "channels.sow"), source=Source.FILE)
    with database.unit() as unit:
        assert unit.overrides.turn() == 2
        unit.overrides.put(back)
        unit.commit()
    with database.unit() as unit:
        assert unit.overrides.all() == [back, override([], 1)]
        assert unit.overrides.version() == 2


def test_what_was_not_committed_is_no_change(url: str, open_database: Open) -> None:
    database = open_database(url)
    with database.unit() as unit:
        unit.overrides.put(override([], unit.overrides.turn()))
    with database.unit() as unit:
        assert unit.overrides.version() == 0


def test_weights_that_were_set_before_go_on_counting(url: str, open_database: Open) -> None:
    downgrade(url, "0006")
    with engine_of(url).begin() as connection:
        connection.execute(text("INSERT INTO lists VALUES ('weights', '[\"deal_value=50\"]')"))
    migrate(url)
    database = open_database(url)
    with database.unit() as unit:
        [found] = unit.overrides.all()
        assert (found.key, found.value) == (
            "workflows.sales_asset.weights",
            {"deal_value": 50},
        )
        assert (found.by, found.source, unit.overrides.turn()) == ("frontdesk", Source.GIVEN, 2)
        assert unit.lists.get("weights") is None
    downgrade(url, "0006")
    with engine_of(url).connect() as connection:
        [(kept,)] = connection.execute(text("SELECT lines FROM lists")).all()
    assert "deal_value=50" in str(kept)
