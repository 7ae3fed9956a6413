"""The contract of `Index`, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ports import Indexed, Kind, Sought
from storage.columns import storable
from storage.database import Database
from storage.terms import words

DECK = Indexed(
    ref="SHELF-1",
    kind=Kind.ASSET,
    title="Fintech deck",
    text="What Lighthouse Logistics gained by studies of its marketing",
    tags={"type": ("deck",), "industry": ("Financial services", "Banking"), "language": ("en",)},
    on=date(2026, 3, 1),
)
PLAIN = Indexed(ref="SHELF-9", kind=Kind.ASSET, title="", on=date(2026, 1, 1))
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(database: Database, *entries: Indexed) -> None:
    with database.unit() as unit:
        for each in entries:
            unit.index.put(each)
        unit.commit()


def titled(*titles: str) -> list[Indexed]:
    """Entries SHELF-1, SHELF-2... with these titles, each a day newer than the one before."""
    return [
        replace(PLAIN, ref=f"SHELF-{n}", title=title, on=date(2026, 1, n))
        for n, title in enumerate(titles, 1)
    ]


def found(
    database: Database,
    text: str = "",
    *,
    loosely: bool = False,
    limit: int = 10,
    skip: int = 0,
    **tags: str,
) -> list[str]:
    with database.unit() as unit:
        sought = Sought(text=text, tags=tags, loosely=loosely)
        return [each.ref for each in unit.index.find(sought, limit, skip)]


def test_an_entry_comes_back_as_it_was_put(database: Database) -> None:
    outdated = replace(DECK, ref="SHELF-2", is_current=False, tags={}, text="")
    put(database, DECK, outdated)
    with database.unit() as unit:
        assert unit.index.get("SHELF-1") == DECK
        assert unit.index.get("SHELF-2") == outdated
        assert unit.index.get("SHELF-3") is None
        assert unit.index.find(Sought(text="fintech")) == [DECK, outdated]


def test_putting_again_replaces_everything(database: Database) -> None:
    put(database, DECK, replace(DECK, title="A brochure", text="", tags={"type": ("brochure",)}))
    assert found(database, "deck") == found(database, "lighthouse") == []
    assert found(database, type="deck") == []
    assert found(database, "brochure") == found(database, type="brochure") == ["SHELF-1"]
    with database.unit() as unit:
        assert set(unit.index.vocabulary(Kind.ASSET)) == {"a", "brochure"}


def test_what_was_dropped_is_not_found(database: Database) -> None:
    put(database, DECK)
    with database.unit() as unit:
        unit.index.drop("SHELF-1")
        unit.index.drop("SHELF-7")
        unit.commit()
    assert found(database, "fintech") == found(database) == []
    with database.unit() as unit:
        assert unit.index.get("SHELF-1") is None
        assert unit.index.vocabulary(Kind.ASSET) == []


@pytest.mark.parametrize(
    "text",
    [
        *("fintech", "FINTECH", "fin", "fintec", "deck fintech", "decks", "study", "studying"),
        *("market", "marketi", "marketed", "light log", "the deck for a fintech", "fín\u0301tech"),
        *("banking", "financial deck", "fintech! (deck)", "deck, deck"),
    ],
)
def test_words_match_whole_or_as_a_beginning(database: Database, text: str) -> None:
    put(database, DECK, replace(PLAIN, title="Brochure"))
    assert found(database, text) == ["SHELF-1"]


@pytest.mark.parametrize("text", ["tech", "fintech brochure", "deckhand", "x" * 10_000, "the of"])
def test_what_no_entry_has_is_not_found(database: Database, text: str) -> None:
    put(database, DECK, replace(PLAIN, title="Brochure"))
    assert found(database, text) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("C++ for bankers", 'C++ "'),
        ("C# for bankers", "c#"),
        ("Straßenbau in Zürich", "STRASSENBAU zurich"),
        ("100 % organic_growth's", "%_'; -- organic 100"),
        ("Launch \U0001f680", "\U0001f680"),
        ("NEAR and OR", "near OR"),
        ("東京 guide", "東京"),
        ("naïve plan", "'naive':* & plan |"),
    ],
)
def test_odd_letters_are_ordinary(database: Database, title: str, text: str) -> None:
    put(database, *titled(title, "Case study", "Chart"))
    assert found(database, text) == found(database, text, loosely=True)[:1] == ["SHELF-1"]


@given(
    text=st.text(max_size=60)
    | st.text("\"'*:()^{}+-#%_\\\0 abANDORNEAR&|!<>", max_size=60)
    | st.sampled_from(["\ud83d", "a" * 10_000, "w " * 5_000, '"unbalanced', "a*b NOT (c"])
)
@quick
def test_no_text_is_an_error(database: Database, text: str) -> None:
    entry = replace(PLAIN, title=text, text=text, tags={"type": (text,), text: ("x",)})
    clean = storable(text)
    with database.unit() as unit:
        unit.index.put(entry)
        unit.index.find(Sought(text=text, loosely=True))
        kept = unit.index.get("SHELF-9")
        assert kept is not None
        assert (kept.title, kept.text) == (clean, clean)
        assert unit.index.find(Sought(text=text)) == [kept]


@given(title=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), data=st.data())
@quick
def test_the_beginning_of_any_word_finds_it(
    database: Database, title: str, data: st.DataObject
) -> None:
    with database.unit() as unit:
        unit.index.put(replace(PLAIN, title=title))
        for word in words(title):
            length = data.draw(st.integers(1, len(word)))
            if words(word[:length]) == [word[:length]]:
                assert unit.index.find(Sought(text=word[:length])) != []


def test_the_title_weighs_more_than_tags_and_they_more_than_the_text(database: Database) -> None:
    put(
        database,
        replace(PLAIN, ref="SHELF-1", title="Retail", on=date(2026, 1, 1)),
        replace(PLAIN, ref="SHELF-2", tags={"industry": ("retail",)}, on=date(2026, 1, 2)),
        replace(PLAIN, ref="SHELF-3", text="retail", on=date(2026, 1, 3)),
        replace(PLAIN, ref="SHELF-4", title="Retail", is_current=False, on=date(2026, 1, 4)),
        replace(PLAIN, ref="SHELF-5", title="Retail", on=date(2026, 1, 5)),
        replace(PLAIN, ref="SHELF-6", title="Retailers", text="deck", on=date(2025, 1, 5)),
        replace(PLAIN, ref="SHELF-7", text="deck retail", on=date(2026, 1, 5)),
    )
    by_rank = ["SHELF-5", "SHELF-1", "SHELF-6", "SHELF-2", "SHELF-7", "SHELF-3", "SHELF-4"]
    for loosely in (False, True):
        assert found(database, "retail", loosely=loosely) == by_rank
    assert found(database, "retail deck") == ["SHELF-6", "SHELF-7"]


def test_whole_words_come_before_beginnings(database: Database) -> None:
    put(database, *titled("Fin", "Fintech", "Fins"))
    assert found(database, "fin") == ["SHELF-3", "SHELF-1", "SHELF-2"]


def test_tags_are_exact_in_any_case(database: Database) -> None:
    put(database, DECK, replace(DECK, ref="SHELF-2", tags={"industry": ("Banking",)}))
    assert found(database, industry="BANKING", type="Deck") == ["SHELF-1"]
    assert found(database, "fintech", industry="banking") == ["SHELF-2", "SHELF-1"]
    assert found(database, "fintech zzz", loosely=True, type="deck") == ["SHELF-1"]
    assert found(database, industry="bank") == found(database, industry="") == []
    assert found(database, type="banking") == found(database, region="en") == []


def test_without_any_word_the_newest_come_first(database: Database) -> None:
    old = replace(DECK, ref="SHELF-2", is_current=False, on=date(2027, 1, 1))
    put(database, *titled("A", "B", "C")[1:], DECK, old)
    for text in ("", "  ", "%_'; --", '"'):
        assert found(database, text) == ["SHELF-1", "SHELF-3", "SHELF-2"]
    assert found(database, limit=1, skip=1) == ["SHELF-3"]


def test_requests_and_assets_are_apart(database: Database) -> None:
    wanted = replace(DECK, ref="AST-1", kind=Kind.REQUEST, title="Fintech brochure")
    put(database, DECK, wanted)
    assert found(database, "fintech") == ["SHELF-1"]
    with database.unit() as unit:
        tags = {"industry": "banking"}
        for loosely in (False, True):
            sought = Sought(text="fintech", kind=Kind.REQUEST, tags=tags, loosely=loosely)
            assert unit.index.find(sought) == [wanted]
        assert unit.index.find(Sought(kind=Kind.REQUEST, tags=tags)) == [wanted]
        assert unit.index.find(Sought(tags=tags)) == [DECK]
        assert "brochure" in unit.index.vocabulary(Kind.REQUEST)
        assert "brochure" not in unit.index.vocabulary(Kind.ASSET)


def test_the_vocabulary_is_of_titles_and_tags(database: Database) -> None:
    put(database, DECK, replace(PLAIN, title="Decks for ÉCLAIRS"))
    with database.unit() as unit:
        assert sorted(unit.index.vocabulary(Kind.ASSET)) == sorted(
            "fintech deck financial services banking en decks for eclairs".split()
        )


def test_an_entry_that_changes_its_kind_is_found_as_what_it_is(database: Database) -> None:
    put(database, DECK, replace(DECK, kind=Kind.REQUEST))
    assert found(database, "fintech") == found(database, type="deck") == []
    with database.unit() as unit:
        assert len(unit.index.find(Sought(text="fintech", kind=Kind.REQUEST))) == 1


def test_pages_follow_each_other(database: Database) -> None:
    many = [
        replace(
            PLAIN,
            ref=f"SHELF-{n}",
            title="Deck" if n % 3 else "Decking",
            text="deck",
            is_current=n % 7 != 0,
            on=date(2020 + n % 5, 1 + n % 12, 1),
        )
        for n in range(130)
    ]
    put(database, *many)
    pages = [found(database, "deck", limit=10, skip=skip) for skip in range(0, 140, 10)]
    in_order = [ref for page in pages for ref in page]
    assert in_order == found(database, "deck", limit=200)
    assert len(in_order) == len(set(in_order)) == 130
    current = [n % 7 != 0 for n in (int(ref.rpartition("-")[2]) for ref in in_order)]
    assert current == sorted(current, reverse=True)


def test_a_very_long_text_is_indexed_as_far_as_it_is_read(database: Database) -> None:
    put(database, replace(PLAIN, text=" ".join(f"wörd{n}" for n in range(100_000))))
    assert found(database, "word77") == ["SHELF-9"]
    assert found(database, "word99999") == []
