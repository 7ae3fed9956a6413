"""The words that dates are made of, as people write them."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType


def _table(rows: str, first: int) -> dict[str, int]:
    """Number the lines of ``rows`` from ``first`` on; each holds words for the same thing."""
    lines = [line.split() for line in rows.strip().splitlines()]
    return {word: number for number, line in enumerate(lines, first) for word in line}


WEEKDAYS = _table(
    """monday mon
    tuesday tue tues
    wednesday wed weds wensday wendsday wedensday
    thursday thu thur thurs
    friday fri
    saturday sat
    sunday sun""",
    0,
)
MONTHS = _table(
    """january jan
    february feb feburary
    march mar
    april apr aprl apirl
    may
    june jun
    july jul
    august aug
    september sept sep
    october oct
    november nov
    december dec""",
    1,
)
NUMBERS = _table(
    """one
    two
    three
    four
    five
    six
    seven
    eight
    nine
    ten
    eleven
    twelve dozen
    thirteen
    fourteen
    fifteen
    sixteen
    seventeen
    eighteen
    nineteen
    twenty""",
    1,
) | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = _table(
    """first
    second
    third
    fourth
    fifth
    sixth
    seventh
    eighth
    ninth
    tenth
    eleventh
    twelfth
    thirteenth
    fourteenth
    fifteenth
    sixteenth
    seventeenth
    eighteenth
    nineteenth
    twentieth""",
    1,
) | {"thirtieth": 30}
DOUBTFUL = frozenset(("sat", "sun", "wed", "may", "march"))
"""Names that are more often something else."""

_SAME: Mapping[str, str] = MappingProxyType(
    {
        "tomorrow": "tmrw tmr tmrrw tmo tmw 2moro 2morrow tommorow tommorrow tomorow",
        "today": "tday 2day",
        "tonight": "tonite tnite 2nite",
        "next": "nxt nx",
        "week": "weeks wk wks w weeks' week's",
        "day": "days d days' day's",
        "month": "months mth mths mo mos months' month's",
        "quarter": "quarters qtr qtrs quarter's",
        "year": "years yr yrs y years' year's",
        "hour": "hours hr hrs h hours' hour's",
        "minute": "minutes min mins",
        "fortnight": "fortnights fortnight's",
        "weekend": "weekends wkend wknd weekend's",
        "business": "biz working work bus bizness bussiness",
        "workday": "workdays weekday weekdays",
        "fiscal": "financial fy",
        "please": "pls plz",
        "until": "till til 'til",
        "before": "b4",
        "mid": "middle",
        "-": "through thru",
        "asap": "asap urgent urgently immediately immediate soonest",
        "eod": "eob cob cop eop",
        "autumn": "fall",
        "about": "around approximately approx roughly circa",
    }
)
SAME = MappingProxyType({word: to for to, words in _SAME.items() for word in words.split()})
"""Words that are taken for another one."""

ENDS = MappingProxyType({"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"})
"""Short for the end of something."""

_MISTYPED = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february august september
    october november december tomorrow""".split()
)
_OTHER_WORDS = frozenset("sundry sundae frida augusta auguste fridge augusts".split())
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _slips(name: str) -> Iterator[str]:
    """Yield what ``name`` is after one slip behind its first letter."""
    for at in range(1, len(name)):
        head, tail = name[:at], name[at:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            yield head + letter + tail[1:]


@cache
def _slipped() -> Mapping[str, str]:
    meant: dict[str, set[str]] = {}
    for name in _MISTYPED:
        for slip in _slips(name):
            meant.setdefault(slip, set()).add(name)
    return {
        slip: name
        for slip, (name, *more) in meant.items()
        if not more and slip not in _MISTYPED | _OTHER_WORDS
    }


def spelled(word: str) -> str:
    """Return a name in place of its abbreviation or of a slip that can mean nothing else."""
    if word in SAME or word in WEEKDAYS or word in MONTHS:
        return SAME.get(word, word)
    return _slipped().get(word, word)
