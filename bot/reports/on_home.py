"""The pictures of the month before, kept in Slack by a job: the Home tab only refers to them.

They name nobody, so nothing in them has to be forgotten with a person. They are for every reader
alike, so no private request is in them.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot import parcels
from bot.desk import Desk
from bot.periodic import is_news
from bot.ports import Claimed, Json, Observation, Seen, Unit, Upload
from bot.reports.drawing import draw
from bot.reports.readers import roles_of
from bot.reports.registry import find_reports
from bot.reports.report import AnyReport
from bot.reports.scope import Scope
from bot.reports.wish import Wish
from bot.sending import NotYet
from messages.charts import in_words
from messages.home import HomePicture
from workflows.roles import Seat

_PNG = "image/png"


def make_monthly(desk: Desk, now: datetime) -> None:
    """From the first working morning of a month on: promise the pictures of the one before."""
    today = now.astimezone(desk.company.zone).date()
    first = today.replace(day=1)
    if not is_news(desk, first, now):
        return
    last = first - timedelta(days=1)
    with desk.store.unit() as unit:
        for report, workflow in _every(desk):
            days = (today, today) if report.as_of_today else (last.replace(day=1), last)
            wish = Wish(report=report.key, first=days[0], last=days[1], workflow=workflow)
            occasion = f"{report.key}:{workflow}:{last:%Y-%m}"
            address = f"picture:{_place(desk, report, workflow)}"
            what = wish.to_json()
            unit.outbox.add(parcels.aside("home_chart", occasion, address, what, now))
        unit.commit()
    desk.wake()


def keep(desk: Desk, claimed: Claimed) -> None:
    """Draw and upload it, and promise to see whether Slack has looked at it. Raises NotRendered."""
    wish = Wish.from_json(claimed.parcel.payload)
    report, scope = find_reports()[wish.report], scope_for_all(desk, wish)
    found = list(report.rows(scope))
    if not found:
        return
    chart = report.chart(scope, found)
    name, alt = f"{claimed.parcel.key.replace(':', '-')}.png", in_words(chart)
    upload = Upload(name=name, mime=_PNG, content=draw(desk, chart), alt=alt)
    what: Json = {"at": _place(desk, report, wish.workflow), "alt": alt}
    what["file"] = desk.slack.keep_picture(upload)
    key, address, now = claimed.parcel.key, claimed.parcel.address, desk.clock.now()
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.aside("home_chart_ready", key, address, what, now))
        unit.commit()
    desk.wake()


def scope_for_all(desk: Desk, wish: Wish) -> Scope:
    """Return what all readers of a report may find on their Home tabs."""
    workflow = desk.workflows[wish.workflow]
    with desk.store.unit() as unit:
        offices = {workflow.key: desk.office(unit, workflow)}
    return Scope(desk=desk, wish=wish, workflows=(workflow,), offices=offices, guards_private=True)


def look(desk: Desk, claimed: Claimed) -> None:
    """Remember it as one that can be shown. Raises NotYet while Slack looks at it."""
    what = claimed.parcel.payload
    if not desk.slack.is_ready(str(what["file"])):
        raise NotYet("Slack has not looked at the picture yet.")
    shown = Observation(
        key=claimed.parcel.key,
        what=Seen.PICTURED,
        user=Seat.FRONTDESK.value,
        at=desk.clock.now(),
        ref=str(what["at"]),
        about=str(what["file"]),
        text=str(what["alt"]),
    )
    with desk.store.unit() as unit:
        unit.observations.add(shown)
        unit.commit()


def pictures(desk: Desk, unit: Unit, user: str) -> Sequence[HomePicture]:
    """Return the newest pictures that the person may see: what it takes is a look each."""
    roles = roles_of(desk, unit, user)
    found = []
    for report, workflow in _every(desk):
        if roles.isdisjoint(report.readers(workflow)):
            continue
        if seen := unit.observations.of(_place(desk, report, workflow), Seen.PICTURED):
            found.append(HomePicture(file=seen[-1].about, alt=seen[-1].text))
    return found


def _every(desk: Desk) -> Iterator[tuple[AnyReport, str]]:
    for report in find_reports().values():
        yield from ((report, each) for each in report.on_home if each in desk.workflows)


def _place(desk: Desk, report: AnyReport, workflow: str) -> str:
    """Return under what a picture is remembered: no request is called like that.

    One that shows amounts stands elsewhere than one without: not all who find the latter see them.
    """
    shown = "" if not (report.money and desk.company.amounts) else ":without amounts"
    return f"report:{report.key}:{workflow}{shown}"
