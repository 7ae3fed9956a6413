"""What somebody typed, read: ``waiting globex``, ``sow drafting @ana``, ``client:initech``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.desk import Desk
from bot.lookups.query import Query
from bot.ports import Place, Unit
from bot.subcommands import ref_in
from workflows.definition import Workflow

LONGEST = 200
"""Letters that are read; more words than fit into them find nothing more."""
_WORDS = 12
_LONGEST_STAGE = 9
"""Words of the longest label of a stage."""
_PEOPLE = 20
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_REF = re.compile(r"#?[A-Za-z]+-?\d{1,9}")
_NUMBER = re.compile(r"#?(?:[A-Za-z]+-?)?\d+")
_CLIENT = "client:"

KEYWORDS: Mapping[str, Mapping[str, Any]] = {
    "mine": {"mine": True},
    "my": {"mine": True},
    "waiting": {"waiting": True, "is_open": True},
    "open": {"is_open": True},
    "closed": {"is_open": False},
}
"""Words that say more than that they are in the request."""


def read(desk: Desk, unit: Unit, user: str, text: str, workflow: Workflow | None) -> Query:
    """Return what ``text`` looks for, among the requests of ``workflow`` or of all.

    Stages go by name or label, kinds by command, people by a mention or by ``@`` and the beginning
    of a name; ``@me`` is ``user``. Whatever means nothing else is a word to find.
    """
    query = Query(workflow=workflow.key if workflow else "")
    workflows = [workflow] if workflow else list(desk.workflows.values())
    typed, left = text[:LONGEST].split()[:_WORDS], list[str]()
    while typed:
        count, found = _stage(typed, workflows)
        if found:
            query = replace(query, stages=(*query.stages, *found))
        else:
            query = _word(desk, unit, user, query, typed[0], left)
        typed = typed[count:]
    return replace(query, words=" ".join(left))


def names_request(text: str) -> bool:
    """Whether ``text`` is a number, or looks like a reference, and not like a word to find."""
    return _NUMBER.fullmatch(text) is not None


def _word(desk: Desk, unit: Unit, user: str, query: Query, word: str, left: list[str]) -> Query:
    """Return the query with what one word adds; what says nothing but itself is ``left``."""
    plain = word.casefold()
    if plain in KEYWORDS:
        return replace(query, **KEYWORDS[plain])
    if ref := _ref(desk, word):
        return replace(query, ref=ref)
    if not query.workflow and (key := _kind(desk, plain)):
        return replace(query, workflow=key)
    if (people := _people(unit, user, word)) is not None:
        return replace(query, people=(*query.people, *people))
    if plain.startswith(_CLIENT):
        return replace(query, client=f"{query.client} {word[len(_CLIENT) :]}".strip())
    left.append(word)
    return query


def _stage(typed: Sequence[str], workflows: Sequence[Workflow]) -> tuple[int, tuple[Place, ...]]:
    """Return how many of the first words name a stage, and which; one word, if none does.

    A single word that means something of its own is no stage.
    """
    for count in range(min(_LONGEST_STAGE, len(typed)), 0, -1):
        said = " ".join(typed[:count]).casefold()
        found = tuple(_called(said, workflows))
        if found and (count > 1 or said not in KEYWORDS):
            return count, found
    return 1, ()


def _called(said: str, workflows: Sequence[Workflow]) -> Iterator[Place]:
    for workflow in workflows:
        for stage in workflow.stages:
            if said in (stage.name, stage.name.replace("_", " "), stage.label.casefold()):
                yield workflow.key, stage.name


def _ref(desk: Desk, word: str) -> str:
    if not _REF.fullmatch(word):
        return ""
    refs = (ref_in(each, word) for each in desk.workflows.values())
    return next(filter(None, refs), "")


def _kind(desk: Desk, plain: str) -> str:
    for key, workflow in desk.workflows.items():
        command = workflow.command.removeprefix("/")
        if plain in (key, command, f"{command}s", workflow.prefix.casefold()):
            return key
    return ""


def _people(unit: Unit, user: str, word: str) -> tuple[str, ...] | None:
    """Return whom a word names, None where it names nobody; a name that nobody has is kept."""
    if mention := _MENTION.fullmatch(word):
        return (mention[1],)
    if not word.startswith("@") or len(word) == 1:
        return None
    if word.casefold() == "@me":
        return (user,)
    return tuple(unit.people.called(word[1:], _PEOPLE)) or (word,)
