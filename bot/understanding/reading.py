"""What a message says of the questions of a form, and from which words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bot.asking import understood
from bot.understanding.mentions import Background, Mention, answers, mentions_in
from bot.understanding.options import Named, options_in
from bot.understanding.placing import placed, takes
from modals.fields import Choice, Day, Field
from modals.form import Form
from modals.wire import Answer

READ = 4000
"""So many characters are read; all of them are kept."""
_UPDATE = re.compile(
    r"\b(?:updat(?:e|ed|ing)|refresh|revis(?:e|ed)|rework|redo|correct(?:ed)?|outdated|translate|"
    r"new version of|change (?:the|our|in) )\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said of one field.

    ``answer`` goes into the state of the form, ``others`` are further readings of the same words,
    the likelier first. ``guess``: it has to be shown as one, and asked where there are others.
    """

    name: str
    answer: Mapping[str, Answer]
    words: str
    guess: bool = False
    others: tuple[Mapping[str, Answer], ...] = ()
    by_model: bool = False
    """Whether a language model says so, and no rule."""


def heard(text: str, form: Form, background: Background) -> tuple[Heard, ...]:
    """Return what ``text``, as people read it, says of the fields of ``form``; each once.

    What nobody said is not there. Nothing is asked of a long text but to be kept as it is.
    """
    text = text[:READ]
    fields = {each.name: each for each in form.fields}
    mentions = mentions_in(text, background)
    named = [
        each
        for each in options_in(text, form, background.choices)
        if not any(
            each.start < other.end and other.start < each.end
            for other in mentions
            if not other.weak
        )
    ]
    found: dict[str, Heard] = {}
    for each in placed(text, mentions, form):
        field = fields[each.name]
        new = _of(text, field, each.mention, background)
        if not each.led and isinstance(field, Day):  # perhaps the day of something else
            new = replace(new, guess=True)
        before = found.get(each.name)
        found[each.name] = _both(before, new, led=each.led) if before else new
    for name in dict.fromkeys(each.name for each in named):
        found[name] = _chosen(text, fields[name], [each for each in named if each.name == name])
    for read in MORE.get(form.key, ()):
        for said in read(text, background):
            found.setdefault(said.name, said)
    return tuple(found[name] for name in fields if name in found)


def answered(text: str, asked: Field, form: Form, background: Background) -> Heard | None:
    """Return what ``text`` says in answer to the question ``asked``; None where it is no answer."""
    said = text.strip()[:READ]
    if isinstance(asked, Choice):
        named = [
            each
            for each in options_in(said, form, background.choices, asked=True)
            if each.name == asked.name
        ]
        return _chosen(said, asked, named) if named else None
    for mention in mentions_in(said, background):
        if takes(asked, mention):
            return _of(said, asked, mention, background)
    return None


def _of(text: str, field: Field, mention: Mention, background: Background) -> Heard:
    readings = [answers(field, each, background.currency) for each in mention.values]
    return Heard(
        name=field.name,
        answer=readings[0],
        words=text[mention.start : mention.end],
        guess=mention.guess,
        others=tuple(readings[1:]),
    )


def _both(before: Heard, after: Heard, *, led: bool) -> Heard:
    """Two readings of one field: it is asked which is meant; what words lead to is the likelier."""
    if before.answer == after.answer:
        return after if led else before
    first, second = (after, before) if led else (before, after)
    others = (*first.others, second.answer, *second.others)
    words = f"{before.words} ... {after.words}"
    return Heard(name=first.name, answer=first.answer, words=words, guess=True, others=others)


def _chosen(text: str, field: Field, named: Sequence[Named]) -> Heard:
    values = tuple(dict.fromkeys(each.value for each in named))
    first = named[0]
    return Heard(
        name=field.name,
        answer=field.fill(values[0]),
        words=text[first.start : first.end],
        guess=len(values) > 1,
        others=tuple(field.fill(each) for each in values[1:]),
    )


def _asset(text: str, background: Background) -> Sequence[Heard]:
    """Return what `asking` knows of assets beside their labels: which kind, in which industry."""
    industries = [label for _, label in background.choices.get("industry", ())]
    said = understood(text, industries)
    values = {label: value for value, label in background.choices.get("industry", ())}
    offered = {value for value, _ in background.choices.get("asset_type", ())}
    found = []
    if said.asset_type and (said.asset_type in offered or not offered):
        kind = said.asset_type
        words = kind.replace("_", " ")
        is_said = words in " ".join(re.split(r"[\s-]+", text.casefold()))
        found.append(
            Heard(
                name="asset_type",
                answer={"asset_type": kind},
                words=words if is_said else "",
                guess=not is_said,
            )
        )
    if said.industry in values:
        found.append(
            Heard(name="industry", answer={"industry": values[said.industry]}, words=said.industry)
        )
    return found


def presumed(text: str, form: Form) -> tuple[Heard, ...]:
    """Return what a first message makes likely without saying it; all of it is a guess."""
    if "kind" not in form.names:
        return ()
    kind = "update" if _UPDATE.search(text) else "new"
    return (Heard(name="kind", answer={"kind": kind}, words="", guess=True),)


MORE: Mapping[str, Sequence[Callable[[str, Background], Sequence[Heard]]]] = MappingProxyType(
    {"sales_asset": (_asset,)}
)
"""By form: what is known beside the words of its fields."""
