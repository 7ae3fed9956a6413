"""Text as nobody should have to show it, and the search for what it may have done."""

import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from messages.message import Json, Message
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.deal_words import URL
from tests.messages.demo import Said
from tests.workflows.harborlight import EVERYBODY

NASTY = (
    *("<!channel>", "<!here>", "<!everyone>", "<@U0RYAN>", "<#C1|general>", "<!subteam^S1>"),
    *(
        "<https://evil.example|https://bank.example>",
        "<mailto:a@b.example>",
        "https://evil.example",
    ),
    *("&lt;!channel&gt;", "&amp;lt;", "*bold*", "_x_", "~s~", "`c`", "```", "> quote", "</quote>"),
    *("<b>", "</b>", "<h>", "{{ 7 * 7 }}", "{% raw %}", "<!date^1^{time}|x>", "|", "^", ":smile:"),
    *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\x1b", "\ud83d", "\r\n", "\n\n\n"),
    *("شركة", "חברה", "👩\u200d💻", "🏴\U000e0067\U000e007f", "e\u0301", "\u3164", "中文", "ﷺ"),
)
TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=())),
)
OURS = re.compile(
    r"<@(?:" + "|".join(EVERYBODY) + r")>|<#C0SALES>"
    r"|<" + re.escape(URL) + r"\|(?:" + re.escape(URL) + r"|open version \d+)>"
    r"|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|\d+ [A-Z][a-z]{2} 2026, \d\d:\d\d UTC>"
)
LINK = re.compile(r"<(?P<url>https?://[!-;=?-{}~]+)\|(?P<label>[!-;=?-{}~]+)\u2026?>")
"""A link somebody gave; it shows where it leads."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2067\ufeff]"
)


def faults(said: Said) -> list[str]:
    """What is wrong with ``said``: foreign markup, unseen characters, or Slack's own objections."""
    if isinstance(said, str):
        return mrkdwn_faults(said)
    if isinstance(said, Message):
        found = mrkdwn_faults(said.text)
        problems = block_problems(list(said.blocks), "message")
        blocks = said.blocks
    else:
        found, problems, blocks = [], view_problems(said), tuple(said["blocks"])
    json.dumps(said.text if isinstance(said, Message) else "").encode()
    found += [str(each) for each in problems]
    found += [text for text in strings(blocks) if INVISIBLE.search(text) or not encodable(text)]
    return found + [str(each) for each in elements(blocks) if not is_ours(each)]


def mrkdwn_faults(text: str) -> list[str]:
    rest = LINK.sub(_open_about_it, OURS.sub("", text))
    wrong = re.search(r"[<>]|&(?!amp;|lt;|gt;)", rest) or INVISIBLE.search(text)
    return [text] if wrong or len(text) >= 3500 or not encodable(text) else []


def _open_about_it(link: re.Match[str]) -> str:
    return "" if link["url"].startswith(link["label"]) else "<a link that hides its aim>"


def is_ours(element: Json) -> bool:
    match element["type"]:
        case "text":
            return bool(element["text"])
        case "user":
            return element["user_id"] in EVERYBODY
        case "link":
            shown = element["text"].removesuffix("\u2026")
            return bool(element["url"] == URL or element["url"].startswith(shown))
        case "channel":
            return bool(element["channel_id"] == "C0SALES")
        case "date":
            return bool(element["timestamp"] > 0)
        case _:
            return False


def elements(blocks: tuple[Json, ...]) -> Iterator[Json]:
    for block in blocks:
        if block["type"] == "rich_text":
            for part in block["elements"]:
                yield from part["elements"]
        else:
            assert "mrkdwn" not in json.dumps(block)


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a block
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else ():
        yield from strings(each)
    for each in value if isinstance(value, list | tuple) else ():
        yield from strings(each)


def encodable(text: str) -> bool:
    return not any("\ud800" <= each <= "\udfff" for each in text)
