"""What every request is filed under, so that whoever looks for it finds it without reading others.

A request has a row for each of its terms. A term begins with the workflow and whether the request
is open (``sow+``) or has ended (``sow-``), so each has an order of its own; then it says what kind
of thing it is and which: ``sow+ sdrafting``, ``sow+ aU1``, ``sow- wglobex``. ``sow+ `` alone stands
for all of them. Private requests are filed apart (``sow+! ``): who may not see any reads none of
their terms, and cannot tell even by the time it takes that there is one.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Index, PrimaryKeyConstraint, Table, Text

from bot.ports.lookups import By, Clue
from storage.columns import Words, metadata, storable
from storage.terms import asked, words
from workflows.definition import Workflow
from workflows.privacy import is_private
from workflows.request import Request

filed = Table(
    "filed",
    metadata,
    Column("term", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ref", Words, nullable=False),
    PrimaryKeyConstraint("term", "at", "ref"),
    sqlite_with_rowid=False,
)
"""``at``: microseconds since 1970 (UTC), see :class:`bot.ports.lookups.Spot`. Terms are sorted by
their bytes on either database, so that all that begin alike stand together."""
Index("ix_filed_ref", filed.c.ref)

_READ = 2_000
"""Letters of a text whose words count."""
_MOST = 24
"""Words of a request that count, beside its client's."""
_FIGURE = re.compile(
    r"""(?<![^\W_])(?<![a-z]-)
    (?P<before>[$\u20ac\u00a3\u00a5\u20b9]\s?|[a-z]{3}(?=\d))?
    (?P<figures>\d+(?:[.,'\u2019_]\d+|\ \d{3}(?!\d))*)
    (?P<after>\s?(?:k|m|mn|mio|bn|thousand|million|billion|usd|eur|gbp|dollars?|euros?|pounds?)
    (?![^\W_])|[a-z]{3}(?![^\W_])|\s?[$\u20ac\u00a3\u00a5\u20b9])?(?![^\W_])""",
    re.VERBOSE,
)
"""What may be an amount, of a text in small letters; no reference such as sow-7 or d-1024."""
_BARE = 4
"""Digits from which on a number is an amount, with nothing beside it that says so."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def term(workflow: str, clue: Clue | None, *, is_open: bool, private: bool = False) -> str:
    """Return the term of what fits ``clue``; None: of all requests."""
    head = f"{workflow}{'+' if is_open else '-'}{'!' if private else ''} "
    return head if clue is None else storable(head + clue.by.value + clue.value)


def all_beside(term: str) -> str:
    """Return the term of all requests among which those with ``term`` are."""
    return term.partition(" ")[0] + " "


def rows_of(workflow: Workflow, request: Request) -> list[dict[str, Any]]:
    """Return the rows of ``request`` as it stands now."""
    is_open = not workflow.stage(request.stage).final
    at = (request.created_at if is_open else request.since) - _EPOCH
    apart = is_private(request)
    each = {
        term(workflow.key, clue, is_open=is_open, private=apart)
        for clue in (None, *_clues(workflow, request))
    }
    return [{"term": one, "at": at // _MICROSECOND, "ref": request.ref} for one in sorted(each)]


def _clues(workflow: Workflow, request: Request) -> Iterator[Clue]:
    yield Clue(by=By.STAGE, value=request.stage)
    yield Clue(by=By.ASKER, value=request.asker)
    if request.owner:
        yield Clue(by=By.OWNER, value=request.owner)
    for user in _named(workflow.seats.values(), request):
        yield Clue(by=By.NAMED, value=user)
    client = words(_text(request, (workflow.client,) if workflow.client else ()))
    for word in client:
        yield Clue(by=By.CLIENT, value=word)
    told = asked(_without_figures(_text(request, workflow.found_by)), _MOST)
    for word in {*client, *told}:
        yield Clue(by=By.WORD, value=word)


def _without_figures(text: str) -> str:
    """Return a text without what may be an amount: whoever guesses it would learn that it is so.

    Years go with them, as a number is not told from an amount by its size.
    """
    return _FIGURE.sub(_kept, unicodedata.normalize("NFKC", text).casefold())


def _kept(figure: re.Match[str]) -> str:
    digits = sum(each.isdigit() for each in figure["figures"])
    is_amount = figure["before"] or figure["after"] or digits >= _BARE
    return " " if is_amount else figure.group()


def _named(
    seats: Iterable[Callable[[Request], frozenset[str]]], request: Request
) -> frozenset[str]:
    seated = frozenset[str]().union(*(sits(request) for sits in seats))
    given: Mapping[str, str] = request.assigned
    return seated | {*given.values()} | {vote.user for vote in request.votes}


def _text(request: Request, fields: Iterable[str]) -> str:
    said = (getattr(request.details, name) for name in fields)
    return " ".join(each if isinstance(each, str) else " ".join(each) for each in said)[:_READ]
