"""A text as words that rules can be written about.

A word is what stands in the text, in lower case and spelled out, or a letter with its value: W4 a
weekday, V4 several of them, M12 a month, N3 a number, O15 one with an ending, L2 an ordinal in
letters, Y2027 a year, T1730 an hour, Q3 a quarter, H1 a half of a year, F2027 a fiscal year, K50 a
calendar week, Eweek its end, C2026-12-1 a whole date, U2026-12 a month of a year, S3/4 and
G15.12.2026 numbers with slashes and points. X holds figures and no date. Doubtful names are small:
w5, m5.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.understanding.days.lexicon import (
    DOUBTFUL,
    ENDS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SAME,
    WEEKDAYS,
    spelled,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word for rules, and where it stands."""

    word: str
    start: int
    end: int


_YEAR = r"(?:19|20|21)[0-9]{2}"
_UNITS = r"(?:k|m|mm|bn|b|x|%|pp|px|pt|gb|mb|tb|kg|km)"
_AMOUNT = (
    r"(?:percent|million|billion|thousand|usd|eur|gbp|chf|dollars?|euros?|pounds?|bucks|mio|mrd)"
)
_MATTER = re.compile(
    rf"""
    (?P<aside>
        <[^<>\n]{{1,3000}}> | `[^`\n]{{1,3000}}` | ~[^~\s][^~\n]{{0,200}}~
      | :[a-z_+-][a-z0-9_+-]{{1,40}}:
    )
  | (?P<nothing>
        (?:https?://|www\.)\S{{1,2000}}
      | [\w.+-]{{1,64}}@[\w-]{{1,63}}\.[\w.-]{{1,200}}
      | [\w./\\-]{{1,100}}\.(?:pptx?|pdf|docx?|xlsx?|key|csv|png|jpe?g|mp4|zip|com|io|org|net)\b
    )
  | (?P<whole>(?P<wy>{_YEAR})(?P<ws>[-/.])(?P<wm>[0-9]{{1,2}})(?P=ws)(?P<wd>[0-9]{{1,2}})
        (?:t[0-9:.]{{4,15}}(?:z|[+-][0-9:]{{4,5}})?)?(?![\w/-]|\.[0-9]))
  | (?P<calendar_week>(?P<ky>{_YEAR})-?w(?P<kw>[0-9]{{1,2}})\b)
  | (?P<month_of>(?P<uy>{_YEAR})-(?P<um>[0-9]{{1,2}})(?![\w-])
        | (?P<vm>[0-9]{{1,2}})/(?P<vy>{_YEAR})(?![\w/-]))
  | (?P<slashes>(?P<sa>[0-9]{{1,2}})(?:
        /(?P<sb>[0-9]{{1,2}})(?:/(?P<sy>{_YEAR}|[0-9]{{2}}))?(?![\w/%]|[.,-][0-9])
      | -(?P<db>[0-9]{{1,2}})-(?P<dy>{_YEAR}|[0-9]{{2}})(?![\w/%-]|[.,][0-9])))
  | (?P<points>(?P<pd>[0-9]{{1,2}})\.(?P<pm>[0-9]{{1,2}})
        (?:\.(?P<py>{_YEAR}|[0-9]{{2}})|\.(?=\s|$|[,)]))(?![\w-]|\.[0-9]))
  | (?P<clock>(?P<hh>[0-9]{{1,2}})(?:
        (?:[:.](?P<hm>[0-9]{{2}}))?\s?(?P<half>a|p)\.?m\b\.?(?![\w])
      | :(?P<cm>[0-9]{{2}})(?::[0-9]{{2}})?(?![\w:]) | h(?P<fm>[0-9]{{2}})\b))
  | (?P<figures>
        \+[0-9][0-9 ().-]{{6,20}}[0-9] | \([0-9]{{3}}\)\ ?[0-9]{{3}}[ .-][0-9]{{4}}
      | [0-9]{{3,5}}[ .-][0-9]{{3,4}}[ .-][0-9]{{3,4}} | [0-9]{{3}}[.-][0-9]{{4}}\b
      | [$€£¥#]\s?[0-9][0-9.,]{{0,20}}\s?(?:{_UNITS}\b|{_AMOUNT}\b)?
      | [0-9][0-9.,]{{0,20}}(?:{_UNITS}(?!\w)|\s{_AMOUNT}\b)
      | [0-9]{{1,20}}(?:[.,/][0-9]{{1,20}}){{1,9}} | [0-9]{{5,40}}
    )
  | (?P<ending>(?P<on>[0-9]{{1,2}})\s?(?:st|nd|rd|th)\b)
  | (?P<short_year>'(?P<yy>[0-9]{{2}})\b)
  | (?P<number>[0-9]{{1,4}})
  | (?P<word>[^\W0-9_]{{1,40}}(?:'[^\W0-9_]{{1,10}}|'(?!\w))?)
  | (?P<stop>[.!?;\n\u2026]+) | (?P<pause>[,:()\[\]"]) | (?P<dash>-) | (?P<slash>/)
  | (?P<at>@) | (?P<about>\u2248)
    """,
    re.VERBOSE,
)
_PLAIN = str.maketrans("\u2019\u2018\u02bc\u2013\u2014\u2212\u00a0\u202f", "'''---  ")
_GLUED_UNITS = """day week month quarter year hour minute fortnight business workday st nd rd th
    noon mid end of"""
