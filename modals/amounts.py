"""Amounts of money as people write them: ``8,000``, ``8000.50``, ``8 000``, ``8k``."""

import re
import unicodedata
from decimal import Decimal

from babel.numbers import format_currency, get_currency_symbol, is_currency

from modals.figures import Unclear, plain_figures, write_figures
from workflows.money import Money, NotMoney, exponent

_WRITTEN = re.compile(
    r"(?P<before>[^\d+-]*)(?P<number>[+-]?\d(?:[\d., '’]*\d)?)\s*(?P<thousands>[kK](?![a-zA-Z]))?"
    r"(?P<after>\D*)",
    re.ASCII,
)
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
    try:
        figures = plain_figures(found["number"], exponent(currency), times)
    except Unclear as problem:
        raise NotMoney(str(problem) or _UNCLEAR) from None
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
    return write_figures(money.amount)


def in_words(money: Money) -> str:
    """Return ``money`` as a sentence says it: ``8,000.00 USD``, exact to the last decimal."""
    places = exponent(money.currency)
    pattern = "#,##0" + ("." + "0" * places if places else "") + " ¤¤"
    return format_currency(
        money.amount, money.currency, pattern, locale="en", currency_digits=False
    )


def _check_sign(sign: str, currency: str) -> None:
    symbol = get_currency_symbol(currency, locale="en")
    accepted = {"", currency, symbol} | ({"$"} if symbol.endswith("$") else set())
    if sign.upper() in accepted:
        return
    if is_currency(sign.upper()) or any(unicodedata.category(each) == "Sc" for each in sign):
        raise NotMoney(f"You wrote {sign}, but the currency chosen is {currency}.")
    raise NotMoney(_UNCLEAR)
