import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.cleaning import cut, isolated, one_line, paragraphs

ANYTHING = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\u202eb\u2066c\u2069", "abc"),
        ("pay\u200bpal\ufeff\u00ad", "paypal"),
        ("Glo\u200dbex \u200cInc", "Globex Inc"),
        ("bell\x07 nul\x00 esc\x1b[31m", "bell nul esc[31m"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("one\r\ntwo\u2028three\tfour", "one two three four"),
        ("شركة النور", "شركة النور"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (
            "👩\u200d💻 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 👍🏽",
            "👩\u200d💻 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 👍🏽",
        ),
        ("\u3164\u2800\u200b", ""),
        ("ﬁn é e\u0301 中文", "ﬁn é e\u0301 中文"),
    ],
)
def test_what_is_seen_stays_and_what_is_not_seen_goes(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


def test_paragraphs_keep_their_lines_but_no_gaps() -> None:
    assert paragraphs(" one\ntwo\n \n\n\nthree\r\n") == "one\ntwo\n\nthree"


@given(ANYTHING)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)
    assert paragraphs(paragraphs(text)) == paragraphs(text)


@given(ANYTHING, st.integers(min_value=1, max_value=50))
def test_what_is_cut_is_short_enough_and_says_so(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")
    assert text.startswith(short.removesuffix("…").rstrip()) or short == text


def test_nothing_is_cut_in_the_middle_of_a_word_or_an_emoji() -> None:
    assert cut("Discovery and design", 18) == "Discovery and…"
    assert cut("ab👩\u200d💻cd", 5) == "ab…"
    assert cut("abcde\u0301fgh", 6) == "abcd…"


def test_right_to_left_text_does_not_turn_round_what_stands_beside_it() -> None:
    assert isolated("شركة") == "\u2068شركة\u2069"
    assert isolated("Globex") == "Globex"
