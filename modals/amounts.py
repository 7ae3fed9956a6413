"""Amounts of money as people write them: ``8,000``, ``8000.50``, ``8 000``, ``8k``."""

import re
import unicodedata
from decimal import Decimal

from babel.numbers import get_currency_symbol, is_currency

from workflows.money import Money, NotMoney, exponent

_WRITTEN = re.compile(
    r"(?P<before>[^\d+-]*)(?P<number>[+-]?\d(?:[\d., '’]*\d)?)\s*(?P<thousands>[kK](?![a-zA-Z]))?"
    r"(?P<after>\D*)",
    re.ASCII,
)
_SPACED = re.compile(r"[+-]?\d{1,3}(?:(?: \d{3})+|(?:['’]\d{3})+)(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
"""Thousands, and the Indian way: ``8,00,000``."""
_GROUP = 3
_UNCLEAR = "Please write the amount in figures, for example 8000, 8,000 or 8000.50."


def read_amount(text: str, currency: str) -> Money:
    """Return the money that ``text`` means in ``currency`` (an ISO 4217 code).

    Raises :class:`NotMoney` with a sentence when it is no amount, not more than zero, of another
    currency, too precise, too large, or when it can be read in two ways (``8.000``).
    """
    found = _WRITTEN.fullmatch(
        unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").strip()
    )
    if found is None:
        raise NotMoney(_UNCLEAR)
    for sign in (found["before"], found["after"]):
        _check_sign(sign.strip(), currency)
    times = 1000 if found["thousands"] else 1
    figures = _plain(found["number"], currency, times)
    decimals = figures.partition(".")[2]
    # 8000,500 euros: three decimals of a currency that has two are rather thousands gone wrong.
    if times == 1 and exponent(currency) < _GROUP <= len(decimals):
        raise NotMoney(_UNCLEAR)
    number = Decimal(figures) * times
    if number <= 0:
        raise NotMoney("The amount must be more than zero.")
    return Money.of(number, currency)


def write_amount(money: Money) -> str:
    """Return how a form shows ``money``: :func:`read_amount` reads exactly it back."""
    return _figures(money.amount)


def _figures(number: Decimal) -> str:
    text = f"{number.normalize():f}"
    # Three decimals (dinars) after one to three figures could be thousands; one more zero tells.
    return f"{text}0" if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) else text


def _check_sign(sign: str, currency: str) -> None:
    symbol = get_currency_symbol(currency, locale="en")
    accepted = {"", currency, symbol} | ({"$"} if symbol.endswith("$") else set())
    if sign.upper() in accepted:
        return
    if is_currency(sign.upper()) or any(unicodedata.category(each) == "Sc" for each in sign):
        raise NotMoney(f"You wrote {sign}, but the currency chosen is {currency}.")
    raise NotMoney(_UNCLEAR)


def _plain(text: str, currency: str, times: int) -> str:
    """Return ``text`` without grouping and with a decimal point."""
    if _SPACED.fullmatch(text):
        return re.sub(r"[ '’]", "", text).replace(",", ".")
    marks = re.findall(r"[^\d+-]", text)
    if set(marks) - {".", ","}:
        raise NotMoney(_UNCLEAR)
    if len(set(marks)) > 1:
        return _split(text, marks[-1], marks[0])
    if len(marks) > 1:
        return _joined(text, marks[0])
    if marks and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        return _thousands_or_decimals(text, marks[0], currency, times)
    return text.replace(",", ".")


def _thousands_or_decimals(text: str, mark: str, currency: str, times: int) -> str:
    """Decide ``8,000`` and ``8.000``, where the mark may group thousands or begin decimals."""
    large, small = text.replace(mark, ""), text.replace(mark, ".")
    if mark == "," and times == 1 and exponent(currency) < _GROUP:
        return large
    one, other = _figures(Decimal(small) * times), _figures(Decimal(large) * times)
    raise NotMoney(f"“{text}” can mean {one} or {other}. Please write it in one of these two ways.")


def _split(text: str, decimal_mark: str, group_mark: str) -> str:
    whole, _, decimals = text.partition(decimal_mark)
    if decimal_mark in decimals or group_mark in decimals:
        raise NotMoney(_UNCLEAR)
    return f"{_joined(whole, group_mark)}.{decimals}"


def _joined(text: str, group_mark: str) -> str:
    figures = text.lstrip("+-").replace(group_mark, ",")
    if not _GROUPED.fullmatch(figures):
        raise NotMoney(_UNCLEAR)
    return text.replace(group_mark, "")
