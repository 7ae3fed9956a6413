"""Whatever is typed about assets: it is never markup, mention or a hidden link."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from messages import look_alikes, misuse, notice, shelf_news
from messages.announcement import announcement, answered, delivered
from messages.card import card
from messages.minutes import Minute, minutes
from messages.opening import opened
from messages.outside import outside_offer
from messages.owner_brief import owner_brief
from messages.quarterly import quarterly
from messages.ranking import why
from messages.search import results
from messages.suggestion import tag_suggested
from messages.templates import about
from messages.triage import TriageGroup, triage_list, triage_page
from tests.messages import asset_story, shelf_story
from tests.messages.asset_facts import DECK, LEARNING, QUARTER, STUDY
from tests.messages.asset_words import PARTS, POSTED, modal, row
from tests.messages.deal_words import URL
from tests.messages.demo import Said, facts, offered
from tests.messages.hostile import NASTY, TEXT, faults
from tests.messages.test_hostile_deal import poisoned as poisoned_deal
from tests.messages.test_hostile_deal import retyped, told
from tests.workflows.harborlight import ANA, BEN, HANA, HUGO, MIA, SOL
from tests.workflows.journey import Journey
from workflows.priority import Standing

ASSET_STEPS = ("want_changes last", "raise_conflict", "resolve_conflict", "add_word", "missed")
SHELF_STEPS = ("keeping_failed", "report_outdated", "new_version")


@given(text=TEXT)
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_people_type_is_ever_more_than_text(text: str) -> None:
    for said in typed(text):
        assert faults(said) == []


@pytest.mark.parametrize("text", ["<!channel> ", "&", "\U0001f600", "ﷺ\n"])
def test_ten_thousand_characters(text: str) -> None:
    for said in typed(text * (10_000 // len(text))):
        assert faults(said) == []


@pytest.mark.parametrize("text", NASTY)
def test_each_of_these_by_itself(text: str) -> None:
    for said in typed(text):
        assert faults(said) == []


@pytest.mark.parametrize(
    "text",
    ["https://bank.example|https://evil.example", "https://a.example/\u202emoc", "https://a b"],
)
def test_a_link_that_somebody_gives_shows_where_it_leads(text: str) -> None:
    said = owner_brief(facts(asset_story.STORY["accept"]), [("Start", text)], ())
    assert faults(said) == []


def poisoned(journey: Journey, text: str) -> Journey:
    """The same journey with ``text`` in it as far as a link can hold it, which is never half."""
    return poisoned_deal(journey, text.encode(errors="replace").decode())


def typed(text: str) -> Iterator[Said]:
    """Everything that is said of assets when everybody writes ``text``."""
    for name in ASSET_STEPS:
        journey = poisoned(asset_story.STORY[name], text)
        known, entry = facts(journey), journey.moves[-1].entry
        for to in (HUGO, MIA, BEN, ANA):
            yield card(known, offered(journey, to), reader="decider", to=to)
            yield notice.notice(known, entry.action, entry, (), to=to)
        yield notice.notice(known, "review_done", entry)
        yield notice.notice(known, "helping", entry)
    yield from told(poisoned(asset_story.STORY["add_word"], text))
    for name in SHELF_STEPS:
        yield from told(poisoned(shelf_story.STORY[name], text))
    yield from _triage(text)
    yield from _shelf(text)
    yield from _governance(text)


def _triage(text: str) -> Iterator[Said]:
    learning = retyped(LEARNING, text)
    asked = poisoned(asset_story.STORY["come_back"], text)
    listed = [row(asked, number, because=text) for number in range(1, 21)]
    group = TriageGroup(standing=Standing.NEW, rows=listed, count=1000)
    yield triage_list([group], weekly=True, learnings=[learning] * 9, outside=3)
    yield triage_page(group, 20, 45)
    headline = str(about(facts(asked))["headline"])
    minute = Minute(ref=text, headline=headline, done=text, actor=SOL, reason=text)
    yield minutes([minute] * 50)
    parts = [replace(each, because=text) for each in PARTS]
    yield why("AST-1", headline, 4, 12, 61, parts)


def _shelf(text: str) -> Iterator[Said]:
    study, deck = retyped(STUDY, text), retyped(DECK, text)
    yield announcement(study, is_new=True)
    yield delivered(study, "AST-12", "asker")
    yield answered(study, "AST-7", SOL, text)
    yield opened(deck, URL, 15)
    searched = {text: text}
    yield results(text, [study, deck], skip=0, more=True, meant=None, filters=searched)
    yield results(text, [], skip=0, more=False, meant=text, filters=searched)
    alike = facts(poisoned(asset_story.STORY["justify"], text))
    yield modal(look_alikes.TITLE, look_alikes.look_alikes([study] * 9, [alike] * 9, "D1"))
    yield modal("Taken", look_alikes.taken(study))
    yield modal("Followed", look_alikes.followed("AST-3"))
    brief = facts(poisoned(asset_story.STORY["accept"], text))
    yield owner_brief(brief, [(text, text)] * 30, ())


def _governance(text: str) -> Iterator[Said]:
    study, deck = retyped(STUDY, text), retyped(DECK, text)
    posted = retyped(POSTED, text)
    for what in ("outdated", "withdrawn", "unapproved", "replaced"):
        yield misuse.misused(study, what, text, "C0SALES")
        yield misuse.misused(None, what, text, "C0SALES")
        yield misuse.misuse_alert(replace(posted, what=what))
    yield misuse.misuses([posted] * 40)
    yield shelf_news.taker_told(deck, "outdated", text)
    yield shelf_news.ownerless([deck] * 50)
    yield outside_offer(text, "D1")
    yield tag_suggested("K1", text, text, HANA)
    yield quarterly(
        replace(
            QUARTER,
            title=text,
            by_type=((text, 1),) * 20,
            outside=((text, 1, 2),) * 20,
            words=(text,) * 9,
            learnings=(retyped(LEARNING, text),) * 20,
            due=(deck,) * 20,
            due_count=1_000_000,
        )
    )
