"""One writer of the audit, a process: with the chain, and the same rows without it.

``python -m bench.entries URL NAME`` puts entries on record one by one, each with a commit of its
own. For every line ``chained SECONDS`` or ``plain SECONDS`` that it reads it answers how many there
were.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict

from sqlalchemy import Column, Identity, Index, MetaData, Table

from bench.desk import AUDIT_KEY
from bench.errors import NotMeasured
from bench.processes import ROOT, module
from bench.unit import open_engine
from integrations.clock import SystemClock
from storage.audit import audit
from storage.chain import canonical
from storage.columns import Serial
from storage.connections import Connections
from storage.database import Database
from workflows.engine import Entry

PLAIN, CHAINED = "plain", "chained"

_unchained = Table(
    "unchained",
    MetaData(),
    Column("seq", Serial, Identity(), primary_key=True),
    *(
        Column(each.name, each.type, nullable=False)
        for each in audit.c
        if each.name not in "seq mac"
    ),
)
"""The audit without its codes; the database gives out the numbers."""
Index("ix_unchained_ref", _unchained.c.ref, _unchained.c.seq)
Index("ix_unchained_at", _unchained.c.at)


class Writers:
    """Processes that write at the same time."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def write(self, how: str, seconds: float) -> int:
        """Have all of them write for so many seconds; return how many entries were committed."""
        for each in self._processes:
            assert each.stdin is not None  # noqa: S101 - a pipe, as it was asked for
            each.stdin.write(f"{how} {seconds}\n")
            each.stdin.flush()
        return sum(int(_said(each)) for each in self._processes)


@contextmanager
def writers(url: str, count: int) -> Iterator[Writers]:
    """Run so many writers on the migrated database at ``url``. Raises NotMeasured."""
    engine = open_engine(url)
    _unchained.create(engine, checkfirst=True)
    engine.dispose()
    with ExitStack() as leaving:
        processes = [leaving.enter_context(_writer(url, nth)) for nth in range(count)]
        for each in processes:
            _said(each)
        yield Writers(processes)


@contextmanager
def _writer(url: str, nth: int) -> Iterator[subprocess.Popen[str]]:
    command = [*module("bench.entries"), url, f"U_WRITER{nth}"]
    with subprocess.Popen(  # noqa: S603 - this module
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        if process.stdin is not None:
            process.stdin.close()


def _said(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise NotMeasured("A writer of the audit ended before its time.")
    return line


def main(url: str, name: str) -> None:
    """Write as often as the input says, until it ends."""
    database, connections = Database(url, audit_key=AUDIT_KEY), Connections(url)
    works: dict[str, Callable[[Entry], None]] = {
        PLAIN: lambda entry: _write_plain(connections, entry),
        CHAINED: lambda entry: _write_chained(database, entry),
    }
    print("ready", flush=True)
    for line in sys.stdin:
        how, seconds = line.split()
        work, written = works[how], 0
        end = time.perf_counter() + float(seconds)
        while time.perf_counter() < end:
            work(_entry(name, written))
            written += 1
        print(written, flush=True)


def _write_plain(connections: Connections, entry: Entry) -> None:
    row = asdict(entry) | {"detail": canonical(entry.detail)}
    with connections.begin() as connection:
        connection.execute(_unchained.insert(), row)
        connection.commit()


def _write_chained(database: Database, entry: Entry) -> None:
    with database.unit() as unit:
        unit.audit.append(entry)
        unit.commit()


def _entry(name: str, nth: int) -> Entry:
    return Entry(
        at=SystemClock().now(),
        actor=name,
        action="accept",
        ref=f"SOW-{nth % 500}",
        before="acceptance",
        after="drafting",
        version=2,
        surface="button",
        detail={"path": "acceptance > drafting"},
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
