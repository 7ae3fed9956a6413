"""Weekdays, today and tomorrow: this Friday, next Friday, Friday week, two Fridays from now."""

import re
from datetime import timedelta

from bot.understanding.days.reckoning import next_weekday
from bot.understanding.days.script import Mark, Script, nothing, perhaps, rule, sure

_WEEK = timedelta(weeks=1)
_SOON = 2
_WEEKDAY = r"[Ww](?P<w>\d)"


def _plain(match: re.Match[str], script: Script) -> Mark:
    """The next one; on the same weekday it may be today."""
    today, weekday = script.today.day, int(match["w"])
    day = next_weekday(weekday, today)
    guess = today.weekday() == weekday
    days = (day, today) if guess else (day,)
    return Mark(days=days, guess=guess, weekday=True)


def _this(match: re.Match[str], script: Script) -> Mark:
    today, weekday = script.today.day, int(match["w"])
    if today.weekday() == weekday:
        return perhaps(today, today + _WEEK)
    day = next_weekday(weekday, today)
    return sure(day) if day - today < _WEEK and day < script.today.monday + _WEEK else perhaps(day)


def _coming(match: re.Match[str], script: Script) -> Mark:
    return sure(next_weekday(int(match["w"]), script.today.day))


def _next(match: re.Match[str], script: Script) -> Mark:
    """Next week's; while this week's is some days ahead, it may be meant."""
    today, weekday = script.today.day, int(match["w"])
    soonest = next_weekday(weekday, today)
    following = script.today.monday + _WEEK + timedelta(days=weekday)
    if soonest < following:
        ahead = (soonest - today).days
        return perhaps(following, soonest) if ahead >= _SOON else sure(following)
    if (following - today).days <= _SOON:
        return perhaps(following, following + _WEEK)
    return sure(following)


def _after_next(match: re.Match[str], script: Script) -> Mark:
    day = next_weekday(int(match["w"]), script.today.day)
    following = _next(match, script).days[0] + _WEEK
    return perhaps(following, day + _WEEK)


def _week_from(match: re.Match[str], script: Script) -> Mark | None:
    """Thursday week, a week on Thursday, two weeks from Thursday."""
    weeks = int(match["n"] or 1)
    if "fortnight" in match[0]:
        weeks *= 2
    today, weekday = script.today.day, int(match["w"])
    day = next_weekday(weekday, today) + weeks * _WEEK
    return perhaps(day, day - _WEEK) if today.weekday() == weekday else sure(day)


def _several(match: re.Match[str], script: Script) -> Mark | None:
    """Two Fridays from now."""
    number = int(match["n"] or 1)
    today, weekday = script.today.day, int(match["w"])
    if not number:
        return None
    day = next_weekday(weekday, today) + (number - 1) * _WEEK
    return perhaps(day, day - _WEEK) if today.weekday() == weekday else sure(day)


def _today(_: re.Match[str], script: Script) -> Mark:
    return sure(script.today.day)


def _in(script: Script, days: int) -> Mark:
    return sure(script.today.day + timedelta(days=days))


def _at_once(_: re.Match[str], script: Script) -> Mark:
    """Today, or when people work next."""
    today = script.today
    over = today.now.time() >= today.calendar.closes
    day = today.day + timedelta(days=1) if over else today.day
    return perhaps(today.calendar.business_day(day, 0))


def _midweek(_: re.Match[str], script: Script) -> Mark:
    return perhaps(next_weekday(2, script.today.day))


def _no_day(_: re.Match[str], __: Script) -> Mark:
    return nothing()


def _week_on(match: re.Match[str], script: Script) -> Mark:
    """A week today, two weeks tomorrow, tomorrow week."""
    weeks = int(match["weeks"] or 1)
    return _in(script, 7 * weeks + ("tomorrow" in match[0]))


def _no_hurry(_: re.Match[str], __: Script) -> Mark:
    return nothing("no_date")


