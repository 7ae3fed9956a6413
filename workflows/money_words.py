"""What amounts of money are called in texts: for whoever reads them, and whoever hides them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Mark(StrEnum):
    """What begins the decimals of an amount; ``UNKNOWN``: nothing has shown it yet."""

    POINT = "point"
    COMMA = "comma"
    UNKNOWN = "unknown"


TIMES: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(("k", "thousand", "thousands", "grand", "tsd"), 10**3)
    | dict.fromkeys(("m", "mn", "mm", "mio", "mil", "million", "millions", "mill"), 10**6)
    | dict.fromkeys(("bn", "billion", "billions"), 10**9)
    | dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 10**5)
    | dict.fromkeys(("crore", "crores", "cr"), 10**7)
)
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "EUR": ("€", "euro", "euros", "eur"),
        "USD": ("us$", "usd", "us dollar", "us dollars", "bucks"),
        "GBP": ("£", "gbp", "pound", "pounds", "sterling", "quid"),
        "INR": ("₹", "inr", "rs", "rs.", "rupee", "rupees"),
        "JPY": ("jpy", "yen"),
        "CNY": ("cny", "rmb", "yuan"),
        "CHF": ("chf", "sfr", "swiss franc", "swiss francs"),
        "CAD": ("cad", "c$", "ca$", "canadian dollars"),
        "AUD": ("aud", "a$", "au$", "australian dollars"),
        "NZD": ("nzd", "nz$"),
        "SGD": ("sgd", "s$"),
        "HKD": ("hkd", "hk$"),
        "BRL": ("brl", "r$", "real", "reais"),
        "MXN": ("mxn", "mx$"),
        "ILS": ("₪", "ils", "shekel", "shekels"),
        "KRW": ("₩", "krw", "won"),
        "TRY": ("₺", "try", "lira"),
        "UAH": ("₴", "uah"),
        "PLN": ("pln", "zł", "zloty"),
        "SEK": ("sek",),
        "NOK": ("nok",),
        "DKK": ("dkk",),
        "CZK": ("czk", "kč"),
        "HUF": ("huf",),
        "RON": ("ron",),
        "AED": ("aed", "dirham", "dirhams"),
        "SAR": ("sar", "riyal", "riyals"),
        "KWD": ("kwd",),
        "BHD": ("bhd",),
        "ZAR": ("zar", "rand"),
        "NGN": ("₦", "ngn", "naira"),
        "KES": ("kes",),
        "THB": ("฿", "thb", "baht"),
        "PHP": ("₱", "php"),
        "IDR": ("idr",),
        "MYR": ("myr", "rm"),
        "TWD": ("twd", "nt$"),
        "VND": ("₫", "vnd"),
    }
)
SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "BRL"),
        "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"),
        "dollars": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"),
        "¥": ("JPY", "CNY"),
        "kr": ("SEK", "NOK", "DKK", "ISK"),
        "francs": ("CHF",),
    }
)
"""What several currencies are called: the company's own, where it is one of them."""
CALLED = {name: code for code, names in NAMES.items() for name in names}
NOT_IN_LOWER_CASE = frozenset({"try", "php", "rm", "won", "real", "rand", "sar", "ron"})
"""What is a word of its own, too: a currency only where it is written with a capital."""

SIGNS = "$€£₹¥₪₩₺₴₦฿₱₫"
"""What stands beside figures without a space, and is no word."""
LINKS = r"-|–|—|to|and|or|bis|/"
"""What stands between the two ends of a range."""


def any_of(names: Iterable[str]) -> str:
    """Return the pattern of any of ``names``, the longest first."""
    return "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))


CURRENCY = any_of([*CALLED, *SHARED])
MULTIPLIER = any_of(TIMES)
