"""When triage meets: on the configured day and hour, or on the next working day."""

from datetime import date, datetime, timedelta

from bot.desk import Desk
from bot.periodic import WEEKLY_NEWS

WORKFLOW = "sales_asset"

_MOMENT = timedelta(microseconds=1)
_WEEKS = 6
"""So many weeks without a working day there are not."""


def opens_at(desk: Desk, now: datetime) -> datetime | None:
    """Return the instant (in the company's zone) at which the meeting began that is on now.

    None before its hour, and two days after: its list is still posted in between, when nobody
    could at its hour. A meeting whose day is free is on the next working day.
    """
    local = now.astimezone(desk.company.zone)
    begun = _last(desk, local)
    return begun if local < begun + WEEKLY_NEWS else None


def before(desk: Desk, begun: datetime) -> datetime:
    """Return the instant at which the last meeting began before the one that began at ``begun``."""
    return _last(desk, begun - _MOMENT)


def _last(desk: Desk, local: datetime) -> datetime:
    """Return the instant at which the last meeting began by ``local``."""
    begins = desk.company.policy(WORKFLOW).triage_at
    meetings = (datetime.combine(day, begins, local.tzinfo) for day in _days(desk, local.date()))
    return max(each for each in meetings if each <= local)


def _days(desk: Desk, today: date) -> set[date]:
    """Return on which days this week's meeting is, and those of the weeks before it."""
    company = desk.company
    monday = today - timedelta(days=today.weekday())
    wanted = timedelta(days=company.policy(WORKFLOW).triage_weekday)
    weeks = [monday - timedelta(days=7 * each) for each in range(_WEEKS)]
    return {company.calendar.business_day(week + wanted, 0) for week in weeks}


def closes_at(desk: Desk, begun: datetime) -> datetime:
    """Return the instant at which the minutes are posted: at the end of the day.

    ``begun``: when the meeting got its list.
    """
    closes = desk.company.calendar.closes
    end = datetime.combine(begun.date(), closes, tzinfo=begun.tzinfo)
    return max(end, begun + timedelta(hours=1))
