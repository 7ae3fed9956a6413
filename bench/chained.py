"""What the audit's chain costs: entries committed one by one, next to the same without it."""

from statistics import median

from bench.entries import CHAINED, PLAIN, writers
from bench.errors import Broken
from bench.figures import Aim, Row
from bench.kept import ask_database, check_audit
from bench.machine import cores, kept_on
from bench.size import Size
from storage.migrate import migrate

ALONE = Aim(0.5, times=True, least=True)
TOGETHER = Aim(0.35, times=True, least=True)

MANY = 4
"""Processes that write at the same time; SQLite has one process."""


def chained(database: str, url: str, size: Size) -> list[Row]:
    """Return entries put on record a second. Raises NotMeasured and Broken."""
    migrate(url)
    crowds = [(1, ALONE)] if database == "SQLite" else [(1, ALONE), (MANY, TOGETHER)]
    rows, written = [], 0
    for count, aim in crowds:
        plain, whole = _rates(url, count, size)
        written += sum(whole)
        name = f"audit entries, {count} writer{'s' * (count > 1)}, {database}; floor: no chain"
        bare, product = (median(each) / size.writing for each in (plain, whole))
        rows.append(Row(name, "entries/s", bare, product, aim))
    _check(database, url, written)
    return rows


def _rates(url: str, count: int, size: Size) -> tuple[list[int], list[int]]:
    """Return how many were written in each round, plain and chained in turn."""
    found: tuple[list[int], list[int]] = ([], [])
    both = cores()[0] | cores()[1]
    with kept_on(both if count > 1 else cores()[0]), writers(url, count) as crowd:
        for _ in range(size.rounds):
            for how, rounds in zip((PLAIN, CHAINED), found, strict=True):
                rounds.append(crowd.write(how, size.writing))
    return found


def _check(database: str, url: str, written: int) -> None:
    """Raise Broken unless so many entries are on record, in a chain that is whole."""
    [found] = ask_database(url, "SELECT count(*) FROM audit")
    if found != written:
        raise Broken(f"{database}: {written} entries were written, {found} are on record.")
    check_audit(database, url)
