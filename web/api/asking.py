"""What a query asks for, or a sentence for each parameter that cannot be understood."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.api.reading import LEAST, MOST, ON_SHELF, Asked, Bookmark, WrongQuery, bookmark_of
from workflows.definition import Workflow

_LONGEST = 200
USER = "[UW][A-Z0-9]{2,30}"

Pairs = Iterable[tuple[str, str]]


class _Wrong(Exception):
    """A parameter cannot be understood; the text says what is right."""


def of_requests(pairs: Pairs, workflows: Mapping[str, Workflow]) -> Asked:
    """Return what a query for requests asks for. Raises WrongQuery."""
    read: dict[str, Callable[[str], object]] = {
        "workflow": _one_of(sorted(workflows)),
        "stage": _one_of(stages_of(workflows)),
        "open": _one_of(("true", "false")),
        "asked_by": _user,
        "client": _text,
        **_USUAL,
    }
    found = _read(pairs, read)
    return Asked(
        workflow=found.get("workflow", ""),
        stages=(found["stage"],) if "stage" in found else (),
        is_open=found["open"] == "true" if "open" in found else None,
        asked_by=found.get("asked_by", ""),
        client=found.get("client", ""),
        **_usual(found),
    )


def stages_of(workflows: Mapping[str, Workflow]) -> list[str]:
    """Return the names of all stages there are."""
    return sorted({stage.name for each in workflows.values() for stage in each.stages})


def of_assets(pairs: Pairs) -> Asked:
    """Return what a query for assets asks for. Raises WrongQuery."""
    found = _read(pairs, {"status": _one_of(ON_SHELF), **_USUAL})
    stages = (found["status"],) if "status" in found else ON_SHELF
    return Asked(workflow="shelf", stages=stages, **_usual(found))


def of_one(pairs: Pairs) -> None:
    """Take no parameter. Raises WrongQuery."""
    _read(pairs, {})


def _read(pairs: Pairs, read: Mapping[str, Callable[[str], object]]) -> dict[str, Any]:
    found, wrong = dict[str, Any](), dict[str, str]()
    for name, text in pairs:
        if name not in read:
            known = ", ".join(sorted(read)) or "none"
            wrong[name] = f"There is no such parameter; known here: {known}."
            continue
        if name in found:
            wrong[name] = "It was given twice."
            continue
        try:
            found[name] = read[name](text)
        except _Wrong as sentence:
            wrong[name] = str(sentence)
    if wrong:
        raise WrongQuery(wrong)
    return found


def _one_of(right: Sequence[str]) -> Callable[[str], str]:
    def known(text: str) -> str:
        if text not in right:
            raise _Wrong(f"Right is one of {', '.join(right)}.")
        return text

    return known


def _user(text: str) -> str:
    if not re.fullmatch(USER, text):
        raise _Wrong("Right is the Slack id of a member, such as U024BE7LH.")
    return text


def _text(text: str) -> str:
    if not text.strip() or len(text) > _LONGEST:
        raise _Wrong(f"Right is 1 to {_LONGEST} characters.")
    return text


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST))):
        raise _Wrong(f"Right is a number from {LEAST} to {MOST}.")
    if not LEAST <= int(text) <= MOST:
        raise _Wrong(f"Right is a number from {LEAST} to {MOST}.")
    return int(text)


def _cursor(text: str) -> Bookmark:
    if (mark := bookmark_of(text)) is None:
        raise _Wrong('Right is what an earlier page gave as "next".')
    return mark


_USUAL: Mapping[str, Callable[[str], object]] = {
    "words": _text,
    "limit": _limit,
    "cursor": _cursor,
}


def _usual(found: Mapping[str, Any]) -> dict[str, Any]:
    names = {"words": "words", "limit": "limit", "cursor": "after"}
    return {name: found[given] for given, name in names.items() if given in found}
