"""What the chart of a report shows, as a JSON value for the template that draws it."""

from collections.abc import Iterator
from datetime import datetime

from messages import cleaning
from messages.filters import days, hours
from messages.message import Json
from messages.printed_words import line, stamp
from messages.report import ReportFacts, StageTime

_MOST = 8
"""How many reasons the chart shows; the report in words has more."""
_LONGEST = 80
"""Characters of a reason beside its bar."""


def report(facts: ReportFacts, at: datetime) -> Json:
    """Return the chart of a report that is made at ``at``: the figures, and bars in hours."""
    return {
        "title": line(facts.title),
        "subtitle": line(facts.period),
        "stages": [_stage(each) for each in facts.stages],
        "figures": [{"name": name, "value": value} for name, value in _figures(facts)],
        "bounces": [
            {"name": cleaning.cut(line(reason), _LONGEST), "count": count}
            for reason, count in facts.bounces[:_MOST]
        ],
        "issued_at": stamp(at),
    }


def _stage(stage: StageTime) -> Json:
    return {
        "name": line(stage.label),
        "median": stage.median_hours,
        "p90": stage.p90_hours,
        "median_text": hours(stage.median_hours),
        "p90_text": hours(stage.p90_hours),
    }


def _figures(facts: ReportFacts) -> Iterator[tuple[str, str]]:
    yield "ended", f"{facts.closed:,}"
    yield "still open", f"{facts.open:,}"
    if facts.approval_hours is not None:
        yield "or less for half of the approvals", hours(facts.approval_hours)
    if (late := facts.payment_days_late) is not None:
        when = "or less after" if late >= 0 else "or more before"
        yield f"{when} the due day for half of the payments", days(abs(late))
    if facts.score is not None:
        opinions = "opinion" if facts.opinions == 1 else "opinions"
        yield f"of 5, from {facts.opinions:,} {opinions}", f"{facts.score:.1f}"
