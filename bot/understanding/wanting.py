"""What a message to Frontdesk wants.

Closed rules in English; what they do not know is :class:`Unclear`, and is answered with what can be
asked. Nothing here acts: what is asked for in words is shown, and happens by a button.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.asking import is_ask
from bot.asking.nouns import marked, names_asset
from bot.asking.spoken import sentences
from bot.understanding import phrases
from bot.understanding.wishes import (
    Ask,
    Cancel,
    Courtesy,
    Decide,
    Find,
    Hello,
    Help,
    Mine,
    New,
    Send,
    Unclear,
    Waiting,
    Where,
    WhoDecides,
    Why,
    Wish,
)
from workflows.definition import Workflow

ASSETS = "sales_asset"
READ = 2000
"""So many characters say what is wanted; who writes more writes a document."""
_SHORT = 200
_WHOLE: tuple[tuple[re.Pattern[str], Wish], ...] = (
    (phrases.CANCEL, Cancel()),
    (phrases.SEND, Send()),
    (phrases.HELP, Help()),
    (phrases.HELLO, Hello()),
    (phrases.COURTESY, Courtesy()),
)
"""What a message says as a whole, or not at all."""


def is_no_answer(text: str) -> bool:
    """Whether a message says that there is no answer, or asks something itself."""
    return phrases.NO_ANSWER.search(text) is not None


def wish(text: str, workflows: Mapping[str, Workflow]) -> Wish:
    """Return what ``text``, as people read it, wants; ``workflows`` are what can be asked for."""
    said = text.strip()[:READ]
    for pattern, meant in _WHOLE if len(said) <= _SHORT else ():
        if pattern.match(said):
            return meant
    ref = _ref(said, workflows)
    asked = phrases.QUESTION.search(said) is not None
    if ref and phrases.DECIDE.search(said) and not phrases.WHO.search(said):
        return Decide(ref)
    if asked and (found := _question(said, ref)) is not None:
        return found
    return _asked_for(said, workflows, asked=asked) or _question(said, ref) or Unclear()


def _asked_for(said: str, workflows: Mapping[str, Workflow], *, asked: bool) -> Wish | None:
    if phrases.NOT_NEW.search(said) or _only_tells(said):
        return None
    asks = tuple(_asks(said, workflows))
    if asks and _is_about_the_shelf(said, asks, asked=asked):
        return Find(said)
    return New(asks, another=phrases.ANOTHER.search(said) is not None) if asks else None


def _only_tells(said: str) -> bool:
    return phrases.TOLD.fullmatch(said) is not None and not phrases.ASKED_FOR.search(said)


def _question(said: str, ref: str) -> Wish | None:
    if phrases.WHO.search(said):
        return WhoDecides(said)
    if ref and phrases.WHY.search(said):
        return Why(ref)
    if phrases.WAITING.search(said):
        return Waiting()
    if phrases.MINE.search(said):
        return Mine()
    if ref or (phrases.WHERE.search(said) and not _is_where_to_find(said)):
        return Where(ref, said)
    return None


def _is_where_to_find(said: str) -> bool:
    """Whether it is asked where an asset is that the person has not asked for themselves."""
    place = re.search(r"\bwhere\b", said, re.IGNORECASE) is not None
    theirs = re.search(r"\b(?:my|our request|i asked)\b", said, re.IGNORECASE) is not None
    return place and not theirs and _named(said)


def _is_about_the_shelf(said: str, asks: Sequence[Ask], *, asked: bool) -> bool:
    if {each.workflow for each in asks} != {ASSETS} or phrases.MAKING.search(said):
        return False
    return phrases.FINDING.search(said) is not None or (
        asked and phrases.SHELF.search(said) is not None
    )


def _ref(said: str, workflows: Mapping[str, Workflow]) -> str:
    prefixes = "|".join(re.escape(each) for one in workflows.values() for each in one.prefixes)
    found = re.search(rf"\b({prefixes})[- #]?(\d{{1,9}})\b", said, re.IGNORECASE)
    return f"{found[1].upper()}-{int(found[2])}" if found else ""


def _named(said: str) -> bool:
    return any(names_asset(marked(each.words)) for each in sentences(said))


def _asks(said: str, workflows: Mapping[str, Workflow]) -> Iterator[Ask]:
    """Yield each request that is asked for, with the clauses that belong to it."""
    kind, start = "", 0
    for begin, end in _clauses(said):
        clause = said[begin:end]
        found = _kind(clause, workflows)
        if kind and found and (found != kind or _asks_anew(clause)):
            yield Ask(kind, _trimmed(said[start:begin]))
            start = begin
        kind = found or kind
    if kind:
        yield Ask(kind, _trimmed(said[start:]))


def _asks_anew(clause: str) -> bool:
    """Whether a clause that names the same kind of thing asks for one more of it."""
    return (
        phrases.ASKED_FOR.search(clause) is not None or phrases.ONE_MORE.match(clause) is not None
    )


def _trimmed(text: str) -> str:
    return phrases.LOOSE.sub("", text.strip(" ,;\n"))


def _clauses(said: str) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a text begin and end that can be about different things."""
    start = 0
    for cut in phrases.CUT.finditer(said):
        yield start, cut.end()
        start = cut.end()
    if start < len(said):
        yield start, len(said)


def _kind(clause: str, workflows: Mapping[str, Workflow]) -> str:
    """Return the workflow whose name stands in the clause, else assets where one is named."""
    for each in workflows.values():
        if each.key != ASSETS and called(each).search(clause):
            return each.key
    if ASSETS in workflows and (
        called(workflows[ASSETS]).search(clause) or _named(clause) or is_ask(clause)
    ):
        return ASSETS
    return ""


def called(workflow: Workflow) -> re.Pattern[str]:
    """Match what people call it: its noun and title, and its command where its numbers begin so."""
    command = workflow.command.removeprefix("/")
    words = {workflow.noun, workflow.title}
    words |= {command} & {each.lower() for each in workflow.prefixes}
    either = "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})s?(?!-?\d)(?![\w-])", re.IGNORECASE)
