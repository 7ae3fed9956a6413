"""Days and amounts as banks write them: read in one way that is known, never guessed at."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel.numbers import NumberFormatError, get_currency_symbol, is_currency, parse_decimal

from workflows.dating import DateOrder
from workflows.money import Money, NotMoney
from workflows.money_words import NAMES, SHARED, Mark

_TIME = re.compile(r"[T ,]+\d{1,2}:\d{2}.*$")
_MARKS = re.compile(r"[./\-\s,]+")
_LAYOUTS = {
    DateOrder.YEAR_FIRST: ("%Y-%m-%d", "%y-%m-%d", "%Y%m%d", "%Y-%b-%d"),
    DateOrder.DAY_FIRST: ("%d-%m-%Y", "%d-%m-%y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y"),
    DateOrder.MONTH_FIRST: ("%m-%d-%Y", "%m-%d-%y", "%b-%d-%Y", "%B-%d-%Y"),
}
_LOCALES = {Mark.POINT: ("en", "en_IN"), Mark.COMMA: ("de",)}
"""Whose figures are written so; Indian banks group thousands in their own way."""

_SPACED = re.compile(r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_WRITTEN = re.compile(r"[\d.,]*\d", re.ASCII)
_FIRST_YEAR = 1990
_LONGEST_DAY = 60


class Unclear(ValueError):
    """This is no day, or no amount, of that kind."""


def day_of(text: str, order: DateOrder) -> date:
    """Return the day that ``text`` is, with or without a time behind it. Raises :class:`Unclear`.

    Months are figures, or in English.
    """
    if len(text) > _LONGEST_DAY:
        raise Unclear(text)
    plain = _MARKS.sub("-", _TIME.sub("", unicodedata.normalize("NFKC", text).strip()))
    if plain.isascii():
        for layout in _LAYOUTS[order]:
            try:
                found = datetime.strptime(plain, layout).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if found.year >= _FIRST_YEAR:
                return found
    raise Unclear(text)


def orders_of(texts: Collection[str]) -> list[DateOrder]:
    """Return every order in which all of these are days; several: nobody can know which."""
    return [each for each in DateOrder if all(_is_day(text, each) for text in texts)]


def amount_of(text: str, currency: str, mark: Mark) -> Money:
    """Return the money that ``text`` is in ``currency``, less than nothing where it went out.

    That is a minus before or behind it, brackets, or "DR". Raises :class:`Unclear`.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip().upper()
    is_out = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if is_out else plain
    for _ in range(2):  # "-$12" and "$-12"
        for sign in _signs(currency):
            bare = plain.removeprefix(sign).removesuffix(sign).strip()
            is_out |= bare != plain and sign.startswith("DR")
            plain = bare
        is_out |= plain.startswith("-") or plain.endswith("-")
        plain = plain.strip("+-").strip()
    try:
        money = Money.of(_figures(plain, mark), currency)
    except (NumberFormatError, NotMoney):
        raise Unclear(text) from None
    return money.of_minor(-money.minor) if is_out else money


def marks_of(amounts: Collection[tuple[str, str]]) -> list[Mark]:
    """Return what may begin the decimals of all these amounts, each with its currency.

    Several only where they do not mean the same: both, and nobody can know which. One that no
    amount tells apart from the other is :attr:`Mark.UNKNOWN`.
    """
    read = {each: _read(amounts, each) for each in (Mark.POINT, Mark.COMMA)}
    possible = [each for each, found in read.items() if found is not None]
    if len(possible) > 1 and read[Mark.POINT] == read[Mark.COMMA]:
        return [Mark.UNKNOWN]
    return possible


def is_currency_code(text: str) -> bool:
    """Whether ``text`` is what ISO 4217 calls a currency, in capitals."""
    return is_currency(text)


@cache
def _signs(currency: str) -> tuple[str, ...]:
    """Return what stands beside an amount, the longest first, in capitals."""
    symbol = get_currency_symbol(currency, locale="en")
    shared = (name for name, codes in SHARED.items() if currency in codes)
    names = {each.upper() for each in (currency, symbol, *NAMES.get(currency, ()), *shared)}
    return tuple(sorted(names | {"CR", "CR.", "DR", "DR."}, key=lambda each: (-len(each), each)))


def _is_day(text: str, order: DateOrder) -> bool:
    try:
        day_of(text, order)
    except Unclear:
        return False
    return True


def _read(amounts: Collection[tuple[str, str]], mark: Mark) -> list[Money] | None:
    try:
        return [amount_of(text, currency, mark) for text, currency in amounts]
    except Unclear:
        return None


def _figures(text: str, mark: Mark) -> Decimal:
    if mark is Mark.UNKNOWN:  # nothing has shown it: both read it alike
        mark = Mark.POINT
    if _SPACED.fullmatch(text):
        text = re.sub(r"[ '’]", "", text)
    if not _WRITTEN.fullmatch(text):
        raise NumberFormatError(text)
    *others, last = _LOCALES[mark]
    for locale in others:
        try:
            return parse_decimal(text, locale=locale, strict=True)
        except NumberFormatError:
            continue
    return parse_decimal(text, locale=last, strict=True)
