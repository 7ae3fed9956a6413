"""Deals that a sentence names."""

import pytest

from bot.understanding.deals import deals_in
from modals.sales_asset import FORM as ASSET
from tests.bot.understanding.test_reading import answer, said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SOW for Globex, opportunity D-7", "D-7"),
        ("the deal is OPP-1234, contact Jane", "OPP-1234"),
        ("deal #7731", "7731"),
        ("opportunity number 7731.", "7731"),
        ("CRM: 0061x00000ABCDE", "0061x00000ABCDE"),
        ("opportunity https://crm.example.com/opp/17?x=1.", "https://crm.example.com/opp/17?x=1"),
        ("opp <https://crm.example.com/17>", "https://crm.example.com/17"),
    ],
)
def test_a_deal_is_named_after_a_word_that_says_so(text: str, value: str) -> None:
    [found] = deals_in(text)
    assert found.value == value == text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "a deal of 250k",
        "deal 250k",
        "big deal",
        "deck for the Globex renewal deal by 5 Dec",
        "opportunity 50000",
        "SOW-7 and D-7",
        "the deal is worth 90k",
    ],
)
def test_nothing_else_is_a_deal(text: str) -> None:
    assert not [*deals_in(text)]


def test_it_goes_into_the_forms() -> None:
    assert answer(said("SOW for Globex, 180k, opportunity D-7"), "opportunity") == "D-7"
    found = said("deck for the Globex demo by 5 Dec, opp OPP-1234", ASSET)
    assert answer(found, "opportunity") == "OPP-1234"
