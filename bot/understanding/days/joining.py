"""Days that are said together or bounded: Monday or Tuesday, Dec 1 to Dec 5, after Friday."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.understanding.days.script import Mark, Script, nothing, perhaps, rule

_DAY = timedelta(days=1)


def _both(match: re.Match[str], script: Script) -> tuple[Mark, Mark]:
    return script.mark(match["a"]), script.mark(match["b"])


def _same(match: re.Match[str], script: Script) -> Mark | None:
    """One day said twice: where the readings agree it is sure, where they do not it is asked."""
    one, other = _both(match, script)
    at = one.at or other.at
    agreed = [day for day in one.days if day in other.days]
    if agreed:
        return Mark(days=(agreed[0],), at=at, guess=one.guess and other.guess)
    for short, long in ((one, other), (other, one)):
        weekday = short.days[0].weekday()
        if short.weekday and (fits := [day for day in long.days if day.weekday() == weekday]):
            return Mark(days=(fits[0],), at=at, guess=long.guess and len(long.days) == 1)
    if one.weekday or other.weekday:
        named = other if one.weekday else one
        rest = one if one.weekday else other
        return perhaps(*named.days, *rest.days, at=at) if "," not in match[0] else None
    return None


def _either(match: re.Match[str], script: Script) -> Mark:
    one, other = _both(match, script)
    return perhaps(
        *one.days[:1], *other.days[:1], *one.days[1:], *other.days[1:], at=one.at or other.at
    )


def _range(match: re.Match[str], script: Script) -> Mark | None:
    """Until the later end it takes; a weekday behind a day is the next one from there."""
    one, other = _both(match, script)
    first, last = one.days[0], other.days[0]
    if last < first and other.weekday:
        last = first + timedelta(days=(last - first).days % 7)
    return perhaps(max(first, last), min(first, last), at=other.at)


def _range_in_month(match: re.Match[str], script: Script) -> Mark | None:
    """The 14th to the 18th, in the month of the first."""
    one = script.mark(match["a"])
    first, day = one.days[0], int(match["n"])
    if not first.day < day <= 31:  # noqa: PLR2004
        return None
    try:
        return perhaps(date(first.year, first.month, day), first)
    except ValueError:
        return nothing("impossible")


def _after(match: re.Match[str], script: Script) -> Mark:
    """Not before it: which day then is asked."""
    mark = script.mark(match["d"])
    on = not match[0].startswith("after")
    following = script.today.calendar.business_day(mark.days[0], 1)
    return perhaps(*((*mark.days, following) if on else (following, *mark.days)), at=mark.at)


def _before(match: re.Match[str], script: Script) -> Mark | None:
    """Who says "before Friday" may count Friday in."""
    mark, today = script.mark(match["d"]), script.today
    if mark.at is not None:
        return mark
    eve = today.calendar.business_day(mark.days[0], -1)
    return perhaps(*mark.days, *(day for day in (mark.days[0] - _DAY, eve) if day >= today.day))


def _around(match: re.Match[str], script: Script) -> Mark:
    return replace(script.mark(match["d"]), guess=True)


def _kept(match: re.Match[str], script: Script) -> Mark:
    return script.mark(match["d"])


def _dropped(_: re.Match[str], __: Script) -> Mark:
    return nothing()


def _from_on(match: re.Match[str], script: Script) -> Mark:
    mark = script.mark(match["d"] or match["e"])
    return perhaps(*mark.days, script.today.calendar.business_day(mark.days[0], 1), at=mark.at)


_D = r"D(?P<d>\d+)"
_PAIR = r"D(?P<a>\d+){} D(?P<b>\d+)"
SAME = (
    rule(r"D(?P<a>\d+)(?: ,| -)?(?: the| on)? D(?P<b>\d+)(?: ,)?", _same),
    rule(r"D(?P<a>\d+) (?:i e|ie|that's|that is|which is|so)(?: ,)? D(?P<b>\d+)", _same),
)
OR = (
    rule(
        r"(?:either )?(?:on |by )?D(?P<a>\d+)(?: ,)? (?:or|/|and / or|or maybe|or even"
        r"|or perhaps)(?: on| by| maybe)? D(?P<b>\d+)",
        _either,
    ),
)
RANGES = (
    rule(
        r"(?:anywhere |sometime |anytime )?(?:from |between )?D(?P<a>\d+)(?: ,)? (?:-|to"
        r"|until|up to) D(?P<b>\d+)",
        _range,
    ),
    rule(r"(?:anywhere |sometime |anytime )?between D(?P<a>\d+) and D(?P<b>\d+)", _range),
    rule(
        r"D(?P<a>\d+) (?:-|to|until|and) (?:the )?[NO](?P<n>\d+)(?! (?:day|week|month|hour"
        "|[a-z]+s)(?![^ ]))",
        _range_in_month,
    ),
)
_BAD = (
    r"(?:is|are|would be|will be|seems|feels|'s) (?:\w+ )?(?:too late|too early|too soon"
    "|impossible|out|no good|bad"
    r"|off|not \w+|unrealistic|taken|full|blocked)|(?:doesn't|does not|won't|will not"
    r"|wouldn't|can't) (?:\w+ )?"
    r"(?:work|do|suit|fit|be possible)|is a holiday"
)
LIMITS = (
    rule(
        rf"(?:no|not) later than(?: on)? (?:the )?{_D}|(?:latest|the latest) (?:on "
        r"|by )?D(?P<e>\d+)",
        lambda m, s: s.mark(m["d"] or m["e"]),
    ),
    rule(
        rf"(?:not|no) (?:earlier|sooner|before) (?:than )?(?:the )?{_D}|(?:not|never"
        "|don't need it|not needed|not required)"
        r" (?:before|until) (?:the )?D(?P<e>\d+)",
        _from_on,
    ),
    rule(
        rf"(?:any ?time |some ?time |right |only )?(?:after|following|past) (?:the )?{_D}", _after
    ),
    rule(
        rf"(?:from|as of|as from|starting(?: on| from)?|beginning(?: on)?) {_D}(?: (?:on"
        "|onwards?|forward|forth))?",
        _after,
    ),
    rule(rf"{_D} (?:onwards?|or later|or after|at the earliest|earliest|and later)", _after),
    rule(rf"{_D} (?:(?:or|if not) (?:earlier|sooner|before)|(?:at )?(?:the )?latest)", _kept),
    rule(rf"(?:before|ahead of|prior to|in time for|earlier than) (?:the )?{_D}", _before),
    rule(
        "(?:around|about|roughly|maybe|perhaps|probably|possibly|say|ideally|or so) (?:on "
        rf"|by |the )?{_D}",
        _around,
    ),
    rule(
        rf"{_D} (?:ish|or so|or thereabouts|or there abouts|maybe|perhaps|probably|possibly"
        "|latest)",
        _around,
    ),
    rule(rf"(?:the )?{_D} 's", _around),
    rule(
        rf"(?:not|except|excluding|excl|but not|never)(?: for)?(?: by| on| until)?(?: the)? {_D}"
        "|(?:anything|any day|whenever|everything|all|any time|anytime|anything else"
        r"|any other day) (?:but|except|other than|besides)(?: on| for)?(?: the)? D\d+"
        "|(?:instead of|rather than|other than|apart from|since|isn't|wasn't|can't do"
        r"|can't be|cannot be|can not be|cannot do|don't|without)(?: by| on)?(?: the)? D\d+"
        rf"|D\d+ {_BAD}",
        _dropped,
    ),
    rule(
        r"(?:met|spoke|talked|called|wrote|sent|discussed|was|were|saw|presented|launched|signed"
        r"|started|happened|received|came|visited|agreed|posted|shared|shipped)"
        r"(?: (?!by |due |before |until |need |needs |for )[a-z]+){0,4} D(?P<d>\d+)",
        _around,
    ),
    rule(r"neither (?:on )?D\d+ nor (?:on )?D\d+", _dropped),
)


_THINGS = (
    "(?:deck|meeting|call|pitch|presentation|review|stand ?up|sync|session|demo"
    "|workshop|report|update|webinar|event"
    "|party|lunch|dinner|newsletter|edition|version|slot|release|launch|campaign|show"
    "|conference|appointment|visit"
    r"|kickoff|email|mail|notes|interview|training|readout|offsite|qbr|board)s?"
)
THINGS = (rule(rf"{_D}(?= (?:\w+ )?{_THINGS}(?![^ ]))", _around),)
