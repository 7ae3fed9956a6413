"""The deal that a sentence names: "opportunity D-1042", "deal #7731", a link into the CRM."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEAD = r"\b(?:opportunity|opp|deal|crm)\b(?:\s+is)?\s*[:=]?\s*"
_NUMBERED = r"(?:(?:no\.?|number|id|ref|nr\.?)\s*[:#]?\s*|#\s*)"
_NAMED = re.compile(
    rf"{_LEAD}(?:"
    r"<?(?P<link>https?://[^\s<>|]{1,500}(?<![.,;:!?)]))"
    rf"|{_NUMBERED}(?P<number>[\w-]{{1,60}})"
    r"|(?P<code>(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{3,60})"
    r")(?![\w%])",
    re.IGNORECASE,
)
_SUM = re.compile(r"\d[\d_]*(?:k|m|mn|mm|mio|bn|b|lakh|cr|eur|usd|gbp)", re.IGNORECASE)
"""What looks like a code, and is an amount: "deal 250k"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The number of a deal, or a link to it, that stands in a text as ``text[start:end]``."""

    value: str
    start: int
    end: int


def deals_in(text: str) -> Iterator[Named]:
    """Yield the deals that a text names after a word that says so."""
    for found in _NAMED.finditer(text):
        group = str(found.lastgroup)
        if group != "code" or not _SUM.fullmatch(found[group]):
            yield Named(value=found[group], start=found.start(group), end=found.end(group))
