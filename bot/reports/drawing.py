"""A report is drawn and uploaded to whoever asked for it; the words and the buttons follow it."""

from datetime import datetime

from bot import parcels
from bot.desk import Desk
from bot.ports import Claimed, Json, Upload
from bot.reports.asking import readers_workflows
from bot.reports.registry import find_reports
from bot.reports.report import AnyReport
from bot.reports.scope import Scope
from bot.reports.wish import Wish
from bot.sending import channel_of, post_once
from messages.buttons import Sheet
from messages.charts import Chart, in_words, printed_chart
from messages.reports import nothing, shown

_PNG = "image/png"
_TEMPLATE = "chart"


def scope_for(desk: Desk, wish: Wish, user: str, *, listed: bool) -> Scope | None:
    """Return what the person may read of their wish now; None where that is nothing.

    Whatever is ``listed`` row by row, or is about one person or client, has only what they may
    see; a sum of money has no private request that they may not see.
    """
    report = find_reports()[wish.report]
    with desk.store.unit() as unit:
        keys = readers_workflows(desk, unit, report, wish, user)
        offices = {key: desk.office(unit, desk.workflows[key], user) for key in keys}
    if not keys:
        return None
    return Scope(
        desk=desk,
        wish=wish,
        workflows=tuple(desk.workflows[key] for key in keys),
        offices=offices,
        reader=user,
        only_seen=(listed or wish.is_narrow) and not report.lists_all,
        guards_private=report.money,
    )


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Draw and upload, or say that there is nothing; what was uploaded already is not again.

    Somebody who may not read it any more gets nothing. Raises NotRendered.
    """
    what, address = claimed.parcel.payload, claimed.parcel.address
    wish, user = Wish.from_json(what), address.removeprefix("user:")
    scope = scope_for(desk, wish, user, listed=False)
    if scope is None:
        return
    report = find_reports()[wish.report]
    found = list(report.rows(scope))
    if not found:
        post_once(desk, claimed, nothing(report.name, wish.period, scope.words))
        return
    chart = report.chart(scope, found)
    where, name = channel_of(desk, address), file_name(desk, report, str(what["at"]), "png")
    unsure = claimed.unsure_since
    if unsure is None or not desk.slack.uploaded(where, name, unsure):
        picture, alt = draw(desk, chart), in_words(chart)
        desk.slack.upload(where, Upload(name=name, mime=_PNG, content=picture, alt=alt))
    _promise_words(desk, claimed, chart)


def say(desk: Desk, claimed: Claimed) -> None:
    """Post the figures in words, with the buttons for the rows."""
    what = claimed.parcel.payload
    wish = Wish.from_json(what["wish"])
    chart = Chart(
        title=str(what["title"]),
        period=str(what["period"]),
        scope=str(what["scope"]),
        note=str(what["note"]),
        figures=tuple((str(name), str(value)) for name, value in what["figures"]),
    )
    sheet = Sheet(
        form="",
        report=wish.report,
        first=wish.first.isoformat(),
        last=wish.last.isoformat(),
        workflow=wish.workflow,
        person=wish.person,
        client=wish.client,
    )
    more = wish.workflow or next(iter(desk.workflows))
    post_once(desk, claimed, shown(chart, sheet, more=more))


def draw(desk: Desk, chart: Chart) -> bytes:
    """Return the picture as PNG. Raises NotRendered."""
    data = printed_chart(chart, desk.clock.now())
    return desk.renderer.pictures(desk.renderer.shipped(_TEMPLATE), data)[0]


def file_name(desk: Desk, report: AnyReport, at: str, ending: str) -> str:
    """Return what a file that was asked for at an instant (ISO) is called."""
    asked = datetime.fromisoformat(at).astimezone(desk.company.zone)
    return f"{report.key}-{asked:%Y-%m-%d-%H%M%S}.{ending}"


def _promise_words(desk: Desk, claimed: Claimed, chart: Chart) -> None:
    parcel, now = claimed.parcel, desk.clock.now()
    what: Json = {
        "wish": Wish.from_json(parcel.payload).to_json(),
        "figures": [list(each) for each in chart.figures],
        **{name: getattr(chart, name) for name in ("title", "period", "scope", "note")},
    }
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.aside("chart_words", parcel.key, parcel.address, what, now))
        unit.commit()
    desk.wake()
