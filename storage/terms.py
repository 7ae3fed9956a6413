"""What the search index holds of a text, and what it is asked: terms.

The words are ours, and so are their stems: either database only keeps terms and finds those that
hold them. So both find the same, and nothing that anybody types is ever part of a query.

A term is a level and a word: ``1fintech`` for a word of the title, ``2fintech`` for one of title or
tags, ``3fintech`` for one of title, tags or text. Every word is there as it is and as its stem.
Requests have levels of their own, 4 to 7: whoever looks for one kind reads nothing of the other.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2s

from bot.ports import Indexed, Kind
from storage.stemming import stem

_EXACT, TITLE, TAGS, ANYWHERE = "0123"
"""The levels."""
_LEVEL_OF_REQUESTS = dict(zip("0123", "4567", strict=True))

_WORD = re.compile(r"[^\W_]+[+#]*|[\u2600-\u27bf\U0001f000-\U0001faff]")
_LONGEST = 40
"""Letters of a word; what follows does not count."""
_ROOT = 3
"""Letters that a root keeps."""
_READ = 50_000
"""Letters of a text that are indexed; more would not fit into PostgreSQL's ``tsvector``."""
_ASKED = 16
"""Words of a question that count."""
_STOP = frozenset(
    "a an and any are as at be by do for from have i in into is it my need of on or our please "
    "some that the this to want we with you your".split()
)
"""Words that say nothing, unless there are no others."""


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded: without case, accents and ligatures.

    A word is letters and digits, and the signs behind them that make it another: ``c++``, ``c#``;
    or one emoji.
    """
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(each for each in apart if not unicodedata.combining(each))
    return [word[:_LONGEST] for word in _WORD.findall(text.casefold())]


def asked(text: str, most: int = _ASKED) -> list[str]:
    """Return the different words of ``text`` that count: the ``most`` first that say something."""
    found = list(dict.fromkeys(words(text)))
    telling = [word for word in found if word not in _STOP]
    return (telling or found)[:most]


def named(indexed: Indexed) -> set[str]:
    """Return the words of the title and the tags."""
    return _all_words([indexed.title, *_values(indexed.tags)])


def written(indexed: Indexed) -> str:
    """Return all terms of an entry, each in quotes: a ``tsvector`` as PostgreSQL reads it."""
    by_level = {
        TITLE: _all_words([indexed.title]),
        TAGS: (of_names := named(indexed)),
        ANYWHERE: of_names | set(words(indexed.text[:_READ])),
    }
    terms = {
        level + form
        for level, found in by_level.items()
        for word in found
        for form in (word, stem(word))
    }
    terms.update(tag(name, value) for name, values in indexed.tags.items() for value in values)
    return " ".join(f"'{term}'" for term in sorted(_of(indexed.kind, term) for term in terms))


def tag(name: str, value: str) -> str:
    """Return the term of everything that has exactly this value of this tag, in any case."""
    exact = "\0".join(unicodedata.normalize("NFKC", each).casefold() for each in (name, value))
    return _EXACT + blake2s(exact.encode(errors="replace"), digest_size=10).hexdigest()


def root(word: str) -> str:
    """Return what the word begins with, whatever its ending: ``stud`` of ``studies``."""
    found = stem(word)
    return found[:-1] if len(found) > _ROOT and found.endswith(("e", "i")) else found


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term to look for: whole, or as the beginning of one."""

    term: str
    is_beginning: bool = False


Question = tuple[tuple[Leaf, ...], ...]
"""All of these, and of each any."""


def whole(word: str, level: str) -> tuple[Leaf, ...]:
    """Look for the word with any ending."""
    return (Leaf(level + stem(word)),)


def begun(word: str, level: str) -> tuple[Leaf, ...]:
    """Look for the word with any ending, and for words that begin with it."""
    return (*whole(word, level), Leaf(level + word, is_beginning=True))


def match(question: Question, dialect: str, kind: Kind = Kind.ASSET) -> str:
    """Return the question about entries of ``kind`` in FTS5's language, or as a ``tsquery``.

    Source: sqlite.org/fts5.html, section 3; postgresql.org/docs/current/datatype-textsearch.html.
    """
    quote, begins, either, both = (
        ('"', "*", " OR ", " AND ") if dialect == "sqlite" else ("'", ":*", " | ", " & ")
    )
    return both.join(
        "("
        + either.join(
            f"{quote}{_of(kind, leaf.term)}{quote}{begins if leaf.is_beginning else ''}"
            for leaf in leaves
        )
        + ")"
        for leaves in question
    )


def _of(kind: Kind, term: str) -> str:
    return term if kind is Kind.ASSET else _LEVEL_OF_REQUESTS[term[0]] + term[1:]


def _values(tags: Mapping[str, Collection[str]]) -> list[str]:
    return [value for values in tags.values() for value in values]


def _all_words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}
