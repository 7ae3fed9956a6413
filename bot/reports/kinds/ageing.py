"""How long open requests have been waiting in their present step."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reports.readers import usual
from bot.reports.reading import open_requests
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages.charts import Bar, Chart, Panel
from messages.filters import counted, days, hours
from workflows.ball import deciders
from workflows.roles import OUTSIDE, Seat

_CLASSES = (
    *((1, "Less than a day"), (3, "1 day to 3"), (7, "3 days to 7"), (14, "1 week to 2")),
    *((28, "2 weeks to 4"), (None, "4 weeks or more")),
)
"""Until how many days somebody has waited so long, and the name of it."""
_STEPS = 8
_DAY = timedelta(days=1)
_SEATS = {Seat.CLIENT.value: "the client", Seat.FRONTDESK.value: "Frontdesk"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open request that has waited ``days`` (24 hours each) in its step, ``since`` a day."""

    ref: str
    workflow: str
    step: str
    since: date
    days: float
    on: str
    client: str

    @property
    def age(self) -> str:
        """The class of age in which it is."""
        return next(name for most, name in _CLASSES if most is None or self.days < most)


def rows(scope: Scope) -> Iterator[Waiting]:
    """Yield every open request as it stands now."""
    now, zone = scope.desk.clock.now(), scope.desk.company.zone
    for workflow, request in open_requests(scope):
        people = sorted(deciders(workflow, request, scope.offices[workflow.key]))
        if not scope.is_about(*people):
            continue
        yield Waiting(
            ref=request.ref,
            workflow=workflow.title,
            step=workflow.stage(request.stage).label,
            since=request.since.astimezone(zone).date(),
            days=(now - request.since) / _DAY,
            on=", ".join(_SEATS[each] if each in OUTSIDE else scope.name(each) for each in people),
            client=client_of(request),
        )


def chart(scope: Scope, found: Sequence[Waiting]) -> Chart:
    """Return how many wait how long, and in which steps the most of them."""
    workflows = tuple(dict.fromkeys(sorted(each.workflow for each in found)))
    ages = Counter((each.age, each.workflow) for each in found)
    steps = Counter(each.step for each in found).most_common(_STEPS)
    oldest = {step: max(each.days for each in found if each.step == step) for step, _ in steps}
    longest = max((each.days for each in found), default=0.0)
    return Chart(
        title=REPORT.name,
        period=f"as of {scope.wish.period}",
        scope=scope.words,
        figures=(
            ("open requests", counted(len(found))),
            ("the longest wait in one step", hours(longest * 24)),
        ),
        panels=(
            Panel(
                title="Open requests by the time in their present step",
                keys=workflows,
                bars=tuple(_age(name, workflows, ages) for _most, name in _CLASSES),
            ),
            Panel(
                title="Open requests by step, and the longest wait there",
                keys=("requests",),
                bars=tuple(
                    Bar(name=step, sizes=(count,), text=f"{count}, up to {_long(oldest[step])}")
                    for step, count in steps
                ),
            ),
        ),
    )


def _age(name: str, workflows: tuple[str, ...], ages: Counter[tuple[str, str]]) -> Bar:
    sizes = tuple(ages[name, each] for each in workflows)
    return Bar(name=name, sizes=sizes, text=counted(sum(sizes)))


def _long(waited: float) -> str:
    return days(int(waited)) if waited >= 1 else hours(waited * 24)


REPORT = Report(
    key="ageing",
    name="Ageing of open requests",
    readers=usual,
    rows=rows,
    chart=chart,
    columns=("reference", "workflow", "step", "since", "days", "class", "waits for", "client"),
    cells=lambda row: (
        *(row.ref, row.workflow, row.step, row.since.isoformat(), f"{row.days:.2f}"),
        *(row.age, row.on, row.client),
    ),
    person="for whom it waits",
    client=True,
    as_of_today=True,
)
