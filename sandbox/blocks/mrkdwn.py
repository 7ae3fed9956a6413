"""Slack's mrkdwn as a person reads it."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

Names = Callable[[str, str], str]
"""Given "user", "channel" or "group" and an id, the name a person sees."""

REFERENCE = re.compile(r"<([^<>]+)>")
EMPHASIS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
DATE_TOKEN = re.compile(r"\{(\w+)\}")


def read(text: str, names: Names, tz: str = "UTC") -> str:
    """The text without its marks; mentions, links and dates as shown in time zone `tz`."""
    text = FENCE.sub(r"\1", text)
    for _ in range(3):
        text = EMPHASIS.sub(r"\2", text)
    text = REFERENCE.sub(lambda match: _reference(match[1], names, tz), text)
    return unescape(text)


def unescape(text: str) -> str:
    """Undo Slack's three escapes."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def escape(text: str) -> str:
    """Slack's three escapes, as Slack applies them to what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _reference(body: str, names: Names, tz: str) -> str:
    target, _, label = body.partition("|")
    match target[:1]:
        case "@":
            return "@" + names("user", target[1:])
        case "#":
            return "#" + names("channel", target[1:])
        case "!":
            return _special(target[1:], label, names, tz)
        case _:
            return label or target.removeprefix("mailto:")


def _special(target: str, label: str, names: Names, tz: str) -> str:
    match target.split("^"):
        case ["date", epoch, form, *_]:
            return date(int(epoch), form, tz)
        case ["subteam", group]:
            return label or "@" + names("group", group)
        case words:
            return "@" + (label or words[0])


def date(epoch: int, form: str, tz: str) -> str:
    """A `<!date^epoch^form>` as shown in that time zone.

    See docs.slack.dev/messaging/formatting-message-text.
    """
    at = datetime.fromtimestamp(epoch, ZoneInfo(tz))
    long = f"{at:%A, %B} {_ordinal(at.day)}, {at.year}"
    plain = f"{at:%B} {_ordinal(at.day)}, {at.year}"
    short = f"{at:%b} {at.day}, {at.year}"
    clock = f"{at:%I:%M %p}".lstrip("0")
    tokens = {
        "date_num": f"{at:%Y-%m-%d}",
        "date": plain,
        "date_short": short,
        "date_long": long,
        "date_pretty": plain,
        "date_short_pretty": short,
        "date_long_pretty": long,
        "time": clock,
        "time_secs": f"{at:%I:%M:%S %p}".lstrip("0"),
    }
    return DATE_TOKEN.sub(lambda match: tokens.get(match[1], match[0]), form)


def _ordinal(day: int) -> str:
    suffix = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
