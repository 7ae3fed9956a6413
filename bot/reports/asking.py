"""Somebody asks for a report by the form, or for the rows behind one by a button."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot import parcels
from bot.desk import Desk, Gesture
from bot.members import member
from bot.ports import Json, Unit
from bot.reports.readers import readable, roles_of
from bot.reports.registry import find_reports
from bot.reports.report import AnyReport
from bot.reports.wish import Wish
from bot.sending import opaque
from messages.buttons import NotOurs, Sheet
from messages.reports import CSV, XLSX
from modals.fields.choice import Choices
from modals.metadata import Metadata
from modals.report import (
    ALL,
    LAST_30,
    LAST_90,
    LAST_MONTH,
    LAST_YEAR,
    REPORT,
    THIS_MONTH,
    THIS_YEAR,
)
from workflows.refusals import NotAllowed
from workflows.roles import Role

_FIRST = "requests"
"""The report that is chosen until another one is."""

_LONGEST = 5 * 366
"""Days of one report."""

_EARLIEST = date(1970, 1, 1)
"""The first day of a report."""

_SPANS = {LAST_30: 30, LAST_90: 90, LAST_YEAR: 365}


def open_form(desk: Desk, gesture: Gesture, workflow: str = ALL) -> None:
    """Open the form with what the person may read; ``workflow`` is chosen, if it can be.

    Raises NotAllowed for whoever may read none.
    """
    with desk.store.unit() as unit:
        roles = roles_of(desk, unit, member(desk, unit, gesture).user)
    choices = _choices(desk, roles)
    if not choices["report"]:
        raise NotAllowed("Reports are for those who oversee requests, for auditors and admins.")
    offered = {value for value, _label in choices["workflow"]}
    keys = [value for value, _label in choices["report"]]
    state = REPORT.fill(
        {
            "workflow": workflow if workflow in offered else ALL,
            "report": _FIRST if _FIRST in keys else keys[0],
        }
    )
    view = REPORT.view(
        state, Metadata(form=REPORT.key, workflow="", transition=""), choices=choices
    )
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def hand_in(desk: Desk, gesture: Gesture, values: Json) -> Mapping[str, str]:
    """Promise the picture to the person's DM; return what is wrong, by block id: then it is not."""
    now, state = desk.clock.now(), REPORT.read(values)
    today = now.astimezone(desk.company.zone).date()
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        roles = roles_of(desk, unit, user)
        checked = REPORT.check(state, today=today, choices=_choices(desk, roles))
        if checked.errors:
            return REPORT.errors_by_block(checked.errors, state)
        report = find_reports()[str(checked.values["report"])]
        if wrong := dict(_wrong(desk, report, roles, checked.values)):
            return REPORT.errors_by_block(wrong, state)
        if unit.deliveries.first(gesture.key, now):
            what = _wish(report, checked.values, today).to_json() | {"at": now.isoformat()}
            unit.outbox.add(parcels.aside("chart", gesture.key, f"user:{user}", what, now))
        unit.commit()
    desk.wake()
    return {}


def ask_sheet(desk: Desk, gesture: Gesture, asked: Sheet) -> None:
    """Promise the rows to the person's DM, once however often they press within a minute.

    Raises NotAllowed for whoever may not read the report, NotOurs for a button that means none.
    """
    now = desk.clock.now()
    wish = _read(asked, now.astimezone(desk.company.zone).date())
    report = find_reports()[wish.report]
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        if not readers_workflows(desk, unit, report, wish, user):
            raise NotAllowed
        what: Json = {"wish": wish.to_json(), "form": asked.form, "at": now.isoformat()}
        occasion = f"{user}:{now:%Y-%m-%dT%H:%M}:{opaque(str(asked))}"
        unit.outbox.add(parcels.aside("sheet", occasion, f"user:{user}", what, now))
        unit.commit()
    desk.wake()


def readers_workflows(
    desk: Desk, unit: Unit, report: AnyReport, wish: Wish, user: str
) -> tuple[str, ...]:
    """Return of which workflows the person may read what they wish for now; none: of nothing."""
    allowed = readable(desk, report, roles_of(desk, unit, user))
    return tuple(each.key for each in allowed if wish.workflow in ("", each.key))


def _choices(desk: Desk, roles: frozenset[Role]) -> Choices:
    offered, of = [], {}
    for report in find_reports().values():
        if found := readable(desk, report, roles):
            offered.append((report.key, report.name))
            of.update({each.key: each.title for each in found})
    return {"report": offered, "workflow": [(ALL, "All that I may read"), *of.items()]}


def _wrong(
    desk: Desk, report: AnyReport, roles: frozenset[Role], values: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    first, last, workflow = values["first_day"], values["last_day"], values["workflow"]
    if workflow not in (ALL, *(each.key for each in readable(desk, report, roles))):
        yield "workflow", "This report is not about these. Please choose others, or all."
    if report.as_of_today and (first or last):
        field = "first_day" if first else "last_day"
        yield field, "This report shows how things stand today. Please leave the days empty."
    elif (first is None) != (last is None):
        missing = "first_day" if first is None else "last_day"
        yield missing, "Please give both days, or neither."
    elif isinstance(first, date) and isinstance(last, date) and (last - first).days >= _LONGEST:
        yield "first_day", "That is more than five years. Please choose a later day."
    elif isinstance(first, date) and first < _EARLIEST:
        yield "first_day", "That is before anything was asked for. Please choose a later day."
    if values["person"] and not report.person:
        yield "person", "This report is not about single people. Please leave this empty."
    if values["client"] and not report.client:
        yield "client", "This report is not about clients. Please leave this empty."


def _wish(report: AnyReport, values: Mapping[str, object], today: date) -> Wish:
    first, last = _days(report, values, today)
    workflow = str(values["workflow"])
    return Wish(
        report=report.key,
        first=first,
        last=last,
        workflow="" if workflow == ALL else workflow,
        person=str(values["person"] or ""),
        client=str(values["client"] or ""),
    )


def _days(report: AnyReport, values: Mapping[str, object], today: date) -> tuple[date, date]:
    first, last, period = values["first_day"], values["last_day"], str(values["period"])
    if report.as_of_today:
        return today, today
    if isinstance(first, date) and isinstance(last, date):
        return first, last
    if period in _SPANS:
        return today - timedelta(days=_SPANS[period] - 1), today
    if period == LAST_MONTH:
        end = today.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end
    begins = {THIS_MONTH: today.replace(day=1), THIS_YEAR: today.replace(month=1, day=1)}
    return begins[period], today


def _read(asked: Sheet, today: date) -> Wish:
    """Return what a pressed button wishes for: of days until ``today``. Raises NotOurs."""
    try:
        wish = Wish(
            report=asked.report,
            first=date.fromisoformat(asked.first),
            last=date.fromisoformat(asked.last),
            workflow=asked.workflow,
            person=asked.person,
            client=asked.client,
        )
    except ValueError:
        raise NotOurs from None
    is_sound = _EARLIEST <= wish.first <= wish.last <= today and asked.form in (CSV, XLSX)
    is_long = (wish.last - wish.first).days >= _LONGEST
    if not is_sound or is_long or wish.report not in find_reports():
        raise NotOurs
    return wish
