"""Who approved, sent back and rejected how much."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.reports.readers import managers
from bot.reports.reading import happenings
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages.charts import Bar, Chart, Panel
from messages.filters import counted
from workflows.definition import Workflow
from workflows.roles import OUTSIDE
from workflows.verdict import Verdict

_APPROVED, _BACK, _REJECTED = "approved", "sent back", "rejected"
_KINDS = (_APPROVED, _BACK, _REJECTED)
_DECISIONS = {
    Verdict.APPROVE: _APPROVED,
    Verdict.CHANGES: _BACK,
    Verdict.REJECT: _REJECTED,
}
"""What counts as a decision: about a request, its document, or a draft; never the client's."""
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Somebody decided ``on`` a day, perhaps in the place of others."""

    on: date
    ref: str
    workflow: str
    step: str
    what: str
    person: str
    behalf: str
    client: str


def rows(scope: Scope) -> Iterator[Decision]:
    """Yield every decision, those too after which others had still to decide."""
    zone = scope.desk.company.zone
    for workflow, entry, request in happenings(scope):
        what = _decided(workflow, entry.action)
        if not what or entry.actor in OUTSIDE or not scope.is_about(entry.actor):
            continue
        yield Decision(
            on=entry.at.astimezone(zone).date(),
            ref=entry.ref,
            workflow=workflow.title,
            step=workflow.stage(entry.before).label,
            what=what,
            person=scope.name(entry.actor),
            behalf=", ".join(scope.name(each) for each in entry.behalf),
            client=client_of(request),
        )


def _decided(workflow: Workflow, action: str) -> str:
    """Return what somebody decided by an action of ``workflow``, "" for what is no decision."""
    said = (each.verdict for each in workflow.transitions if each.name == action)
    return next((_DECISIONS[each] for each in said if each is not None), "")


def chart(scope: Scope, found: Sequence[Decision]) -> Chart:
    """Return the decisions of each person, the most first."""
    counts = Counter((each.person, each.what) for each in found)
    people = Counter(each.person for each in found)
    ranked = sorted(people, key=lambda each: (-people[each], each))
    left = len(ranked) - _MOST
    return Chart(
        title=REPORT.name,
        period=scope.wish.period,
        scope=scope.words,
        figures=tuple((kind, counted(sum(each.what == kind for each in found))) for kind in _KINDS),
        panels=(
            Panel(
                title="Decisions by person",
                keys=_KINDS,
                bars=tuple(_bar(each, counts) for each in ranked[:_MOST]),
            ),
        ),
        note=f"{counted(left)} more people are in the file." if left > 0 else "",
    )


def _bar(person: str, counts: Counter[tuple[str, str]]) -> Bar:
    sizes = tuple(counts[person, kind] for kind in _KINDS)
    said = (f"{count} {kind}" for count, kind in zip(sizes, _KINDS, strict=True) if count)
    return Bar(name=person, sizes=sizes, text=", ".join(said))


REPORT = Report(
    key="approvals",
    name="Approvals by person",
    readers=managers,
    rows=rows,
    chart=chart,
    columns=("day", "reference", "workflow", "step", "what", "person", "in place of", "client"),
    cells=lambda row: (
        *(row.on.isoformat(), row.ref, row.workflow, row.step, row.what),
        *(row.person, row.behalf, row.client),
    ),
    person="who decided",
    client=True,
)
