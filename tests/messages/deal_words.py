"""Everything that is said of a deal beside its notices: cards, pages, nudges, lists, reports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from messages import links, nudge, opinions, page
from messages.card import card
from messages.outstanding import outstanding
from messages.report import ReportFacts, StageTime, report
from tests.messages.deal_story import STORY, TODAY
from tests.messages.demo import Said, facts, offered, without_amounts
from tests.workflows.harborlight import ADAM, DIAN
from workflows.deal import Version, record_of
from workflows.invoice import Invoice
from workflows.money import Money
from workflows.request import Request

URL = "https://frontdesk.harborlight.example/review/not-a-token"
STAGES = (
    *("render_failed", "send", "client_request_changes", "draft", "approve_document", "client_ask"),
    *(
        "client_decline",
        "expire",
        "signing_void",
        "client_approve",
        "record_approval",
        "invoice_kept",
        "hold",
    ),
    *("send_invoices", "send_invoices_again", "money_returned"),
    *("dispute", "write_off", "record_payment last", "confirm"),
)
OCTOBER = ReportFacts(
    title="How Statements of Work went",
    period="October 2026",
    closed=12,
    open=5,
    stages=(
        StageTime(label="Waiting for executive approval", median_hours=5.5, p90_hours=30, count=9),
        StageTime(label="Drafting", median_hours=20, p90_hours=96, count=14),
        StageTime(label="With the client", median_hours=0.5, p90_hours=240.0, count=12),
    ),
    bounces=(("The client asked for changes", 4), ("Rejected: the margin is too low", 1)),
    approval_hours=6.25,
    payment_days_late=3,
    score=4.25,
    opinions=8,
    words=("The template saved us a day.", "Billing could be told earlier."),
)
NOTHING = ReportFacts(title=OCTOBER.title, period="November 2026", closed=0, open=0)


def everything_of_a_deal() -> Iterator[tuple[str, Said]]:
    """Yield every message and view, by the name of its golden file."""
    for name in STAGES:
        drawn = facts(STORY[name])
        yield f"card deal {name}", card(drawn, offered(STORY[name], DIAN), reader="decider")
    asker = card(facts(STORY["send"]), (), reader="asker")
    yield "card deal asker", asker
    stuck = replace(facts(STORY["send"]), stuck_mail_since=datetime(2026, 3, 2, 16, tzinfo=UTC))
    yield "card deal mail waits", card(stuck, (), reader="decider")
    unheard = facts(STORY["confirm"])
    unheard = replace(unheard, stuck_crm_since=unheard.request.since, crm="Salesforce")
    yield "card deal crm waits", card(unheard, (), reader="decider")
    unsealed = replace(stuck, stuck_mail_since=None, stuck_seal_since=stuck.stuck_mail_since)
    yield "card deal seal waits", card(unsealed, (), reader="decider")
    away = replace(stuck, stuck_mail_since=None, stuck_partner="DocuSign")
    away = replace(away, stuck_signing_since=stuck.stuck_mail_since)
    yield "card deal signing waits", card(away, (), reader="decider")
    still = replace(facts(STORY["draft"]), stuck_partner="DocuSign")
    still = replace(still, still_signable_since=stuck.stuck_mail_since)
    yield "card deal still to be signed", card(still, (), reader="decider")
    for name in ("dispute", "confirm", "record_approval", "reverse_payment"):
        entries = [move.entry for move in STORY[name].moves]
        whole = page.page(facts(STORY[name]), entries, offered(STORY[name], ADAM), export=True)
        yield f"page deal {name}", whole
    yield from _without_amounts()
    yield from _nudges()
    yield from _lists()


def _without_amounts() -> Iterator[tuple[str, Said]]:
    for name in ("send", "money_returned", "dispute", "write_off"):
        known = without_amounts(facts(STORY[name]))
        yield f"card deal {name} without amounts", card(known, (), reader="channel")
    entries = [move.entry for move in STORY["reverse_payment"].moves]
    known = without_amounts(facts(STORY["reverse_payment"]))
    yield "page deal without amounts", page.page(known, entries, ())
    known = without_amounts(facts(STORY["snooze"]))
    listed = [(known.request, each) for each in record_of(known.request).invoices]
    yield "outstanding without amounts", outstanding(listed, TODAY)


def _nudges() -> Iterator[tuple[str, Said]]:
    sent, way = STORY["send_invoices"], STORY["snooze"]
    for name, day in (("before", date(2026, 4, 6)), ("on the day", date(2026, 4, 9))):
        first = nudge.payment_nudge(facts(sent), _first(sent.request), 1, day, offered(sent, DIAN))
        yield f"nudge payment {name}", first
    late = nudge.payment_nudge(facts(way), _first(way.request), 4, TODAY, offered(way, DIAN))
    yield "nudge payment late", late
    asked = STORY["client_ask"]
    question = record_of(asked.request).open_questions[0]
    for nth in (1, 2):
        waits = nudge.question_waits(facts(asked), question, nth, offered(asked, DIAN))
        yield f"nudge question {nth}", waits


def _lists() -> Iterator[tuple[str, Said]]:
    request = STORY["snooze"].request
    first, second = record_of(request).invoices
    euro = replace(second, number="INV-9", amount=Money.of("12000.50", "EUR"), label="")
    later = replace(first, number="INV-7", due=date(2026, 7, 1), payments=(), disputed=True)
    soon = replace(second, due=date(2026, 5, 8))
    listed = [(request, each) for each in (first, soon, euro, later)]
    yield "outstanding", outstanding(listed, TODAY)
    yield "outstanding many", outstanding([(request, first)] * 37, TODAY, more=5)
    yield "outstanding nothing", outstanding([], TODAY)
    yield "report", report(OCTOBER)
    yield "report nothing", report(NOTHING)
    yield "opinion asked", opinions.ask("SOW-1", "Smith &amp; Co, 195,000.00 USD")
    yield "opinion thanks", opinions.thanks("SOW-1", 4)
    until = datetime(2026, 4, 1, 16, tzinfo=UTC)
    passed = links.link_to_pass_on(facts(STORY["send"]), "Jane Doe", "jane@a.example", URL, until)
    yield "link to pass on", passed
    yield "line of a draft", links.version_line(STORY["draft"].request, _newest("draft"))
    yield "line of a signed version", links.version_line(request, _newest("snooze"))
    yield "line of a file", links.file_line("SOW-1", "invoice INV-2026-014")


def _first(request: Request) -> Invoice:
    return record_of(request).invoices[0]


def _newest(name: str) -> Version:
    return record_of(STORY[name].request).versions[-1]
