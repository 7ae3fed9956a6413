"""How it went: where time is spent, what comes back and why, what people say."""

from dataclasses import dataclass

from messages import rows
from messages.message import Message
from messages.templates import render


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long requests stayed in a stage, in hours: the median and the 90th percentile."""

    label: str
    median_hours: float
    p90_hours: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """What is known of a stretch of time, named in words: ``title``, and ``period`` ("May 2026").

    ``bounces`` are reasons in words, each with how often, the most frequent first.
    ``approval_hours`` and ``payment_days_late`` (negative: early) are medians; ``score`` is the
    average of ``opinions`` many, from 1 to 5. None where there was nothing to count. ``words`` are
    the latest ones that people wrote.
    """

    title: str
    period: str
    closed: int
    open: int
    stages: tuple[StageTime, ...] = ()
    bounces: tuple[tuple[str, int], ...] = ()
    approval_hours: float | None = None
    payment_days_late: int | None = None
    score: float | None = None
    opinions: int = 0
    words: tuple[str, ...] = ()


def report(facts: ReportFacts) -> Message:
    """Return the report in words; charts are pictures that go beside it."""
    average = "" if facts.score is None else f"{facts.score:.1f}"
    return rows.message(render("desk/report", facts=facts, average=average))
