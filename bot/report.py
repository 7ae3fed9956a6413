"""How the Statements of Work went: once a month in the sales channel, and whenever somebody asks.

"Regularly review and assess the SOW process for opportunities to enhance efficiency" (Deals
Requiring SOW, step 8).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot import parcels
from bot.company import SALES_CHANNEL
from bot.desk import Desk, Gesture
from bot.history import (
    count_open,
    entries_in,
    histories,
    invoices,
    is_end,
    opinions_in,
    quotable,
)
from bot.measures import Stretch, Visit, bounces, days_late, median, ninetieth, pauses, visits
from bot.members import member
from bot.periodic import (
    Span,
    chart_is_there,
    is_news,
    post_with_chart,
    promise_chart,
    upload_chart,
    whole_days,
)
from bot.ports import Claimed, Unit
from messages.message import Message
from messages.printed_report import report as chart
from messages.report import ReportFacts, StageTime
from messages.report import report as worded
from messages.reports import offering
from workflows.definition import Workflow
from workflows.refusals import NotAllowed
from workflows.roles import Role

WORKFLOW = "sow"
TITLE = "How Statements of Work went"

READERS = (
    *(Role.SALES_ASSISTANT, Role.PRE_SALES, Role.SALES_MANAGER, Role.HEAD_OF_SALES),
    *(Role.EXECUTIVE, Role.AUDITOR, Role.ADMIN),
)
"""Who may ask for a report. Anybody in the sales channel sees the monthly one."""

ASKED_DAYS = 30
_WORDS = 5
_CHART = "report_chart"


def facts(desk: Desk, span: Span) -> ReportFacts:
    """Return how the requests went; :mod:`bot.measures` says what is counted, and how."""
    workflow, stretch = desk.workflows[WORKFLOW], Stretch(span.since, span.until)
    entries = entries_in(desk, workflow, stretch)
    moved = {entry.ref for entry in entries if entry.before != entry.after}
    paid = {entry.ref for entry in entries if entry.action == "record_payment"}
    stays = [*_stays(desk, workflow, moved, stretch)]
    approvals = [each.hours for each in stays if workflow.stage(each.stage).lanes]
    late = days_late(invoices(desk, paid), stretch)
    said = opinions_in(desk, workflow, stretch)
    return ReportFacts(
        title=TITLE,
        period=span.period,
        closed=len({entry.ref for entry in entries if is_end(workflow, entry)}),
        open=count_open(desk, workflow, span.until, desk.clock.now()),
        stages=tuple(_times(workflow, stays)),
        bounces=bounces(workflow, entries),
        approval_hours=median(approvals) if approvals else None,
        payment_days_late=round(median(late)) if late else None,
        score=sum(each.score for each in said) / len(said) if said else None,
        opinions=len(said),
        words=tuple(each.word for each in quotable(desk, reversed(said)) if each.word)[:_WORDS],
    )


def post_monthly(desk: Desk, now: datetime) -> None:
    """From the first working morning of a month on: promise the sales channel the month before.

    Once, however many replicas ask; a week later it is not news any more.
    """
    channel = desk.company.channels.get(SALES_CHANNEL)
    first = now.astimezone(desk.company.zone).date().replace(day=1)
    if not channel or not is_news(desk, first, now):
        return
    month = (first - timedelta(days=1)).replace(day=1)
    what = whole_days(desk, month, first, f"{month:%B %Y}").to_json()
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.post("report", f"{WORKFLOW}:{month:%Y-%m}", channel, what, now))
        unit.commit()
    desk.wake()


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post the report of a month, and promise the chart to its thread; nothing of an empty one."""
    found = facts(desk, Span.from_json(claimed.parcel.payload))
    if not _is_empty(found):
        post_with_chart(desk, claimed, worded(found), _CHART)


def deliver_chart(desk: Desk, claimed: Claimed) -> None:
    """Upload the chart of a report. After an attempt of unknown outcome it is looked for first.

    Somebody who may not ask for a report any more gets nothing. Raises NotRendered.
    """
    address, span = claimed.parcel.address, Span.from_json(claimed.parcel.payload)
    if address.startswith("user:") and not _may_read(desk, address.removeprefix("user:")):
        return
    name = f"{WORKFLOW}-report-{span.since.astimezone(desk.company.zone):%Y-%m-%d}.png"
    if chart_is_there(desk, claimed, name):
        return
    found = facts(desk, span)
    said = f"{found.title}, {found.period}"
    upload_chart(desk, claimed, name, "report", chart(found, desk.clock.now()), said)


def answer(desk: Desk, gesture: Gesture) -> Message:
    """Return the report of the last 30 days in words, and promise the chart to the person's DM.

    Raises NotAllowed for whoever holds none of the roles :data:`READERS`.
    """
    with desk.store.unit() as unit:
        if not _reads(desk, unit, member(desk, unit, gesture).user):
            raise NotAllowed
    now = desk.clock.now()
    span = Span(now - timedelta(days=ASKED_DAYS), now, f"Last {ASKED_DAYS} days")
    found = facts(desk, span)
    if not _is_empty(found):
        address, occasion = f"user:{gesture.user}", gesture.key or now.isoformat()
        with desk.store.unit() as unit:
            unit.outbox.add(promise_chart(_CHART, occasion, address, span, now))
            unit.commit()
        desk.wake()
    return offering(worded(found), WORKFLOW)


def _stays(desk: Desk, workflow: Workflow, refs: set[str], stretch: Stretch) -> Iterator[Visit]:
    on_hold = pauses(workflow)
    for history in histories(desk, refs, stretch.until):
        yield from (each for each in visits(history, on_hold) if each.ended_at in stretch)


def _times(workflow: Workflow, stays: list[Visit]) -> Iterator[StageTime]:
    """Yield how long requests stayed in each stage that any has left, in the stages' order."""
    for stage in workflow.stages:
        hours = [each.hours for each in stays if each.stage == stage.name]
        if hours:
            yield StageTime(
                label=stage.label,
                median_hours=median(hours),
                p90_hours=ninetieth(hours),
                count=len(hours),
            )


def _is_empty(found: ReportFacts) -> bool:
    return not (found.closed or found.open or found.stages or found.opinions)


def _may_read(desk: Desk, user: str) -> bool:
    with desk.store.unit() as unit:
        person = unit.people.get(user)
        return person is not None and person.active and _reads(desk, unit, user)


def _reads(desk: Desk, unit: Unit, user: str) -> bool:
    office = desk.office(unit, desk.workflows[WORKFLOW], user)
    return any(user in office.holding(role) for role in READERS)
