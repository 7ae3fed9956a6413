"""Stretches of days: this week, next month, Q3, December, the second half of the year."""

import re
from datetime import date, timedelta

from bot.understanding.days.day import Today
from bot.understanding.days.reckoning import in_months, month_end, quarter, year
from bot.understanding.days.script import Mark, Script, nothing, rule, stretch, sure

_WEEK = timedelta(days=6)
_AHEAD = {"next": 1, "following": 1, "coming": 1, "upcoming": 1, "after": 2}
UNIT = r"(?:fiscal |calendar )?(?:week|month|quarter|year)|fiscal"
PAST = r"(?:last|past|previous)"


def around(day: date, unit: str, today: Today) -> tuple[date, date]:
    """Return the first and the last day of the week, month, quarter or year that holds ``day``."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + _WEEK
    if unit == "month":
        return day.replace(day=1), month_end(day)
    if unit.endswith("quarter"):
        return quarter(day, 1 if unit.startswith("calendar") else today.fiscal_month)
    return year(day, today.fiscal_month if unit.startswith("fiscal") else 1)


def after(day: date, unit: str, by: int, today: Today) -> tuple[date, date]:
    """Return the stretch ``by`` weeks, months, quarters or years after the one of ``day``."""
    for _ in range(by):
        day = around(day, unit, today)[1] + timedelta(days=1)
    return around(day, unit, today)


def bare(unit: str) -> str:
    """Return week, month, quarter or year."""
    return "year" if unit == "fiscal" else unit.rpartition(" ")[2]


def _said(match: re.Match[str], script: Script) -> Mark:
    unit = match["unit"]
    by = _AHEAD.get(match["after"] or match["which"], 0)
    days = after(script.today.day, unit, by, script.today)
    return stretch(*days, bare(unit), said_from_today=True)


def _in_a_week(_: re.Match[str], script: Script) -> Mark:
    return sure(script.today.day + timedelta(weeks=1))


def _weekend(match: re.Match[str], script: Script) -> Mark:
    saturday = script.today.monday + timedelta(days=5)
    if match["which"] in _AHEAD:
        saturday += timedelta(weeks=_AHEAD[match["which"]])
    return stretch(saturday, saturday + timedelta(days=1), "weekend", said_from_today=True)


def _month(match: re.Match[str], script: Script) -> Mark:
    today, month = script.today.day, int(match["m"])
    if match["y"]:
        first = date(int(match["y"]), month, 1)
        return _ahead(first, month_end(first), "month", script)
    first = today.replace(month=month, day=1)
    if month_end(first) < today:
        first = in_months(first, 12)
    return stretch(first, month_end(first), "month")


def _month_of_year(match: re.Match[str], script: Script) -> Mark | None:
    if not 1 <= int(match["m"]) <= 12:  # noqa: PLR2004
        return None
    return _month(match, script)


def _ahead(first: date, last: date, unit: str, script: Script) -> Mark:
    if last < script.today.day:
        return nothing("past")
    return stretch(first, last, unit)


def _part_of_year(match: re.Match[str], script: Script) -> Mark | None:
    """A quarter or a half, of the company's fiscal year."""
    today = script.today
    count, months = (int(match["q"]), 3) if match["q"] else (int(match["h"]), 6)
    unit = "quarter" if months == 3 else "half"  # noqa: PLR2004
    if not 1 <= count <= 12 // months:
        return None
    named = match["y"] or match["f"]
    begin = _begin_of_fiscal(int(named), today) if named else year(today.day, today.fiscal_month)[0]
    first = in_months(begin, months * (count - 1))
    last = month_end(in_months(first, months - 1))
    if named:
        return _ahead(first, last, unit, script)
    if last < today.day:
        first, last = in_months(first, 12), month_end(in_months(last, 12))
    return stretch(first, last, unit)


def _begin_of_fiscal(named: int, today: Today) -> date:
    """A fiscal year is called by the year in which it ends."""
    return date(named if today.fiscal_month == 1 else named - 1, today.fiscal_month, 1)


def _fiscal(match: re.Match[str], script: Script) -> Mark:
    first = _begin_of_fiscal(int(match["f"]), script.today)
    return _ahead(first, month_end(in_months(first, 11)), "year", script)


def _calendar_year(match: re.Match[str], script: Script) -> Mark:
    named = int(match["y"])
    return _ahead(date(named, 1, 1), date(named, 12, 31), "year", script)


def _calendar_week(match: re.Match[str], script: Script) -> Mark | None:
    today, number = script.today.day, int(match["k"])
    years = [int(match["y"])] if match["y"] else [today.isocalendar().year + by for by in (0, 1)]
    for each in years:
        try:
            monday = date.fromisocalendar(each, number, 1)
        except ValueError:
            continue
        if monday + _WEEK >= today:
            return stretch(monday, monday + _WEEK, "week", said_from_today=True)
    return nothing("past")


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(match: re.Match[str], script: Script) -> Mark:
    today = script.today.day
    begins = date(today.year - 1, _SEASONS[match["season"]], 1)
    while (ends := month_end(in_months(begins, 2))) < today:
        begins = in_months(begins, 12)
    return stretch(begins, ends, "season", said_from_today=True)


