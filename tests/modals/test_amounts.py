from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.amounts import read_amount, write_amount
from workflows.money import Money, NotMoney

FIGURES = "Please write the amount in figures, for example 8000, 8,000 or 8000.50."


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("8000", "USD", "8000"),
        ("8,000", "USD", "8000"),
        ("8000.50", "USD", "8000.50"),
        ("8000,50", "EUR", "8000.50"),
        ("8 000", "EUR", "8000"),
        ("8\N{NO-BREAK SPACE}000,5", "EUR", "8000.5"),
        ("8'000.50", "CHF", "8000.50"),
        ("8.000,50", "EUR", "8000.50"),
        ("8,000.50", "USD", "8000.50"),
        ("1.000.000", "EUR", "1000000"),
        ("1,000,000", "USD", "1000000"),
        ("8,00,000", "INR", "800000"),
        ("8k", "USD", "8000"),
        ("8.5K", "USD", "8500"),
        ("$8,000", "USD", "8000"),
        ("$8,000", "CAD", "8000"),
        ("8k €", "EUR", "8000"),
        ("usd 8,000.00", "USD", "8000"),
        ("０.50", "USD", "0.5"),
        ("0.125", "KWD", "0.125"),
        ("1.2345k", "USD", "1234.5"),
        ("8000.00", "JPY", "8000"),
        ("8,000", "JPY", "8000"),
        ("8000.125", "KWD", "8000.125"),
    ],
)
def test_an_amount_that_can_mean_one_thing_only_is_taken(
    text: str, currency: str, amount: str
) -> None:
    assert read_amount(text, currency) == Money.of(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "currency", "sentence"),
    [
        (
            "8.000",
            "EUR",
            "“8.000” can mean 8 or 8000. Please write it in one of these two ways.",
        ),
        (
            "8,125",
            "KWD",
            "“8,125” can mean 8.1250 or 8125. Please write it in one of these two ways.",
        ),
        (
            "1,250k",
            "USD",
            "“1,250” can mean 1250 or 1250000. Please write it in one of these two ways.",
        ),
        ("€8,000", "USD", "You wrote €, but the currency chosen is USD."),
        ("8000 CHF", "EUR", "You wrote CHF, but the currency chosen is EUR."),
        ("0", "USD", "The amount must be more than zero."),
        ("-5", "USD", "The amount must be more than zero."),
        ("\N{MINUS SIGN}8,000", "USD", "The amount must be more than zero."),
        ("10.5", "JPY", "JPY has no decimals."),
        ("8.00000001k", "USD", "USD has at most 2 decimals."),
        ("99999999999999999999", "USD", "This amount is too large."),
        *((text, "USD", FIGURES) for text in ("eight", "8 or 9", "8,000.", "8m", "80 00", "٨", "")),
        *((text, "USD", FIGURES) for text in ("1,000.000,5", "1 000,000", "8000,500", "0.001")),
        *((text, "USD", FIGURES) for text in ("8,0000,000", "1.2.3,4,5", "8'000 000", "8000.-")),
    ],
)
def test_any_other_amount_is_refused_with_a_sentence(
    text: str, currency: str, sentence: str
) -> None:
    with pytest.raises(NotMoney) as refused:
        read_amount(text, currency)
    assert str(refused.value) == sentence


@given(
    st.integers(min_value=1, max_value=10**15),
    st.sampled_from(["USD", "EUR", "JPY", "KWD", "CLF", "CHF"]),
)
def test_what_a_form_shows_is_read_back_exactly(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert read_amount(write_amount(money), currency) == money


def outcome(text: str) -> Money | str:
    try:
        return read_amount(text, "USD")
    except NotMoney as refused:
        return str(refused)


@given(st.text(max_size=28) | st.text("0123456789., 'k$-", max_size=28))
def test_whatever_is_typed_is_money_or_a_sentence(text: str) -> None:
    meant = outcome(text)
    assert meant.endswith(".") if isinstance(meant, str) else meant.minor > 0
