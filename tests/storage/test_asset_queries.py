"""The lists about assets come from an index, however many assets and requests there are."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Table, create_engine, select, text
from sqlalchemy.pool import NullPool

from bot.ports import Indexed, Kind, Seen
from storage import index_queries, known_deals, marks, observations, preferences, ranks
from storage import request_queries as requests
from storage.database import Database
from storage.index_rows import entry_row, indexed, indexed_words
from storage.terms import named
from tests.storage.examples import NOW, later
from tests.storage.test_queries import full, plan, whole_table
from workflows.priority import Standing

pytestmark = pytest.mark.prove

__all__ = ["full"]

MANY = 3000
TODAY = date(2026, 11, 23)


@pytest.fixture
def stocked(url: str, database: Database) -> Iterator[Connection]:
    """A connection to thousands of assets, ranks, observations, deals, marks and choices."""
    entries = [
        Indexed(
            ref=f"SHELF-{n}",
            kind=Kind.ASSET,
            title=f"Deck {n % 700}",
            text="fintech " * (n % 2),
            on=TODAY - timedelta(days=n % 900),
        )
        for n in range(MANY)
    ]
    patient = create_engine(url, poolclass=NullPool)
    with patient.begin() as connection:
        connection.execute(indexed.insert(), [entry_row(each) for each in entries])
        words = [
            {"ref": each.ref, "kind": each.kind, "word": word}
            for each in entries
            for word in named(each)
        ]
        for table, rows in ((indexed_words, words), *_rows()):
            connection.execute(table.insert(), rows)
        connection.execute(text("ANALYZE"))
    with database._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
        if connection.dialect.name == "postgresql":
            # It would read these small tables whole, unless no index serves.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        yield connection


def _rows() -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    numbers = range(MANY)
    kept = {"standing": Standing.WAITING, "parts": [], "queued": True}
    yield (
        ranks.ranks,
        [
            kept
            | {"ref": f"AST-{n}", "number": n, "score": n % 101, "deal": f"D-{n % 500}"}
            | {"again_on": TODAY + timedelta(days=n % 300)}
            for n in numbers
        ],
    )
    yield (
        known_deals.known_deals,
        [{"ref": f"D-{n}", "deal": None, "read_at": later(hours=n)} for n in numbers],
    )
    seen = {"about": "", "text": ""}
    kinds = (Seen.OPENED, Seen.USED, Seen.PICTURED, Seen.REUSED)
    yield (
        observations.observations,
        [
            seen
            | {"key": f"k{n}", "ref": f"SHELF-{n}", "user": f"U{n}", "at": later(hours=n)}
            | {"what": kinds[n % len(kinds)]}
            for n in numbers
        ],
    )
    yield marks.marks, [{"mark": f"link:{n}", "ref": "SHELF-1", "version": 1} for n in numbers]
    yield (
        preferences.preferences,
        [{"user": f"U{n}", "name": "mail", "value": "yes" if n % 50 else "no"} for n in numbers],
    )


def test_a_search_reads_no_more_than_the_terms(stocked: Connection) -> None:
    dialect = stocked.dialect.name
    quoted = '"3deck"*' if dialect == "sqlite" else "'3deck':*"
    asked = index_queries.asking(Kind.ASSET, [quoted], 0, 10)
    found = plan(stocked, select(index_queries.hits(dialect, 0, 1).subquery()).params(**asked))
    if dialect == "sqlite":
        assert re.search("SCAN indexed_terms VIRTUAL TABLE INDEX .*M", found)
        assert "ORDER BY" not in found
    else:
        assert whole_table(found, "indexed") == []
        assert "ix_indexed_terms" in found
        assert "ix_indexed_newest" in found


def test_how_frequent_words_are_comes_from_an_index(stocked: Connection) -> None:
    query = index_queries.frequencies(2)
    found = plan(stocked, query.params(**index_queries.like(Kind.ASSET, ["deck", "studies"])))
    assert whole_table(found, "indexed_words") == []
    assert "ONLY" in found.upper() or "COVERING" in found.upper() or "PRIMARY KEY" in found.upper()


def test_the_newest_assets_come_from_an_index(stocked: Connection) -> None:
    query = index_queries.newest().params(kind=Kind.ASSET, limit=10, skip=0)
    found = plan(stocked, query)
    assert "ix_indexed_newest" in found
    assert "B-TREE" not in found


def test_the_vocabulary_goes_from_word_to_word(stocked: Connection) -> None:
    found = plan(stocked, index_queries.vocabulary().params(kind=Kind.ASSET))
    assert whole_table(found, "indexed_words") == []


@pytest.mark.parametrize(
    ("query", "values", "index"),
    [
        (ranks.first(), {"standing": "waiting", "limit": 10, "skip": 5}, "ix_ranks_standing"),
        (ranks.count(), {"standing": "waiting", "limit": 10}, "ix_ranks_standing"),
        (ranks.number(), {"wanted": "AST-7"}, "ix_ranks_queued"),
        (ranks.due(), {"today": TODAY, "after": "", "limit": 50}, "ix_ranks_again"),
        (ranks.WITH_DEAL, {"of": "D-7"}, "ix_ranks_deal"),
        (known_deals.UNREAD, {"before": later(hours=9), "limit": 50}, "ix_known_deals_read_at"),
        (observations.OF, {"of": "SHELF-7", "what": ["opened", "used"]}, "ix_observations_ref"),
        (
            observations.BETWEEN,
            {"what": ["opened"], "since": NOW, "until": later(hours=9)},
            "ix_observations_at",
        ),
        (observations.PEOPLE, {"refs": ["SHELF-7", "SHELF-8"]}, "ix_observations_ref"),
        (observations.TOLD, {"refs": ["SHELF-7", "SHELF-8"]}, "ix_observations_ref"),
        (observations.COUNT, {"by": "U7", "what": "opened"}, "ix_observations_user"),
        (marks.OF, {"wanted": "link:7"}, "ix_marks_mark"),
        (preferences.HAVING, {"wanted": "mail", "chosen": "no"}, "ix_preferences_value"),
    ],
)
def test_it_comes_from_its_index(
    stocked: Connection,
    query: Any,  # noqa: ANN401 - any SELECT
    values: dict[str, Any],
    index: str,
) -> None:
    found = plan(stocked, query.params(**values))
    assert index in found
    tables = ("ranks", "known_deals", "observations", "marks", "preferences")
    assert [line for table in tables for line in whole_table(found, table)] == []
    if index in ("ix_ranks_standing", "ix_ranks_again"):
        assert not re.search("Sort|ORDER BY", found)


def test_what_owners_have_to_do_comes_from_an_index(full: Database) -> None:
    with full._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
        found = plan(connection, requests.loads().params(workflow="sow"))
    assert whole_table(found, "requests") == []
    assert re.search("ix_requests_(load|owner)", found)
