"""One small markup for everything that is said, safe by construction.

A template is plain text with ``<b>``, ``<i>``, ``<code>``, with ``<quote>`` for what somebody
wrote and ``<h>`` for a heading, and with the tokens that filters emit: ``<@U1>``, ``<#C1>``,
``<!date^...>`` and ``<https://...|text>``. Everything else that a template prints is escaped
(:func:`marked`), so whatever begins with ``<`` is ours. The blocks are Slack's rich text, in which
text is never read as markup (docs.slack.dev/reference/block-kit/blocks/rich-text-block); the
fallback text is escaped mrkdwn (docs.slack.dev/messaging/formatting-message-text).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from messages.cleaning import isolated, one_line, paragraphs
from messages.message import Json

Kind = Literal["text", "quote", "header"]
_STYLES = {"b": "bold", "i": "italic", "code": "code"}
_KINDS: dict[str, Kind] = {"quote": "quote", "h": "header"}
_TAG = re.compile(
    r"<(?P<close>/?)(?P<tag>b|i|code|h|quote)>|<@(?P<user>\w+)>|<#(?P<channel>\w+)>"
    r"|<!date\^(?P<at>-?\d+)\^(?P<form>[^|<>]*)\|(?P<fallback>[^<>]*)>"
    r"|<(?P<url>https?://[^|<>]+)\|(?P<label>[^<>]*)>|(?P<foreign>[<>])"
)
_ROOM = 2900
"""Characters of text in one rich text block; Slack names no limit, a section has 3,000."""
_TOKEN = 20
"""What a mention or a date counts for in that room."""


class BadMarkup(ValueError):
    """A template is not written in our markup."""


class Marked(str):
    """Text in our markup: templates print it as it is. Everything else they print is escaped."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a quotation, or the text between them, as elements of Slack's rich text."""

    kind: Kind
    elements: tuple[Json, ...]


def marked(text: str, *, lines: bool = False) -> Marked:
    """Return what a person wrote as harmless markup; on one line, unless ``lines`` are kept."""
    clean = paragraphs(text) if lines else isolated(one_line(text))
    return Marked(escape(clean))


def escape(text: str) -> str:
    """Return ``text`` with Slack's three characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Undo :func:`escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def parse(markup: Marked) -> tuple[Piece, ...]:
    """Return the pieces of ``markup``. Raises :class:`BadMarkup` at anything that is not ours."""
    reading = _Reading()
    end = 0
    for match in _TAG.finditer(markup):
        reading.text(markup[end : match.start()])
        reading.tag(match)
        end = match.end()
    reading.text(markup[end:])
    return reading.finish()


def fallback(pieces: Iterable[Piece], limit: int) -> str:
    """Return the pieces as escaped mrkdwn of at most ``limit`` characters, no token cut in two."""
    said = ""
    for piece in pieces:
        said += "\n" if said else ""
        for element in piece.elements:
            more = _mrkdwn(element)
            if len(said) + len(more) > limit - 2:
                return (said + _what_fits(element, limit - 2 - len(said))).rstrip() + "…"
            said += more
    return said


def rich_text(pieces: Iterable[Piece]) -> list[Json]:
    """Return the pieces as ``header`` and ``rich_text`` blocks, long text split over several."""
    blocks: list[Json] = []
    room = 0
    for piece in pieces:
        if piece.kind == "header":
            blocks.append({"type": "header", "text": _plain_text(piece)})
            continue
        for part in _parts(piece.elements):
            size = sum(_size(each) for each in part)
            if not blocks or blocks[-1]["type"] != "rich_text" or size > room:
                blocks.append({"type": "rich_text", "elements": []})
                room = _ROOM
            room -= size
            form = "rich_text_quote" if piece.kind == "quote" else "rich_text_section"
            blocks[-1]["elements"].append({"type": form, "elements": part})
    return blocks


class _Reading:
    """What was read so far of one template's output."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._elements: list[Json] = []
        self._kind: Kind = "text"
        self._styles: dict[str, bool] = {}

    def text(self, escaped: str) -> None:
        if text := unescape(escaped):
            self._add({"type": "text", "text": text})

    def tag(self, match: re.Match[str]) -> None:
        found = match.groupdict()
        if found["foreign"]:
            around = match.string[max(0, match.start() - 20) : match.end() + 20]
            raise BadMarkup(f"A template says {around!r}; only our own tags and tokens may.")
        if found["tag"]:
            self._turn(found["tag"], opens=not found["close"])
        elif found["user"]:
            self._add({"type": "user", "user_id": found["user"]})
        elif found["channel"]:
            self._add({"type": "channel", "channel_id": found["channel"]})
        elif found["at"]:
            at = {"timestamp": int(found["at"]), "format": found["form"]}
            self._add({"type": "date", **at, "fallback": found["fallback"]})
        else:
            text = unescape(found["label"])
            self._add({"type": "link", "url": unescape(found["url"]), "text": text})

    def finish(self) -> tuple[Piece, ...]:
        if self._styles or self._kind != "text":
            raise BadMarkup("A template does not close all of its tags.")
        self._end("text")
        return tuple(self._pieces)

    def _turn(self, tag: str, *, opens: bool) -> None:
        style, kind = _STYLES.get(tag), _KINDS.get(tag, "text")
        in_turn = opens != (style in self._styles) if style else opens == (self._kind == "text")
        if not in_turn or (not style and not opens and self._kind != kind):
            raise BadMarkup(f"A template does not open and close <{tag}> in turn.")
        if not style:
            self._end(kind if opens else "text")
        elif opens:
            self._styles[style] = True
        else:
            del self._styles[style]

    def _end(self, following: Kind) -> None:
        if elements := _trimmed(self._elements):
            self._pieces.append(Piece(self._kind, tuple(elements)))
        self._elements, self._kind = [], following

    def _add(self, element: Json) -> None:
        style = {"style": dict(self._styles)} if self._styles else {}
        last = self._elements[-1] if self._elements else {}
        if element["type"] == last.get("type") == "text" and last.get("style", {}) == self._styles:
            last["text"] += element["text"]
        else:
            self._elements.append(element | style)


