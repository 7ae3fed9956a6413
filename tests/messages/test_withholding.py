"""What is told to somebody who sees no amounts: statuses stay true, sums go, figures never come."""

import json
import re
from decimal import Decimal
from typing import get_args

import pytest

from bot.understanding.sums import sums_in
from messages.card import card
from messages.facts import CardFacts
from messages.filters import left, money, unsigned
from messages.listing import listing, listing_page, status
from messages.notice import Surface, deed, escalation, reminder
from messages.page import page
from messages.withholding import TO_ROLE, Withholding
from tests.bot.understanding.test_sums import GUESSED, SURE
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


@pytest.mark.parametrize("text", [*SURE, *GUESSED])
def test_whatever_is_read_as_an_amount_is_withheld(text: str) -> None:
    amounts = {each for found in sums_in(text, "USD") for each in found.amounts}
    told = Withholding(TO_ROLE, frozenset(amounts)).text(f"It is worth {text}, they say.")
    assert CUT in told
    assert not re.search(r"\d", told), told


@pytest.mark.parametrize(
    "text",
    [
        *("$1.2M", "1.2M EUR", "1.2 mio", "$250K", "250K USD", "1.2 Million EUR", "0.25M"),
        *("5 lakh", "2.5 crore", "US$ 300k", "A$300", "us$300", "300 usd", "300 bucks"),
        *("250k-300k USD", "250-300k", "80000/90000 USD", "1.2mn-1.5mn", "80 to 90 EUR"),
        *("20kEUR", "*90* USD", "_90k_", "3 x 20k EUR", "10^15 USD", "10**6 EUR", "1,5 Mio. €"),
    ],
)
def test_a_sum_that_nobody_knows_is_withheld_however_it_is_written(text: str) -> None:
    for around in ("{}", "It is worth {}, they say.", "({})", "up to {}.", "Budget:{}"):
        told = Withholding(TO_ROLE).text(around.format(text))
        assert CUT in told
        assert not re.search(r"\d", told), told


@pytest.mark.parametrize(
    "text",
    [
        "8 real users",
        "2026-12-24 and 30 clients",
        "12-24 months",
        "v1.2",
        "3 x 20",
        "24/7",
        "SOW-7",
    ],
)
def test_what_is_no_money_stays_in_a_text(text: str) -> None:
    assert KNOWN.text(text) == text


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
