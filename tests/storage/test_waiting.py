"""What can wait for somebody, on both databases: their turn only, however long the list."""

from bot.ports import Reach
from storage.database import Database
from tests.storage.examples import add, later, sow
from workflows.request import Request

DIANS = Reach(
    user="U_DIAN",
    held=(("sow", "acceptance"), ("sales_asset", "submitted")),
    asked=(("sow", "changes_requested"),),
    owned=(("sow", "drafting"),),
)


def test_what_can_wait_for_somebody(database: Database) -> None:
    approval = {"asker": "U_BEN", "stage": "executive_approval"}
    add(
        database,
        sow("SOW-1", asker="U_BEN", since=later(hours=6)),  # their role has the ball
        sow("SOW-2", asker="U_DIAN", stage="changes_requested", since=later(hours=5)),
        sow("SOW-3", asker="U_BEN", stage="drafting", owner="U_DIAN", since=later(hours=4)),
        sow("SOW-4", **approval, assigned={"executive": "U_DIAN"}, since=later(hours=3)),
        sow("SOW-11", asker="U_DIAN"),  # their own, and others have the ball
        sow("SOW-12", **approval | {"asker": "U_DIAN"}),
        sow("SOW-13", **approval, owner="U_DIAN"),
        sow("SOW-14", **approval, assigned={"executive": "U_RYAN"}),
        sow("SOW-15", stage="changes_requested"),
        sow("SOW-16", stage="drafting"),
        sow("SOW-17", asker="U_DIAN", stage="rejected", owner="U_DIAN", assigned={"": "U_DIAN"}),
    )
    with database.unit() as unit:
        waiting = unit.requests.waiting(DIANS)
        first = unit.requests.waiting(DIANS, limit=3)
        rest = unit.requests.waiting(DIANS, first[-1])
        counted = unit.requests.count_waiting(DIANS), unit.requests.count_waiting(DIANS, first[0])
        assert unit.requests.waiting(Reach(user="U_GUS")) == []
        assert unit.requests.count_waiting(Reach(user="U_GUS")) == 0
    assert [each.ref for each in waiting] == ["SOW-4", "SOW-3", "SOW-2", "SOW-1"]
    assert [*first, *rest] == waiting
    assert counted == (4, 3)


def test_what_has_waited_equally_long_is_on_one_page_each(database: Database) -> None:
    add(database, *(sow(f"SOW-{n}", asker="U_BEN") for n in range(7)))
    found: list[str] = []
    after: Request | None = None
    with database.unit() as unit:
        while page := unit.requests.waiting(DIANS, after, limit=2):
            found += [each.ref for each in page]
            after = page[-1]
    assert found == [f"SOW-{n}" for n in range(7)]


def test_an_ended_request_waits_for_nobody(database: Database) -> None:
    add(database, sow(asker="U_BEN"))
    with database.unit() as unit:
        assert unit.requests.count_waiting(DIANS) == 1
        unit.requests.save(sow(asker="U_BEN", version=2, stage="cancelled"))
        assert unit.requests.waiting(DIANS) == []
        assert unit.requests.count_waiting(DIANS) == 0
