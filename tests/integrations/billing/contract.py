"""Stripe's own contract, made strict: every call and every answer is held against it.

Calls are forms with bracketed names; they are decoded as the contract types them. Answers have
exactly the fields of Stripe's own examples, with values of the same kinds.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs

CARRIED = Path(__file__).with_name("stripe.trimmed.json")
"""What is used of it; whose it is stands in it."""
ADDED = Path(__file__).with_name("additions.json")
"""What it lacks of the version of the API that is used; where that is from stands in it."""
WHOLE = Path(__file__).parents[4] / "shared" / "integrations"
"""Where all of it is on a machine that has it."""

Json = dict[str, Any]
_FORM = "application/x-www-form-urlencoded"
_NAME = re.compile(r"[^\[\]]+")


class Contract:
    """What can be asked, and what is answered; what it does not know is wrong, too."""

    def __init__(self, *parts: Json) -> None:
        self.resources: Json = {}
        self._calls: dict[tuple[str, str], Json] = {}
        self._validators: dict[str, Any] = {}
        for part in parts:
            for name, each in part["resources"].items():
                self.resources[name] = _merged(self.resources.get(name, {}), each)
            for template, methods in part["paths"].items():
                for method, described in methods.items():
                    known = self._calls.setdefault((method.upper(), template), _schema(described))
                    known["properties"] |= _schema(described)["properties"]

    def operation(self, method: str, path: str) -> tuple[str, Mapping[str, str]]:
        """Return the path's template and what stands in its places; a fixed path goes first.

        Raises LookupError for what is no call of theirs.
        """
        for asked, template in sorted(self._calls, key=lambda each: "{" in each[1]):
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)
            if (found := re.fullmatch(pattern, path)) and asked == method:
                return template, found.groupdict()
        raise LookupError(f"{method} {path} is no call of theirs")

    def read(self, method: str, template: str, form: str) -> tuple[Json, list[str]]:
        """Return what a call says, and what is wrong with that."""
        schema = self._calls[method, template]
        said: Json = {}
        for name, value in parse_qsl(form, keep_blank_values=True):
            _put(said, _NAME.findall(name), value)
        typed = _typed(said, schema)
        assert isinstance(typed, dict)
        return typed, self._wrong(schema, typed)

    def wrong_answer(self, body: Json) -> list[str]:
        """Return in what an answer is not as Stripe's own example of such an object."""
        kind = "error" if "error" in body else body.get("object", "")
        if body.get("deleted"):
            kind = f"deleted_{kind}"
        if kind not in self.resources:
            return [f"{kind} is no object of theirs"]
        if kind == "error":
            unknown = body["error"].keys() - self.resources[kind].keys()
            return [f"error/{each} is unknown" for each in sorted(unknown)]
        below = body["data"] if kind == "list" else []
        return [
            *_unlike(body, self.resources[kind], kind),
            *(wrong for each in below for wrong in self.wrong_answer(each)),
        ]

    def _wrong(self, schema: Json, said: Json) -> list[str]:
        key = json.dumps(schema)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.validator_for(_strict(schema))
        found = self._validators[key].iter_errors(said)
        return [f"{'/'.join(map(str, each.instance_path))}: {each.message}" for each in found]


def _schema(described: Json) -> Json:
    """Return the schema of what is said in a call, in its query or in its body."""
    if "requestBody" in described:
        return dict(described["requestBody"]["content"][_FORM]["schema"])
    asked = {
        each["name"]: each["schema"] for each in described["parameters"] if each["in"] == "query"
    }
    return {"type": "object", "additionalProperties": False, "properties": asked}


def _merged(one: Json, other: Json) -> Json:
    both = one.keys() & other.keys()
    deeper = {
        name: _merged(one[name], other[name])
        for name in both
        if isinstance(one[name], dict) and isinstance(other[name], dict)
    }
    return one | other | deeper


def _strict(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        strict = {name: _strict(each) for name, each in value.items()}
        return strict | ({"additionalProperties": False} if "properties" in value else {})
    return [_strict(each) for each in value] if isinstance(value, list) else value


def _put(said: Json, names: Sequence[str], value: str) -> None:
    *above, last = names
    for name in above:
        said = said.setdefault(name, {})
    assert last not in said, f"{names} is said twice"
    said[last] = value


def _typed(said: Any, schema: Json) -> Any:  # noqa: ANN401 - JSON
    """Return what is said with the types that the schema gives it, as far as it can have them."""
    if "anyOf" in schema:
        fits = [each for each in schema["anyOf"] if isinstance(said, dict) == _is_deep(each)]
        return _typed(said, fits[0]) if fits else said
    if isinstance(said, dict):
        if schema.get("type") == "array" and all(each.isdecimal() for each in said):
            return [_typed(said[nth], schema["items"]) for nth in sorted(said, key=int)]
        known, others = schema.get("properties", {}), schema.get("additionalProperties")
        rest: Json = others if isinstance(others, dict) else {}
        return {name: _typed(each, known.get(name, rest)) for name, each in said.items()}
    if schema.get("type") == "integer" and re.fullmatch(r"-?[0-9]+", said):
        return int(said)
    return (
        {"true": True, "false": False}.get(said, said) if schema.get("type") == "boolean" else said
    )


def _is_deep(schema: Json) -> bool:
    return schema.get("type") in ("object", "array")


def _unlike(body: Any, example: Any, at: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield where something is not like an example; null can stand in the place of anything."""
    if body is None or example is None or at.endswith(("/metadata", "event/data", "list/data")):
        return
    if isinstance(example, dict) and isinstance(body, dict):
        for name in sorted(body.keys() ^ example.keys()):
            yield f"{at}/{name} is {'unknown' if name in body else 'missing'}"
        for name in body.keys() & example.keys():
            yield from _unlike(body[name], example[name], f"{at}/{name}")
    elif type(body) is not type(example):
        expanded = isinstance(body, dict) and isinstance(example, str)
        if not expanded:
            yield f"{at} is {body!r}, where there is {example!r}"


@cache
def carried() -> Contract:
    """Return what this project carries of the contract, with what it lacks."""
    return Contract(*(json.loads(each.read_text("utf-8")) for each in (CARRIED, ADDED)))
