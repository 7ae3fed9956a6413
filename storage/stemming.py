"""English endings, cut off as M. F. Porter's algorithm does, so that "studies" finds "study".

Source: M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with its author's
two later corrections (``bli``, ``logi``), as SQLite's own stemmer has it. SQLite and PostgreSQL
stem by different rules; ours are the same beside either.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_SHORTEST = 3
_PLAIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile("vc")
_SHORT_END = re.compile(r"cvc$")

_SECOND, _THIRD, _FOURTH = (
    {ending: shorter for ending, _, shorter in (pair.partition(":") for pair in pairs.split())}
    for pairs in (
        """
        ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e
        ousli:ous ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous
        aliti:al iviti:ive biliti:ble logi:log
        """,
        "icate:ic ative: alize:al iciti:ic ical:ic ful: ness:",
        """
        al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ion: ou: ism: ate: iti: ous:
        ive: ize:
        """,
    )
)
_LONGEST = 7
"""Letters of the longest of these endings."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return ``word`` without its endings; one that is not of the letters a to z as it is."""
    if len(word) < _SHORTEST or not _PLAIN.fullmatch(word):
        return word
    word = _past(_plural(word))
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    for endings, least in ((_SECOND, 1), (_THIRD, 1), (_FOURTH, 2)):
        word = _replaced(word, endings, least)
    return _tidied(word)


def _shape(word: str) -> str:
    """Return ``v`` for each vowel and ``c`` for each consonant; y is a vowel after a consonant."""
    shape = ""
    for letter in word:
        is_vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if is_vowel else "c"
    return shape


def _measure(rest: str) -> int:
    return len(_SYLLABLE.findall(_shape(rest)))


def _ends_short(rest: str) -> bool:
    """Whether it ends in consonant, vowel, consonant, as in "hop", but not w, x or y."""
    return bool(_SHORT_END.search(_shape(rest))) and rest[-1] not in "wxy"


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    ending = next((each for each in ("ed", "ing") if word.endswith(each)), "")
    rest = word[: len(word) - len(ending)]
    if not ending or "v" not in _shape(rest):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _is_doubled(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    return rest + "e" if _measure(rest) == 1 and _ends_short(rest) else rest


def _is_doubled(word: str) -> bool:
    return word[-2:-1] == word[-1:] and _shape(word)[-1:] == "c"


def _replaced(word: str, endings: Mapping[str, str], least: int) -> str:
    """Return ``word`` with its longest ending replaced, if what is left measures ``least``."""
    for length in range(min(_LONGEST, len(word) - 1), 1, -1):
        rest, ending = word[:-length], word[-length:]
        if ending in endings:
            is_kept = _measure(rest) < least or (ending == "ion" and rest[-1] not in "st")
            return word if is_kept else rest + endings[ending]
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        measure = _measure(word[:-1])
        if measure > 1 or (measure == 1 and not _ends_short(word[:-1])):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
