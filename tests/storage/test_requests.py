"""The contract of `Requests`, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Stale
from storage.database import Database
from tests.storage.examples import NOW, add, entry, later, record, sow
from workflows.asset import AssetDetails
from workflows.request import Finding, Question, Vote

EVERYTHING = sow(
    version=1,
    step=3,
    round=2,
    owner="U_DIAN",
    due_on=date(2026, 12, 24),
    held="acceptance",
    assigned={"executive": "U_HUGO", "": "U_GRETA"},
    questions=(Question("U_DIAN", "Which <scope>?", later(hours=1)),),
    findings=(Finding("executive_needed", applies=True, because="large", inputs={"a": "b"}),),
    votes=(
        Vote("executive_approval", "executive", "U_RYAN", 1, NOW),
        Vote("executive_approval", "executive", "U_RYAN", 2, later(days=1)),
        Vote("executive_approval", "executive", "U_HUGO", 2, later(hours=2), ("U_ANN", "U_BEN")),
    ),
)


def test_a_request_comes_back_as_it_was_stored(database: Database) -> None:
    add(database, EVERYTHING)
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") == EVERYTHING
        assert unit.requests.get("SOW-2") is None


def test_everything_that_can_change_is_saved(database: Database) -> None:
    add(database, sow())
    changed = replace(EVERYTHING, version=2, details=replace(EVERYTHING.details, client="New"))
    with database.unit() as unit:
        unit.requests.save(changed)
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") == changed


def test_votes_are_added_by_saving(database: Database) -> None:
    first, second, third = EVERYTHING.votes
    add(database, sow(votes=(first,)))
    for version, votes in ((2, (first, second)), (3, (first, second, third))):
        with database.unit() as unit:
            unit.requests.save(sow(version=version, votes=votes))
            unit.commit()
    with database.unit() as unit:
        found = unit.requests.get("SOW-1")
    assert found is not None
    assert found.votes == (first, second, third)


def test_nobody_votes_twice_in_a_lane_and_round(database: Database) -> None:
    vote = EVERYTHING.votes[0]
    add(database, sow(votes=(vote,)))
    with database.unit() as unit, pytest.raises(Stale):
        unit.requests.save(sow(version=2, votes=(vote, replace(vote, at=later(hours=1)))))


@pytest.mark.parametrize("version", [1, 3])
def test_an_older_or_a_skipped_version_is_stale(database: Database, version: int) -> None:
    add(database, sow())
    with database.unit() as unit:
        with pytest.raises(Stale, match="SOW-1"):
            unit.requests.save(sow(version=version, stage="drafting"))
        assert unit.requests.get("SOW-1") == sow()


def test_what_is_not_committed_is_not_there(database: Database) -> None:
    with database.unit() as unit:
        unit.requests.add(sow(), "V1")
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") is None


def test_an_error_rolls_everything_back(database: Database) -> None:

    def fail() -> None:
        with database.unit() as unit:
            unit.requests.add(sow(), "V1")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") is None


def test_a_modal_makes_one_request(database: Database) -> None:
    with database.unit() as unit:
        unit.requests.add(sow("SOW-1"), "V1")
        unit.commit()
    with database.unit() as unit:
        with pytest.raises(Stale, match="V1"):
            unit.requests.add(sow("SOW-2"), "V1")
        assert unit.requests.from_view("V1") == "SOW-1"
        assert unit.requests.from_view("V2") is None


def test_requests_without_a_modal_are_not_the_same(database: Database) -> None:
    with database.unit() as unit:
        unit.requests.add(sow("SOW-1"), "")
        unit.requests.add(sow("SOW-2"), "")
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.from_view("") is None
        assert unit.requests.get("SOW-2") is not None


def test_references_count_by_workflow(database: Database) -> None:
    with database.unit() as unit:
        refs = [unit.requests.next_ref("sow", "SOW") for _ in range(3)]
        refs.append(unit.requests.next_ref("sales_asset", "AST"))
        unit.commit()
    with database.unit() as unit:
        refs.append(unit.requests.next_ref("sow", "SOW"))
    assert refs == ["SOW-1", "SOW-2", "SOW-3", "AST-1", "SOW-4"]


def test_own_requests_are_listed_newest_first(database: Database) -> None:
    asset = sow(
        "AST-1",
        workflow="sales_asset",
        stage="declined",
        created_at=later(hours=3),
        details=AssetDetails(
            requester_name="Ana Silva",
            requester_role="Sales rep",
            asset_type="one_pager",
            kind="new",
            purpose="A fair",
            deadline=date(2027, 1, 8),
        ),
    )
    mine = [sow(f"SOW-{n}", created_at=later(hours=n)) for n in (1, 2, 9, 10)]
    add(database, *mine, asset, sow("SOW-99", asker="U_BEN", created_at=later(days=1)))
    with database.unit() as unit:
        refs = [each.ref for each in unit.requests.asked_by("U_ANA", None)]
        sows = [each.ref for each in unit.requests.asked_by("U_ANA", "sow", limit=2)]
        assert unit.requests.asked_by("U_ANA", "sales_asset") == [asset]
    assert refs == ["SOW-10", "SOW-9", "AST-1", "SOW-2", "SOW-1"]
    assert sows == ["SOW-10", "SOW-9"]


def test_a_list_brings_the_votes_along(database: Database) -> None:
    requests = [
        replace(EVERYTHING, ref=f"SOW-{n}", created_at=later(hours=-n), votes=EVERYTHING.votes[:n])
        for n in range(4)
    ]
    add(database, *requests)
    with database.unit() as unit:
        assert unit.requests.asked_by("U_ANA", None) == requests
        assert unit.requests.asked_by("U_ANA", None, limit=2) == requests[:2]
        found = unit.requests.open()
    assert found == sorted(requests, key=lambda each: each.ref)


def test_all_open_requests_come_in_pages(database: Database) -> None:
    add(database, *(sow(f"SOW-{n}") for n in range(5)), sow("SOW-9", stage="rejected"))
    with database.unit() as unit:
        first = unit.requests.open(limit=3)
        rest = unit.requests.open(first[-1].ref, limit=3)
        assert unit.requests.open(rest[-1].ref) == []
    assert [each.ref for each in [*first, *rest]] == [f"SOW-{n}" for n in range(5)]


def test_requests_at_a_stage_come_in_pages(database: Database) -> None:
    stages = ("drafting", "acceptance", "rejected")
    add(database, *(sow(f"SOW-{n}", stage=stages[n % 3], votes=EVERYTHING.votes) for n in range(9)))
    with database.unit() as unit:
        first = unit.requests.at_stage("sow", {"rejected", "drafting"}, limit=4)
        rest = unit.requests.at_stage("sow", ["drafting", "rejected"], first[-1].ref, limit=4)
        assert unit.requests.at_stage("sow", ["rejected"], rest[-1].ref) == []
        assert unit.requests.at_stage("sow", ()) == []
        assert unit.requests.at_stage("sales_asset", stages) == []
    assert [each.ref for each in first] == ["SOW-0", "SOW-2", "SOW-3", "SOW-5"]
    assert [each.ref for each in rest] == ["SOW-6", "SOW-8"]
    assert {each.votes for each in [*first, *rest]} == {EVERYTHING.votes}


def test_own_requests_are_counted(database: Database) -> None:
    add(database, sow("SOW-1"), sow("SOW-2", stage="rejected"), sow("SOW-3", asker="U_BEN"))
    with database.unit() as unit:
        assert unit.requests.count_asked_by("U_ANA", None) == 2
        assert unit.requests.count_asked_by("U_ANA", "sow") == 2
        assert unit.requests.count_asked_by("U_ANA", "sales_asset") == 0


def test_the_last_move_passes_over_everything_else(database: Database) -> None:
    record(
        database,
        entry(action="submit"),
        entry(action="accept"),
        entry("SOW-2", action="cancel"),
        entry(action="refused"),
    )
    with database.unit() as unit:
        found = unit.requests.last_move("SOW-1", {"submit", "accept", "cancel"})
        assert unit.requests.last_move("SOW-1", {"reject"}) is None
        assert unit.requests.last_move("SOW-1", ()) is None
    assert found == entry(action="accept")


def test_entries_of_a_workflow_in_a_span_of_time(database: Database) -> None:
    hours = (0, 1, 3, 2, 4)
    entries = [entry(f"SOW-{n}", at=later(hours=h)) for n, h in enumerate(hours)]
    others = [entry(ref, at=later(hours=2)) for ref in ("SOWING-1", "sow-1", "AST-1", "SOW", "")]
    record(database, *others, *entries)
    with database.unit() as unit:
        found = unit.requests.entries("SOW", later(hours=1), later(hours=4))
        assert unit.requests.entries("SOW", later(hours=5), later(hours=6)) == []
        assert unit.requests.entries("S%", NOW, later(days=1)) == []
    assert found == entries[1:4]


def test_the_timeline_is_the_audit_of_the_request(database: Database) -> None:
    entries = [entry(at=later(hours=n), version=n, detail={"reason": f"n {n}"}) for n in range(3)]
    record(database, entries[0], entry("SOW-2"), *entries[1:])
    with database.unit() as unit:
        assert unit.requests.timeline("SOW-1") == entries
        assert unit.requests.timeline("SOW-3") == []


def test_several_requests_at_once(database: Database) -> None:
    voted = sow("SOW-2", votes=(Vote("executive_approval", "executive", "U_RYAN", 1, NOW),))
    many = [sow(f"SOW-{n}") for n in range(3, 604)]
    add(database, sow(), voted, *many)
    with database.unit() as unit:
        found = unit.requests.several(["SOW-2", "SOW-1", "SOW-9999", "SOW-1"])
        assert found == {"SOW-1": sow(), "SOW-2": voted}
        everything = unit.requests.several({f"SOW-{n}" for n in range(1, 700)})
        assert everything == {each.ref: each for each in (sow(), voted, *many)}
        assert unit.requests.several([]) == {}


def test_what_each_owner_has_to_do(database: Database) -> None:
    soon, late = date(2026, 12, 1), date(2027, 1, 7)
    add(
        database,
        sow("SOW-1", owner="U_DIAN", due_on=late),
        sow("SOW-2", owner="U_DIAN", due_on=soon),
        sow("SOW-3", owner="U_DIAN"),
        sow("SOW-4", owner="U_MIA"),
        sow("SOW-5", owner="U_MIA", due_on=soon, stage="rejected"),
        sow("SOW-6"),
    )
    with database.unit() as unit:
        assert unit.requests.loads("sow") == {"U_DIAN": (3, soon), "U_MIA": (1, None)}
        assert unit.requests.loads("sales_asset") == {}
