"""`Index` where any of the words will do, on both databases."""

from dataclasses import replace

from bot.ports import Kind
from storage.database import Database
from tests.storage.test_index import PLAIN, found, put, titled


def test_loosely_the_more_words_the_better(database: Database) -> None:
    put(database, *titled("Fintech case study", "Case of wine", "Study room", "Fintech study"))
    asked = "fintech case study"
    assert found(database, asked) == ["SHELF-1"]
    assert found(database, asked, loosely=True) == ["SHELF-1", "SHELF-4", "SHELF-3", "SHELF-2"]
    assert found(database, "fintech zzz", loosely=True, limit=1) == ["SHELF-4"]
    assert found(database, "zzz", loosely=True) == []


def test_loosely_words_match_whole(database: Database) -> None:
    put(database, *titled("Fintech study"))
    assert found(database, "studies zzz", loosely=True) == ["SHELF-1"]
    assert found(database, "fin stud", loosely=True) == []


def test_loosely_the_five_rarest_words_of_titles_and_tags_decide(database: Database) -> None:
    frequent = titled("Sales deck", "Sales deck", "Sales decks")
    rare = replace(PLAIN, ref="SHELF-8", title="Alpha study", tags={"industry": ("Gamma delta",)})
    put(database, *frequent, rare, replace(PLAIN, ref="SHELF-9", title="", text="unheard of"))
    five = "alpha studies gamma delta"
    assert found(database, f"sales deck {five}", loosely=True)[0] == "SHELF-8"
    assert found(database, f"deck sales {five}", loosely=True)[1:] == [
        *("SHELF-3", "SHELF-2", "SHELF-1")
    ]
    assert found(database, f"unheard sales {five}", loosely=True)[-1] == "SHELF-1"
    assert found(database, "unheard sales decks", loosely=True)[-1] == "SHELF-9"


def test_loosely_a_word_is_as_rare_as_it_is_with_any_ending(database: Database) -> None:
    put(database, *titled("Study", *("Coral delta ember frost glade",) * 2))
    assert "SHELF-1" in found(database, "coral delta ember frost glade studies", loosely=True)


def test_what_requests_are_called_makes_no_word_of_assets_frequent(database: Database) -> None:
    put(database, replace(PLAIN, ref="AST-1", kind=Kind.REQUEST, title="Bravo"))
    put(database, *titled("Bravo", "Coral", "Delta", "Ember", "Frost", "Glade"))
    asked = "bravo coral delta ember frost glade"
    assert found(database, asked, loosely=True) == [f"SHELF-{n}" for n in (5, 4, 3, 2, 1)]
