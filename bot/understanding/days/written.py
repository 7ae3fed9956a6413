"""Days that are written as on a calendar: 2026-12-15, 3/4, Dec 1, the 20th of December."""

import re
from datetime import date

from bot.understanding.days.day import Today
from bot.understanding.days.reckoning import coming, dated, in_months, of_year
from bot.understanding.days.script import Mark, Script, nothing, perhaps, rule, sure
from workflows.dating import DateOrder

_BY = "(?:by|on|until|due|for)"
_FOLLOWS = (
    r"(?= (?:[,.]|-|/|D\d+|T\d+|W\d|at|please|thanks|thank|thx|cheers|if|and|or|so|when"
    "|as|because|with|but"
    r"|to|is|in|on|works|would|should|will|then|latest|the|our|my|a|we|i|you|he|she|it|they|from"
    r"|by|for|before|after|morning|afternoon|evening|noon|eod|end|this|that|first|ideally|possible"
    r"|would|ok|okay|that's|since|not|until|would|next|R\d+|P\d+)(?![^ ])|$)"
)
"""What may stand behind "the 20th"; a noun makes it "the 20th slide"."""
_COUNTED = (
    r"(?! (?:of us|of them|more|times|people|slides?|pages?|day|week|month|hour|minute|miles)\b)"
)
_SHARE = (
    "(?! (?:of|done|complete|completed|full|stars?|points?|seats?|slides?|pages?|people"
    "|inch|cups?|"
    r"majority|finished|ready|way|through)(?![^ ]))(?! N\d)"
)
"""What makes 3/4 a share."""
_RATED = (
    "rated|room|size|ratio of|section|item|row|table|figure|unit|suite|score|scored|scoring|step"
    "|part|page|slide|version|phase|chapter|ratio|gave|it's"
)
_CENTURY = 2000
_SAYINGS = {(24, 7, ""), (9, 11, ""), (50, 50, "")}
_ENDS = r"(?= (?:[,.]|at|please|thanks|or|and|if|T\d+|D\d+)(?![^ ])|$)"
_IN_YEAR = r"(?:(?: ,| of| -)? Y(?P<y>\d+))"
_YEAR = rf"(?:{_IN_YEAR}|(?!(?: ,| of| -)? Y\d))"
"""The year, or nothing where none follows: a year that is said is never left out."""
_MONTH = r"[Mm](?P<m>\d+)"


def _in_month(match: re.Match[str], script: Script) -> Mark | None:
    day, month = int(match["d"]), int(match["m"])
    if not 1 <= day <= 31:  # noqa: PLR2004
        return nothing()
    if match["y"]:
        return of_year(int(match["y"]), month, day, script.today)
    return coming(month, day, script.today)


def _days_of_month(match: re.Match[str], script: Script) -> Mark | None:
    """The later day is the likelier: until then it takes."""
    marks = [
        of_year(int(match["y"]), int(match["m"]), int(day), script.today)
        if match["y"]
        else coming(int(match["m"]), int(day), script.today)
        for day in (match["b"], match["a"])
    ]
    days = [each for mark in marks for each in mark.days]
    return perhaps(*days) if days else marks[0]


def _whole(match: re.Match[str], script: Script) -> Mark:
    return of_year(int(match["y"]), int(match["m"]), int(match["d"]), script.today)


def _points(match: re.Match[str], script: Script) -> Mark | None:
    """Points are German or Russian: the day stands first, unless it cannot."""
    day, month = int(match["d"]), int(match["m"])
    if dated(2000, month, day) is None:
        day, month = month, day
    if dated(2000, month, day) is None:
        return nothing("impossible" if max(day, month) in range(13, 32) else "")
    if match["y"]:
        return of_year(int(match["y"]), month, day, script.today)
    return perhaps(*coming(month, day, script.today).days)


def _slashes(match: re.Match[str], script: Script) -> Mark | None:
    a, b, today = int(match["a"]), int(match["b"]), script.today
    if (a, b, match["y"]) in _SAYINGS or match.groupdict().get("said"):
        return nothing()
    if (whole := _year_first(a, b, match["y"], today)) is not None:
        return whole
    possible = _orders(a, b, today)
    if not possible:
        looks_like_one = min(a, b) in range(1, 13) and max(a, b) in range(1, 32)
        return nothing("impossible") if looks_like_one else None
    marks = [
        of_year(int(match["y"]), *each, today) if match["y"] else coming(*each, today)
        for each in dict.fromkeys(possible)
    ]
    ahead = [mark for mark in marks if mark.days]
    if not ahead:
        return marks[0]
    first = ahead[0]
    if len(ahead) == 1 and first is marks[0]:
        return first
    return perhaps(*(mark.days[0] for mark in ahead))


def _year_first(a: int, b: int, c: str | None, today: Today) -> Mark | None:
    """Return 27/03/04 where the year stands first; None where it is no such day to come."""
    if today.order is not DateOrder.YEAR_FIRST or not c:
        return None
    found = dated(_CENTURY + a, b, int(c) - _CENTURY)
    return sure(found) if found is not None and found >= today.day else None


def _orders(a: int, b: int, today: Today) -> list[tuple[int, int]]:
    """Return month and day as they can be meant: by the company's order, or else by any."""
    swapped = today.order is not None and today.order.is_day_before_month
    orders = [(b, a), (a, b)] if swapped else [(a, b), (b, a)]
    possible = [each for each in orders if dated(2000, *each)]
    return possible if today.order is None else possible[:1]


