"""What is told to somebody who sees no amounts: statuses stay true, sums go, figures never come."""

import json
import re
from decimal import Decimal
from typing import get_args

import pytest

from messages.card import card
from messages.facts import CardFacts
from messages.filters import left, money, unsigned
from messages.listing import listing, listing_page, status
from messages.notice import Surface, deed, escalation, reminder
from messages.page import page
from messages.withholding import TO_ROLE, Withholding
from tests.messages.deal_story import STORY
from tests.messages.demo import AFTER, facts, without_amounts
from workflows.deal import record_of
from workflows.money import Money, NotMoney, Withheld
from workflows.request import Request

CUT = "[amount not shown]"
KNOWN = Withholding(TO_ROLE, frozenset({Decimal("90000.00"), Decimal(30)}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "90,000.00 USD is below the threshold of 100,000 USD",
            f"{CUT} is below the threshold of {CUT}",
        ),
        ("amount: -5.00 USD -> 7.50 EUR", f"amount: {CUT} -> {CUT}"),
        ("$5 or €1.200,50, CHF 90'000", f"{CUT} or {CUT}, {CUT}"),
        ("some 90k, or 90 thousand dollars", f"some {CUT}, or {CUT}"),
        ("(90000) 90.000,00 and 90 000.", f"({CUT}) {CUT} and {CUT}."),
        ("30 API clients in 12 weeks", "30 API clients in 12 weeks"),
        ("SOW-90000, INV-90000, 2026-12-24", "SOW-90000, INV-90000, 2026-12-24"),
        ("https://crm.example/deals/90000", "https://crm.example/deals/90000"),
        ("sha256 90000abc", "sha256 90000abc"),
    ],
)
def test_sums_of_money_are_left_out_of_texts(text: str, told: str) -> None:
    assert KNOWN.text(text) == told


def test_what_is_reckoned_from_a_withheld_amount_is_withheld() -> None:
    amount = Withheld(1, "USD", TO_ROLE)
    for each in (amount, amount.of_minor(-1), unsigned(amount.of_minor(-1))):
        assert isinstance(each, Withheld)
        assert money(each) == str(each) == TO_ROLE
        with pytest.raises(NotMoney):
            _ = each.amount
    assert [left(amount.of_minor(each)) for each in (1, 0, -1)] == [
        *("open", "paid in full", "overpaid")
    ]
    assert left(Money(100, "USD")) == "1.00 USD open"


JOURNEYS = {name: each for name, each in AFTER.items() if name.startswith("sow ")}


def figures(request: Request) -> set[str]:
    """Return how the amounts of a request could be written, without anything between digits."""
    withheld = Withholding.of(request, TO_ROLE)
    assert withheld is not None
    large = {each for each in withheld.known if abs(each) >= 100}
    return {f"{each:f}".replace(".", "") for each in large} | {str(int(each)) for each in large}


@pytest.mark.parametrize("name", JOURNEYS)
def test_no_message_about_a_deal_has_a_figure(name: str) -> None:
    journey = JOURNEYS[name]
    whole, known = facts(journey), without_amounts(facts(journey))
    entries = [move.entry for move in journey.moves]

    def said(known: CardFacts) -> str:
        told = [
            *(deed(known, each, on) for each in entries for on in get_args(Surface)),
            *(card(known, (), reader=each) for each in ("asker", "channel", "decider")),
            *(reminder(known, 1), escalation(known, "executive"), status(known, entries)),
            *(page(known, entries, ()), listing([known], [known], None)),
            listing_page([known], [known]),
        ]
        return re.sub(r"(?<=\d)[.,](?=\d)", "", json.dumps([str(each) for each in told]))

    wanted = figures(journey.request)
    assert any(re.search(rf"(?<!\d){each}(?!\d)", said(whole)) for each in wanted)
    text = said(known)
    assert [each for each in wanted if re.search(rf"(?<!\d){each}(?!\d)", text)] == []


@pytest.mark.parametrize("name", STORY)
def test_every_status_stays_what_it_is_after_each_payment(name: str) -> None:
    request = STORY[name].request
    said = without_amounts(facts(STORY[name])).request
    for real, told in zip(record_of(request).invoices, record_of(said).invoices, strict=True):
        assert (told.number, told.status, told.is_open) == (real.number, real.status, real.is_open)
        assert (told.balance == told.amount) == (real.balance == real.amount)
        assert isinstance(told.balance, Withheld)
