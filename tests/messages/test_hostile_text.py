"""Whatever people type: it is never markup, mention or link, and Slack always accepts it."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from messages import found, home, listing, notice, page
from messages.card import card
from messages.facts import CardFacts, DraftFacts
from messages.message import Message
from messages.problem import problem
from messages.ticket import ticket_begun, ticket_sent
from tests.messages.demo import DECK, LARGE, Said, asset, facts, offered, sow
from tests.messages.hostile import NASTY, TEXT, elements, faults
from tests.workflows.harborlight import DIAN, RYAN, SOL
from tests.workflows.journey import Journey
from workflows.sow import WORKFLOW as SOW


@given(text=TEXT)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
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
    sought = home.Sought(said=text, found=home.Listed(), older=None, later=False)
    drafts = [DraftFacts(id="D1", label=text)]
    bare = home.HomeFacts(to=RYAN, waiting=home.Listed(), drafts=drafts, askable=[SOW])
    yield home.home(bare)
    yield home.home(replace(bare, sought=sought))
    yield found.found(text, [], [SOW], to=RYAN, more=None, later=False)
    yield found.no_status(SOW, text)
    yield notice.draft_kept(text, "D1")
    yield ticket_sent(text, text, "SOW-7")
    yield ticket_begun(text, text, text, (text,), "D1")
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
    many = home.Listed(requests=[known] * 8, more=True)
    able = [offered(journey, users[0])] * 8
    full = home.HomeFacts(
        to=users[0], waiting=many, buttons=able, mine=many, team=many, closed=many
    )
    yield home.home(full)
    yield found.found("x", [known] * 8, [SOW], to=users[0], more=None, later=False)
    yield listing.listing([known] * 11, [known] * 11, None)
    yield listing.listing_page([known] * 48, [known] * 48)
    yield listing.status(known, entries * 5)
    for entry in entries:
        yield notice.notice(known, entry.action, entry, offered(journey, users[0]))
        yield notice.log_line(known, entry)
    yield notice.reminder(known, 2)
    yield notice.escalation(known, "admin")
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
