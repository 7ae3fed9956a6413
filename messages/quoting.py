"""A message as Slack stores it, turned back into what people read."""

import re
from collections.abc import Mapping

_MARKED = re.compile(r"<(?P<kind>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)")
_MOST_MENTIONS = 50
"""People whose names are looked up for one message; beyond them their ids stand in the text."""
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""docs.slack.dev/messaging/formatting-message-text; the ampersand last."""


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids of the people whom the message ``text`` mentions first, 50 at most."""
    return tuple(dict.fromkeys(_MENTIONED.findall(text)))[:_MOST_MENTIONS]


def quoted(text: str, names: Mapping[str, str]) -> str:
    """Return the message ``text`` as it reads in Slack; ``names`` of people by user id.

    A link is written as its address, with its words before it where they say something else.
    """
    plain = _MARKED.sub(lambda found: _read(found, names), text)
    for escaped, character in _ESCAPED:
        plain = plain.replace(escaped, character)
    return plain


def _read(found: re.Match[str], names: Mapping[str, str]) -> str:
    what, label = found["what"], found["label"] or ""
    match found["kind"]:
        case "@":
            return "@" + (names.get(what) or label.removeprefix("@") or what)
        case "#":
            return "#" + (label or what)
        case "!":
            return label or f"@{what.partition('^')[0]}"
        case _:
            address = what.removeprefix("mailto:")
            return address if label in ("", address) else f"{label} ({address})"
