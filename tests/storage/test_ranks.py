"""The contract of `Ranks`, on both databases."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Rank
from storage.database import Database
from workflows.priority import Criterion, Part, Standing

TODAY = date(2026, 11, 23)
RANK = Rank(
    ref="AST-7",
    standing=Standing.AT_RISK,
    score=61,
    parts=(
        Part(Criterion.DEAL_VALUE, 25, 25, "Rollout is worth 180,000.00 USD"),
        Part(Criterion.REUSE, 36, 75, "others will use it, too"),
    ),
    queued=True,
    deal="D-7",
    again_on=TODAY,
)
PLAIN = Rank(ref="AST-1", standing=Standing.WAITING, score=0, queued=True)


def put(database: Database, *ranks: Rank) -> None:
    with database.unit() as unit:
        for each in ranks:
            unit.ranks.put(each)
        unit.commit()


def standing(database: Database, ref: str = "AST-1") -> Standing | None:
    with database.unit() as unit:
        found = unit.ranks.get(ref)
    return None if found is None else found.standing


def refs(ranks: Iterable[Rank]) -> list[str]:
    return [each.ref for each in ranks]


def test_a_rank_comes_back_as_it_was_put(database: Database) -> None:
    bare = Rank(ref="AST-8", standing=Standing.UNDER_WAY, score=100)
    put(database, PLAIN, RANK, bare)
    with database.unit() as unit:
        assert unit.ranks.get("AST-7") == RANK
        assert unit.ranks.get("AST-8") == bare
        assert unit.ranks.get("AST-9") is None


def test_putting_replaces_and_dropping_forgets(database: Database) -> None:
    changed = replace(RANK, score=3, parts=(), queued=False, deal="", again_on=None)
    put(database, RANK, changed)
    with database.unit() as unit:
        assert unit.ranks.get("AST-7") == changed
        assert unit.ranks.with_deal("D-7") == []
        unit.ranks.drop("AST-7")
        unit.ranks.drop("AST-99")
        assert unit.ranks.get("AST-7") is None
        assert unit.ranks.all() == []


def test_what_waits_in_the_queue_is_new_until_it_was_seen(database: Database) -> None:
    put(database, PLAIN)
    assert standing(database) is Standing.NEW
    put(database, replace(PLAIN, score=5))
    assert standing(database) is Standing.NEW
    with database.unit() as unit:
        unit.ranks.seen()
        unit.commit()
    assert standing(database) is Standing.WAITING
    put(database, PLAIN)
    assert standing(database) is Standing.WAITING


def test_what_waits_elsewhere_is_not_new(database: Database) -> None:
    put(database, replace(PLAIN, queued=False))
    assert standing(database) is Standing.WAITING


@pytest.mark.parametrize("worse", [Standing.AT_RISK, Standing.OVERDUE, Standing.UNDER_WAY])
def test_what_is_at_risk_or_under_way_is_not_new_any_more(
    database: Database, worse: Standing
) -> None:
    put(database, PLAIN, replace(PLAIN, standing=worse))
    assert standing(database) is worse
    put(database, PLAIN)
    assert standing(database) is Standing.WAITING
    put(database, replace(PLAIN, standing=Standing.NEW))
    assert standing(database) is Standing.NEW


def test_the_best_come_first_then_the_lower_number(database: Database) -> None:
    scores = {"AST-10": 50, "AST-9": 50, "AST-100": 90, "AST-2": 10}
    put(database, *(replace(RANK, ref=ref, score=score) for ref, score in scores.items()), PLAIN)
    with database.unit() as unit:
        ranks = unit.ranks
        in_order = ["AST-100", "AST-9", "AST-10", "AST-2"]
        assert refs(ranks.first(Standing.AT_RISK, 10)) == in_order
        assert refs(ranks.first(Standing.AT_RISK, 2, 1)) == in_order[1:3]
        assert refs(ranks.first(Standing.NEW, 10)) == ["AST-1"]
        assert ranks.first(Standing.OVERDUE, 10) == []
        assert [ranks.count(Standing.AT_RISK, most) for most in (1000, 4, 3)] == [4, 4, 3]
        assert [ranks.number(ref) for ref in in_order] == [1, 2, 3, 4]
        assert ranks.number("AST-1") == 5


def test_what_is_not_in_the_queue_has_no_number_and_takes_none(database: Database) -> None:
    put(database, RANK, replace(RANK, ref="AST-8", score=99, queued=False))
    with database.unit() as unit:
        assert unit.ranks.number("AST-7") == 1
        assert unit.ranks.number("AST-8") is None
        assert unit.ranks.number("AST-99") is None


def test_those_that_hang_on_a_deal(database: Database) -> None:
    put(database, PLAIN, RANK, replace(RANK, ref="AST-3"), replace(RANK, ref="AST-4", deal="D-8"))
    with database.unit() as unit:
        assert unit.ranks.with_deal("D-7") == ["AST-3", "AST-7"]
        assert unit.ranks.with_deal("") == []


@given(
    days=st.lists(st.none() | st.integers(-5, 2), max_size=12),
    limit=st.integers(1, 5),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_due_request_is_on_one_page(
    database: Database, days: list[int | None], limit: int
) -> None:
    again = {
        f"AST-{n}": None if day is None else TODAY + timedelta(days=day)
        for n, day in enumerate(days)
    }
    due = sorted(ref for ref, day in again.items() if day is not None and day <= TODAY)
    with database.unit() as unit:
        for ref, day in again.items():
            unit.ranks.put(replace(PLAIN, ref=ref, again_on=day))
        assert paged(unit.ranks.all, limit) == sorted(again)
        assert paged(partial(unit.ranks.due, TODAY), limit) == due


def paged(page: Callable[[str, int], Sequence[str]], limit: int) -> list[str]:
    """Return what is on all the pages."""
    found: list[str] = []
    while some := page(found[-1] if found else "", limit):
        assert len(some) <= limit
        found += some
    return found
