"""How many requests were asked for and ended, over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.history import is_end
from bot.reports.buckets import by_length, place
from bot.reports.readers import ASSETS, SOW, usual
from bot.reports.reading import happenings
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages.charts import Bar, Chart, Panel, Shape
from messages.filters import counted
from workflows.engine import SUBMIT

_ASKED, _ENDED = "asked for", "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A request was asked for, or ended, ``on`` a day of the company's."""

    on: date
    ref: str
    workflow: str
    what: str
    stage: str
    asker: str
    client: str


def rows(scope: Scope) -> Iterator[Happening]:
    """Yield every ask and every end."""
    zone = scope.desk.company.zone
    for workflow, entry, request in happenings(scope):
        asker = request.asker if request else entry.actor
        what = [_ASKED] * (entry.action == SUBMIT) + [_ENDED] * is_end(workflow, entry)
        if not what or not scope.is_about(asker):
            continue
        for each in what:
            yield Happening(
                on=entry.at.astimezone(zone).date(),
                ref=entry.ref,
                workflow=workflow.title,
                what=each,
                stage=workflow.stage(entry.after).label,
                asker=scope.name(asker),
                client=client_of(request),
            )


def chart(scope: Scope, found: Sequence[Happening]) -> Chart:
    """Return how many there were, by day, week or month."""
    wish = scope.wish
    kind, buckets = by_length(wish.first, wish.last)
    counts = [[0, 0] for _ in buckets]
    for each in found:
        counts[place(buckets, each.on)][each.what == _ENDED] += 1
    asked, ended = (sum(each[which] for each in counts) for which in (0, 1))
    bars = tuple(
        Bar(
            name=f"week of {bucket.name}" if kind == "week" else bucket.name,
            sizes=(counts[nth][0], counts[nth][1]),
            text=f"{counts[nth][0]} asked for, {counts[nth][1]} ended" if any(counts[nth]) else "",
        )
        for nth, bucket in enumerate(buckets)
    )
    return Chart(
        title=REPORT.name,
        period=wish.period,
        scope=scope.words,
        figures=((_ASKED, counted(asked)), (_ENDED, counted(ended))),
        panels=(
            Panel(
                title=f"Requests by {kind}",
                keys=(_ASKED, _ENDED),
                bars=bars,
                shape=Shape.COLUMNS,
            ),
        ),
    )


REPORT = Report(
    key="requests",
    name="Requests over time",
    readers=usual,
    rows=rows,
    chart=chart,
    columns=("day", "reference", "workflow", "what", "stage", "asked by", "client"),
    cells=lambda row: (
        *(row.on.isoformat(), row.ref, row.workflow, row.what, row.stage, row.asker, row.client),
    ),
    person="who asked",
    client=True,
    on_home=(SOW, ASSETS),
)