_LABELS = {
    "q": ("Q", range(1, 5)),
    "h": ("H", range(1, 3)),
    "fy": ("F", range(2000, 2200)),
    "cw": ("K", range(1, 54)),
    "kw": ("K", range(1, 54)),
    "wk": ("K", range(1, 54)),
}
_SIGN = {
    "stop": ".",
    "pause": ",",
    "dash": "-",
    "slash": "/",
    "at": "at",
    "about": "about",
    "aside": "~",
}
_LABEL = re.compile(r"(fy|cw|kw|wk|q|h)(\d{1,4})$")
_GLUE = re.compile(r"[\w-]{0,80}")


def words(text: str) -> list[Word]:
    """Return the words of ``text`` with their places in it."""
    low = "".join(small if len(small := each.lower()) == 1 else each for each in text)
    low = low.translate(_PLAIN)
    found: list[Word] = []
    at = 0
    while match := _MATTER.search(low, at):
        start, at = match.span()
        kind = match.lastgroup or ""
        if kind in {"number", "word"}:
            at = _glued(low, match, found, text)
            continue
        word = _worded(kind, match)
        if kind == "stop" and "\n" not in match[0] and _shortens(found, text, start, at):
            continue
        if word:
            found.append(Word(word, start, at))
    return list(_unhyphened(found))


def _worded(kind: str, match: re.Match[str]) -> str:
    """Return the word for what is no plain word and no plain number."""
    if kind in _SIGN:
        return _SIGN[kind]
    return _FIGURES[kind](match)


def _slashes(match: re.Match[str]) -> str:
    year = match["sy"] or match["dy"]
    both = f"S{int(match['sa'])}/{int(match['sb'] or match['db'])}"
    return f"{both}/{_year(year)}" if year else both


def _points(match: re.Match[str]) -> str:
    both = f"G{int(match['pd'])}.{int(match['pm'])}"
    return f"{both}.{_year(match['py'])}" if match["py"] else both


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004


