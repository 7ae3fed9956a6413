import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.fitting import clean, cut, is_blank, length


def test_a_short_text_is_not_cut() -> None:
    assert cut("Globex", 6) == "Globex"


def test_a_long_text_ends_with_an_ellipsis() -> None:
    assert cut("Globex Corporation", 7) == "Globex…"


def test_an_emoji_counts_as_browsers_count_it_and_is_not_halved() -> None:
    assert length("a🦊") == 3
    assert cut("a🦊b", 3) == "a…"


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cut_text_always_fits_and_begins_as_it_did(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert length(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…"))


def test_what_cannot_be_stored_is_left_out() -> None:
    assert clean("a\x00b\x07c\ud800d\r\ne\rf\tg") == "abcd\ne\nf\tg"


@pytest.mark.parametrize("text", ["", " \n\t", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT MARK} "])
def test_a_text_without_anything_to_see_is_blank(text: str) -> None:
    assert is_blank(text)


def test_a_text_with_something_to_see_is_not_blank() -> None:
    assert not is_blank(" שלום ")
