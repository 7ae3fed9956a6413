"""Amounts of money as people say them in a sentence: "about 250k", "1.2 million EUR", "5 lakh"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from modals.figures import Unclear, plain_figures
from workflows.money_words import (
    CALLED,
    CURRENCY,
    LINKS,
    MULTIPLIER,
    NOT_IN_LOWER_CASE,
    SHARED,
    SIGNS,
    TIMES,
)

_DIGITS = r"\d{1,20}(?:[.,'’ \u00a0\u202f]\d{1,20}){0,8}"
_NUMBER = (
    rf"(?P<before>(?<!\w)(?:{CURRENCY})(?![^\W\d])\s?|(?<!\w)[{SIGNS}]\s?)?"
    rf"(?P<digits>{_DIGITS})"
    rf"(?:\s?(?P<times>{MULTIPLIER})(?![^\W_]))?"
    rf"(?P<after>\s?(?:{CURRENCY})(?!\w)|\s?[{SIGNS}])?"
)
_ONE = re.compile(
    rf"(?<![\w.,/:#])(?:(?<![^\W\d]-)|(?<=\d[km]-)){_NUMBER}(?![\w%°:/]|[.,]\d)", re.IGNORECASE
)
_BETWEEN = re.compile(rf"\s{{0,3}}(?:{LINKS})\s{{0,3}}", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"(?:\b(?:about|around|approx(?:imately)?\.?|roughly|circa|ca\.?|some|maybe|perhaps|probably|"
    r"close to|nearly|almost|up to|at least|at most|over|under|below|above|more than|less than|"
    r"max(?:imum)?\.?|min(?:imum)?\.?|north of|in the region of|ballpark|say)|[~≈<>])\s{0,3}$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s?(?:each|apiece|per\b|a (?:month|year|day|piece|unit|head)|/\s?\w)", re.IGNORECASE
)
"""Behind a price: it is not the whole."""
_POWER = re.compile(r"\d\s?(?:\^|\*\*|e[+-])\s?[-+]?$", re.IGNORECASE)
"""Before an exponent: it is no sum, and neither is what it is put to."""
_TO_POWER = re.compile(r"\s?(?:\^|\*\*\s?\d)")
_COUNTING = re.compile(r"(?:[\d\s]x|×|\d[km]?\s?\*)\s{0,3}$", re.IGNORECASE)
"""Before a number that says how many times."""
_FACTOR = re.compile(r"(?<![\w.,])(\d{1,6})\s?[x×*]\s{0,3}$", re.IGNORECASE)
_TIMES_FACTOR = re.compile(r"\s?[x×*]\s?(\d{1,6})(?![\w.,]*\d)", re.IGNORECASE)
"""Of "3 x 20k" nobody knows whether the sum is 20k or 60k."""
_BEFORE = re.compile(r"\b(?:was|were|used to be|instead of|not|originally)\s{1,3}$", re.IGNORECASE)
"""Before what is not the amount any more."""
_MINUS = re.compile(r"(?<!\S)[-\u2212]$")
"""No amount is negative: it may be a slip, or a dash."""
_OF_SOMETHING = re.compile(
    r"\s?(?:x\b|×|\*\s?\d|%|percent\b|st\b|nd\b|rd\b|th\b|"
    r"(?:[a-z]+[ -])?(?:users?|seats?|people|persons?|"
    r"days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|pages?|slides?|decks?|assets?|copies|"
    r"employees|clients?|customers?|stores?|sites?|countries|languages?|licen[cs]es?|units?|pm\b|"
    r"am\b|o'?clock)\b)",
    re.IGNORECASE,
)
_LOOKBACK = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount that ``text[start:end]`` names.

    ``amounts``: its readings, the likelier first; of a range the higher end. ``currency``: the ISO
    4217 code that was named, or "". ``guess``: it has to be shown as a guess, and asked where there
    are several readings. ``bare``: it is a number like any other, and money only where one is
    expected.
    """

    amounts: tuple[Decimal, ...]
    currency: str
    guess: bool
    bare: bool
    start: int
    end: int


def sums_in(text: str, home: str) -> tuple[Sum, ...]:
    """Return the sums that a text names, in order; ``home``: the company's currency.

    A number that counts something else ("3 decks", "10x", "2 weeks") is none.
    """
    return tuple(_ranges(text, [*_each(text, home)]))


