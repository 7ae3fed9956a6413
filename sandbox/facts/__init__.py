"""What Slack's documentation says, as data: limits, methods and the structure of Block Kit.

The three JSON files beside this module are facts taken from Slack's public documentation (and,
for the structure, from the MIT-licensed package `@slack/types`, see NOTICE.md). Nothing in them
is the sandbox's own opinion.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.state.records import Value

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class MethodFacts:
    """One Web API method as the reference describes it.

    `scopes` are alternatives, any one suffices.
    """

    tier: str | None
    scopes: list[str]
    required: list[str]
    args: list[str]
    errors: list[str]
    one_of: list[list[str]]
    not_both: list[list[str]]


def _read(name: str) -> Value:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def methods() -> dict[str, MethodFacts]:
    """Every Web API method the sandbox supports, by its name."""
    return {name: MethodFacts(**facts) for name, facts in _read("methods.json").items()}


@cache
def _limits() -> dict[str, Any]:
    return {key: entry["value"] for key, entry in _read("limits.json").items()}


def limit(key: str) -> int:
    """The numeric limit of that name, in characters, items, seconds or bytes as the name says."""
    return int(_limits()[key])


def limits(key: str) -> list[Any]:
    """The limit of that name which is a list, for example a schedule of delays in seconds."""
    return list(_limits()[key])


@cache
def block_kit() -> dict[str, Any]:
    """The JSON Schema (draft 7) of blocks, modals and Home tabs; structure only, no lengths."""
    schema: dict[str, Any] = _read("block-kit.structural.schema.json")
    return schema
