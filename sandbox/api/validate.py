"""blocks.validate."""

from sandbox.api.call import Call, method
from sandbox.blocks.structure import Problem
from sandbox.blocks.validation import block_problems, view_problems
from sandbox.codes import SlackError, messages
from sandbox.state.records import JSON, Value

SUBJECTS = ("blocks", "message", "view")


@method("blocks.validate")
def blocks_validate(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/blocks.validate; exactly one of blocks, message or view."""
    given = [name for name in SUBJECTS if call.arguments.get(name) not in (None, "")]
    if len(given) != 1:
        raise SlackError(
            "invalid_arguments",
            **messages("[ERROR] provide exactly one of blocks, message or view"),
        )
    problems = _problems(given[0], call.arguments[given[0]])
    if problems:
        raise SlackError(f"invalid_{given[0]}", errors=[_shape(problem) for problem in problems])
    return {}


def _problems(subject: str, value: Value) -> list[Problem]:
    if subject == "view":
        return view_problems(value, "")
    if subject == "blocks":
        return block_problems(value, "message")
    if not isinstance(value, dict):
        return [Problem("", "must be an object", {"type": "object"})]
    problems = block_problems(value.get("blocks", []), "message", "/blocks")
    for number, attachment in enumerate(value.get("attachments", [])):
        problems += block_problems(
            attachment.get("blocks", []), "message", f"/attachments/{number}/blocks"
        )
    return problems


def _shape(problem: Problem) -> JSON:
    return {
        "pointer": problem.pointer,
        "code": "failed_constraint",
        "message": problem.message,
        "constraint": problem.constraint,
        "field": problem.pointer.rpartition("/")[2],
    }
