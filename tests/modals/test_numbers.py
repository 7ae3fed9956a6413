"""Quantities and whole numbers: what can be read in two ways is asked about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.fields import Invalid, Quantity, Whole
from tests.modals.examples import TODAY

QUANTITY = Quantity(name="n", label="How many?")
DAYS = Whole(name="n", label="Days", least=0, most=365)
FIGURES = "Please write the quantity in figures, for example 3, 0.5 or 1500."
TWO = "“{}” can mean {} or {}. Please write it in one of these two ways."


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (None, "1"),
        ("3", "3"),
        ("+3", "3"),
        ("0.5", "0.5"),
        ("0,5", "0.5"),
        ("0.125", "0.125"),
        ("1.1250", "1.125"),
        ("1500", "1500"),
        ("1 500", "1500"),
        ("1'500,5", "1500.5"),
        ("1,500.5", "1500.5"),
        ("10,5", "10.5"),
        ("1,000,000", "1000000"),
        ("٣", None),
        ("３", "3"),
    ],
)
def test_a_quantity_that_can_mean_one_thing_only_is_taken(text: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(Invalid):
            QUANTITY.check({"n": text}, TODAY)
    else:
        assert QUANTITY.check({"n": text}, TODAY) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,500", TWO.format("1,500", "1.5", "1500")),
        ("1.125", TWO.format("1.125", "1.1250", "1125")),
        ("0", "The quantity must be more than zero."),
        ("0.000", "The quantity must be more than zero."),
        ("-2", "The quantity must be more than zero."),
        ("\N{MINUS SIGN}2", "The quantity must be more than zero."),
        ("0.0001", "A quantity has at most 3 decimals."),
        ("1000001", "This is too much: 1,000,000 at most, please."),
        ("9" * 20, "This is too much: 1,000,000 at most, please."),
        ("9" * 21, "This is too long: at most 20 characters, please."),
        *((wrong, FIGURES) for wrong in ("two", "2 days", "10 %", "½", "1e3", "NaN", "2-3", "3.")),
    ],
)
def test_any_other_quantity_gets_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        QUANTITY.check({"n": text}, TODAY)
    assert str(refused.value) == sentence


@given(st.integers(1, 10**9))
def test_a_quantity_that_is_put_back_is_the_same(thousandths: int) -> None:
    number = Decimal(thousandths) / 1000
    assert QUANTITY.check(QUANTITY.fill(number), TODAY) == number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("30", 30), ("365", 365), (None, None)])
def test_a_whole_number_is_taken(text: str | None, number: int | None) -> None:
    assert DAYS.check({"n": text}, TODAY) == number
    assert DAYS.check(DAYS.fill(number), TODAY) == number


@pytest.mark.parametrize("text", ["366", "-1", "3.5", "1,000", "ten", "٣", "1e2", "+5"])
def test_any_other_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match=r"Please write a whole number from 0 to 365\."):
        DAYS.check({"n": text}, TODAY)
