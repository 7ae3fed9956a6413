"""Names of companies and people in a sentence: known ones in any spelling, others by case."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

_CLOSE = 90.0
_AHEAD = 8.0
"""So far the nearest known name has to be ahead of the next one, to be meant."""
_HARDLY = 60.0
_SHORTEST = 4
"""Letters; shorter names are known only as they are spelled."""
_PART = (
    r"(?:[^\W\d_a-zß-öø-ÿ][\w&'’+-]*(?:\.[\w&'’+-]+)*"
    r"|[a-z]{1,2}[A-Z][\w&'’-]*|\d+[A-Za-z][\w&'’-]*)"
)
_WITHIN = r"(?: (?:(?:&|and|of|de|von|van|der|den|del|di|la|le) ){1,2}| )"
_WRITTEN = re.compile(rf"(?<![\w@./-]){_PART}(?:{_WITHIN}{_PART}){{0,4}}")
_NOT_A_NAME = re.compile(
    r"(?:i|i'?m|i'?d|i'?ll|i'?ve|we|the|a|an|our|my|their|his|her|it|its|this|that|these|please|"
    r"pls|"
    r"hi|hey|hello|thanks|thx|need|needs|needed|want|can|could|would|you|and|or|but|so|also|for|"
    r"with|"
    r"by|from|to|on|in|at|of|about|new|sow|sows|statement|work|api|10x|asap|eod|eow|eom|eob|cob|"
    r"fyi|"
    r"nda|msa|po|crm|ppt|pptx|pdf|roi|rfp|kpi|usd|eur|gbp|chf|inr|jpy|q[1-4]|h[12]|fy\d*|client|"
    r"customer|contact|budget|amount|start|starts|end|deadline|due|deck|case|study|brochure|one|"
    r"pager|video|template|ai|it|hr|us|uk|eu|emea|apac|dach|latam|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|"
    r"thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|christmas|easter|thanksgiving|"
    r"today|tomorrow|yesterday|next|week|month|quarter|year|where|how|what|who|when|which|why|any|"
    r"status|another|also|mr|mrs|ms|dr|prof|cfo|ceo|cto|coo|cio|ciso|vp|svp|evp|md|head|director|"
    r"hello|dear|sorry|yes|no|ok|okay|actually|make|change|send|cancel|approve|phase|begin|finish|"
    r"is|are|was|has|have|do|does|did|will|should|please|just|then|now|some|all)\.?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:i|we|you|they|he|she|it|is|are|was|were|has|have|had|do|does|did|will|would|should|can|"
    r"could|must|need|needs|want|wants|signs?|sends?|makes?|please|not|never|too|very|their|our|my|"
    r"your|because|if|when|that)\b",
    re.IGNORECASE,
)
"""Words of a sentence, and of no name."""
_MET = re.compile(r"\b(?:with|from|at)\s{1,3}$", re.IGNORECASE)
"""Before somebody who was met there, as often as before the client."""
_LOOKBACK = 10
_MOST = 200
"""So many names of a text are looked at; nobody names more in one wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name that ``text[start:end]`` spells. ``guess``: it is nearly one that we know."""

    name: str
    known: bool
    guess: bool
    start: int
    end: int


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 100: an order of what to look at, no proof."""
    found = fuzz.token_set_ratio(one, other, processor=utils.default_process)
    return found if found >= _HARDLY else 0.0


def names_in(text: str, known: Sequence[str]) -> tuple[Name, ...]:
    """Return the names in a text, in order: those of ``known`` in any case, others capitalised."""
    found = [*_known(text, known)]
    taken = [(each.start, each.end) for each in found]
    found += [
        _nearly(each, known)
        for each in _capitalised(text)
        if not any(each.start < end and start < each.end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def is_sentence(text: str) -> bool:
    """Whether something is said there, rather than somebody named."""
    return _SAID.search(text) is not None


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the one of ``known`` that is meant by ``name``; None where none or several may be."""
    best = process.extract(
        name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=2
    )
    if not best or best[0][1] < _CLOSE:
        return None
    if len(best) > 1 and best[0][1] - best[1][1] < _AHEAD:
        return None
    return str(best[0][0])


def _known(text: str, known: Sequence[str]) -> Iterator[Name]:
    lower, taken = text.casefold(), [False] * len(text)
    if len(lower) != len(text):  # a letter that is two in lower case would shift what follows
        lower = text.lower() if len(text.lower()) == len(text) else text
    for name in sorted(known, key=len, reverse=True):
        wanted = name.casefold()
        if not wanted or wanted not in lower:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", lower):
            if not any(taken[found.start() : found.end()]):
                taken[found.start() : found.end()] = [True] * len(wanted)
                yield Name(name=name, known=True, guess=False, start=found.start(), end=found.end())


def _capitalised(text: str) -> Iterator[Name]:
    for number, found in enumerate(_WRITTEN.finditer(text)):
        if number == _MOST:
            return
        start, words = found.start(), found[0]
        while words:
            first, _, rest = words.partition(" ")
            if not _NOT_A_NAME.fullmatch(first):
                break
            start, words = start + len(first) + 1, rest
        while words:
            before, _, last = words.rpartition(" ")
            if not (_NOT_A_NAME.fullmatch(last) or last == "&" or (before and last[0].isdigit())):
                break
            words = before
        words = re.split(r" (?:and|or) ", words)[0] if " and " in words else words
        if words:
            guess = _MET.search(text, max(0, start - _LOOKBACK), start) is not None
            yield Name(name=words, known=False, guess=guess, start=start, end=start + len(words))


def _nearly(found: Name, known: Sequence[str]) -> Name:
    """Return the known name that a capitalised one misspells, as a guess; else itself."""
    meant = nearest(found.name, known) if len(found.name) >= _SHORTEST else None
    if meant is None or fuzz.ratio(meant.casefold(), found.name.casefold()) < _CLOSE - 10:
        return found
    return Name(name=meant, known=True, guess=True, start=found.start, end=found.end)