def _each(text: str, home: str) -> Iterator[Sum]:
    for found in _ONE.finditer(text):
        times = TIMES.get((found["times"] or "").lower(), 1)
        sign = _sign(found)
        if not _is_sum(text, found, sign):
            continue
        try:
            amounts = _multiplied(_readings(found["digits"], times), text, found)
        except Unclear:
            continue
        currency, is_sure = _currency(sign, home)
        start = found.start()
        guess = not is_sure or len(amounts) > 1 or (found["times"] == "m" and not sign)
        lead = (text, max(0, start - _LOOKBACK), start)
        guess = guess or any(each.search(*lead) for each in (_ROUGHLY, _BEFORE, _MINUS))
        guess = guess or _PER.match(text, found.end()) is not None
        is_bare = not sign and times == 1 and not re.search(r"\d[,.'’ ]\d{3}\b", found["digits"])
        yield Sum(
            amounts=amounts,
            currency=currency,
            guess=guess,
            bare=is_bare,
            start=start,
            end=found.end(),
        )


def _is_sum(text: str, found: re.Match[str], sign: str) -> bool:
    """Whether the figures can be a sum: neither counting something, nor part of a power."""
    start, end = found.span()
    if _TO_POWER.match(text, end) or _POWER.search(text, max(0, start - _LOOKBACK), start):
        return False
    if sign or (found["times"] and _TIMES_FACTOR.match(text, end)):
        return True
    if not found["times"] and _COUNTING.search(text, max(0, start - _LOOKBACK), start):
        return False
    return not _OF_SOMETHING.match(text, end)


def _multiplied(
    amounts: tuple[Decimal, ...], text: str, found: re.Match[str]
) -> tuple[Decimal, ...]:
    """Return the readings; beside a factor ("3 x 20k") the product, and then what stands there."""
    start, end = found.span()
    factor = _FACTOR.search(text, max(0, start - _LOOKBACK), start)
    factor = factor or _TIMES_FACTOR.match(text, end)
    if factor is None or int(factor[1]) <= 1:
        return amounts
    return (amounts[0] * int(factor[1]), *amounts)


def _sign(found: re.Match[str]) -> str:
    """Return the sign or word of a currency, in lower case, or ""."""
    word = (found["before"] or found["after"] or "").strip()
    return "" if word in NOT_IN_LOWER_CASE else word.lower()


def _readings(digits: str, times: int) -> tuple[Decimal, ...]:
    """Return what a number can mean, multiplied; the likelier first. Raises Unclear."""
    plain = re.sub(r"[\u00a0\u202f]", " ", digits)
    try:
        return (Decimal(plain_figures(plain, 2, times)) * times,)
    except Unclear:
        mark = re.fullmatch(r"([1-9]\d{0,2})([.,])(\d{3})", plain)
        if mark is None:
            raise
    small, large = Decimal(f"{mark[1]}.{mark[3]}") * times, Decimal(mark[1] + mark[3]) * times
    return (large, small) if times == 1 else (small, large)


def _currency(sign: str, home: str) -> tuple[str, bool]:
    """Return what a sign or word means, and whether it can mean nothing else here."""
    if sign in CALLED:
        return CALLED[sign], True
    shared = SHARED.get(sign, ())
    if home in shared:
        return home, True
    return (shared[0], False) if shared else ("", True)


def _ranges(text: str, found: list[Sum]) -> Iterator[Sum]:
    """Put two that are the ends of a range into one: "200-250k", "between 80k and 90k EUR"."""
    at = 0
    while at < len(found):
        one, after = found[at], found[at + 1] if at + 1 < len(found) else None
        if after is None or not _is_range(text, one, after):
            yield one
            at += 1
            continue
        yield _joined(text, one, after)
        at += 2


def _is_range(text: str, low: Sum, high: Sum) -> bool:
    """Whether both are the ends of one range: of two currencies there is none."""
    if low.currency and high.currency and low.currency != high.currency:
        return False
    return _BETWEEN.fullmatch(text, low.end, high.start) is not None


def _joined(text: str, low: Sum, high: Sum) -> Sum:
    """Return the range: what the second end says of thousands and currency holds for the first."""
    bottom = low.amounts[0]
    if low.bare and not high.bare:
        times = high.amounts[0] / _figures(text[high.start : high.end])
        bottom *= times if bottom < high.amounts[0] else 1
    return replace(
        high,
        amounts=(high.amounts[0], bottom),
        currency=high.currency or low.currency,
        guess=True,
        bare=low.bare and high.bare,
        start=low.start,
    )


def _figures(words: str) -> Decimal:
    """Return the number in ``words`` as it stands there, without what multiplies it."""
    found = re.search(_DIGITS, words)
    return _readings(found[0], 1)[0] if found else Decimal(1)
