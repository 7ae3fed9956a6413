"""What somebody says of a request below its card: approval, rejection, changes, or nothing.

Closed rules: only what is said plainly, in the person's own name and without a condition, is taken
for a verdict. In doubt it is none. Nothing here decides: what is found is offered as a button.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.understanding import verdict_phrases as phrases
from workflows.verdict import Verdict

LONGEST = 500
"""Characters; who writes more writes a text, and decides by the card."""
_LONGEST_CLAUSE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A verdict; ``gives_reason``: whether the words say more than the verdict itself."""

    verdict: Verdict
    gives_reason: bool = False


_REJECTED = Said(verdict=Verdict.REJECT, gives_reason=True)
_CHANGES = Said(verdict=Verdict.CHANGES, gives_reason=True)


def verdict_of(text: str) -> Said | None:
    """Return the verdict that ``text``, raw as Slack delivers it or as people read it, says."""
    if len(text) > LONGEST:
        return None
    said = phrases.plain(text)
    if not said or phrases.NOT_MEANT.search(said):
        return None
    if "?" in said:
        return _CHANGES if phrases.POLITE.fullmatch(said) else None
    clauses = [each for each in phrases.CUT.split(said) if each]
    while clauses and _is_courtesy(clauses[0]):
        clauses.pop(0)
    return _judged(clauses) if clauses else None


def _judged(clauses: Sequence[str]) -> Said | None:
    """Return what the clauses say, the first of which is no courtesy: that one decides."""
    first, rest = clauses[0], clauses[1:]
    if _approves(first):
        if all(_approves(each) or _is_courtesy(each) for each in rest):
            return Said(verdict=Verdict.APPROVE)
        return _reserved(rest)
    if kept := phrases.RESERVED.match(first):
        return _reserved([first[kept.end("approved") :].strip(), *rest])
    if phrases.wants_change(first) or phrases.UNHAPPY.match(first):
        bare = phrases.BARE.fullmatch(first) is not None and _adds_nothing(rest)
        return Said(verdict=Verdict.CHANGES, gives_reason=not bare)
    if phrases.FLAW.match(first) and any(phrases.wants_change(each) for each in rest):
        return _CHANGES
    return _rejected(first, rest)


def _reserved(rest: Sequence[str]) -> Said | None:
    """Return what an approval with a reservation is: no approval, and at most a wish for changes.

    Of what others have to do first nothing is said: "if Ryan is fine with it" is no wish.
    """
    for each in rest:
        bare = phrases.BUT.sub("", each)
        if phrases.wants_change(bare) or (bare != each and phrases.MENDED.search(each)):
            return _CHANGES
    return None


def _rejected(first: str, rest: Sequence[str]) -> Said | None:
    whole = " ".join((first, *rest))
    if phrases.CONDITION.search(whole):
        refuses = phrases.REFUSES.match(first) is not None
        return _CHANGES if refuses and phrases.MENDED.search(whole) else None
    if any(phrases.NOT_MINE.search(each) for each in (first, *rest)):
        return None
    if found := phrases.REFUSES.match(first):
        bare = found.end() == len(first) and _adds_nothing(rest)
        return Said(verdict=Verdict.REJECT, gives_reason=not bare)
    if found := phrases.NO.match(first):
        left = [first[found.end() :].strip(), *rest]
        left = [each for each in left if not _is_courtesy(each)]
        if left and (phrases.FAULT.match(left[0]) or phrases.REFUSES.match(left[0])):
            return _REJECTED
    if phrases.FAULT.match(first) and any(phrases.REFUSES.fullmatch(each) for each in rest):
        return _REJECTED
    return None


def _approves(clause: str) -> bool:
    return len(clause) <= _LONGEST_CLAUSE and phrases.APPROVES.fullmatch(clause) is not None


def _is_courtesy(clause: str) -> bool:
    return len(clause) <= _LONGEST_CLAUSE and phrases.COURTESY.fullmatch(clause) is not None


def _adds_nothing(rest: Sequence[str]) -> bool:
    return all(_is_courtesy(each) for each in rest)
