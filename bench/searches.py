"""Searches of the shelf: what the index answers next to raw SQL that asks for the same words."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection, text

from bench.prose import Prose
from bench.stock import INDUSTRIES
from bench.trials import Trial
from bot.desk import Desk, Gesture
from bot.ports import Sought, Unit
from bot.shelf import finding, look_alikes
from modals.metadata import Metadata
from storage.terms import ANYWHERE, Leaf, Question, asked, begun, match, tag, whole

LIKE = 20
"""How many entries are compared with what somebody is about to ask for."""

_RAW = {
    "sqlite": text("""
        SELECT indexed.* FROM indexed_terms
        JOIN indexed ON indexed.number = indexed_terms.rowid & 4294967295
        WHERE indexed_terms MATCH :terms AND indexed.kind = 'asset'
        ORDER BY indexed_terms.rowid DESC LIMIT :most
    """),
    "postgresql": text("""
        SELECT * FROM indexed WHERE kind = 'asset' AND terms @@ CAST(:terms AS tsquery) LIMIT :most
    """),
}


def trials(desk: Desk, gesture: Gesture, prose: Prose, count: int) -> Mapping[str, list[Trial]]:
    """Return so many trials of each kind of search, each of them for something else."""
    find = partial(_search, desk, gesture)
    kinds: Mapping[str, Callable[[], Trial]] = {
        "rare word": lambda: find(prose.name()),
        "frequent word": lambda: find(prose.one(prose.words[:50])),
        "two words": lambda: find(" ".join(prose.random.sample(prose.words[50:300], 2))),
        "beginning of a word": lambda: find(_beginning(prose), is_beginning=True),
        "word in an industry": lambda: find(prose.one(prose.words[50:300]), prose.one(INDUSTRIES)),
        "misspelt word": lambda: Trial(_found(desk, gesture, _misspelt(prose))),
        "like an ask": lambda: _alike(desk, prose.title(), prose.text(20)),
    }
    return {kind: [make() for _ in range(count)] for kind, make in kinds.items()}


def _search(
    desk: Desk, gesture: Gesture, words: str, industry: str = "", *, is_beginning: bool = False
) -> Trial:
    form = begun if is_beginning else whole
    question: Question = tuple(form(word, ANYWHERE) for word in asked(words))
    filters = {"industry": industry} if industry else {}
    question += tuple((Leaf(tag(*each)),) for each in filters.items())
    typed = " ".join((words, *(f'{name}:"{value}"' for name, value in filters.items())))
    most = finding.PAGE + 1
    return Trial(
        _found(desk, gesture, typed),
        partial(_refs, Sought(text=words, tags=filters), most),
        partial(_raw_refs, question, most),
    )


def _found(desk: Desk, gesture: Gesture, typed: str) -> Callable[[], object]:
    return partial(finding.find, desk, gesture, typed)


def _alike(desk: Desk, purpose: str, notes: str) -> Trial:
    form = Metadata(form="request", workflow="sales_asset", transition="submit", draft="D1")
    values = {
        "kind": "new",
        "purpose": purpose,
        "special_notes": notes,
        "asset_type": "deck",
        "asset_type_other": "",
        "industry": INDUSTRIES[0],
    }

    def answer() -> object:
        with desk.store.unit() as unit:
            return look_alikes.before(desk, unit, "", form, values)

    words = f"{purpose} {notes}"
    some = tuple(leaf for word in asked(words) for leaf in whole(word, ANYWHERE))
    return Trial(
        answer,
        partial(_refs, Sought(text=words, loosely=True), LIKE),
        partial(_raw_refs, (some,), LIKE),
    )


def _refs(sought: Sought, most: int, unit: Unit) -> Sequence[str]:
    return [each.ref for each in unit.index.find(sought, most)]


def _raw_refs(question: Question, most: int, connection: Connection) -> Sequence[str]:
    dialect = connection.dialect.name
    wanted = {"terms": match(question, dialect), "most": most}
    return [row.ref for row in connection.execute(_RAW[dialect], wanted)]


def _beginning(prose: Prose) -> str:
    """Return the first five letters of a longer word."""
    return prose.one([each for each in prose.words[100:1000] if len(each) > 6])[:5]  # noqa: PLR2004


def _misspelt(prose: Prose) -> str:
    """Return a word with a letter in it that no word has."""
    word = prose.one([each for each in prose.words[:1000] if len(each) > 6])  # noqa: PLR2004
    return f"{word[:3]}x{word[3:]}"
