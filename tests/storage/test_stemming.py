"""Our stems are those of SQLite's own Porter stemmer, which stands beside as the witness."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from storage.stemming import stem
from storage.terms import words

ENDINGS = """
    s ss sses ies eed ed ing y ational tional enci anci izer bli alli entli eli ousli ization ation
    ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness
    al ance ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e ll
""".split()
ODD = {"ies", "eed", "eeds", "sses"}
"""Words that are nothing but an ending, which SQLite cuts off in another way."""


def witnessed(asked: list[str]) -> dict[str, str]:
    """Return the stem of each word as SQLite has it."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(word, tokenize='porter ascii')")
    database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(found, 'instance')")
    database.executemany("INSERT INTO found (rowid, word) VALUES (?, ?)", enumerate(asked))
    stems = {
        asked[number]: term for number, term in database.execute("SELECT doc, term FROM terms")
    }
    database.close()
    return stems


def test_the_words_of_a_library() -> None:
    folder = Path(sqlalchemy.__file__).parent
    texts = (file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    known = sorted({word for text in texts for word in words(text) if word.isascii()} - ODD)
    known = [word for word in known if word.isalpha()]
    assert len(known) > 5_000
    assert {word: stem(word) for word in known} == witnessed(known)


@given(
    st.text("aeioubdlmstvwxyz", min_size=3, max_size=7),
    st.lists(st.sampled_from(ENDINGS), max_size=2),
)
@settings(max_examples=1_000)
def test_any_word(root: str, endings: list[str]) -> None:
    word = root + "".join(endings)
    assume(word not in ODD)
    assert stem(word) == witnessed([word])[word]


@pytest.mark.parametrize("word", ["", "as", "c++", "q3s", "décks", "東京s", "studies2"])
def test_other_words_stay_as_they_are(word: str) -> None:
    assert stem(word) == word


def test_endings_are_cut_off() -> None:
    assert {stem(word) for word in ("study", "studies", "studied", "studying")} == {"studi"}
    assert stem("marketing") == stem("markets") == "market"
