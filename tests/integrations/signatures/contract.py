"""DocuSign's own specification, made strict: every call and every answer is held against it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

CARRIED = Path(__file__).with_name("docusign.trimmed.json")
"""What is used of it; whose it is stands in it."""
WHOLE = Path(__file__).parents[4] / "shared" / "integrations"
"""Where all of it is on a machine that has it."""

Json = dict[str, Any]


class Contract:
    """A specification (OpenAPI 3.0); what it does not know is wrong, too."""

    def __init__(self, path: Path) -> None:
        self._spec: Json = json.loads(path.read_text(encoding="utf-8"))
        _strict(self._spec["components"]["schemas"])
        self._validators: dict[str, Any] = {}

    def operation(self, method: str, path: str) -> tuple[str, Mapping[str, str]]:
        """Return the path's template and what stands in its places."""
        for template, methods in self._spec["paths"].items():
            pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)
            if (found := re.fullmatch(pattern, path)) and method.lower() in methods:
                return template, found.groupdict()
        raise AssertionError(f"{method} {path} is no call of theirs")

    def problems(
        self, method: str, template: str, query: Mapping[str, str], body: object
    ) -> list[str]:
        """Return what is wrong with a call."""
        described = self._spec["paths"][template][method.lower()]
        known = {each["name"] for each in described["parameters"] if each["in"] == "query"}
        wrong = [f"unknown in the query: {name}" for name in sorted(query.keys() - known)]
        asked = self._resolved(described.get("requestBody"))
        if asked is None:
            return wrong + ([f"a body: {body}"] if body not in (None, {}) else [])
        return wrong + self._wrong(asked["content"]["application/json"]["schema"], body)

    def wrong_answer(self, method: str, template: str, status: int, body: object) -> list[str]:
        """Return what is wrong with an answer; its body is JSON or bytes."""
        described = self._spec["paths"][template][method.lower()]["responses"]
        assert str(status) in described, f"{method} {template} never answers {status}"
        [(kind, said)] = described[str(status)]["content"].items()
        if isinstance(body, bytes):
            return [] if kind == "application/pdf" else [f"bytes, where {kind} is due"]
        return self._wrong(said["schema"], body)

    def _resolved(self, found: Json | None) -> Json | None:
        while found is not None and "$ref" in found:
            *_, kind, name = found["$ref"].split("/")
            found = self._spec["components"][kind][name]
        return found

    def _wrong(self, schema: Json, body: object) -> list[str]:
        key = json.dumps(schema)
        if key not in self._validators:
            whole = {**schema, "components": self._spec["components"]}
            self._validators[key] = jsonschema_rs.validator_for(whole)
        found = self._validators[key].iter_errors(body)
        return [f"{'/'.join(map(str, each.instance_path))}: {each.message}" for each in found]


def _strict(schemas: Json) -> None:
    for each in _objects(schemas):
        if "properties" in each:
            each["additionalProperties"] = False


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each)


@cache
def carried() -> Contract:
    """Return what this project carries of the specification."""
    return Contract(CARRIED)
