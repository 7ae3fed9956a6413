"""Slack's error codes, raised where something is refused and answered as `ok: false`."""

from typing import Any

from sandbox.blocks.structure import Problem
from sandbox.state.records import JSON


class SlackError(Exception):
    """A call answered with `ok: false`, this code of Slack's and whatever `extra` explains it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


def messages(*lines: str) -> JSON:
    """The response_metadata that explains an error."""
    return {"response_metadata": {"messages": list(lines)}}


def explained(problems: list[Problem]) -> JSON:
    """Problems of blocks and views in Slack's words."""
    return messages(*(f"[ERROR] {located(problem)}" for problem in problems))


def located(problem: Problem) -> str:
    """A problem with where it is, as Slack writes it."""
    return f"{problem.message} [json-pointer:{problem.pointer}]"
