"""What a request holds besides its plain columns, as JSON: details, findings, open questions.

A workflow's details are its frozen dataclass. A field that a later release adds with a default is
filled in on reading; anything that would be dropped or altered on reading is an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from storage.columns import utc
from workflows.definition import Workflow
from workflows.request import Finding, Question


class UnreadableDetailsError(Exception):
    """What is stored of a request does not fit the workflow any more; a migration is missing."""


class Details:
    """The JSON forms of the details of every workflow."""

    def __init__(self, workflows: Mapping[str, Workflow]) -> None:
        self._adapters: dict[str, TypeAdapter[Any]] = {
            key: _adapter(workflow.details)  # type: ignore[arg-type]  # a class is hashable
            for key, workflow in workflows.items()
        }

    def write(self, workflow: str, details: object) -> dict[str, Any]:
        """Return ``details`` as JSON, every instant in UTC.

        Raises ValueError when a field is not of its type, or an instant has no time zone.
        """
        adapter = self._adapters[workflow]
        written: dict[str, Any] = adapter.dump_python(
            _in_utc(details), mode="json", warnings="error"
        )
        return written

    def read(self, workflow: str, stored: dict[str, Any]) -> object:
        """Return the details that were stored. Raises UnreadableDetailsError."""
        adapter = self._adapters.get(workflow)
        if adapter is None:
            raise UnreadableDetailsError(f"There is no workflow {workflow!r} any more.")
        try:
            details: object = adapter.validate_python(stored)
        except ValidationError as error:
            raise UnreadableDetailsError(f"Stored details of {workflow}: {error}") from error
        if not _contains(adapter.dump_python(details, mode="json"), stored):
            raise UnreadableDetailsError(f"Stored details of {workflow} hold more than it knows.")
        return details


@cache
def _adapter(form: type) -> TypeAdapter[Any]:
    """Return how ``form`` is read and written; to work that out takes a while."""
    return TypeAdapter(form)


def _in_utc(value: object) -> object:
    """Return ``value`` with every instant in UTC that its dataclasses and tuples hold."""
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, tuple):
        return tuple(_in_utc(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{each.name: _in_utc(getattr(value, each.name)) for each in fields(value)}
        )
    return value


def _contains(known: object, stored: object) -> bool:
    """Whether everything in the JSON value ``stored`` is found unaltered in ``known``."""
    if isinstance(known, dict) and isinstance(stored, dict):
        return all(key in known and _contains(known[key], stored[key]) for key in stored)
    if isinstance(known, list) and isinstance(stored, list):
        return len(known) == len(stored) and all(map(_contains, known, stored))
    return known == stored


def write_findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return ``findings`` as JSON."""
    return [
        {
            "rule": each.rule,
            "applies": each.applies,
            "because": each.because,
            "inputs": dict(each.inputs),
        }
        for each in findings
    ]


def read_findings(stored: Sequence[dict[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings that :func:`write_findings` wrote."""
    return tuple(Finding(**each) for each in stored)


def write_questions(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Return ``questions`` as JSON, their instants in UTC."""
    return [
        {"by": each.by, "text": each.text, "at": utc(each.at).isoformat()} for each in questions
    ]


def read_questions(stored: Sequence[dict[str, Any]]) -> tuple[Question, ...]:
    """Return the questions that :func:`write_questions` wrote."""
    return tuple(
        Question(each["by"], each["text"], datetime.fromisoformat(each["at"])) for each in stored
    )
