"""Parts of a stretch: the end of the quarter, mid December, the second Tuesday of the month."""

import re
from datetime import date, timedelta

from bot.understanding.days.day import Today
from bot.understanding.days.reckoning import last_working_day
from bot.understanding.days.script import Mark, Script, nothing, perhaps, rule, stretch, sure
from bot.understanding.days.stretches import UNIT, after, around, bare

_DAY = timedelta(days=1)
_TARGET = (
    rf"(?:[PR](?P<p>\d+)|(?P<which>the current|the|this|next|your|our|)(?: )?(?P<unit>{UNIT})"
    r"(?! of (?:D|C|W|the [WD])| \d)|Y(?P<y>\d+)|m(?P<m>\d+))"
)
_CLOSED = r"(?! (?:of (?:D\d|M|W)))"


def _target(match: re.Match[str], script: Script) -> Mark:
    """Return the stretch that a part is of."""
    today = script.today
    if match["p"]:
        return script.mark(match["p"])
    if match["y"]:
        year = int(match["y"])
        return stretch(date(year, 1, 1), date(year, 12, 31), "year")
    if match["m"]:
        month = int(match["m"])
        year = today.day.year + (month < today.day.month)
        return stretch(*around(date(year, month, 1), "month", today), "month")
    unit = match["unit"]
    return stretch(*after(today.day, unit, match["which"] == "next", today), bare(unit))


def _end(match: re.Match[str], script: Script) -> Mark:
    """The last day; of a week, the last one on which people work."""
    target, today = _target(match, script), script.today
    first, last = target.days
    if last < today.day:
        return nothing("past")
    if target.unit in {"week", "season"}:
        return _end_of_week(last, today) if target.unit == "week" else perhaps(last)
    readings = [last]
    if match["unit"] in {"quarter", "year"} and today.fiscal_month != 1:
        within = last if match["unit"] == "year" else max(first, today.day)
        kinds = (f"{kind} {match['unit']}" for kind in ("fiscal", "calendar"))
        readings += [around(within, kind, today)[1] for kind in kinds]
    readings += [last_working_day(each, today) for each in tuple(readings)]
    days = [each for each in dict.fromkeys(readings) if each >= today.day]
    passed = target.unit in {"quarter", "half", "month"} and _just_passed(first, target, today)
    return perhaps(*days) if len(days) > 1 or passed else sure(days[0])


def _just_passed(first: date, target: Mark, today: Today) -> bool:
    """Whether the same stretch of the year before has hardly passed: "end of Q3" in October."""
    if target.kind != "P" or first <= today.day:
        return False
    last = target.days[1]
    before = date(last.year - 1, last.month, min(last.day, 28))
    return timedelta() < today.day - before <= timedelta(days=66)


def _end_of_week(sunday: date, today: Today) -> Mark:
    working = last_working_day(sunday, today)
    if working >= today.day and working > sunday - timedelta(days=7):
        return sure(working)
    following = last_working_day(sunday + timedelta(days=7), today)
    return perhaps(following, sunday)


def _short_end(match: re.Match[str], script: Script) -> Mark | None:
    """EOM, EOY 2027, EOW next week."""
    target = _target(match, script) if match["p"] or match["y"] else None
    if target is not None and target.unit != match["of"]:
        return None
    return _end(match, script)


