"""What pydantic found wrong in ``frontdesk.toml``, as sentences for the admin."""

import json
from collections.abc import Iterator, Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from settings.entries import WrongAmounts
from settings.policies import WorkflowTable
from settings.table import Table
from settings.tables import TABLES, File
from settings.wording import listed, meant, shown

_KEY = "[key]"
"""The last step to an error that is in a key and not in its value."""

_WANTED = {
    "string_type": "a text in quotes",
    "list_type": "a list in [brackets]",
    "dict_type": "a table with lines of the form key = value",
    "model_type": "a table with lines of the form key = value",
}


Steps = Sequence[str | int]
"""The way to a place in the file: the names of tables and the key, and places in lists."""


def sentences(error: ValidationError) -> Iterator[str]:
    """Yield, for every problem, the table and key, what was found, and what is right."""
    for steps, sentence in problems(error):
        yield f"{_place(steps)}: {sentence}"


def problems(error: ValidationError) -> Iterator[tuple[Steps, str]]:
    """Yield, for every problem, where it is, what was found, and what is right."""
    for each in error.errors(include_url=False):
        steps = [step for step in each["loc"] if step != _KEY]
        reason = each.get("ctx", {}).get("error")
        if isinstance(reason, WrongAmounts):
            for key, sentence in reason.sentences.items():
                yield [*steps, key], sentence
        else:
            yield steps, str(reason or _sentence(each, steps))


def _sentence(error: ErrorDetails, steps: Sequence[str | int]) -> str:
    match error["type"]:
        case "missing":
            return _missing(steps)
        case "extra_forbidden":
            return _unknown(str(steps[-1]), steps)
        case kind:
            return f"{shown(error['input'])} is not {_WANTED[kind]}."


def _unknown(name: str, steps: Sequence[str | int]) -> str:
    for home, table in TABLES.items():
        if name in table.model_fields:
            return f"it belongs in [{home}]; move it there."
    what = "table" if len(steps) == 1 else "key"
    return f"there is no such {what}; {meant(name, _table(steps).model_fields)}"


def _missing(steps: Sequence[str | int]) -> str:
    name = str(steps[-1])
    if len(steps) == 1:
        return f"this table is missing; it holds {listed(_table([name, '']).model_fields)}."
    example = (_table(steps).model_fields[name].examples or [""])[0]
    return f"it is missing; add a line such as {name} = {json.dumps(example)}"


def _table(steps: Sequence[str | int]) -> type[Table]:
    """Return the table in which the last of ``steps`` is a key."""
    found: type[Table] = File
    for step in steps[:-1]:
        field = found.model_fields.get(str(step))
        inner = WorkflowTable if field is None else field.annotation
        if isinstance(inner, type) and issubclass(inner, Table):
            found = inner
    return found


def _place(steps: Sequence[str | int]) -> str:
    keys = [step for step in steps if isinstance(step, str)]
    entry = "".join(f", entry {step + 1}" for step in steps if isinstance(step, int))
    if len(keys) == 1:
        return f"[{keys[0]}]"
    return f"[{'.'.join(keys[:-1])}] {keys[-1]}{entry}"
