"""The contract of `Delegations`, on both databases."""

from storage.database import Database
from tests.storage.examples import NOW, later
from workflows.delegation import Delegation

AWAY = Delegation(
    id="D1",
    user="U_RYAN",
    deputy="U_HUGO",
    begins=later(days=1),
    ends=later(days=9),
    note="Lisbon",
    set_by="U_ADAM",
    set_at=NOW,
)
WISH = Delegation(id="D2", user="U_RYAN", deputy="U_DIAN", set_by="U_RYAN", set_at=later(hours=1))


def added(database: Database) -> None:
    with database.unit() as unit:
        unit.delegations.add(AWAY)
        unit.delegations.add(WISH)
        unit.delegations.add(AWAY)
        unit.commit()


def test_they_come_back_as_they_were_set(database: Database) -> None:
    added(database)
    with database.unit() as unit:
        assert unit.delegations.get("D1") == AWAY
        assert unit.delegations.get("D3") is None
        assert unit.delegations.open(NOW) == [AWAY, WISH]


def test_what_is_over_is_not_open_and_a_wish_never_is(database: Database) -> None:
    added(database)
    with database.unit() as unit:
        assert unit.delegations.open(later(days=8)) == [AWAY, WISH]
        assert unit.delegations.open(later(days=9)) == [WISH]


def test_an_end_is_put_on_record_once(database: Database) -> None:
    added(database)
    with database.unit() as unit:
        assert unit.delegations.end("D1", "U_RYAN", later(days=2))
        assert not unit.delegations.end("D1", "U_GUS", later(days=3))
        assert unit.delegations.open(later(days=2)) == [WISH]
        unit.commit()
    with database.unit() as unit:
        found = unit.delegations.get("D1")
    assert found is not None
    assert (found.ended_by, found.ended_at) == ("U_RYAN", later(days=2))
