"""Hours that are named with a day or without one: 3pm, noon tomorrow, EOD Friday."""

import re
from dataclasses import replace
from datetime import time, timedelta

from bot.understanding.days.script import Mark, Script, nothing, rule

_ZONE = (
    "(?: (?P<zone>et|est|edt|ct|cst|cdt|mt|mst|mdt|pt|pst|pdt|gmt|utc|cet|cest|bst|ist"
    "|eastern|pacific|central)(?: time)?)?"
)
_EOD = (
    "eod|(?:the )?(?:end|close) of (?:the )?(?:business|play|work|working"
    "|office)(?: day)?(?: hour)?"
    r"|(?:the )?(?:end|close) of (?:the |your |my |our )?day|day's end|day end"
)
_AT = rf"(?:T(?P<t>\d{{4}})(?: o'clock)?{_ZONE}|(?P<eod>{_EOD})|(?:N|the )(?P<oclock>\d+) o'clock)"
_JOIN = r"(?: ,)?(?: at| by| before| around| about| until| no later than| -)?"


def _hour(match: re.Match[str], script: Script) -> time:
    if match["t"]:
        return time(int(match["t"][:2]), int(match["t"][2:]))
    if match["oclock"]:
        hour = int(match["oclock"])
        return time(_in_the_day(hour) % 24)
    return script.today.calendar.closes


def _in_the_day(hour: int) -> int:
    """Who says three means the afternoon."""
    return hour + 12 if hour < 8 else hour  # noqa: PLR2004


def _at_day(match: re.Match[str], script: Script) -> Mark:
    """An hour of a named day. Today's may have passed."""
    mark, at = script.mark(match["d"]), _hour(match, script)
    return _set(mark, at, script, unsure=bool(match["zone"]))


def _set(mark: Mark, at: time, script: Script, *, unsure: bool) -> Mark:
    today = script.today
    passed = mark.days[0] == today.day and at <= today.now.time().replace(tzinfo=None)
    if passed and len(mark.days) > 1:
        return replace(mark, days=mark.days[1:], at=at)
    return replace(mark, at=at, guess=mark.guess or unsure or passed)


def _bare(match: re.Match[str], script: Script) -> Mark | None:
    """An hour of today, or tomorrow's when it has passed: that is a guess."""
    at, today = _hour(match, script), script.today
    later = at > today.now.time().replace(tzinfo=None)
    if match["eod"]:
        free = not today.calendar.is_working_day(today.day)
        day = today.day if later else today.day + timedelta(days=1)
        day = today.calendar.business_day(day, 0)
        return Mark(days=(day,), at=at, guess=not later or free)
    day = today.day if later else today.day + timedelta(days=1)
    deadline = bool(match["by"]) or match[0] == script.line.rstrip(" .,")
    return Mark(days=(day,), at=at, guess=not later or bool(match["zone"]) or not deadline)


def _small_hour(match: re.Match[str], script: Script) -> Mark | None:
    """Friday at 3."""
    hour = int(match["h"])
    if not 1 <= hour <= 23:  # noqa: PLR2004
        return None
    return _set(script.mark(match["d"]), time(_in_the_day(hour)), script, unsure=False)


def _small_hour_today(match: re.Match[str], script: Script) -> Mark | None:
    """At 3, as a whole answer: a guess."""
    hour = int(match["h"])
    if not 1 <= hour <= 23:  # noqa: PLR2004
        return None
    at, today = time(_in_the_day(hour)), script.today
    passed = at <= today.now.time().replace(tzinfo=None)
    return Mark(days=(today.day + timedelta(days=passed),), at=at, guess=True)


def _part(match: re.Match[str], script: Script) -> Mark:
    """Friday morning: the day, and no hour."""
    return script.mark(match["d"])


def _first_thing(match: re.Match[str], script: Script) -> Mark:
    mark = script.mark(match["d"] or match["e"])
    return _set(mark, script.today.calendar.opens, script, unsure=False)


def _first_thing_next(_: re.Match[str], script: Script) -> Mark:
    today = script.today
    day = today.day if today.now.time() < today.calendar.opens else today.day + timedelta(days=1)
    return Mark(days=(today.calendar.business_day(day, 0),), at=today.calendar.opens, guess=True)


def _of_clock(at: str) -> str:
    return f"T{at}"


def _this_morning(_: re.Match[str], script: Script) -> Mark:
    """This morning and lunch, until they have passed."""
    today = script.today
    if today.now.time() >= time(12):
        return nothing("past")
    return Mark(days=(today.day,))


CLOCK = (
    rule(
        r"(?:12 )?noon|midday|N12 noon|T1200 noon|lunch ?time|lunch(?= [.,]|$)|by lunch",
        lambda *_: _of_clock("1200"),
    ),
    rule(r"midnight|T1159 midnight|N12 midnight", lambda *_: _of_clock("2359")),
    rule(
        r"(?:between )?(?:N\d+|T\d{4}) (?:-|to|until|and) T(?P<t>\d{4})",
        lambda match, _: _of_clock(match["t"]),
    ),
    rule(r"this morning", _this_morning),
)
HOURS = (
    rule(rf"D(?P<d>\d+){_JOIN} (?:the )?{_AT}", _at_day),
    rule(
        rf"(?:at |by |before )?{_AT}(?: ,)?(?: on| of| by|)(?: the)? D(?P<d>\d+)(?! T| at)", _at_day
    ),
    rule(r"(?:by |before )?(?P<eod>)end of D(?P<d>\d+)(?P<t>)(?P<oclock>)(?P<zone>)", _at_day),
    rule(r"D(?P<d>\d+) (?:at|by|before|around) N(?P<h>\d+)(?! [a-z])", _small_hour),
    rule(
        "(?:(?:the )?(?:early |late )?(?:morning|afternoon|evening|night) (?:of"
        r"|on) )D(?P<d>\d+)",
        _part,
    ),
    rule(
        r"D(?P<d>\d+)(?: in the)? (?:early |late |mid )?(?:morning|afternoon|evening|night"
        "|lunch)",
        _part,
    ),
    rule(r"(?:early|late|later|sometime|anytime) (?:on )?D(?P<d>\d+)", _part),
    rule(
        r"L1 thing (?:in the morning |on )?D(?P<d>\d+)(?: morning)?"
        r"|D(?P<e>\d+) L1 thing",
        _first_thing,
    ),
    rule(r"(?:by )?L1 thing(?: in the morning)?(?= [.,]|$)", _first_thing_next),
    rule(rf"(?:(?P<by>by|at|before|until|due) )?{_AT}(?! D)", _bare),
    rule(r"^(?:by|at|before|around) N(?P<h>\d+)(?= [.,]|$)", _small_hour_today),
)