def _trimmed(elements: list[Json]) -> list[Json]:
    elements = list(elements)
    for end, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while elements and elements[end]["type"] == "text":
            elements[end]["text"] = strip(elements[end]["text"])
            if elements[end]["text"]:
                break
            elements.pop(end)
    return elements


def _plain_text(piece: Piece) -> Json:
    return {"type": "plain_text", "text": "".join(map(_plain, piece.elements)), "emoji": False}


def _plain(element: Json) -> str:
    if element["type"] in ("user", "channel"):
        raise BadMarkup("A heading is plain text and cannot mention anybody.")
    return str(element.get("text") or element.get("fallback"))


def _mrkdwn(element: Json) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}>"
        case "date":
            return f"<!date^{element['timestamp']}^{element['format']}|{element['fallback']}>"
        case "link":
            return f"<{escape(element['url'])}|{escape(element['text'])}>"
        case _:
            return escape(element["text"])


def _what_fits(element: Json, limit: int) -> str:
    """Return the beginning of a text element that, escaped, has at most ``limit`` characters."""
    text = str(element["text"]) if element["type"] == "text" else ""
    length = 0
    for at, character in enumerate(text):
        length += len(escape(character))
        if length > limit:
            return escape(text[:at])
    return escape(text)


def _size(element: Json) -> int:
    return len(element["text"]) if element["type"] == "text" else _TOKEN


def _parts(elements: tuple[Json, ...]) -> Iterator[list[Json]]:
    """Yield the elements in parts that fit into one block each."""
    part: list[Json] = []
    room = _ROOM
    for element in elements:
        for each in _split(element):
            if part and _size(each) > room:
                yield part
                part, room = [], _ROOM
            part.append(each)
            room -= _size(each)
    if part:
        yield part


def _split(element: Json) -> Iterator[Json]:
    while _size(element) > _ROOM:
        text = element["text"]
        end = max(text.rfind("\n", _ROOM // 2, _ROOM), text.rfind(" ", _ROOM // 2, _ROOM)) + 1
        end = end or _ROOM
        yield element | {"text": text[:end]}
        element = element | {"text": text[end:]}
    yield element
