"""The tables of a big company, filled with what the bot's own writing would leave in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    text,
    true,
    union_all,
)

from bench.stock import Ask, Asset, Stock
from bench.unit import open_engine
from bot.ports import Indexed, Observation, Rank
from storage.index_rows import entry_row, indexed, indexed_words
from storage.observations import observations
from storage.ranks import ranks
from storage.request_rows import RequestRows, identity, requests
from storage.terms import named
from workflows.registry import find_workflows
from workflows.request import Request

_AT_ONCE = 1_000
_FIRST = 10_000
"""The number of the first request: all have five digits, so that copies get one before them."""
_ROWS = RequestRows(find_workflows())
_TABLES = (requests, indexed, indexed_words, observations, ranks)
_TERMS = next(each for each in indexed.indexes if each.name == "ix_indexed_terms")
_SPACE = {
    "sqlite": "PRAGMA cache_size = -262144",
    "postgresql": "SET LOCAL maintenance_work_mem = '256MB'",
}

Rows = Iterable[tuple[Table, dict[str, Any]]]


def fill(url: str, stock: Stock, assets: int, asks: int) -> None:
    """Put so many assets and open requests into empty tables."""
    with _filling(url) as connection:
        for numbers in _parts(assets):
            _insert(connection, (row for each in numbers for row in _of_asset(stock.asset(each))))
        for numbers in _parts(asks):
            _insert(connection, (row for each in numbers for row in _of_ask(stock.ask(each))))


def multiply(url: str, times: int) -> None:
    """Have ``times`` as many, as copies of all that :func:`fill` put there, on the same days."""
    series = union_all(*(select(literal(nth).label("nth")) for nth in range(1, times)))
    with _filling(url) as connection:
        for table in _TABLES:
            copied = _copied(table, series.subquery("copies"))
            connection.execute(table.insert().from_select(copied.selected_columns.keys(), copied))


@contextmanager
def _filling(url: str) -> Iterator[Connection]:
    """Yield a transaction; PostgreSQL's index of terms is made anew at its end, which is faster."""
    engine = open_engine(url)
    is_postgresql = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        connection.execute(text(_SPACE[engine.dialect.name]))
        if is_postgresql:
            _TERMS.drop(connection)
        yield connection
        if is_postgresql:
            _TERMS.create(connection)
    if is_postgresql:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _parts(count: int) -> Iterator[range]:
    for start in range(_FIRST, _FIRST + count, _AT_ONCE):
        yield range(start, min(start + _AT_ONCE, _FIRST + count))


def _insert(connection: Connection, rows: Rows) -> None:
    by_table = defaultdict(list)
    for table, row in rows:
        by_table[table].append(row)
    for table, some in by_table.items():
        connection.execute(table.insert(), some)


def _copied(table: Table, copies: Subquery) -> Select[Any]:
    columns: dict[str, ColumnElement[Any]] = {
        each.name: each for each in table.c if each.identity is None
    }
    before = cast(copies.c.nth, Text)
    columns["ref"] = func.replace(table.c.ref, "-", "-" + before)
    if "number" in columns:
        columns["number"] = cast(before + cast(table.c.number, Text), Integer)
    if "key" in columns:
        columns["key"] = table.c.key + "/" + before
    named_so = (column.label(name) for name, column in columns.items())
    return select(*named_so).select_from(table.join(copies, true()))


def _of_asset(asset: Asset) -> Rows:
    yield requests, _request_row(asset.request)
    yield from _index_rows(asset.indexed)
    yield from ((observations, _observation_row(each)) for each in asset.seen)


def _of_ask(ask: Ask) -> Rows:
    yield requests, _request_row(ask.request)
    yield from _index_rows(ask.indexed)
    yield ranks, _rank_row(ask.rank)


def _request_row(request: Request) -> dict[str, Any]:
    return _ROWS.write(request) | identity(request) | {"number": _number(request.ref)}


def _index_rows(entry: Indexed) -> Rows:
    yield indexed, entry_row(entry)
    for word in named(entry):
        yield indexed_words, {"ref": entry.ref, "kind": entry.kind, "word": word}


def _observation_row(seen: Observation) -> dict[str, Any]:
    names = ("key", "what", "user", "at", "ref", "about", "text")
    return {name: getattr(seen, name) for name in names}


def _rank_row(rank: Rank) -> dict[str, Any]:
    parts = [[each.criterion, each.points, each.most, each.because] for each in rank.parts]
    names = ("ref", "standing", "score", "queued", "deal", "again_on")
    row = {name: getattr(rank, name) for name in names}
    return row | {"number": _number(rank.ref), "parts": parts}


def _number(ref: str) -> int:
    return int(ref.rpartition("-")[2])
