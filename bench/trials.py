"""What somebody asks for, in three ways in turn: raw SQL, the bot's memory, the whole answer."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Executable, text

from bench.errors import Broken
from bench.figures import Aim, Row, p50
from bot.desk import Desk
from bot.ports import Unit

QUERY = Aim(7.0, times=True)
WHOLE = Aim(100.0)
GROWTH = Aim(1.5, times=True)

_WARMING = 3
_INDEXED = text("SELECT set_config('enable_seqscan', 'off', true)")


@dataclass(frozen=True, slots=True)
class Trial:
    """One question.

    ``whole`` gives the answer with its blocks. ``query`` and ``raw`` return the references of what
    they read: ``query`` as many as ``raw`` or more, and the same ones if ``is_exact``. Without
    these two only the whole answer counts.
    """

    whole: Callable[[], object]
    query: Callable[[Unit], Sequence[str]] | None = None
    raw: Callable[[Connection], Sequence[str]] | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """Where questions are asked: the bot's desk, raw SQL on its database, the questions by kind.

    ``planned`` is done by PostgreSQL before raw SQL begins: how it is to be planned.
    """

    desk: Desk
    raw: Engine
    trials: Mapping[str, Sequence[Trial]]
    planned: Executable = _INDEXED


def rows(what: str, small: Company, large: Company, part: str = "a tenth") -> list[Row]:
    """Return what is said of questions of the kind ``what``, asked of both companies in turn.

    The small one is a ``part`` of the large one. Raises Broken.
    """
    tenth, full = _medians((small, large), what)
    found = [
        Row(f"{what}: whole, p50", "ms", None, full["whole"], WHOLE),
        Row(f"{what}: whole, p50; floor: {part}", "ms", tenth["whole"], full["whole"], GROWTH),
    ]
    if "query" in full:
        query = f"{what}: query, p50; floor:"
        found[:0] = [
            Row(f"{query} raw SQL", "ms", full["raw"], full["query"], QUERY),
            Row(f"{query} {part}", "ms", tenth["query"], full["query"], GROWTH),
        ]
    return found


def _medians(companies: Sequence[Company], what: str) -> list[dict[str, float]]:
    """Return by way, for each company, the median of all trials in ms; the first three warm up."""
    took: list[dict[str, list[float]]] = [defaultdict(list) for _ in companies]
    count = len(companies[0].trials[what])
    for number in (*range(_WARMING), *range(-count, 0)):
        for company, ways in zip(companies, took, strict=True):
            for way, seconds in _tried(company, company.trials[what][number]).items():
                if number < 0:
                    ways[way].append(seconds * 1000)
    return [{way: p50(each) for way, each in ways.items()} for ways in took]


def _tried(company: Company, trial: Trial) -> dict[str, float]:
    took: dict[str, float] = {}
    if trial.query is not None and trial.raw is not None:
        with company.raw.begin() as connection:
            if company.raw.dialect.name == "postgresql":
                connection.execute(company.planned)
            begun = time.perf_counter()
            wanted = trial.raw(connection)
            took["raw"] = time.perf_counter() - begun
        with company.desk.store.unit() as unit:
            begun = time.perf_counter()
            found = trial.query(unit)
            took["query"] = time.perf_counter() - begun
        if len(found) < len(wanted) or (trial.is_exact and found != wanted):
            raise Broken(f"Raw SQL found {list(wanted)}, the bot {list(found)}.")
    begun = time.perf_counter()
    trial.whole()
    took["whole"] = time.perf_counter() - begun
    return took
