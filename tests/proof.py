"""What was proved, in figures: one table at the end of a run over every test that proved something.

A test asks for the ``proof`` fixture and hands in what it obtained, whether that is right or not:

    proof("killed at random, SQLite", tried=500, lost=0, duplicated=0, wrong=0, seed="7")

The first word is the subject of a row. The columns are those of ``COLUMNS``, numbers all of them,
blank where nothing was counted; anything else that is handed in stands in words at the end of the
row. Rows of one subject become one: numbers are added up, different words stand side by side.
The figures travel with pytest's reports, so that those of xdist's workers are in the table as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest

COLUMNS = ("found", "tried", "requests", "messages", "lost", "duplicated", "wrong")
"""``found`` / ``tried``: the faults that there are, and those that were tried."""

_PROPERTY = "proof"
_SUBJECT = "proved"


class Proof(Protocol):
    """Puts a row into the table at the end of the run."""

    def __call__(self, subject: str, **figures: int | str) -> None:
        """Hand in what was obtained of ``subject``: numbers for ``COLUMNS``, else words."""


@pytest.fixture
def proof(record_property: Callable[[str, object], None]) -> Proof:
    """Hand in figures for the table at the end of the run."""

    def hand_in(subject: str, **figures: int | str) -> None:
        for column in COLUMNS:
            assert isinstance(figures.get(column, 0), int), f"{column} is a number"
        record_property(_PROPERTY, [subject, figures])

    return hand_in


@dataclass
class Row:
    """What was obtained of one subject."""

    subject: str
    numbers: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, figures: dict[str, int | str]) -> None:
        """Add what one test has obtained."""
        for name, value in figures.items():
            if name in COLUMNS:
                self.numbers[name] = self.numbers.get(name, 0) + int(value)
            elif str(value) not in (said := self.words.setdefault(name, [])):
                said.append(str(value))

    def cells(self) -> list[str]:
        """Return the row as text."""
        numbers = [self.numbers.get(column) for column in COLUMNS]
        words = [f"{name} {', '.join(sorted(said))}" for name, said in self.words.items()]
        shown = ["" if each is None else f"{each:,}" for each in numbers]
        return [self.subject, *shown, "; ".join(words)]


class Table:
    """Collects the figures of a run, a plugin of the process that reports it."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the figures of a test, also of one that failed afterwards."""
        if report.when != "call":
            return
        properties: list[tuple[str, Any]] = list(report.user_properties)
        for name, value in properties:
            if name == _PROPERTY:
                subject, figures = value
                self._rows.setdefault(subject, Row(subject)).add(figures)

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table, when anything was proved."""
        if not self._rows:
            return
        terminalreporter.section(_SUBJECT)
        rows = [self._rows[subject].cells() for subject in sorted(self._rows)]
        for line in laid_out([["subject", *COLUMNS, ""], *rows]):
            terminalreporter.line(line)


def laid_out(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns of one width each: numbers to the right, words to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    last = len(widths) - 1
    return [
        "  ".join(
            cell.ljust(width) if place in (0, last) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
