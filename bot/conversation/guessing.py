"""What a language model may add to what rules understood: guesses, each of them checked.

It fills in only what the rules left empty or guessed, with values that the form takes, from words
that are in the message. What somebody chose or said for certain stays. It decides nothing, and what
it cannot say is as if there were none.
"""

import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.conversation.background import background
from bot.conversation.filling import put, sourced
from bot.conversation.talk import Origin, Talk, talk_of
from bot.desk import Desk
from bot.ports import (
    Count,
    Draft,
    Gap,
    Interpretation,
    InterpreterUnavailable,
    Sheet,
    Sort,
    Suggestion,
    Unit,
)
from bot.understanding.mentions import Background, answers
from bot.understanding.reading import READ, Heard
from modals.fields import Amount, Choice, Day, Email, Field, Option, Text
from modals.fields.choice import on_occasion
from modals.form import Form
from modals.wire import Answer

log = logging.getLogger(__name__)

_SORTS: Mapping[type[Field], Sort] = {
    Amount: Sort.AMOUNT,
    Choice: Sort.OPTION,
    Day: Sort.DAY,
    Email: Sort.WORDS,
    Text: Sort.WORDS,
}
"""What may be guessed. No people, files or deals; no ticks, as some decide who sees or approves."""
_AMOUNT = re.compile(r"(\d{1,15}(?:\.\d{1,4})?)(?: ([A-Z]{3}))?")
_FEW = 3
"""Words; where fewer are left of a message that rules have understood, nothing is asked."""
_MOST_READINGS = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Puzzle:
    """What an interpreter is asked: a ``text``, and the forms that it can be about."""

    text: str
    today: date
    sheets: tuple[Sheet, ...]

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Name what is asked, also when it is looked at anew."""
        return self.text, tuple(each.key for each in self.sheets)


Solved = Mapping[tuple[str, tuple[str, ...]], Interpretation]
"""What was answered, by :attr:`Puzzle.key`."""


def puzzle(desk: Desk, unit: Unit, drafts: Sequence[Draft], text: str, ts: str) -> Puzzle | None:
    """Return what is to be asked of the message ``ts``, read into the ``drafts`` by the rules.

    None where the rules have understood it, or nothing is open.
    """
    text = text[:READ].strip()
    sheets = [_sheet(desk, unit, each) for each in drafts if not _is_read(talk_of(each), text, ts)]
    open_ones = tuple(each for each in sheets if each.gaps)
    if not text or not open_ones:
        return None
    today = background(desk, unit, drafts[0].user, desk.workflows[drafts[0].workflow]).today
    return Puzzle(text=text, today=today.now.date(), sheets=open_ones)


def solved(desk: Desk, puzzles: Sequence[Puzzle], unsaid: Collection[str]) -> Solved:
    """Return what the interpreter makes of each; nothing where it is of no use.

    Called outside of any transaction. ``unsaid`` are names of people, which do not leave.
    """
    return {each.key: _solved(desk, each, unsaid) for each in puzzles}


def guessed(
    desk: Desk, unit: Unit, draft: Draft, text: str, ts: str, said: Interpretation
) -> Draft | None:
    """Return the draft with what is left of ``said`` when it was checked; None when nothing is."""
    form = desk.forms[draft.form]
    if said.sheet != form.key:
        return None
    known = background(desk, unit, draft.user, desk.workflows[draft.workflow])
    found = [*_checked(form, draft, known, text, said.suggestions)]
    return sourced(put(form, draft, found, ts), ts) if found else None


def _solved(desk: Desk, asked: Puzzle, unsaid: Collection[str]) -> Interpretation:
    text = asked.text
    for each in sorted(unsaid, key=len, reverse=True):
        text = text.replace(each, "@somebody")
    if desk.interpreter is None:
        return Interpretation()
    try:
        found = desk.interpreter.interpret(text, asked.today, asked.sheets)
    except InterpreterUnavailable as why:
        log.warning("The language model was of no use, the rules alone are followed: %s.", why)
        desk.meter.count(Count.INTERPRETATIONS, outcome="unavailable")
        return Interpretation()
    outcome = "guessed" if found.suggestions else "nothing"
    desk.meter.count(Count.INTERPRETATIONS, outcome=outcome)
    return found


def _is_read(talk: Talk, text: str, ts: str) -> bool:
    """Whether the rules have understood the message, but for a few words."""
    words = [each.words for each in talk.heard.values() if each.ts == ts and each.words]
    left = text
    for each in words:
        left = left.replace(each, " ")
    return bool(words) and len(_WORD.findall(left)) < _FEW


def _sheet(desk: Desk, unit: Unit, draft: Draft) -> Sheet:
    form, workflow = desk.forms[draft.form], desk.workflows[draft.workflow]
    known = background(desk, unit, draft.user, workflow)
    gaps = [
        Gap(name=each.name, label=each.label, sort=_SORTS[type(each)], options=_options(each))
        for each in _open(form, draft, known)
    ]
    return Sheet(key=form.key, title=workflow.title, gaps=tuple(gaps))


def _options(field: Field) -> tuple[Option, ...]:
    return field.options if isinstance(field, Choice) else ()


def _open(form: Form, draft: Draft, known: Background) -> Iterator[Field]:
    """Yield the fields that may be guessed: empty, or a guess in which nothing is to be chosen."""
    heard, visible = talk_of(draft).heard, form.visible(draft.state, known.choices)
    for each in form.fields:
        asked = on_occasion(each, known.choices) if each.name in visible else None
        if asked is None or type(asked) not in _SORTS or _is_long(asked):
            continue
        if isinstance(asked, Choice) and not asked.options:
            continue
        origin = heard.get(each.name)
        is_guess = origin is not None and origin.guess and not origin.others
        if not draft.state.get(each.name) or is_guess:
            yield asked


def _is_long(field: Field) -> bool:
    """Whether the words are to stand there whole, as somebody wrote them."""
    return isinstance(field, Text) and field.multiline


def _checked(
    form: Form, draft: Draft, known: Background, text: str, said: Sequence[Suggestion]
) -> Iterator[Heard]:
    """Yield what the form takes, from words that are there; two values of a field as readings."""
    heard, state = talk_of(draft).heard, dict(draft.state)
    for field in [*_open(form, draft, known)]:
        found: list[tuple[str, Mapping[str, Answer]]] = []
        for each in said:
            answer = _answer(field, each, text, known) if each.name == field.name else None
            if answer and _is_taken(form, field, {**state, **answer}, known):
                found.append((each.words, answer))
        yield from _heard(field, found, heard.get(field.name))
        if found:
            state |= found[0][1]


def _heard(
    field: Field, found: Sequence[tuple[str, Mapping[str, Answer]]], origin: Origin | None
) -> Iterator[Heard]:
    """Yield what was found. What rules guessed from words stays the likelier reading."""
    ruled = origin is not None and bool(origin.words) and not origin.by_model
    answers = [answer for _, answer in found]
    if origin is not None and ruled:
        answers.insert(0, origin.answer)
    readings = [each for nth, each in enumerate(answers) if each not in answers[:nth]]
    if not found or (origin is not None and readings == [origin.answer]):
        return
    yield Heard(
        name=field.name,
        answer=readings[0],
        words=origin.words if origin is not None and ruled else found[0][0],
        guess=True,
        others=tuple(readings[1:_MOST_READINGS]),
        by_model=not ruled,
    )


def _is_taken(form: Form, field: Field, state: Mapping[str, Answer], known: Background) -> bool:
    """Whether the form would have nothing against it."""
    checked = form.check(state, today=known.today.now.date(), choices=known.choices)
    return field.name not in checked.errors


def _answer(
    field: Field, said: Suggestion, text: str, known: Background
) -> Mapping[str, Answer] | None:
    """Return what it puts into the form; None where its words are not there, or say nothing."""
    if not _stands_in(said.words, text):
        return None
    match _SORTS[type(field)]:
        case Sort.OPTION:
            return field.fill(said.value) if said.value in dict(_options(field)) else None
        case Sort.DAY:
            try:
                return field.fill(date.fromisoformat(said.value))
            except ValueError:
                return None
        case Sort.AMOUNT:
            found = _AMOUNT.fullmatch(said.value)
            amount = (Decimal(found[1]), found[2] or "") if found else None
            return answers(field, amount, known.currency) if amount else None
        case Sort.WORDS:
            return field.fill(said.value) if _stands_in(said.value, text) else None


def _stands_in(words: str, text: str) -> bool:
    """Whether the words stand in the text as they are, but for capitals and spaces."""
    said = _WORD.search(words) and r"\s+".join(map(re.escape, words.split()))
    return bool(said) and re.search(rf"(?<!\w){said}(?!\w)", text, re.IGNORECASE) is not None
