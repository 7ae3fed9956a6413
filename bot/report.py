"""How the Statements of Work went: once a month in the sales channel, and whenever somebody asks.

"Regularly review and assess the SOW process for opportunities to enhance efficiency" (Deals
Requiring SOW, step 8).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

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
)
from bot.measures import Stretch, Visit, bounces, days_late, median, ninetieth, pauses, visits
from bot.members import member
from bot.ports import Claimed, Json, Parcel, Unit, Upload
from bot.sending import channel_of, post_once
from messages.message import Message
from messages.printed_report import report as chart
from messages.report import ReportFacts, StageTime
from messages.report import report as worded
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
_LATEST = timedelta(days=7)
"""So long after its morning a report is still posted, when nobody could before. Less than the time
after which the delivered parcel is forgotten, or there would be a second one."""
_WORDS = 5
_PNG = "image/png"


def facts(desk: Desk, since: datetime, until: datetime, period: str) -> ReportFacts:
    """Return how the requests went from ``since`` on and before ``until``, called ``period``.

    :mod:`bot.measures` says what is counted, and how.
    """
    workflow, stretch = desk.workflows[WORKFLOW], Stretch(since, until)
    entries = entries_in(desk, workflow, stretch)
    moved = {entry.ref for entry in entries if entry.before != entry.after}
    paid = {entry.ref for entry in entries if entry.action == "record_payment"}
    stays = [*_stays(desk, workflow, moved, stretch)]
    approvals = [each.hours for each in stays if workflow.stage(each.stage).lanes]
    late = days_late(invoices(desk, paid), stretch)
    said = opinions_in(desk, workflow, stretch)
    return ReportFacts(
        title=TITLE,
        period=period,
        closed=len({entry.ref for entry in entries if is_end(workflow, entry)}),
        open=count_open(desk, workflow, until, desk.clock.now()),
        stages=tuple(_times(workflow, stays)),
        bounces=bounces(workflow, entries),
        approval_hours=median(approvals) if approvals else None,
        payment_days_late=round(median(late)) if late else None,
        score=sum(each.score for each in said) / len(said) if said else None,
        opinions=len(said),
        words=tuple(each.word for each in reversed(said) if each.word)[:_WORDS],
    )


def post_monthly(desk: Desk, now: datetime) -> None:
    """From the first working morning of a month on: promise the sales channel the month before.

    Once, however many replicas ask; a week later it is not news any more.
    """
    channel, zone = desk.company.channels.get(SALES_CHANNEL), desk.company.zone
    first = now.astimezone(zone).date().replace(day=1)
    calendar = desk.company.calendar
    morning = calendar.morning(calendar.business_day(first, 0), zone)
    if not channel or not morning <= now < morning + _LATEST:
        return
    month = (first - timedelta(days=1)).replace(day=1)
    what = _what(_midnight(desk, month), _midnight(desk, first), f"{month:%B %Y}")
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.post("report", f"{WORKFLOW}:{month:%Y-%m}", channel, what, now))
        unit.commit()
    desk.wake()


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Post the report of a month, and promise the chart to its thread; nothing of an empty one."""
    what = claimed.parcel.payload
    found = _facts_of(desk, what)
    if _is_empty(found):
        return
    ts = post_once(desk, claimed, worded(found))
    with desk.store.unit() as unit:
        occasion, now = claimed.parcel.key, desk.clock.now()
        unit.outbox.add(
            _chart(occasion, claimed.parcel.address, dict(what) | {"thread_ts": ts}, now)
        )
        unit.commit()
    desk.wake()


def deliver_chart(desk: Desk, claimed: Claimed) -> None:
    """Upload the chart of a report. After an attempt of unknown outcome it is looked for first.

    Somebody who may not ask for a report any more gets nothing. Raises NotRendered.
    """
    what, address = claimed.parcel.payload, claimed.parcel.address
    if address.startswith("user:") and not _may_read(desk, address.removeprefix("user:")):
        return
    where, thread_ts = channel_of(desk, address), str(what["thread_ts"])
    since = datetime.fromisoformat(str(what["since"])).astimezone(desk.company.zone)
    name = f"{WORKFLOW}-report-{since:%Y-%m-%d}.png"
    unsure = claimed.unsure_since
    if unsure is not None and desk.slack.uploaded(where, name, unsure, thread_ts):
        return
    found = _facts_of(desk, what)
    data = chart(found, desk.clock.now())
    picture = desk.renderer.pictures(desk.renderer.shipped("report"), data)[0]
    said = f"{found.title}, {found.period}"
    desk.slack.upload(where, Upload(name=name, mime=_PNG, content=picture, said=said), thread_ts)


def answer(desk: Desk, gesture: Gesture) -> Message:
    """Return the report of the last 30 days in words, and promise the chart to the person's DM.

    Raises NotAllowed for whoever holds none of the roles :data:`READERS`.
    """
    with desk.store.unit() as unit:
        if not _reads(desk, unit, member(desk, unit, gesture).user):
            raise NotAllowed
    now = desk.clock.now()
    what = _what(now - timedelta(days=ASKED_DAYS), now, f"Last {ASKED_DAYS} days")
    found = _facts_of(desk, what)
    if not _is_empty(found):
        with desk.store.unit() as unit:
            occasion = gesture.key or now.isoformat()
            unit.outbox.add(_chart(occasion, f"user:{gesture.user}", what, now))
            unit.commit()
        desk.wake()
    return worded(found)


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


def _what(since: datetime, until: datetime, period: str) -> Json:
    times = {"since": since.isoformat(), "until": until.isoformat()}
    return times | {"period": period, "thread_ts": ""}


def _facts_of(desk: Desk, what: Json) -> ReportFacts:
    since, until = (datetime.fromisoformat(str(what[name])) for name in ("since", "until"))
    return facts(desk, since, until, str(what["period"]))


def _chart(occasion: str, address: str, what: Json, now: datetime) -> Parcel:
    key = f"report_chart:{occasion}"
    return Parcel(key=key, kind="report_chart", address=address, payload=what, due=now)


def _is_empty(found: ReportFacts) -> bool:
    return not (found.closed or found.open or found.stages or found.opinions)


def _may_read(desk: Desk, user: str) -> bool:
    with desk.store.unit() as unit:
        person = unit.people.get(user)
        return person is not None and person.active and _reads(desk, unit, user)


def _reads(desk: Desk, unit: Unit, user: str) -> bool:
    office = desk.office(unit, desk.workflows[WORKFLOW], user)
    return any(user in office.holding(role) for role in READERS)


def _midnight(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=desk.company.zone)
