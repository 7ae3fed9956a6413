"""How alike two texts are: for look-alikes before an ask, and for "did you mean"."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from bot.ports import Indexed

_ALIKE = 55.0
_CLOSE = 75.0
_SHORTEST = 3
_COMMON = frozenset(
    "a an and are as at be by can client customer deal deck demo do for from has have i in is it "
    "meeting need needs new next of on or our please pitch proposal show slides some that the "
    "their they this to us use want we week what which will with you your".split()
)
"""Words that two asks share without being alike."""


def is_alike(text: str, tags: Sequence[str], other: Indexed) -> bool:
    """Whether the ask ``text`` with its kind and industry looks like what is there already."""
    words, theirs = _telling(text), _telling(f"{other.title} {other.text[:500]}")
    shared = words & theirs
    mine = {each.casefold() for each in tags if each}
    their_tags = {each.casefold() for values in other.tags.values() for each in values}
    same = len(mine & their_tags)
    if not shared:
        return False
    near = fuzz.token_set_ratio(
        " ".join(sorted(words)), other.title, processor=utils.default_process
    )
    return near + 15 * same + 10 * min(len(shared), 3) >= _ALIKE + 20


def meant(text: str, vocabulary: Sequence[str]) -> str | None:
    """Return ``text`` with each unknown word replaced by the nearest of ``vocabulary``, or None.

    None where no word is near enough, or all of them are known.
    """
    known = set(vocabulary)
    changed, found = False, []
    for word in _words(text):
        best = None
        if word not in known:
            best = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=_CLOSE)
        changed |= best is not None
        found.append(best[0] if best else word)
    return " ".join(found) if changed else None


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        _stem(each) for each in _words(text) if each not in _COMMON and len(each) >= _SHORTEST
    )


def _stem(word: str) -> str:
    return word.removesuffix("ies").removesuffix("s").removesuffix("y") or word


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
