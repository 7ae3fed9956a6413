"""Whatever a client types: it is never markup, mention or link, and Slack always accepts it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from messages import links, notice, nudge, opinions, page, templates
from messages.card import card
from messages.outstanding import outstanding
from messages.report import report
from tests.messages.deal_story import STORY, TODAY
from tests.messages.deal_words import OCTOBER, URL
from tests.messages.demo import Said, facts, offered
from tests.messages.hostile import NASTY, TEXT, faults
from tests.workflows.harborlight import DIAN
from tests.workflows.journey import Journey
from workflows.deal import ClientQuestion, record_of
from workflows.money import Money


@given(text=TEXT)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_a_client_types_is_ever_more_than_text(text: str) -> None:
    for said in dealt(text):
        assert faults(said) == []


@pytest.mark.parametrize("text", ["<!channel> ", "\U0001f600", "ﷺ\n"])
def test_ten_thousand_characters(text: str) -> None:
    for said in dealt(text * (10_000 // len(text))):
        assert faults(said) == []


@pytest.mark.parametrize("text", NASTY)
def test_each_of_these_by_itself(text: str) -> None:
    for said in dealt(text):
        assert faults(said) == []


def dealt(text: str) -> Iterator[Said]:
    """Everything that is said of a deal when the client and everybody else write ``text``."""
    for name in ("render_failed", "client_ask", "record_approval"):
        last = poisoned(STORY[name], text)
        yield card(facts(last), offered(last, DIAN), reader="decider")
        yield notice.notice(facts(last), name, last.moves[-1].entry)
        yield notice.log_line(facts(last), last.moves[-1].entry)
    journey = poisoned(STORY["dispute"], text)
    yield from told(journey)
    known, request = facts(journey), journey.request
    record = record_of(request)
    invoice, question = record.invoices[0], record.questions[0]
    yield nudge.payment_nudge(known, invoice, 2, TODAY, ())
    yield nudge.question_waits(known, question, 2, ())
    yield outstanding([(request, each) for each in record.invoices] * 20, TODAY, more=1)
    yield opinions.ask("SOW-1", str(templates.about(known)["headline"]))
    yield links.link_to_pass_on(known, text, text, URL, journey.now)
    yield links.version_line(request, record.versions[0])
    yield links.file_line("SOW-1", text)
    yield report(replace(OCTOBER, title=text, bounces=((text, 1),) * 20, words=(text,) * 9))


def told(journey: Journey) -> Iterator[Said]:
    known, entries = facts(journey), [move.entry for move in journey.moves]
    yield card(known, offered(journey, DIAN), reader="decider")
    yield page.page(known, entries, offered(journey, DIAN), export=True)
    yield from (notice.notice(known, each.action, each) for each in entries)
    yield from (notice.log_line(known, each) for each in entries)


def poisoned(journey: Journey, text: str) -> Journey:
    """The same journey, with ``text`` for everything that was typed on its way."""
    worse = copy(journey)
    worse.moves = [
        replace(
            move,
            request=replace(move.request, details=retyped(move.request.details, text)),
            entry=replace(move.entry, detail=dict.fromkeys(("reason", "nth", "changed"), text)),
        )
        for move in journey.moves
    ]
    return worse


def retyped(value: Any, text: str) -> Any:  # noqa: ANN401 - any part of the details
    """``value`` with ``text`` in the place of each text in it that is neither ours nor an id."""
    if type(value) is str:
        return text if value else ""
    if isinstance(value, tuple):
        return tuple(retyped(each, text) for each in value)
    if not is_dataclass(value) or isinstance(value, type | Money):
        return value
    ours = set() if isinstance(value, ClientQuestion) else {"by"}
    ours |= {"approved_by", "recorded_by", "answered_by", "refused_by", "raised_by", "decided_by"}
    ours |= {"user", "contributors", "owner", "upholds", "state", "what", "channel", "ref"}
    names = {each.name for each in fields(value)} - ours
    return replace(value, **{name: retyped(getattr(value, name), text) for name in names})
