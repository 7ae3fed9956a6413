"""How long requests stay in each stage."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.measures import median, ninetieth, pauses, visits
from bot.reports.readers import usual
from bot.reports.reading import moved
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages.charts import Bar, Chart, Panel, Shape
from messages.filters import counted, hours

_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay in a stage that ended ``on`` a day: in hours of the wall clock, without pauses."""

    on: date
    ref: str
    workflow: str
    stage: str
    hours: float
    client: str


def rows(scope: Scope) -> Iterator[Stay]:
    """Yield every stay that ended in these days (:mod:`bot.measures` says what is counted)."""
    stretch, zone = scope.stretch, scope.desk.company.zone
    for workflow, request, history in moved(scope):
        if request is not None and not scope.is_about(request.asker):
            continue
        for visit in visits(history, pauses(workflow)):
            if visit.ended_at in stretch:
                yield Stay(
                    on=visit.ended_at.astimezone(zone).date(),
                    ref=history[0].ref,
                    workflow=workflow.title,
                    stage=workflow.stage(visit.stage).label,
                    hours=visit.hours,
                    client=client_of(request),
                )


def chart(scope: Scope, found: Sequence[Stay]) -> Chart:
    """Return how long half of the stays were at most, and nine of ten, by stage."""
    several = len({each.workflow for each in found}) > 1
    by_stage: dict[str, list[float]] = defaultdict(list)
    for each in found:
        by_stage[f"{each.stage} ({each.workflow})" if several else each.stage].append(each.hours)
    bars = [
        Bar(
            name=stage,
            sizes=(median(stays), ninetieth(stays)),
            text=f"{hours(median(stays))} / {hours(ninetieth(stays))}",
        )
        for stage, stays in by_stage.items()
    ]
    bars.sort(key=lambda each: -each.sizes[1])
    left = len(bars) - _MOST
    return Chart(
        title=REPORT.name,
        period=scope.wish.period,
        scope=scope.words,
        figures=(("stays in a stage that ended", counted(len(found))),),
        panels=(
            Panel(
                title="Hours or days in each stage: half within / nine of ten within",
                keys=("half of them within", "nine of ten within"),
                bars=tuple(bars[:_MOST]),
                shape=Shape.NESTED,
            ),
        ),
        note=f"{left} more stages, in which it was quicker, are in the file." if left > 0 else "",
    )


REPORT = Report(
    key="stages",
    name="Time per stage",
    readers=usual,
    rows=rows,
    chart=chart,
    columns=("left on", "reference", "workflow", "stage", "hours", "client"),
    cells=lambda row: (
        *(row.on.isoformat(), row.ref, row.workflow, row.stage, f"{row.hours:.2f}", row.client),
    ),
    person="who asked",
    client=True,
)