def _hour(match: re.Match[str]) -> str:
    hour, minute = int(match["hh"]), int(match["hm"] or match["cm"] or match["fm"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            return "X"
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    return f"T{hour:02}{minute:02}" if hour < 24 and minute < 60 else "X"  # noqa: PLR2004


_FIGURES: Mapping[str, Callable[[re.Match[str]], str]] = {
    "nothing": lambda _: "X",
    "figures": lambda _: "X",
    "whole": lambda match: f"C{int(match['wy'])}-{int(match['wm'])}-{int(match['wd'])}",
    "calendar_week": lambda match: f"K{int(match['kw'])}/{match['ky']}",
    "month_of": lambda match: f"U{match['uy'] or match['vy']}-{int(match['um'] or match['vm'])}",
    "slashes": _slashes,
    "points": _points,
    "clock": _hour,
    "ending": lambda match: f"O{int(match['on'])}",
    "short_year": lambda match: f"Y{_year(match['yy'])}",
}


def _glued(low: str, match: re.Match[str], found: list[Word], text: str) -> int:
    """Append a word, or a number with what is glued to it; return where it ends."""
    start, end = match.span()
    rest = _GLUE.match(low, end)
    whole = (low[start : rest.end()] if rest else match[0]).rstrip("_-")
    if match.lastgroup == "number" and re.match(r"-[0-9]", low[end : end + 2]):
        whole = match[0]
    if match.lastgroup == "word" and not any(each.isdigit() or each == "_" for each in whole):
        found.extend(_spelled(match[0], start, end, first=_begins(found), text=text))
        return end
    if whole in SAME:
        found.append(Word(SAME[whole], start, start + len(whole)))
        return start + len(whole)
    if label := _LABEL.fullmatch(whole.replace("-", "")):
        found.append(Word(_labelled(label[1], label[2]), start, start + len(whole)))
        return start + len(whole)
    parts = re.findall(r"[0-9]+|[a-z]+|_", whole)
    if all(_may_be_glued(part) for part in parts) and len(parts) <= 5:  # noqa: PLR2004
        found.extend(_spelled(match[0], start, end, first=_begins(found), text=text))
        return end
    found.append(Word("X", start, start + len(whole)))
    return start + len(whole)


def _may_be_glued(part: str) -> bool:
    if part.isascii() and part.isdigit():
        return len(part) <= 2 or re.fullmatch(_YEAR, part) is not None  # noqa: PLR2004
    return spelled(part) in _GLUED


_GLUED = {*MONTHS, *WEEKDAYS, *_GLUED_UNITS.split()}


def _labelled(label: str, digits: str) -> str:
    letter, possible = _LABELS[label]
    number = _year(digits) if label == "fy" else int(digits)
    return f"{letter}{number}" if number in possible else "X"


def _begins(found: list[Word]) -> bool:
    return not found or found[-1].word == "."


def _spelled(word: str, start: int, end: int, *, first: bool, text: str) -> Iterator[Word]:
    """Yield the word in the form for rules; 's is a word of its own."""
    if word.isascii() and word.isdigit():
        form = f"Y{word}" if re.fullmatch(_YEAR, word) else f"N{int(word)}"
        yield Word(form, start, end)
        return
    if word in ENDS:
        yield Word(f"E{ENDS[word]}", start, end)
        return
    root, mark, _ = word.partition("'")
    own = mark and word not in SAME and word.endswith(("'s", "'"))
    base = spelled(root if own else word)
    capital = text[start].isupper() and not first
    yield Word(_form(base, capital=capital), start, start + len(root) if own else end)
    if own:
        yield Word("'s", start + len(root), end)


def _form(word: str, *, capital: bool) -> str:
    if word in DOUBTFUL and not (capital and word in WEEKDAYS):
        return f"m{MONTHS[word]}" if word in MONTHS else f"w{WEEKDAYS[word]}"
    for letter, names in _LETTERS.items():
        if word in names:
            return f"{letter}{names[word]}"
    several = word.removesuffix("s")
    return f"V{WEEKDAYS[several]}" if several.endswith("day") and several in WEEKDAYS else word


_LETTERS = {"W": WEEKDAYS, "M": MONTHS, "N": NUMBERS, "L": ORDINALS}


def _shortens(found: list[Word], text: str, start: int, end: int) -> bool:
    """Whether a point only ends a short name, as in "Dec. 1"."""
    if not found or found[-1].end != start or text[start:end] != ".":
        return False
    last = found[-1]
    return last.word[0] in "WMm" and last.end - last.start <= 5 and end < len(text)  # noqa: PLR2004


def _unhyphened(found: list[Word]) -> Iterator[Word]:
    """Leave out hyphens within words (mid-December), keep dashes between days (Mon-Wed, 1-5)."""
    for number, each in enumerate(found):
        if each.word == "-" and 0 < number < len(found) - 1:
            left, right = found[number - 1], found[number + 1]
            tight = left.end == each.start and each.end == right.start
            both = (left.word[0] + right.word[0]).upper()
            if tight and both not in {"WW", "MM", "NN", "OO", "NO", "TT", "NT", "OM"}:
                continue
        yield each
