"""Figures side by side: floor, product, their ratio, and whether the aim is met."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Aim:
    """At most this, or at ``least``: times the floor, or in the row's own unit."""

    bound: float
    times: bool = False
    least: bool = False

    def __str__(self) -> str:
        return f"{'>=' if self.least else '<='} {self.bound:g}{'x' if self.times else ''}"

    def is_met_by(self, measured: float) -> bool:
        """Whether what was measured is as good as that."""
        return measured >= self.bound if self.least else measured <= self.bound


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``floor`` is None where there is nothing to compare with."""

    name: str
    unit: str
    floor: float | None
    product: float
    aim: Aim | None = None
    refused: int = 0
    """How many times the product did not do what it was asked for; then no aim is met."""

    @property
    def ratio(self) -> float | None:
        """Product over floor."""
        return self.product / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without an aim, or without the floor that it needs."""
        if self.aim is None:
            return None
        if self.refused:
            return False
        measured = self.ratio if self.aim.times else self.product
        return None if measured is None else self.aim.is_met_by(measured)

    @property
    def verdict(self) -> str:
        """The outcome in words."""
        words = {True: "ok", False: "missed", None: ""}[self.met]
        return f"{words} ({self.refused} refused)" if self.refused else words

    def as_json(self) -> dict[str, Any]:
        """Return everything about it."""
        aim = None if self.aim is None else str(self.aim)
        return asdict(self) | {"ratio": self.ratio, "aim": aim, "met": self.met}


def p50(took: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(took)


def p99(took: Sequence[float]) -> float:
    """Return the smallest value that at least 99 of 100 do not exceed."""
    return sorted(took)[-(len(took) // 100) - 1]


def typical(rounds: Sequence[Sequence[float]], of: Callable[[Sequence[float]], float]) -> float:
    """Return the median over rounds of what ``of`` says of each."""
    return statistics.median(of(each) for each in rounds)


def table(rows: Sequence[Row], left: str = "floor", right: str = "product") -> str:
    """Return the rows as an aligned table."""
    cells = [("", left, right, "unit", "ratio", "aim", "")]
    cells += [
        (
            row.name,
            _figure(row.floor),
            _figure(row.product),
            row.unit,
            "" if row.ratio is None else f"{row.ratio:.2f}",
            "" if row.aim is None else str(row.aim),
            row.verdict,
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number in (0, 3, 6) else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"  # noqa: PLR2004 - three digits
