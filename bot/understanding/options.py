"""Options of a form's selects that a text names by their labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from modals.fields import Choice, Option
from modals.fields.choice import Choices, on_occasion
from modals.form import Form

_SHORT = 3
"""Labels of so few letters are meant only as they are written: "IT" is not "it"."""
_VAGUE = frozenset({"other", "others", "none", "new", "no", "yes"})
"""Labels, or values, that a sentence uses without meaning an option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An option of the field called ``name`` that ``text[start:end]`` names."""

    name: str
    value: str
    start: int
    end: int


def options_in(
    text: str, form: Form, choices: Choices, *, asked: bool = False
) -> tuple[Named, ...]:
    """Return the options that a text names in any case, in order, longer labels before shorter.

    One that several fields offer is nobody's. Short ones are named only as they are written, unless
    one of them was ``asked`` for.
    """
    found = [*_each(text, form, choices, least=0 if asked else _SHORT)]
    spans: dict[tuple[int, int], list[Named]] = {}
    for each in found:
        spans.setdefault((each.start, each.end), []).append(each)
    alone = [each[0] for each in spans.values() if len(each) == 1]
    return tuple(sorted(alone, key=lambda each: each.start))


def _each(text: str, form: Form, choices: Choices, least: int) -> Iterator[Named]:
    for field in form.fields:
        if not isinstance(field, Choice):
            continue
        asked = on_occasion(field, choices)
        if not isinstance(asked, Choice):
            continue
        by_label = {_key(each.label): each.value for each in asked.options if _telling(each)}
        if not by_label:
            continue
        exact = {each.label for each in asked.options}
        for found in _pattern(tuple(by_label)).finditer(text):
            if len(found[1]) <= least and found[1] not in exact:
                continue
            value = by_label[_key(found[1])]
            yield Named(name=field.name, value=value, start=found.start(), end=found.end())


def _telling(option: Option) -> bool:
    return _key(option.label) not in _VAGUE and option.value not in _VAGUE


def _key(label: str) -> str:
    return " ".join(re.split(r"[\s-]+", label.casefold().strip()))


@lru_cache(maxsize=64)
def _pattern(labels: Sequence[str]) -> re.Pattern[str]:
    """Match any of the labels, with spaces or hyphens between its words, and its plural."""
    longest = sorted(labels, key=len, reverse=True)
    words = (r"[\s-]?".join(map(re.escape, re.split(r"[\s-]+", each))) for each in longest)
    return re.compile(rf"(?<![\w-])({'|'.join(words)})s?(?![\w-])", re.IGNORECASE)