def _of_a_month(match: re.Match[str], script: Script) -> Mark | None:
    """Return the next 20th, in the next month that has one."""
    day, today = int(match["d"]), script.today.day
    if not 1 <= day <= 31:  # noqa: PLR2004
        return None
    first = today.replace(day=1)
    months = [in_months(first, by) for by in range(3)]
    days = [found for each in months if (found := dated(each.year, each.month, day))]
    ahead = [each for each in days if each >= today]
    if ahead[0] == today:
        return perhaps(*ahead)
    if match["weekday"]:
        return _agreeing(ahead, int(match["weekday"]))
    in_letters = "L" in match[0]
    return perhaps(ahead[0]) if in_letters else sure(ahead[0])


def _agreeing(days: list[date], weekday: int) -> Mark:
    """Where it falls on the weekday that was said with it, if it does soon."""
    agreed = [each for each in days if each.weekday() == weekday]
    return sure(agreed[0]) if agreed else perhaps(*days)


def _of_said_month(match: re.Match[str], script: Script) -> Mark | None:
    day, today = int(match["d"]), script.today.day
    first = in_months(today.replace(day=1), 1 if match["which"] in {"next", "following"} else 0)
    if not 1 <= day <= 31:  # noqa: PLR2004
        return None
    if match["which"] == "the" and day < today.day:
        first = in_months(first, 1)
    return of_year(first.year, first.month, day, script.today)


def _two_of_a_month(match: re.Match[str], script: Script) -> Mark | None:
    """The 7th or the 8th, in the next month in which neither has passed."""
    low, high = sorted((int(match["a"]), int(match["b"])))
    first = script.today.day.replace(day=1)
    for month in (in_months(first, by) for by in range(3)):
        one, other = (dated(month.year, month.month, day) for day in (low, high))
        if one and other and one >= script.today.day:
            return perhaps(one, other) if " or" in match[0] else perhaps(other, one)
    return None


def _twenty(match: re.Match[str], _: Script) -> str:
    return f"{match['kind']}{int(match['tens']) + int(match['ones'])}"


NUMBERS = (rule(r"N(?P<tens>[2-9]0) (?P<kind>[NL])(?P<ones>[1-9])", _twenty),)
"""Twenty one, twenty-first."""


WRITTEN = (
    rule(r"C(?P<y>\d+)-(?P<m>\d+)-(?P<d>\d+)", _whole),
    rule(r"G(?P<d>\d+)\.(?P<m>\d+)\.(?P<y>\d+)", _points),
    rule(r"(?:by|on|before|until|due) G(?P<d>\d+)\.(?P<m>\d+)(?P<y>)", _points),
    rule(r"^G(?P<d>\d+)\.(?P<m>\d+)(?P<y>)$", _points),
    rule(r"S(?P<a>\d+)/(?P<b>\d+)/(?P<y>\d+)", _slashes),
    rule(rf"(?:(?P<said>{_RATED}) )?S(?P<a>\d+)/(?P<b>\d+)(?P<y>){_SHARE}", _slashes),
    rule(r"^N(?P<a>\d+) - N(?P<b>\d+)(?P<y>)$", _slashes),
    rule(r"(?:by|on|before|until|due) N(?P<a>\d+) - N(?P<b>\d+)(?P<y>)(?= [,.]|$)", _slashes),
    rule(rf"{_MONTH} (?:- |the )?[OLN](?P<d>\d+){_YEAR}{_COUNTED}", _in_month),
    rule(rf"(?:the )?[OLN](?P<d>\d+)(?: -| of)? M(?P<m>\d+){_YEAR}", _in_month),
    rule(rf"(?:the )?(?:[OL](?P<d>\d+)(?: of)?) m(?P<m>\d+){_YEAR}", _in_month),
    rule(rf"N(?P<d>\d+)(?: -| of)? m(?P<m>\d+){_IN_YEAR}", _in_month),
    rule(rf"N(?P<d>\d+)(?: -| of)? m(?P<m>\d+)(?P<y>)(?!(?: ,| of| -)? Y\d){_ENDS}", _in_month),
    rule(
        rf"(?:from |between )?{_MONTH} [ON](?P<a>\d+)(?: (?:-|to|and|or|/|until) )"
        rf"(?:the )?[ON](?P<b>\d+){_YEAR}{_COUNTED}",
        _days_of_month,
    ),
    rule(
        r"(?:from |between )?(?:the )?[ON](?P<a>\d+) (?:-|to|and|or|/|until) (?:the )?"
        rf"[ON](?P<b>\d+)(?: of)? {_MONTH}{_YEAR}",
        _days_of_month,
    ),
    rule(
        rf"{_MONTH} [ON](?P<a>\d+) , [ON]\d+(?: ,)? (?:or|and) [ON](?P<b>\d+){_YEAR}{_COUNTED}",
        _days_of_month,
    ),
    rule(
        rf"(?:the )?O(?P<a>\d+)(?: or| and| -| to)(?: the)? O(?P<b>\d+){_FOLLOWS}",
        _two_of_a_month,
    ),
    rule(rf"(?P<weekday>)(?:{_BY}(?: the)?|the) O(?P<d>\d+){_FOLLOWS}", _of_a_month),
    rule(rf"(?P<weekday>)(?:{_BY}) the L(?P<d>\d+){_FOLLOWS}", _of_a_month),
    rule(r"(?:^|(?<=before ))(?P<weekday>)(?:the )?O(?P<d>\d+)(?= [.,]|$)", _of_a_month),
    rule(rf"(?:this |next )?W(?P<weekday>\d) ?(?:, )?the [OL](?P<d>\d+){_FOLLOWS}", _of_a_month),
    rule(rf"W(?P<weekday>\d) O(?P<d>\d+){_FOLLOWS}", _of_a_month),
    rule(
        r"(?:the )?[OL](?P<d>\d+) (?:of )?(?P<which>the|this|next|following) (?:following )?month",
        _of_said_month,
    ),
)
