"""Which question each mention answers: the one whose words stand beside it, else the first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding.mentions import Mention
from modals.fields import Amount, Day, Field, Text
from modals.form import Form

_REACH = 3
"""So many words stand at most between the words that lead to an answer and the answer."""
_FAR = 40
"""Characters; so many words are never longer."""
_BREAK = re.compile(r"[.!?;\n]|,\s")
_WORD = re.compile(r"[\w'’-]+")
_BEHIND = 1
"""So many words stand at most between an answer and the words behind it: "250k as a budget"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mention that answers the field called ``name``. ``led``: the words beside it say so."""

    name: str
    mention: Mention
    led: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    field: Field
    start: int
    end: int


def placed(text: str, mentions: Sequence[Mention], form: Form) -> tuple[Placed, ...]:
    """Return which fields of ``form`` the ``mentions`` answer, in the order of the text.

    What is said later of the same field corrects what was said before. A mention that no words
    lead to answers the first required field of its kind that nothing else answers; weak ones none.
    """
    cues = [*_cues(text, form)]
    led = dict(_led(text, mentions, cues))
    found = [Placed(name=led[at].name, mention=mentions[at], led=True) for at in led]
    taken = {each.name for each in found}
    for at, mention in enumerate(mentions):
        free = None if at in led or mention.weak else _first(form, mention, taken)
        if free is not None:
            found.append(Placed(name=free.name, mention=mention, led=False))
            if not isinstance(free, Day | Amount):  # of two it is asked which one is meant
                taken.add(free.name)
    return tuple(sorted(found, key=lambda each: each.mention.start))


def takes(field: Field, mention: Mention) -> bool:
    """Whether a mention is of the kind that ``field`` asks for."""
    if mention.kind is Text:
        return type(field) is Text and field.is_name
    return isinstance(field, mention.kind)


def _first(form: Form, mention: Mention, taken: Iterable[str]) -> Field | None:
    fitting = [each for each in form.fields if takes(each, mention) and each.required]
    if mention.kind is Text:  # a further name may be anybody's
        fitting = fitting[:1]
    return next((each for each in fitting if each.name not in taken), None)


def _cues(text: str, form: Form) -> Iterator[_Cue]:
    """Yield where words stand that lead to a field; of two that overlap the longer one."""
    found = [
        _Cue(field, each.start(), each.end())
        for field in form.fields
        for each in _pattern(field.label, field.cues).finditer(text)
    ]
    found.sort(key=lambda cue: (cue.start - cue.end, cue.start))
    kept: list[_Cue] = []
    for cue in found:
        clash = [each for each in kept if each.start < cue.end and cue.start < each.end]
        if all((each.start, each.end) == (cue.start, cue.end) for each in clash):
            kept.append(cue)
    yield from kept


@cache
def _pattern(label: str, cues: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted({label.rstrip("?"), *cues}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _led(
    text: str, mentions: Sequence[Mention], cues: Sequence[_Cue]
) -> Iterator[tuple[int, Field]]:
    """Yield for each mention the field whose words are nearest; before it count more than behind.

    Each field's words lead to one mention, the nearest.
    """
    ways: list[tuple[float, int, _Cue]] = []
    for at, mention in enumerate(mentions):
        for cue in cues:
            far = _distance(text, mention, cue)
            if far is not None and takes(cue.field, mention):
                ways.append((far, at, cue))
    used: set[tuple[int, int, str]] = set()
    done: set[int] = set()
    for _, at, cue in sorted(ways, key=lambda way: way[:2]):
        name = (cue.start, cue.end, cue.field.name)
        if at not in done and name not in used:
            done.add(at)
            used.add(name)
            yield at, cue.field


def _distance(text: str, mention: Mention, cue: _Cue) -> float | None:
    """Return how many words stand between; None beyond the reach, or across a clause."""
    if cue.end <= mention.start:
        between, reach, off = text[cue.end : mention.start], _REACH, 0.0
    elif mention.end <= cue.start:
        between, reach, off = text[mention.end : cue.start], _BEHIND, 0.5
    else:
        return None
    if len(between) > _FAR or _BREAK.search(between):
        return None
    words = len(_WORD.findall(between))
    return words + off if words <= reach else None
