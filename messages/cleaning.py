"""People's text, made fit to be shown: nothing unseen, nothing that turns text round."""

import re
import unicodedata

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks, overrides, isolates
    "\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\ufe00-\ufe0d\ufeff\ufff9-\ufffb"
    "\u115f\u1160\u2800\u3164\uffa0"  # letters and a pattern that look like nothing
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"  # musical controls, tags, more variations
)
_JOINERS = frozenset("\u200c\u200d")
_PRESENTATION = frozenset("\ufe0e\ufe0f")
_PICTURES = frozenset({"So", "Sm", "Sk", "Cn"})
_JOINED = frozenset({"So", "Sk", "Cn", "Lo", "Mn", "Mc"})
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TRAILING = frozenset({"Mn", "Mc", "Me", "Sk", "Cf"})


def one_line(text: str) -> str:
    """Return ``text`` cleaned, its line breaks and runs of spaces made single spaces."""
    return " ".join(paragraphs(text).split())


def paragraphs(text: str) -> str:
    """Return ``text`` cleaned with its line breaks kept, at most one empty line at a time.

    Removed are control characters, everything that changes the direction of the text around it,
    and characters without width. Arabic and Hebrew need none of them. A joiner stays where it
    joins: between emoji, and in scripts that write with joiners; never between Latin letters.
    A lone surrogate becomes U+FFFD.
    """
    text = _BREAKS.sub("\n", _SURROGATES.sub("\ufffd", text)).replace("\t", " ")
    text = _without_loose_joiners(_INVISIBLE.sub("", text))
    return re.sub(r"\n\s*\n", "\n\n", text).strip()


def cut(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters; what is cut ends in an ellipsis.

    Cut between words where there is one in the last fifth, never within an emoji or a letter
    with its marks.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    space = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end))
    if space >= end * 4 // 5:
        end = space
    while end > 0 and (_trails(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[: end or limit - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Return ``text`` so that right-to-left letters in it do not turn round what stands beside."""
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def _trails(character: str) -> bool:
    return unicodedata.category(character) in _TRAILING


def _without_loose_joiners(text: str) -> str:
    if not any(each in text for each in (*_JOINERS, *_PRESENTATION)):
        return text
    kept = [""]
    for at, character in enumerate(text):
        after = text[at + 1 : at + 2]
        if character in _JOINERS:
            stays = _category(kept[-1]) in _JOINED and _category(after) in _JOINED
            stays = stays and after not in _PRESENTATION
        elif character in _PRESENTATION:
            keycap = kept[-1] in set("#*0123456789") and after == "\u20e3"
            stays = keycap or _category(kept[-1]) in _PICTURES or kept[-1] in {"‼", "⁉"}
        else:
            stays = True
        if stays:
            kept.append(character)
    return "".join(kept)


def _category(character: str) -> str:
    return unicodedata.category(character) if character else ""
