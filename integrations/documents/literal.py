"""Data as it may be printed: whatever people typed or pasted, without what no page can show."""

import re

from bot.ports.values import Json

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]")
"""Control characters, but for tab and line feed; and those that turn the order of letters round,
with which "100" would read "001" in a contract."""

_HALF = re.compile(r"[\ud800-\udfff]")
"""Halves of a character: JSON of some programs has them, Unicode does not."""


def printable(text: str) -> str:
    """Return ``text`` without what cannot be shown, and with line feeds as ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("", lines))


def printable_data(data: Json) -> Json:
    """Return ``data`` with every text in it :func:`printable`."""
    return {name: _printable(value) for name, value in data.items()}


def _printable(value: object) -> object:
    match value:
        case str():
            return printable(value)
        case dict():
            return {name: _printable(each) for name, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
        case _:
            return value
