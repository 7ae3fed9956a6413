"""When somebody is reminded again who puts a reminder off: in their own working hours."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from workflows.calendar import Calendar

_HOURS = 2
_AFTERNOON = time(14)
_MONDAY = 0
_DAY = timedelta(days=1)


class Later(StrEnum):
    """What can be chosen; the value stands in buttons that were posted, and is never renamed."""

    HOURS = "hours"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"
    MONDAY = "monday"

    @property
    def label(self) -> str:
        """The choice in words."""
        return _LABELS[self]

    def after(self, now: datetime, zone: tzinfo, calendar: Calendar) -> datetime | None:
        """Return the instant (UTC) that is meant at ``now``; None where there is none any more.

        Two hours are working hours. Tomorrow, and Monday, is the next working day from then on.
        """
        today = now.astimezone(zone).date()
        match self:
            case Later.HOURS:
                return calendar.after(now, _HOURS, zone)
            case Later.AFTERNOON:
                at = datetime.combine(today, _AFTERNOON, tzinfo=zone).astimezone(UTC)
                return at if at > now and calendar.is_working_time(at, zone) else None
            case Later.TOMORROW:
                return calendar.morning(calendar.business_day(today + _DAY, 0), zone)
            case Later.MONDAY:
                monday = today + _DAY * (7 - (today.weekday() - _MONDAY) % 7)
                return calendar.morning(calendar.business_day(monday, 0), zone)


_LABELS = {
    Later.HOURS: "Remind me in 2 hours",
    Later.AFTERNOON: "Remind me this afternoon",
    Later.TOMORROW: "Remind me tomorrow morning",
    Later.MONDAY: "Remind me next Monday",
}
