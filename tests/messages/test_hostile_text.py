"""Whatever people type: it is never markup, mention or link, and Slack always accepts it."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from messages import home, listing, notice, page
from messages.card import card
from messages.facts import CardFacts, DraftFacts
from messages.message import Json, Message
from messages.problem import problem
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.demo import DECK, LARGE, asset, facts, offered, sow
from tests.messages.everything import Said
from tests.workflows.harborlight import DIAN, EVERYBODY, RYAN, SOL
from tests.workflows.journey import Journey
from workflows.sow import WORKFLOW as SOW

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
    r"<@(?:" + "|".join(EVERYBODY) + r")>"
    r"|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|\d+ [A-Z][a-z]{2} 2026, \d\d:\d\d UTC>"
)
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2067\ufeff]"
)


@given(text=TEXT)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_people_type_is_ever_more_than_text(text: str) -> None:
    for said in everything_with(text):
        assert faults(said) == []


@pytest.mark.parametrize(
    "text", ["x", "<!channel> ", "&", "\U0001f600", "\u202e", "e\u0301", "ﷺ\n"]
)
def test_forty_thousand_characters(text: str) -> None:
    for said in everything_with(text * (40_000 // len(text))):
        assert faults(said) == []


@pytest.mark.parametrize("text", NASTY)
def test_each_of_these_by_itself(text: str) -> None:
    for said in everything_with(text):
        assert faults(said) == []


def test_the_search_for_faults_finds_them() -> None:
    mention = [{"type": "user", "user_id": "U0EVIL"}]
    block = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": mention}]}
    assert faults("<!channel>")
    assert faults(Message("a\u202eb"))
    assert faults(Message("ok", (block,)))
    assert faults(Message("ok", ({"type": "divider"},) * 51))
    assert faults(Message("x" * 3500))


def test_what_was_typed_is_what_is_read() -> None:
    typed = "*bold* _x_ <!channel> &lt; `code` https://evil.example"
    journey = sow(replace(LARGE, notes=typed))
    drawn = card(facts(journey), (), reader="channel")
    texts = [each["text"] for each in elements(drawn.blocks) if each["type"] == "text"]
    assert any(typed in each for each in texts)


def everything_with(text: str) -> Iterator[Said]:
    """Everything that is said when every field, reason and question reads ``text``."""
    for journey, users in ((asked(text, LARGE), (RYAN, DIAN)), (asked_asset(text), (SOL,))):
        known = facts(journey)
        yield from about(known, journey, users)
    yield home.home([], [], [DraftFacts(id="D1", label=text)], [SOW], admin=None)
    yield notice.draft_kept(text, "D1")
    yield notice.dead_letter(1, "user:U0RYAN", "card", text)
    yield notice.dead_letter(1, text, text, "")
    yield listing.unknown_subcommand(SOW, text, "status")
    if not any(token in text for token in ("<@", "<!date", "<https", "<#", "<mailto")):
        yield problem(text)


def about(known: CardFacts, journey: Journey, users: tuple[str, ...]) -> Iterator[Said]:
    entries = [move.entry for move in journey.moves]
    yield card(known, offered(journey, users[0]), reader="decider")
    yield card(known, (), reader="asker")
    yield page.page(known, entries, offered(journey, users[-1]))
    yield home.home([known] * 16, [known] * 16, [], [SOW], admin=None)
    yield listing.listing([known] * 11, [known] * 11, None)
    yield listing.listing_page([known] * 48, [known] * 48)
    yield listing.status(known, entries * 5)
    for entry in entries:
        yield notice.notice(known, entry.action, entry, offered(journey, users[0]))
        yield notice.log_line(known, entry)
    yield notice.reminder(known, 2)
    yield notice.escalation(known)
    yield notice.nobody_holds(known, ["executive"])
    yield notice.stale(known, None)


def asked(text: str, details: object) -> Journey:
    return sow(filled(details, text), *questioned(RYAN, text))


def asked_asset(text: str) -> Journey:
    return asset(filled(DECK, text), *questioned(SOL, text))


def questioned(user: str, text: str) -> tuple[tuple[str, str, str], ...]:
    reason = text if text.strip() else "?"
    return ((user, "ask", reason), (user, "request_changes", reason))


def filled(details: Any, text: str) -> Any:  # noqa: ANN401 - the details of any workflow
    values: dict[str, Any] = {}
    for field in fields(details):
        if isinstance(getattr(details, field.name), str):
            values[field.name] = text
        elif isinstance(getattr(details, field.name), tuple):
            values[field.name] = (text, text)
    return replace(details, **values)


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
    rest = OURS.sub("", text)
    wrong = re.search(r"[<>]|&(?!amp;|lt;|gt;)", rest) or INVISIBLE.search(text)
    return [text] if wrong or len(text) >= 3500 or not encodable(text) else []


def is_ours(element: Json) -> bool:
    match element["type"]:
        case "text":
            return bool(element["text"])
        case "user":
            return element["user_id"] in EVERYBODY
        case "link":
            return False
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
