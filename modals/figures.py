"""Numbers as people write them, with the separators of any country: asked about, never guessed."""

import re
from decimal import Decimal

_SPACED = re.compile(r"[+-]?\d{1,3}(?:(?: \d{3})+|(?:['’]\d{3})+)(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
"""Thousands, and the Indian way: ``8,00,000``."""
_GROUP = 3


class Unclear(ValueError):
    """What was written is no number: the text is empty. Or it is two: a sentence that asks."""


def plain_figures(text: str, places: int, times: int = 1) -> str:
    """Return ``text`` (digits, separators, a sign) without grouping and with a decimal point.

    ``places`` are the decimals that the number may have: with fewer than three of them ``8,000``
    is thousands, otherwise it can be both. ``times`` is what the number is multiplied by where the
    two meanings are named. Raises :class:`Unclear`.
    """
    if _SPACED.fullmatch(text):
        return re.sub(r"[ '’]", "", text).replace(",", ".")
    marks = re.findall(r"[^\d+-]", text)
    if set(marks) - {".", ","}:
        raise Unclear
    if len(set(marks)) > 1:
        return _split(text, marks[-1], marks[0])
    if len(marks) > 1:
        return _joined(text, marks[0])
    if marks and re.fullmatch(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", text):
        return _thousands_or_decimals(text, marks[0], places, times)
    return text.replace(",", ".")


def write_figures(number: Decimal) -> str:
    """Return ``number`` so that :func:`plain_figures` reads exactly it back."""
    text = f"{number.normalize():f}"
    # Three decimals (dinars) after one to three figures could be thousands; one more zero tells.
    return f"{text}0" if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) else text


def _thousands_or_decimals(text: str, mark: str, places: int, times: int) -> str:
    """Decide ``8,000`` and ``8.000``, where the mark may group thousands or begin decimals."""
    large, small = text.replace(mark, ""), text.replace(mark, ".")
    if mark == "," and times == 1 and places < _GROUP:
        return large
    one, other = write_figures(Decimal(small) * times), write_figures(Decimal(large) * times)
    raise Unclear(f"“{text}” can mean {one} or {other}. Please write it in one of these two ways.")


def _split(text: str, decimal_mark: str, group_mark: str) -> str:
    whole, _, decimals = text.partition(decimal_mark)
    if decimal_mark in decimals or group_mark in decimals:
        raise Unclear
    return f"{_joined(whole, group_mark)}.{decimals}"


def _joined(text: str, group_mark: str) -> str:
    figures = text.lstrip("+-").replace(group_mark, ",")
    if not _GROUPED.fullmatch(figures):
        raise Unclear
    return text.replace(group_mark, "")
