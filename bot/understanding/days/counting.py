"""Days counted from now or from another day: in two weeks, within 48 hours, a week from Tuesday."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from bot.understanding.days.day import Today
from bot.understanding.days.reckoning import in_months
from bot.understanding.days.script import Mark, Script, nothing, perhaps, rule, stretch, sure

_HALF_A_WEEK, _HALF_A_MONTH = 3, 15
_UNIT = (
    "(?P<unit>(?:business|clear)(?: days?| hour| week)?|workday|calendar day|day|night"
    "|week|month|quarter|year"
    r"|fortnight|hour|minute)"
)
_COUNT = (
    "(?:(?P<vague>a couple of|couple of|a couple|couple|a few|few|several|some)"
    r"|N(?P<n>\d+)|an?|one|1"
    r"|(?P<half>half an|half a))"
)
_VAGUE = {"couple": (2, 3), "few": (3, 5, 2), "several": (5, 7, 3), "some": (3, 7)}


def _counts(match: re.Match[str]) -> tuple[int, ...]:
    """Return how many were said, the likelier first."""
    if match["vague"]:
        return next(count for word, count in _VAGUE.items() if word in match["vague"])
    first = int(match["n"]) if match["n"] else 1
    return (int(match["m"]), first) if match.groupdict().get("m") else (first,)


def _later(day: date, count: int, unit: str, today: Today) -> date:
    """Return the day so many units after ``day``; negative counts go back."""
    if (unit.startswith("business") and "week" not in unit) or unit == "workday":
        return today.calendar.business_day(day, count)
    if unit == "month":
        return in_months(day, count)
    if unit == "quarter":
        return in_months(day, 3 * count)
    if unit == "year":
        return in_months(day, 12 * count)
    weeks = {"week": 1, "business week": 1, "fortnight": 2}.get(unit, 0)
    return day + (timedelta(weeks=weeks * count) if weeks else timedelta(days=count))


def _from_now(match: re.Match[str], script: Script) -> Mark | None:
    unit, counts = match["unit"], _counts(match)
    if max(counts) > _MANY.get(unit, 1500):
        return None
    if unit in {"hour", "minute", "business hour"}:
        return _hours(match, script)
    today = script.today
    if match["half"]:
        return _half(unit, today)
    days = [_later(today.day, count, unit, today) for count in counts]
    if match.groupdict().get("more"):
        days = [_more(day, unit) for day in days] + days
    return sure(days[0]) if len(days) == 1 else perhaps(*days)


_MANY = {"year": 100, "quarter": 400, "month": 1200, "hour": 9999, "minute": 9999}


def _more(day: date, unit: str) -> date:
    """And a half."""
    halves = {"week": _HALF_A_WEEK, "month": _HALF_A_MONTH, "year": 182, "day": 1}
    return day + timedelta(days=halves.get(unit, 0))


def _half(unit: str, today: Today) -> Mark | None:
    days = {"week": _HALF_A_WEEK, "month": _HALF_A_MONTH, "year": 182, "day": 0}.get(unit)
    return None if days is None else perhaps(today.day + timedelta(days=days))


def _hours(match: re.Match[str], script: Script) -> Mark:
    """Hours pass as they do, whatever is done to the clock meanwhile."""
    today = script.today
    if match["unit"] == "minute" and not match["n"]:
        return nothing()
    count = 0.5 if match["half"] else max(_counts(match))
    if match["unit"] == "business hour":
        zone = today.now.tzinfo or UTC
        then = today.calendar.after(today.now, int(count), zone).astimezone(zone)
        return sure(then.date(), at=_minute(then))
    passed = timedelta(hours=count) if match["unit"] == "hour" else timedelta(minutes=count)
    then = (today.now.astimezone(UTC) + passed).astimezone(today.now.tzinfo)
    at = _minute(then) if passed < timedelta(hours=24) else None
    return perhaps(then.date(), at=at) if match["vague"] else sure(then.date(), at=at)


def _minute(then: datetime) -> time:
    return then.time().replace(second=0, microsecond=0, tzinfo=None, fold=0)


def _from_day(sign: int) -> Callable[[re.Match[str], Script], Mark | None]:
    def count(match: re.Match[str], script: Script) -> Mark | None:
        base, unit = script.mark(match["d"]), match["unit"]
        counts = _counts(match)
        if max(counts) > _MANY.get(unit, 1500) or match["half"] or unit in {"hour", "minute"}:
            return None
        days = [
            _later(day, sign * number, unit, script.today) for number in counts for day in base.days
        ]
        ahead = [day for day in days if day >= script.today.day]
        if not ahead:
            return nothing("past")
        return perhaps(*ahead) if base.guess or len(days) > 1 else sure(*ahead)

    return count


def _weekday_after(match: re.Match[str], script: Script) -> Mark | None:
    """The Friday after Thanksgiving, the Monday before Christmas."""
    base = script.mark(match["d"])
    weekday = int(match["w"])
    if match["side"] == "before":
        days = [day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1) for day in base.days]
    else:
        days = [day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1) for day in base.days]
    ahead = [day for day in days if day >= script.today.day]
    if not ahead:
        return nothing("past")
    return perhaps(*ahead) if base.guess else sure(ahead[0])


def _week_of(match: re.Match[str], script: Script) -> Mark:
    day = script.mark(match["d"]).days[0]
    by = {"after": 1, "following": 1, "before": -1}.get(match["side"] or "", 0)
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=by)
    if monday + timedelta(days=6) < script.today.day:
        return nothing("past")
    return stretch(monday, monday + timedelta(days=6), "week", said_from_today=True)


def _weekend_of(match: re.Match[str], script: Script) -> Mark:
    day = script.mark(match["d"]).days[0]
    saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
    return perhaps(saturday, saturday + timedelta(days=1))


_NEXT = r"(?:next|coming|following)"
_LONG = r"(?: (?:from (?:now|today|this point)|hence|out|later|away|'s? time|time|after today))"
FROM_NOW = (
    rule(
        rf"(?:today |starting )?(?:within|inside|in|in about|in just|within about|in the {_NEXT}"
        rf"|within the {_NEXT}|over the {_NEXT}|"
        rf"during the {_NEXT}|for the {_NEXT}|in at most|in no more than|in less than|in under|max|"
        rf"at most|give me|give us|no later than) {_COUNT}(?:"
        rf" more)? {_UNIT}(?P<more> and a half)?(?: 's)?{_LONG}?"
        r"(?! (?:of|ago|old)(?![^ ]))",
        _from_now,
    ),
    rule(rf"(?:in |about |within )?{_COUNT} {_UNIT}(?P<more> and a half)?{_LONG}", _from_now),
    rule(
        r"(?:in|within|in about) (?:N(?P<n>\d+)|an?)(?P<vague>)(?P<half>) (?:(?:day|week"
        "|month) )?(?:-|to|or) "
        rf"N(?P<m>\d+) {_UNIT}{_LONG}?",
        _from_now,
    ),
    rule(
        rf"^(?:about )?{_COUNT} {_UNIT}(?P<more> and a half)?(?: max| at most| or so"
        "| tops)?(?= [.,]|$)",
        _from_now,
    ),
    rule(
        rf"^N(?P<n>\d+)(?P<vague>)(?P<half>) (?:-|to|or) N(?P<m>\d+) {_UNIT}(?= [.,]|$)",
        _from_now,
    ),
)
WEEKDAY_FROM_DAY = (
    rule(
        r"(?:the |on the )?(?:L1 )?[Ww](?P<w>\d) (?P<side>after|following"
        r"|before)(?: the)? D(?P<d>\d+)",
        _weekday_after,
    ),
)
FROM_DAY = (
    rule(
        rf"(?:in )?{_COUNT} {_UNIT} (?:from|after|following|past)(?: the)? D(?P<d>\d+)",
        _from_day(1),
    ),
    rule(
        rf"{_COUNT} {_UNIT} (?:before|prior to|ahead of|earlier than"
        r"|in front of)(?: the)? D(?P<d>\d+)",
        _from_day(-1),
    ),
    rule(
        "(?:the )(?P<n>)(?P<vague>)(?P<half>)(?P<unit>day|business day|workday) (?:after"
        r"|following) D(?P<d>\d+)",
        _from_day(1),
    ),
    rule(
        "(?:the )(?P<n>)(?P<vague>)(?P<half>)(?P<unit>day|business day|workday"
        r"|night) before D(?P<d>\d+)",
        _from_day(-1),
    ),
    rule(
        "(?:the )?week (?:of|/ c|starting|beginning|commencing|that starts on"
        r"|with)(?: on)?(?: the)?(?P<side>) D(?P<d>\d+)",
        _week_of,
    ),
    rule(r"(?:the )?week (?P<side>after|before|following)(?: the)? D(?P<d>\d+)", _week_of),
    rule(r"D(?P<d>\d+) week(?P<side>)", _week_of),
    rule(r"(?:the )?weekend of(?: the)? D(?P<d>\d+)", _weekend_of),
    rule(rf"(?:in )?(?:{_COUNT} )?(?P<unit>week|fortnight) (?:on )?D(?P<d>\d+)", _from_day(1)),
    rule(rf"D(?P<d>\d+) in {_COUNT} {_UNIT}(?: 's)?(?: time)?", _from_day(1)),
    rule(r"D(?P<d>\d+) (?P<n>)(?P<vague>)(?P<half>)(?P<unit>fortnight)", _from_day(1)),
)
