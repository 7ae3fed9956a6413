"""`make bench`: product and floor side by side in the same run, as one table.

Exits with 0 also when an aim is missed: it reports. With 1 when something could not be measured or
the product broke a promise.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench import crowds, footprint, paths, servers
from bench.assets import assets
from bench.chained import chained
from bench.documents import documents
from bench.draining import draining
from bench.errors import Broken, NotMeasured
from bench.figures import Row, table
from bench.house import House, open_house
from bench.lookups import lookups
from bench.machine import cores, facts, is_busy, kept_on
from bench.outbox import claims
from bench.promises import check_calls_before_acks
from bench.reminders import reminders
from bench.replicas import replicas
from bench.size import FULL, QUICK, Size
from bench.understanding import understanding
from tests.postgres import PostgresUnavailableError, Server, running_postgres

_BEGUN = time.monotonic()


@dataclass
class Report:
    """What was found."""

    machine: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    servers: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return it for a person."""
        parts = [*self.machine, "", table(self.rows)]
        if self.servers:
            parts += ["", "The same bare Bolt app behind two HTTP servers:"]
            parts += [table(self.servers, "granian", "uvicorn")]
        return "\n".join([*parts, "", *self.notes])

    def write(self, file: Path) -> None:
        """Write it as JSON."""
        rows = {"rows": self.rows, "servers": self.servers}
        found = {name: [row.as_json() for row in each] for name, each in rows.items()}
        words = {"machine": self.machine, "notes": self.notes}
        file.write_text(json.dumps(words | found, indent=2) + "\n")


def measure(size: Size, parts: list[str], report: Report) -> None:
    """Measure the named parts of :data:`PARTS`. Raises NotMeasured and Broken."""
    with running_postgres(durable=True) as postgres, kept_on(cores()[1]):
        report.machine += facts(_version(postgres))
        if is_busy():
            report.notes.append("The machine was busy with something else: measure again.")
        for part in parts:
            PARTS[part](size, postgres, report)


def _gestures(size: Size, postgres: Server, report: Report) -> None:
    for database, url, floors_url, folder in _databases(postgres):
        with open_house(database, url, floors_url, folder) as house:
            _measure(house, size, report)
    with _folder() as folder:
        report.notes.append(check_calls_before_acks(folder))


def _documents(size: Size, _postgres: Server, report: Report) -> None:
    report.rows += _said(documents(size))


def _reminders(size: Size, postgres: Server, report: Report) -> None:
    for database, url, floors_url, folder in _databases(postgres):
        report.rows += _said(reminders(database, url, floors_url, size, folder))
        report.notes.append(
            f"{database}: {size.reminders} payment reminders were due; each is on record once, "
            "its nudge promised, and the audit is whole."
        )


def _outbox(size: Size, postgres: Server, report: Report) -> None:
    for database, url, floors_url, _ in _databases(postgres):
        report.rows += _said(claims(database, url, floors_url, size))


def _audit(size: Size, postgres: Server, report: Report) -> None:
    for database, url, _, _ in _databases(postgres):
        report.rows += _said(chained(database, url, size))


def _replicas(size: Size, postgres: Server, report: Report) -> None:
    with _folder() as folder, postgres.fresh_database() as url, postgres.fresh_database() as other:
        report.rows += _said(replicas(url, other, size, folder))


def _draining(size: Size, postgres: Server, report: Report) -> None:
    for database, url, floors_url, folder in _databases(postgres):
        with open_house(database, url, floors_url, folder) as house:
            report.rows += _said(draining(house, size))
            house.check_promises()
        report.notes.append(
            f"{database}: {size.mail} messages were sent, each is in the workspace once, "
            f"{house.taken} forms were taken meanwhile, and the audit is whole."
        )


def _assets(size: Size, postgres: Server, report: Report) -> None:
    for database, url, another, folder in _databases(postgres):
        for rows in assets(database, (url, another), size, folder):
            report.rows += _said(rows)


def _lookups(size: Size, postgres: Server, report: Report) -> None:
    for database, url, another, folder in _databases(postgres):
        for rows in lookups(database, (url, another), size, folder):
            report.rows += _said(rows)


def _understanding(size: Size, _postgres: Server, report: Report) -> None:
    report.rows += _said(understanding(size))


PARTS: Mapping[str, Callable[[Size, Server, Report], None]] = {
    "gestures": _gestures,
    "documents": _documents,
    "reminders": _reminders,
    "assets": _assets,
    "lookups": _lookups,
    "understanding": _understanding,
    "outbox": _outbox,
    "audit": _audit,
    "replicas": _replicas,
    "draining": _draining,
}
"""What is measured, in this order."""


def _databases(postgres: Server) -> Iterator[tuple[str, str, str, Path]]:
    """Yield the name of each database, two empty ones of it, and an empty folder."""
    with _folder() as folder:
        url, floors_url = (f"sqlite:///{folder / name}" for name in ("bot.db", "floor.db"))
        yield "SQLite", url, floors_url, folder
    with _folder() as folder, postgres.fresh_database() as url, postgres.fresh_database() as other:
        yield "PostgreSQL", url, other, folder


def _measure(house: House, size: Size, report: Report) -> None:
    everything = size.everywhere or house.database == "SQLite"
    if everything:
        report.rows += _said(paths.commands(house, size))
    for part in (paths.submissions, paths.steady, crowds.crowds):
        report.rows += _said(part(house, size))
    if house.database == "SQLite":
        report.rows += _said(footprint.footprint(house, size))
    house.check_promises()
    report.notes.append(
        f"{house.database}: {house.taken} forms were taken and are stored, every card was decided "
        "once, the audit is whole."
    )
    if not size.busy:
        return
    if servers.is_installed():
        report.servers += _said(servers.compare(house, size))
    else:
        report.notes.append(f"granian, {house.database}: not installed")


def _said(rows: list[Row]) -> list[Row]:
    """Show whoever waits what is done."""
    for row in rows:
        print(f"{time.monotonic() - _BEGUN:4.0f} s  {row.name}", file=sys.stderr, flush=True)
    return rows


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as name:
        yield Path(name)


def _version(postgres: Server) -> str:
    url = postgres.url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url) as connection:
        return str(connection.info.parameter_status("server_version"))


def main() -> int:
    """Do what the command line says and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="within a few minutes; figures are rough"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, help="measure these parts alone")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write everything there, too")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended before its time."))
    report, wrong = Report(), ""
    try:
        measure(QUICK if asked.quick else FULL, asked.only or list(PARTS), report)
    except (NotMeasured, Broken, PostgresUnavailableError) as error:
        wrong = f"{type(error).__name__}: {error}"
    report.notes.append(f"The run took {time.monotonic() - _BEGUN:.0f} s.")
    print(report.text())
    if asked.json is not None:
        report.write(asked.json)
    if wrong:
        print(wrong, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
