"""The author's own words in a Slack message: without quotations, code, emoji and markup.

Source: https://docs.slack.dev/messaging/formatting-message-text (escapes, mentions, links, quotes).
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_READ = 2000
"""So many characters of the author's words are read; who writes more writes a document."""

_MENTION = "mention"
"""What stands for a person or a group that was addressed."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain lower-case words, one space between them.

    Commas, colons, brackets and dashes are all the word ``,``.
    """

    words: str
    question: bool


_BULLET = re.compile(r"\s*(?:[*-]|\d{1,2}[.)])\s+")
_REFERENCE = re.compile(r"<([^<>\n]{1,2000})>")
_EMOJI = re.compile(r":[a-z+-][a-z0-9_+'-]*:", re.IGNORECASE)
_CODE = re.compile(r"`[^`\n]*`")
_LONG_QUOTATION = re.compile(r'"[^"\n]*"|“[^”\n]*”|„[^“\n]*“|«[^»\n]*»')
_END = re.compile(r"[.!?;]+(?=\s|$)")
_PAUSE = re.compile(r"\s-+\s|[,:()\[\]]|\.\.\.")
_WORD = re.compile(r"[^\W_]+(?:[.&+][^\W_]+)*|,")

_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "…": "..."}
    | dict.fromkeys("–—", " - ")
    | dict.fromkeys("•◦▪", "-")
)
_SHORT = (
    (re.compile(r"\b(do|does|did|is|are|would|could|have|has|was|should)n'?t\b"), r"\1 not"),
    (re.compile(r"\bcan'?t\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"(\w)'re\b"), r"\1 are"),
    (re.compile(r"(\w)'ve\b|\b(i|we)ve\b"), r"\1\2 have"),
    (re.compile(r"(\w)'d\b"), r"\1 would"),
    (re.compile(r"(\w)'m\b|\b(i)m\b"), r"\1\2 am"),
    (re.compile(r"(\w)'ll\b"), r"\1 will"),
    (re.compile(r"\b(it|there|where|what|who|that|here|how)'?s\b"), r"\1 is"),
    (re.compile(r"\b(?:pls|plz|plse)\b"), "please"),
    (re.compile(r"\b(?:sb|sbdy|smb|sbody|some1|someone|somebody)\b"), "someone"),
    (re.compile(r"\b(?:any1|anyone|anybody|any one of you)\b"), "anyone"),
    (re.compile(r"\bu\b"), "you"),
    (re.compile(r"\bup[ -]to[ -]date\b"), "current"),
    (re.compile(r"\b(?:tmrw|tmr|tmrrw|2moro)\b"), "tomorrow"),
)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return what the author says in ``text``, as Slack delivers it, sentence by sentence."""
    own = "\n".join(_own_lines("\n".join(text.split("```")[::2])))[:_READ]
    return tuple(each for line in _joined(_plain(own)) for each in _split(line))


def folded(text: str) -> str:
    """Return words in the form they have within a `Sentence`."""
    return " ".join(_WORD.findall(_PAUSE.sub(" , ", _without_accents(text))))


def _own_lines(text: str) -> Iterator[str]:
    """Leave out quoted lines; three marks quote all that follows."""
    for line in text.splitlines():
        start = line.lstrip()
        if start.startswith(("&gt;&gt;&gt;", ">>>")):
            return
        if not start.startswith(("&gt;", ">")):
            yield line


def _joined(text: str) -> Iterator[str]:
    """Put the points of a list behind the line that announces them."""
    line, announced = "", False
    for each in text.splitlines():
        bullet = _BULLET.match(each)
        if bullet and announced:
            line += " , " + each[bullet.end() :]
            continue
        if line:
            yield line
        line, announced = each[bullet.end() :] if bullet else each, each.rstrip(" *_").endswith(":")
    yield line


def _plain(text: str) -> str:
    """Return ``text`` in lower case without markup, its lines as they are."""
    text = _CODE.sub(" ", text)
    text = html.unescape(_REFERENCE.sub(_named, text))
    text = _EMOJI.sub(" ", text)
    text = _LONG_QUOTATION.sub(_short_quotation, text)
    text = _without_accents(text)
    for pattern, words in _SHORT:
        text = pattern.sub(words, text)
    return text


def _named(reference: re.Match[str]) -> str:
    """Return the words for a mention, a channel or a link."""
    target, _, label = reference[1].partition("|")
    if target.startswith(("@", "!")):
        return f" {_MENTION} "
    return f" {label or 'link'} "


def _short_quotation(quotation: re.Match[str]) -> str:
    """A word or two in quotation marks are the author's; a sentence is somebody else's."""
    inside = quotation[0][1:-1]
    return f" {inside} " if len(inside.split()) <= 3 else " , "  # noqa: PLR2004


def _without_accents(text: str) -> str:
    text = unicodedata.normalize("NFC", text).lower().translate(_WRITTEN_OUT)
    return "".join(each for each in unicodedata.normalize("NFKD", text) if each.isascii())


def _split(line: str) -> Iterator[Sentence]:
    start = 0
    for end in _END.finditer(line):
        yield from _sentence(line[start : end.start()], question="?" in end[0])
        start = end.end()
    yield from _sentence(line[start:], question=False)


def _sentence(text: str, *, question: bool) -> Iterator[Sentence]:
    words = " ".join(_WORD.findall(_PAUSE.sub(" , ", text))).strip(" ,")
    if words:
        yield Sentence(words, question)