WEEKDAYS = (
    rule(rf"(?:the )?next {_WEEKDAY}", _next),
    rule(rf"{_WEEKDAY} next", _next),
    rule(rf"this {_WEEKDAY}", _this),
    rule(rf"(?:the |this )?(?:coming|upcoming|following) {_WEEKDAY}", _coming),
    rule(rf"(?:the )?{_WEEKDAY} after next", _after_next),
    rule(rf"{_WEEKDAY} week(?! of)(?P<n>)", _week_from),
    rule(
        r"(?:in )?(?:a |N(?P<n>\d+) )?(?:week|fortnight) (?:from|on|after|starting)(?: this"
        rf"| the)? {_WEEKDAY}",
        _week_from,
    ),
    rule(rf"{_WEEKDAY} in (?:a|N(?P<n>\d+)) (?:week|fortnight)(?: time)?", _week_from),
    rule(r"N(?P<n>\d+) [VW](?P<w>\d) (?:from (?:now|today)|out|hence|away)", _several),
    rule(r"in N(?P<n>\d+) V(?P<w>\d)", _several),
    rule(r"the (?P<n>)(?:one )?W(?P<w>\d)", _plain),
    rule(r"W(?P<w>\d)", _plain),
    rule(r"^w(?P<w>\d)(?= (?:[.,]|T\d+|at|morning|afternoon)(?![^ ])|$)", _plain),
    rule(
        r"(?:by|on|until|before|due|or|and|-|/|,) w(?P<w>\d)"
        r"(?= (?:[.,]|T\d+|at|or|and|please|thanks|morning|afternoon|evening|night|latest"
        "|if)(?![^ ])|$)",
        _plain,
    ),
    rule(r"w(?P<w>\d)(?= (?:T\d|D\d|morning|afternoon|evening|night))", _plain),
    rule(r"today 's", _no_day),
    rule(r"(?:today|tomorrow) week|(?:a |N(?P<weeks>\d+) )?week (?:today|tomorrow)", _week_on),
    rule(r"today|later today|this very day", _today),
    rule(r"(?:later )?tonight|this (?:evening|afternoon)|(?:by )?(?:the )?end of today", _today),
    rule(r"(?:the )?day after tomorrow|overmorrow", lambda _, script: _in(script, 2)),
    rule(r"tomorrow", lambda _, script: _in(script, 1)),
    rule(r"^tomo?(?= [.,]|$)", lambda _, script: _in(script, 1)),
    rule(r"(?:by|until|before|due|eod|for) tomo?(?= [.,]|$)", lambda _, script: _in(script, 1)),
    rule(r"overnight", lambda _, script: perhaps(script.today.day + timedelta(days=1))),
    rule(r"midweek", _midweek),
    rule(
        r"asap|as soon as (?:possible|you can|u can|feasible|humanly possible)|right (?:away|now)"
        r"|at once|at (?:your|the) earliest(?: convenience)?|straight away|straightaway|now now"
        "|(?:by|until|due|needed|need it|need this|want it) now|^now(?= [.,]|$)"
        "|first thing possible",
        _at_once,
    ),
    rule(
        "(?:not|isn't|aint|ain't|nothing|not that|not very|not super|not so|not really"
        "|not too|no) "
        r"(?:asap|urgent|urgency|time sensitive|pressing)",
        _no_hurry,
    ),
    rule(
        "no (?:particular |real |big |specific |set |fixed |hard )?(?:rush|hurry|deadline"
        "|urgency|due date|date"
        "|pressure|time ?frame|timeline|preference)|no date"
        "|(?:whenever|any ?time)(?! but| except| other)"
        "|some ?day|someday"
        "|eventually|take your time|don't rush|not in a (?:rush|hurry)|open ended"
        "|doesn't matter|does not matter"
        r"|don't care|at your leisure|when(?:ever)? you (?:can|have time|get to it|get a chance)"
        r"|no idea|not sure|don't know|dunno|n / a|tbd|tba|never",
        _no_hurry,
    ),
)
