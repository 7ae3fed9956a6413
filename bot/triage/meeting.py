"""When triage meets: on the configured day and hour, or on the next working day."""

from datetime import date, datetime, timedelta

from bot.desk import Desk

WORKFLOW = "sales_asset"

_WEEKS = 6
"""So many weeks without a working day there are not."""


def opens_at(desk: Desk, now: datetime) -> datetime | None:
    """Return the instant (in the company's zone) at which today's meeting began.

    None on a day without a meeting, and before its hour. A meeting whose day is free is on the
    next working day.
    """
    company, zone = desk.company, desk.company.zone
    policy = company.policy(WORKFLOW)
    today = now.astimezone(zone).date()
    if today not in _days(desk, today):
        return None
    begins = datetime.combine(today, policy.triage_at, tzinfo=zone)
    return begins if now >= begins else None


def before(desk: Desk, begun: datetime) -> datetime:
    """Return the instant at which the meeting began before the one that began at ``begun``."""
    begins = desk.company.policy(WORKFLOW).triage_at
    last = max(day for day in _days(desk, begun.date()) if day < begun.date())
    return datetime.combine(last, begins, tzinfo=begun.tzinfo)


def _days(desk: Desk, today: date) -> set[date]:
    """Return on which days this week's meeting is, and those of the weeks before it."""
    company = desk.company
    monday = today - timedelta(days=today.weekday())
    wanted = timedelta(days=company.policy(WORKFLOW).triage_weekday)
    weeks = [monday - timedelta(days=7 * each) for each in range(_WEEKS)]
    return {company.calendar.business_day(week + wanted, 0) for week in weeks}


def closes_at(desk: Desk, begun: datetime) -> datetime:
    """Return the instant at which the minutes of a meeting are posted: at the end of its day."""
    closes = desk.company.calendar.closes
    end = datetime.combine(begun.date(), closes, tzinfo=begun.tzinfo)
    return max(end, begun + timedelta(hours=1))
