"""Fitting a text into one of Slack's fields."""

import re
import unicodedata

_NEWLINE = re.compile(r"\r\n?")
_LOOKS_EMPTY = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""A joiner, letters and a pattern that show nothing, though their categories do not say so."""
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """Return ``text`` without what neither Slack nor a database can hold.

    That is control characters (NUL among them) and halves of surrogate pairs; line ends become
    newlines. Everything else stays as it was written.
    """
    return _UNSENDABLE.sub("", _NEWLINE.sub("\n", text))


def is_blank(text: str) -> bool:
    """Whether nothing in ``text`` can be seen: only spaces, line ends and invisible characters."""
    return all(each in _LOOKS_EMPTY or unicodedata.category(each)[0] in "CZ" for each in text)


def length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units, as browsers count: an emoji is two or more."""
    return len(text) + sum(each > "\uffff" for each in text)


def cut(text: str, limit: int) -> str:
    """Return ``text``, or as much of it as fits into ``limit`` (at least 1) and an ellipsis."""
    if length(text) <= limit:
        return text
    kept, room = 0, limit - 1
    for each in text:
        room -= length(each)
        if room < 0:
            break
        kept += 1
    return text[:kept] + "…"
