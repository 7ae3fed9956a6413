"""Charts as values: bars with names and words. They say themselves in words, and print as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import floor, log10

from babel.dates import format_date

from messages import cleaning
from messages.markup import parse
from messages.message import Json
from messages.printed_words import line, stamp
from messages.templates import render

LONGEST_ALT = 1000
"""Characters; what a picture may be described with (:class:`bot.ports.Upload`)."""

_NAME = 60
_LABELS = 13
_NUMBERED = 16
_TICKS = 5


class Shape(StrEnum):
    """How the sizes of a bar stand to one another."""

    STACKED = "stacked"
    """They are parts of one whole, one behind the other."""
    NESTED = "nested"
    """The first is a part of the second: half of them within, nine of ten within."""
    COLUMNS = "columns"
    """They stand upright side by side, from left to right in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something with a ``name``: a size for each key of the panel, and what they are in words."""

    name: str
    sizes: tuple[float, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Bars of one unit under a ``title`` that names it; ``keys`` say what their sizes are."""

    title: str
    keys: tuple[str, ...]
    bars: tuple[Bar, ...]
    shape: Shape = Shape.STACKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture: what of, which time, of whom (``scope``), some figures and their names, panels."""

    title: str
    period: str
    scope: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    panels: tuple[Panel, ...] = ()
    note: str = ""


def in_words(chart: Chart, limit: int = LONGEST_ALT) -> str:
    """Return the figures that the picture shows, in plain text of at most ``limit`` characters."""
    said = parse(render("desk/chart", chart=chart))
    words = (str(each.get("text", "")) for piece in said for each in piece.elements)
    return cleaning.cut(cleaning.one_line("".join(words)), limit)


def printed_chart(chart: Chart, at: datetime) -> Json:
    """Return the data of the template that draws a chart which is made at ``at``."""
    scope = f"{chart.period}, {chart.scope}" if chart.scope else chart.period
    return {
        "title": line(chart.title),
        "subtitle": line(scope),
        "figures": [{"name": line(name), "value": line(value)} for name, value in chart.figures],
        "panels": [_panel(each) for each in chart.panels if each.bars],
        "note": line(chart.note),
        "issued_at": stamp(at),
    }


def day_label(on: date) -> str:
    """Return a day as an axis names it: "5 Mar"."""
    return format_date(on, "d MMM", locale="en")


def month_label(on: date) -> str:
    """Return a month as an axis names it: "Mar 27"."""
    return format_date(on, "MMM yy", locale="en")


def ticks(largest: float) -> tuple[int, ...]:
    """Return from 0 on the marks of an axis that reaches ``largest``: at most six round numbers."""
    step, top = 1, max(1.0, largest)
    if top > _TICKS:
        power = 10 ** floor(log10(top / _TICKS))
        step = next(int(power * each) for each in (1, 2, 5, 10) if power * each * _TICKS >= top)
    return tuple(range(0, step * (-int(-top // step)) + 1, step))


def _panel(panel: Panel) -> Json:
    shown = {
        "title": line(panel.title),
        "keys": [line(each) for each in panel.keys],
        "shape": panel.shape.value,
    }
    if panel.shape is not Shape.COLUMNS:
        longest = max((_length(panel.shape, each.sizes) for each in panel.bars), default=0.0)
        bars = [
            {"name": _short(each.name), "sizes": list(each.sizes), "text": line(each.text)}
            for each in panel.bars
        ]
        return shown | {"bars": bars, "longest": longest or 1.0}
    axis = ticks(max((max(each.sizes) for each in panel.bars), default=0.0))
    every = -(-len(panel.bars) // _LABELS)
    columns = [
        {"name": _short(each.name) if nth % every == 0 else "", "sizes": list(each.sizes)}
        for nth, each in enumerate(panel.bars)
    ]
    numbered = len(panel.bars) * len(panel.keys) <= 2 * _NUMBERED
    return shown | {"bars": columns, "every": every, "ticks": list(axis), "numbered": numbered}


def _length(shape: Shape, sizes: Sequence[float]) -> float:
    return sum(sizes) if shape is Shape.STACKED else max(sizes, default=0.0)


def _short(name: str) -> str:
    return cleaning.cut(line(name), _NAME)
