"""Full-text search: what is indexed, and how well it fits what somebody looks for."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    Connection,
    Executable,
    Row,
    bindparam,
    delete,
    or_,
    select,
)

from bot.ports import Indexed, Kind, Sought
from storage import index_queries
from storage.columns import insert
from storage.index_rows import ENTRY, entry_row, indexed, indexed_words, read_entry
from storage.terms import (
    ANYWHERE,
    TAGS,
    TITLE,
    Leaf,
    Question,
    asked,
    begun,
    match,
    named,
    tag,
    whole,
)

_TELLING = 5
"""Words that are looked for when any of them will do: the rarest ones."""
_SHARE = 25
"""How many of the newest hits of each word are compared when any of the words will do."""

_WORTH = {TITLE: 6, TAGS: 4, ANYWHERE: 3}
"""What a word counts, by where it is found, when any of the words will do.

Two words anywhere are worth a word of the title, three of the title more than five anywhere.
"""

_Form = Callable[[str, str], tuple[Leaf, ...]]
_Key = tuple[bool, int, Any, int]
"""What entries are ordered by: current, fitness, day, number."""

_ONE = select(*ENTRY).where(indexed.c.ref == bindparam("wanted"))
_DROP = tuple(
    delete(table).where(table.c.ref == bindparam("wanted")) for table in (indexed, indexed_words)
)
_DROP_WORDS = delete(indexed_words).where(
    indexed_words.c.ref == bindparam("wanted"),
    or_(
        indexed_words.c.kind != bindparam("now"),
        indexed_words.c.word.not_in(bindparam("kept", expanding=True)),
    ),
)


@cache
def _put(dialect: str) -> Executable:
    new = insert(indexed, dialect)
    return new.on_conflict_do_update(
        index_elements=["ref"],
        set_={
            column.name: new.excluded[column.name]
            for column in indexed.c
            if column.name not in ("ref", "number")
        },
    )


@cache
def _put_words(dialect: str) -> Executable:
    return insert(indexed_words, dialect).on_conflict_do_nothing()


class StoredIndex:
    """:class:`bot.ports.Index` in one transaction.

    The rank is the same on either database. Looking for all of the words: whole words before
    beginnings; of each, all of them in the title, then in title or tags, then some of them there
    and all of them anywhere, then anywhere. Looking for any of the words: each of the five rarest
    brings its newest 25 hits in title, in tags and in the text, and the sum of what is found
    decides.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def put(self, indexed: Indexed) -> None:
        """Enter it, in the place of what was there under its ``ref``."""
        row = entry_row(indexed)
        self._connection.execute(_put(self._dialect), row)
        found = sorted(named(indexed))
        gone = {"wanted": indexed.ref, "now": indexed.kind, "kept": found}
        self._connection.execute(_DROP_WORDS, gone)
        if found:
            rows = [{"ref": indexed.ref, "kind": indexed.kind, "word": word} for word in found]
            self._connection.execute(_put_words(self._dialect), rows)

    def drop(self, ref: str) -> None:
        """Take it out, if it is there."""
        for statement in _DROP:
            self._connection.execute(statement, {"wanted": ref})

    def get(self, ref: str) -> Indexed | None:
        """Return the entry, or None."""
        row = self._connection.execute(_ONE, {"wanted": ref}).one_or_none()
        return None if row is None else read_entry(row)

    def find(self, sought: Sought, limit: int = 10, skip: int = 0) -> Sequence[Indexed]:
        """Return what fits, the best first: current before outdated, then by rank, then newest.

        Of a long text the first 16 words count, and none of those that say nothing ("for the").
        """
        words = asked(sought.text)
        tags: Question = tuple((Leaf(tag(*each)),) for each in sorted(sought.tags.items()))
        if not (words or tags):
            wanted = {"kind": sought.kind, "limit": limit, "skip": skip}
            return list(map(read_entry, self._connection.execute(index_queries.newest(), wanted)))
        if words and sought.loosely:
            ranked = self._by_any(sought.kind, self._rarest(sought.kind, words), tags)
        else:
            ranked = self._by_all(sought.kind, words, tags, limit + skip)
        return self._entries(ranked[skip : skip + limit])

    def vocabulary(self, kind: Kind) -> Sequence[str]:
        """Return every word of titles and tags, folded, once."""
        return self._connection.execute(index_queries.vocabulary(), {"kind": kind}).scalars().all()

    def _by_all(self, kind: Kind, words: Sequence[str], tags: Question, most: int) -> list[int]:
        """Return the numbers of the ``most`` best, and perhaps of more, the best first."""
        steps = list(_steps(words, whole)) if words else [()]
        hits = self._hits(kind, steps, tags, most)
        if words and len({hit.number for hit in hits if hit.is_current}) < most:
            hits += self._hits(kind, list(_steps(words, begun)), tags, most, len(steps))
        best: dict[int, _Key] = {}
        for hit in hits:
            key = (hit.is_current, -hit.step, hit.dated, hit.number)
            best[hit.number] = max(key, best.get(hit.number, key))
        return sorted(best, key=best.__getitem__, reverse=True)

    def _rarest(self, kind: Kind, words: Sequence[str]) -> Sequence[str]:
        """Return the words that tell most; what is in no title or tag is the last resort."""
        if len(words) <= _TELLING:
            return words
        query = index_queries.frequencies(len(words))
        found = self._connection.execute(query, index_queries.like(kind, words)).one()
        frequency = dict(zip(words, found, strict=True))
        in_order = sorted(words, key=lambda word: (not frequency[word], frequency[word]))
        return in_order[:_TELLING]

    def _by_any(self, kind: Kind, words: Sequence[str], tags: Question) -> list[int]:
        """Return the numbers of what has some of the words, the best first."""
        sorts = [(word, level) for word in words for level in _WORTH]
        hits = self._hits(kind, [(whole(*each),) for each in sorts], tags, _SHARE)
        places = {hit.number: (hit.is_current, hit.dated, hit.number) for hit in hits}
        worth: dict[int, dict[str, int]] = {number: {} for number in places}
        for hit in hits:
            word, level = sorts[hit.step]
            found = worth[hit.number]
            found[word] = max(found.get(word, 0), _WORTH[level])

        def key(number: int) -> _Key:
            is_current, dated, _ = places[number]
            return is_current, sum(worth[number].values()), dated, number

        return sorted(places, key=key, reverse=True)

    def _hits(
        self, kind: Kind, steps: Sequence[Question], tags: Question, most: int, first: int = 0
    ) -> list[Row[Any]]:
        """Return the hits of each step, of which the first one has the number ``first``."""
        questions = [match((*step, *tags), self._dialect, kind) for step in steps]
        query = index_queries.hits(self._dialect, first, len(steps))
        wanted = index_queries.asking(kind, questions, first, most)
        if self._dialect != "sqlite":
            self._connection.execute(index_queries.PLANNED)
        return list(self._connection.execute(query, wanted))

    def _entries(self, numbers: Sequence[int]) -> list[Indexed]:
        rows = self._connection.execute(index_queries.numbered(), {"numbers": numbers})
        found = {row.number: row for row in rows}
        return [read_entry(found[number]) for number in numbers]


def _steps(words: Sequence[str], form: _Form) -> Iterator[Question]:
    """Yield questions for all of the words: from what fits best to whatever fits."""
    in_title, in_tags, anywhere = (
        tuple(form(word, level) for word in words) for level in (TITLE, TAGS, ANYWHERE)
    )
    yield in_title
    yield in_tags
    if len(words) > 1:
        yield (*anywhere, tuple(chain.from_iterable(in_tags)))
    yield anywhere