def _share(match: re.Match[str], script: Script) -> Mark:
    """Early, mid, late: each a guess."""
    target, today = _target(match, script), script.today
    first, last = target.days
    if last < today.day:
        return nothing("past")
    length = (last - first).days
    how = match["how"].split()[0]
    if target.unit == "week":
        by = {"early": (0, 1), "start": (0,), "beginning": (0,), "mid": (2,)}.get(how, (4, 3))
        days = [first + by_days * _DAY for by_days in by]
    elif how in {"start", "beginning"}:
        days = [first, _working_from(first, today)]
    elif how == "early":
        days = [first + max(1, length // 7) * _DAY, first]
    elif how == "mid":
        days = [first + (14 if target.unit == "month" else length // 2) * _DAY]
    else:
        days = [last, first + (length * 5 // 6) * _DAY]
    ahead = [day for day in days if day >= today.day]
    return perhaps(*ahead) if ahead else perhaps(today.day, last)


def _working_from(day: date, today: Today) -> date:
    return today.calendar.business_day(day, 0)


def _nth_weekday(match: re.Match[str], script: Script) -> Mark | None:
    """The second Tuesday of December, the last Friday of the month."""
    for target in _targets(match, script):
        first, last = target.days
        day = first + timedelta(days=(int(match["w"]) - first.weekday()) % 7)
        days = [day + timedelta(weeks=week) for week in range((last - day).days // 7 + 1)]
        which = -1 if match["n"] is None else int(match["n"]) - 1
        if not -1 <= which < len(days):
            return nothing("impossible") if target.unit == "month" else None
        if days[which] >= script.today.day:
            return sure(days[which])
        if match["p"] and target.kind == "R":
            return nothing("past")
    return nothing("past")


def _targets(match: re.Match[str], script: Script) -> list[Mark]:
    """The stretch, and the next one like it: the second Tuesday of the month may have passed."""
    target = _target(match, script)
    if match["y"] or target.kind == "R" or target.unit == "week":
        return [target]
    if match["p"]:
        first = target.days[0].replace(year=target.days[0].year + 1)
        return [target, stretch(*around(first, target.unit, script.today), target.unit)]
    days = after(script.today.day, match["unit"], 1, script.today)
    return [target, stretch(*days, target.unit)]


def _nth_of(match: re.Match[str], script: Script) -> Mark | None:
    """The first week of December, the last business day of the month."""
    for target in _targets(match, script):
        days = _counted(target, match["n"], match["part"], script.today)
        ahead = [day for day in days if day >= script.today.day]
        if ahead:
            exact = match["part"] != "week"
            return sure(ahead[0]) if exact and len(days) == 1 else perhaps(*ahead)
    return nothing("past")


def _counted(target: Mark, which: str | None, part: str, today: Today) -> list[date]:
    first, last = target.days
    number = int(which) if which else -1
    if part == "week":
        begin = first + timedelta(weeks=number - 1) if number > 0 else last - timedelta(days=6)
        end = min(begin + timedelta(days=6), last)
        friday = begin + timedelta(days=(4 - begin.weekday()) % 7)
        return [min(friday, end), begin, end] if begin <= last else []
    if part == "day":
        day = first + (number - 1) * _DAY if number > 0 else last
    elif number > 0:
        day = today.calendar.business_day(first - _DAY, number)
    else:
        day = last_working_day(last, today)
    return [day] if first <= day <= last else []


def _half(match: re.Match[str], script: Script) -> Mark | None:
    """The second half of December."""
    target = _target(match, script)
    first, last = target.days
    middle = first + ((last - first).days // 2) * _DAY
    ends = (first, middle) if match["n"] == "1" else (middle + _DAY, last)
    return stretch(*ends, "half") if ends[1] >= script.today.day else nothing("past")


def _weekday_within(match: re.Match[str], script: Script) -> Mark | None:
    """Tuesday of next week, next week Tuesday."""
    target = script.mark(match["p"])
    if target.unit not in {"week", "weekend"}:
        return None
    monday = target.days[0] - timedelta(days=target.days[0].weekday())
    day = monday + timedelta(days=int(match["w"]))
    return sure(day) if day >= script.today.day else nothing("past")


_END = r"(?:the )?(?:very |tail )?(?:end|close|last day)(?: of| in)?"
PARTS = (
    rule(rf"{_END} {_TARGET}{_CLOSED}", _end),
    rule(rf"{_TARGET}(?: 's)? (?:end|close)(?! of)", _end),
    rule(r"E(?P<unit>(?P<of>week|month|quarter|year))(?P<which>)(?P<p>)(?P<y>)(?P<m>)", _short_end),
    rule(
        r"E(?P<of>week|month|quarter|year)(?: of)? (?:[PR](?P<p>\d+)|Y(?P<y>\d+))"
        r"(?P<unit>)(?P<which>)(?P<m>)",
        _short_end,
    ),
    rule(
        r"(?:the )?(?P<how>early|mid|late|start|beginning|(?:L1|latter|later) part)"
        rf"(?: -)?(?: in| of)?(?: the)?(?: -)? {_TARGET}",
        _share,
    ),
    rule(rf"(?:the )?(?:[OLN](?P<n>\d+)|last|final) W(?P<w>\d) (?:of|in) {_TARGET}", _nth_weekday),
    rule(
        r"(?:the )?(?:[OLN](?P<n>\d+)|last|final) (?P<part>week|day|business day"
        rf"|workday) (?:of|in) {_TARGET}",
        _nth_of,
    ),
    rule(rf"(?:the )?L(?P<n>[12]) half of {_TARGET}", _half),
    rule(r"(?:on )?[Ww](?P<w>\d) (?:of |in |, )?R(?P<p>\d+)", _weekday_within),
    rule(r"R(?P<p>\d+) (?:on |, )?[Ww](?P<w>\d)(?! O)", _weekday_within),
)


def _by_itself(match: re.Match[str], script: Script) -> Mark | None:
    """A stretch without anything about its part: a guess with its ends, the likelier first."""
    target, today = script.mark(match["p"]), script.today
    first, last = target.days
    how = match["how"] or ""
    if target.unit == "weekend" and how in {"by", "before", "until"}:
        days = [first - _DAY, first, last]
    elif how == "before":
        days = [last_working_day(first - _DAY, today), first]
    elif how.startswith(("after", "not before")):
        days = [today.calendar.business_day(last, 1), last]
    elif target.unit == "week":
        days = [_friday(first), first]
    elif target.unit == "weekend" or how in {"by", "until"}:
        days = [first, last]
    else:
        days = [last, first]
    if target.unit == "month" and match[0].endswith(f"R{match['p']}") and first > today.day:
        days.append(first.replace(day=min(today.day.day, last.day)))
    ahead = [day for day in days if day >= today.day]
    return perhaps(*(ahead or [max(last, today.day)]))


def _in_year(match: re.Match[str], script: Script) -> Mark | None:
    year, today = int(match["p"]), script.today.day
    first, last = date(year, 1, 1), date(year, 12, 31)
    if last < today:
        return nothing("past")
    return perhaps(last, max(first, today)) if match["how"] != "before" else perhaps(first, last)


def _friday(monday: date) -> date:
    return monday + timedelta(days=4)


_TOPICS = (
    "(?! (?:'s|reports?|decks?|numbers|results|reviews?|newsletter|budget|forecasts?"
    "|figures|targets?|goals?"
    "|kick ?off|kickoff|planning|campaigns?|launch|earnings|business|pipeline|data"
    "|okrs?|roadmap|update"
    "|summary|presentation|plan|plans|revenue|sales|pricing|bookings|slides?|release"
    "|edition|issue)(?![^ ]))"
)
_HOW = r"not before|in|by|during|until|before|within|sometime in|sometime|over|around|about|after"

BY_ITSELF = (
    rule(rf"(?P<how>{_HOW})(?: the)? [PR](?P<p>\d+){_TOPICS}", _by_itself),
    rule(rf"(?P<how>)R(?P<p>\d+){_TOPICS}", _by_itself),
    rule(r"^(?P<how>)P(?P<p>\d+)(?= [.,]|$)", _by_itself),
    rule(
        r"(?P<how>in|by|during|before|until) Y(?P<p>\d+)",
        _in_year,
    ),
)
