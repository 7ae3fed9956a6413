"""What was understood is put into an unfinished form: begun, corrected, answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from bot.conversation.background import background
from bot.conversation.talk import Origin, Talk, talk_of, with_talk
from bot.desk import Desk
from bot.ports import Draft, Json, Person, Unit
from bot.understanding.mentions import Background
from bot.understanding.names import is_sentence
from bot.understanding.phrases import TAKEN_BACK
from bot.understanding.reading import Heard, answered, heard, presumed
from bot.understanding.wanting import is_no_answer
from bot.understanding.wishes import Ask
from modals.fields import Field, Lookup, Text
from modals.form import Form
from modals.wire import Answer
from workflows.engine import SUBMIT

_AROUND_A_NAME = 4
"""Words; "it is the one of" leads to a name, in a longer sentence it is one among other things."""
_LONGEST_NAME = 5
"""Words; who says more than that has not named anybody."""
_ROLE = "Sales rep"
"""What somebody is taken for who has not said it yet: they are asked nothing for it."""


def begun(
    desk: Desk, unit: Unit, person: Person, ask: Ask, said: str, place: str, ts: str
) -> Draft:
    """Return a new draft with what the words of ``ask`` say; ``said``: the whole message."""
    workflow, now = desk.workflows[ask.workflow], desk.clock.now()
    form = desk.forms[workflow.key]
    known = background(desk, unit, person.user, workflow)
    state: Json = {"requester_name": person.name, "currency": desk.company.currency}
    state[form.message_field] = said
    draft = Draft(
        id=uuid4().hex,
        user=person.user,
        form=form.key,
        workflow=workflow.key,
        transition=SUBMIT,
        state={name: each for name, each in state.items() if name in form.names},
        full={form.message_field: said} if form.message_field else {},
        at=now,
        place=place,
    )
    draft = with_talk(draft, Talk(sources=(ts,)))
    draft = put(form, draft, [*_usual(unit, person, form), *presumed(ask.text, form)], "")
    return put(form, draft, heard(ask.text, form, known), ts)


def added(desk: Desk, unit: Unit, draft: Draft, said: str, ts: str, *, to_us: bool) -> Draft | None:
    """Return the draft with what a further message says; None where it says nothing of it.

    A message that answers the question asked is its answer, whatever else it says as well. One that
    is not certain to be said ``to_us`` is taken for that answer alone, and only where it is one.
    """
    form, talk = desk.forms[draft.form], talk_of(draft)
    if to_us and (less := _without(form, draft, said, ts)) is not None:
        return less
    known = background(desk, unit, draft.user, desk.workflows[draft.workflow])
    asked = next((each for each in form.fields if each.name == talk.asked), None)
    found = {each.name: each for each in heard(said, form, known)} if to_us else {}
    answer = _answer(asked, said, found, form, known, to_us=to_us) if asked else None
    if answer is not None:
        found[answer.name] = answer
    if not found:
        return None
    name = answer.name if answer else ""
    if any(_corrects(each, draft) for each in found.values() if each.name != name):
        draft = noted(desk, draft, said, ts)  # else the words it began with contradict the answers
    return sourced(put(form, draft, [*found.values()], ts, asked=name), ts)


def _corrects(each: Heard, draft: Draft) -> bool:
    before = [draft.state.get(name) for name in each.answer]
    return any(before) and before != list(each.answer.values())


def _without(form: Form, draft: Draft, said: str, ts: str) -> Draft | None:
    """Return the draft without what the message takes back: "forget the amount"."""
    wanted = TAKEN_BACK.match(said.strip())
    named = wanted[1].casefold() if wanted else ""
    for field in form.fields:
        called = {field.label.casefold().rstrip("?"), *(each.casefold() for each in field.cues)}
        if named and named in called and any(draft.state.get(name) for name in field.names):
            state = {name: each for name, each in draft.state.items() if name not in field.names}
            return sourced(replace(draft, state=state), ts)
    return None


def noted(desk: Desk, draft: Draft, said: str, ts: str) -> Draft:
    """Return the draft with a message of which nothing was understood added to its long text."""
    form = desk.forms[draft.form]
    name = form.message_field
    text = f"{draft.state.get(name) or ''}\n{said}".strip()
    state = dict(draft.state) | {name: text}
    return sourced(replace(draft, state=state, full=dict(draft.full) | {name: text}), ts)


def read_again(desk: Desk, unit: Unit, draft: Draft, said: str, ts: str) -> Draft:
    """Return the draft after its message ``ts`` was edited, and now reads ``said``.

    What that message alone had said gives way; what was chosen or said since stays.
    """
    form, talk = desk.forms[draft.form], talk_of(draft)
    fields = {each.name: each for each in form.fields}
    known = background(desk, unit, draft.user, desk.workflows[draft.workflow])
    of_it = {name: each for name, each in talk.heard.items() if each.ts == ts}
    found = {each.name: each for each in heard(said, form, known)}
    for name in (name for name, each in of_it.items() if each.asked):
        again = _answer(fields[name], said, found, form, known, to_us=True)
        if again is not None:
            found[name] = again
    new = [each for each in found.values() if each.name in of_it or not draft.state.get(each.name)]
    gone = of_it.keys() - {each.name for each in new}
    state = {name: each for name, each in draft.state.items() if name not in gone}
    draft, long = replace(draft, state=state), form.message_field
    if talk.sources[:1] == (ts,) and long and state.get(long) == draft.full.get(long):
        full = dict(draft.full) | {long: said}
        draft = replace(draft, state=state | {long: said}, full=full)
    left = {name: each for name, each in talk.heard.items() if name not in gone}
    asked = next((name for name, each in of_it.items() if each.asked), "")
    draft = with_talk(draft, replace(talk, heard=left))
    return sourced(put(form, draft, new, ts, asked=asked), ts)


def chosen(draft: Draft, name: str, answer: Mapping[str, Answer]) -> Draft:
    """Return the draft with what its person chose for the field ``name``: no guess any more."""
    talk = talk_of(draft)
    said = {each: origin for each, origin in talk.heard.items() if each != name}
    state = dict(draft.state) | dict(answer)
    return replace(with_talk(draft, replace(talk, heard=said)), state=state)


def put(form: Form, draft: Draft, found: Sequence[Heard], ts: str, asked: str = "") -> Draft:
    """Return the draft with what was found in the message ``ts``; ``asked``: what it answered."""
    talk, state = talk_of(draft), dict(draft.state)
    said = dict(talk.heard)
    for each in found:
        state |= each.answer
        said[each.name] = Origin(
            answer=each.answer,
            words=each.words,
            ts=ts,
            guess=each.guess,
            others=each.others,
            asked=each.name == asked,
            by_model=each.by_model,
        )
    kept = {name: answer for name, answer in state.items() if name in form.names}
    return with_talk(replace(draft, state=kept), replace(talk, heard=said))


def sourced(draft: Draft, ts: str) -> Draft:
    """Return the draft, with the message ``ts`` among those that were read into it."""
    talk = talk_of(draft)
    sources = tuple(dict.fromkeys((*talk.sources, ts)))
    return with_talk(draft, replace(talk, sources=sources))


def _answer(
    asked: Field,
    said: str,
    found: Mapping[str, Heard],
    form: Form,
    known: Background,
    *,
    to_us: bool,
) -> Heard | None:
    """Return what the message answers to the question, or None.

    Where a text is asked for that is the words themselves, unless they answered something else, ask
    something, or say that there is no answer.
    """
    if asked.name in found:
        return found[asked.name]
    answer = answered(said, asked, form, known)
    if answer is not None and any(answer.words == each.words for each in found.values()):
        answer = None  # these words have said something else already: "actually it is for Hooli"
    if isinstance(asked, Text) and asked.is_name:
        return _name(asked, said, answer, alone=to_us and not found)
    if answer is not None or not to_us or not isinstance(asked, Text | Lookup):
        return answer
    is_long = isinstance(asked, Text) and asked.multiline
    if (found and not is_long) or is_no_answer(said):
        return None
    return Heard(name=asked.name, answer={asked.name: said}, words=said)


def _name(asked: Field, said: str, answer: Heard | None, *, alone: bool) -> Heard | None:
    """Return whom the message names; a guess unless it names somebody and says nothing else.

    ``alone``: it is said to us, and says nothing of other questions.
    """
    if answer is not None:
        return replace(answer, guess=answer.guess or not _is_bare(answer.words, said))
    if not alone or is_no_answer(said) or is_sentence(said) or len(said.split()) > _LONGEST_NAME:
        return None
    return Heard(name=asked.name, answer={asked.name: said}, words=said, guess=True)


def _is_bare(name: str, said: str) -> bool:
    """Whether a message says nothing but a name, with a few words that lead to it."""
    return len(said.split()) - len(name.split()) <= _AROUND_A_NAME


def _usual(unit: Unit, person: Person, form: Form) -> Sequence[Heard]:
    """Return what need not be asked: what this person answered the last time, or the usual."""
    if "requester_role" not in form.names:
        return []
    before = unit.requests.asked_by(person.user, form.key, 1)
    role = str(getattr(before[0].details, "requester_role", "")) if before else ""
    return [
        Heard(
            name="requester_role",
            answer={"requester_role": role or _ROLE},
            words="",
            guess=not role,
        )
    ]