def _no_day(_: re.Match[str], __: Script) -> Mark:
    return nothing()


def _past(_: re.Match[str], __: Script) -> Mark:
    return nothing("past")


_OF = r"(?: ,| of)?"
_YEAR = rf"(?:{_OF} Y(?P<y>\d+))?"
_LED = "|".join(
    rf"(?<={word} )"
    for word in (
        "in",
        "by",
        "of",
        "until",
        "before",
        "early",
        "mid",
        "late",
        "next",
        "this",
        "end",
        "during",
        "through",
        "start",
        "beginning",
    )
)
_AFTER = r"(?= (?:[,.]|please|thanks|at|or|and|if)(?![^ ])|$)"

STRETCHES = (
    rule(
        "(?:the )?(?P<which>this|next|current|following|coming"
        rf"|upcoming)(?: coming)? (?P<unit>{UNIT})"
        r"(?P<after>)",
        _said,
    ),
    rule(rf"(?:within|during) the (?P<unit>{UNIT})(?P<which>)(?P<after>)", _said),
    rule(r"(?:this time|same (?:day|time)) next week", _in_a_week),
    rule(rf"(?:the )?(?P<unit>{UNIT}) (?P<after>after) (?P<which>next)", _said),
    rule(
        r"(?P<which>this|next|the|coming|this coming|over the|on the|by the) weekend(?! of| after)",
        _weekend,
    ),
    rule(r"(?:^|(?:by|on|over|before|after) )(?P<which>)weekend(?! of| after)", _weekend),
    rule(r"(?:the )?weekend (?P<which>after) next", _weekend),
    rule(rf"(?:the month of |this |next |coming )?M(?P<m>\d+){_YEAR}", _month),
    rule(rf"(?:{_LED})m(?P<m>\d+){_YEAR}{_AFTER}", _month),
    rule(r"m(?P<m>\d+)(?: of)? Y(?P<y>\d+)", _month),
    rule(r"^m(?P<m>\d+)(?P<y>)(?= [.,]|$)", _month),
    rule(r"U(?P<y>\d+)-(?P<m>\d+)", _month_of_year),
    rule(rf"Q(?P<q>\d)(?P<h>)(?:{_OF} (?:Y(?P<y>\d+)|F(?P<f>\d+)))?", _part_of_year),
    rule(r"F(?P<f>\d+) Q(?P<q>\d)(?P<h>)(?P<y>)", _part_of_year),
    rule(
        r"(?:the )?[OL](?P<q>\d)(?P<h>) (?:fiscal |calendar )?quarter"
        rf"(?: of the year)?(?:{_OF} (?:Y(?P<y>\d+)|F(?P<f>\d+)))?",
        _part_of_year,
    ),
    rule(
        r"(?:the )?(?:H|[OL])(?P<h>[12])(?P<q>)(?:(?<=H\d)| half)(?: of (?:the|this) year)?"
        rf"(?:{_OF} (?:Y(?P<y>\d+)|F(?P<f>\d+)))?(?! of)",
        _part_of_year,
    ),
    rule(r"F(?P<f>\d+)", _fiscal),
    rule(r"(?:the )?(?:fiscal |calendar )?year Y(?P<y>\d+)", _calendar_year),
    rule(r"K(?P<k>\d+)(?:/(?P<y>\d+))?", _calendar_week),
    rule(r"(?:calendar |iso )?week (?:number |no )?N(?P<k>\d+)(?! of)(?P<y>)", _calendar_week),
    rule(
        rf"(?:in |by |this |next |over )(?:the )?(?:end of )?(?P<season>{'|'.join(_SEASONS)})",
        _season,
    ),
    rule(r"yesterday|(?:the )?day before yesterday|last night|this past \w+", _past),
    rule(
        "(?:since |from |in |over |during |for )?(?:the |our |your "
        rf"|their )?{PAST} (?:N\d+ |few |couple of )?"
        rf"(?:{UNIT}|day|night|weekend|[WVMmw]\d+|quarter|Q\d)(?! of| in| day)",
        _past,
    ),
    rule(r"(?:earlier|previously) (?:this|today) ?\w*", _past),
    rule(
        r"(?:a|an|N\d+|few|a few|several|some|couple of|a couple of) "
        r"(?:day|week|month|year|hour|minute|fortnight|business day)(?: or (?:two|N\d+"
        "|so))? (?:ago|back|earlier)",
        _past,
    ),
    rule(
        r"(?:every|each) (?:other )?(?:[WVw]\d|day|week|month|quarter|year|business day)", _no_day
    ),
)
