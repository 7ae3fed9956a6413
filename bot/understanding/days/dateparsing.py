"""What a library makes of a whole text that no rule of ours knows."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.understanding.days.day import Day, Today
from workflows.dating import DateOrder

_ORDERS: Mapping[DateOrder | None, str] = {DateOrder.DAY_FIRST: "DMY", DateOrder.YEAR_FIRST: "YMD"}


def parsed(text: str, today: Today) -> Day | None:
    """Return the day that ``text`` as a whole may name, always a guess, never in the past.

    The library is loaded at the first call: that takes time.
    """
    from dateparser import DateDataParser  # noqa: PLC0415 - see above

    settings = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": today.now.replace(tzinfo=None),
        "DATE_ORDER": _ORDERS.get(today.order, "MDY"),
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    parser = DateDataParser(languages=["en"], settings=settings)
    found: datetime | None = parser.get_date_data(text.strip()).date_obj
    if (
        found is None
        or found.date() < today.day
        or found.date() - today.day > timedelta(days=36500)
    ):
        return None
    start = len(text) - len(text.lstrip())
    return Day(day=found.date(), guess=True, start=start, end=len(text.rstrip()))
