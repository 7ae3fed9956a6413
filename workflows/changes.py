"""What a move changed in a request, in words for the audit."""

from dataclasses import fields
from typing import Any, Protocol, Self, runtime_checkable

from workflows.request import Request

_LONGEST = 200


@runtime_checkable
class Narrated(Protocol):
    """A part of the details that says in its own words what changed."""

    def since(self, before: Self) -> list[str]:
        """Return a line for each thing that was not so ``before``."""


def changes(before: Request, after: Request) -> dict[str, str]:
    """Return what differs, where anything does.

    ``owner`` and ``given to`` are user ids, ``lane`` says which lane was given, ``due on`` is an
    ISO date, ``question`` holds the questions that are closed now, and ``changed`` a line for each
    field of the details.
    """
    is_pause = before.held != after.held
    given = {
        lane: person
        for lane, person in after.assigned.items()
        if before.assigned.get(lane) != person and not is_pause
    }
    questions = [each for each in before.questions if each not in after.questions]
    due = after.due_on if after.due_on != before.due_on else None
    found = {
        "owner": after.owner if after.owner != before.owner else None,
        "given to": ", ".join(sorted(set(given.values()))),
        "lane": ", ".join(sorted(filter(None, given))),
        "due on": due.isoformat() if due else None,
        "question": "\n".join(question.text for question in questions),
        "changed": "\n".join(_fields(before.details, after.details)),
    }
    return {name: value for name, value in found.items() if value}


def _fields(before: Any, after: Any) -> list[str]:  # noqa: ANN401 - any workflow's details
    lines: list[str] = []
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new:
            continue
        if isinstance(new, Narrated):
            lines += new.since(old)
        else:
            lines.append(f"{field.name}: {_short(old)} -> {_short(new)}")
    return lines


def _short(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
