"""What is different between two values, in the words of a person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

_LONGEST = 80
BLANK: tuple[object, ...] = ("", (), None)
"""Values that say nothing."""


def in_words(day: date) -> str:
    """Return a day as people write it, whatever the system's language: 5 Mar 2027."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def items(old: tuple[object, ...], new: tuple[object, ...]) -> str:
    """Return what entries went, came, or changed: ``- A plan; + A report``."""
    if len(old) == len(new) and [*map(str, old)] == [*map(str, new)]:
        return "; ".join(
            _inside(*pair) for pair in zip(old, new, strict=True) if pair[0] != pair[1]
        )
    gone, fresh = Counter(map(str, old)), Counter(map(str, new))
    said = [f"- {short(each)}" for each in (gone - fresh).elements()]
    said += [f"+ {short(each)}" for each in (fresh - gone).elements()]
    changed = {str(each): each for each in old if each not in new}
    said += [_inside(changed[str(each)], each) for each in new if _is_changed(each, changed)]
    return "; ".join(dict.fromkeys(said)) or "in another order"


def _is_changed(each: object, changed: Mapping[str, object]) -> bool:
    return str(each) in changed and changed[str(each)] != each


def _inside(old: object, new: object) -> str:
    """Return what is different in an entry that is still called the same."""
    if not is_dataclass(old) or not is_dataclass(new):
        return change(old, new)
    parts = [
        f"{field.name} {change(getattr(old, field.name), getattr(new, field.name))}"
        for field in fields(new)
        if getattr(old, field.name) != getattr(new, field.name)
    ]
    return f"{short(new)} ({', '.join(parts)})"


def only_fills_in(old: object, new: object) -> bool:
    """Whether ``new`` only fills in what was blank: the whole, or parts of entries."""
    if old in BLANK:
        return True
    if not (isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new)):
        return False
    return all(_is_filled_in(*pair) for pair in zip(old, new, strict=True))


def _is_filled_in(old: object, new: object) -> bool:
    if old == new or not (is_dataclass(old) and is_dataclass(new)):
        return old == new
    pairs = ((getattr(old, each.name), getattr(new, each.name)) for each in fields(new))
    return all(before == after or before in BLANK for before, after in pairs)


def change(old: object, new: object) -> str:
    """Return both values; of long texts the place where they begin to differ."""
    before, after = _line(old), _line(new)
    if max(len(before), len(after)) <= _LONGEST:
        return f"{before} -> {after}"
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (was, now) in pairs if was != now), min(len(before), len(after)))
    start = max(0, same - _LONGEST // 4)
    ends = zip(reversed(before[same:]), reversed(after[same:]), strict=False)
    alike = next((at for at, (was, now) in enumerate(ends) if was != now), 0)
    changed = max(len(before), len(after)) - same - alike
    more = f" (up to {changed} characters differ)" if changed > _LONGEST // 2 else ""
    return f"{_window(before, start)} -> {_window(after, start)}{more}"


def _window(text: str, start: int) -> str:
    seen = text[start : start + _LONGEST]
    return f"{'...' if start else ''}{seen}{'...' if start + _LONGEST < len(text) else ''}"


def short(value: object) -> str:
    """Return a value in one line, cut where it is long; (none) for nothing."""
    return _window(_line(value), 0)


def _line(value: object) -> str:
    if isinstance(value, date):
        return in_words(value)
    return " ".join(str(value).split()) if value not in ("", None) else "(none)"
