"""The structure of Block Kit, checked by a precompiled JSON Schema with precise pointers."""

from copy import deepcopy
from dataclasses import dataclass
from functools import cache

import jsonschema_rs

from sandbox.facts import block_kit
from sandbox.state.records import JSON, Value

KNOWN_BLOCKS = "KnownBlock"


@dataclass(frozen=True)
class Problem:
    """One thing Slack would refuse; `pointer` is a JSON pointer into what was checked."""

    pointer: str
    message: str
    constraint: JSON


def structural_problems(definition: str, instance: Value, root: str = "") -> list[Problem]:
    """Where `instance` departs from a definition of the schema, say `KnownBlock`."""
    validator = _validator(definition)
    if validator.is_valid(instance):
        return []
    return [
        Problem(
            root + "".join(f"/{step}" for step in error.instance_path),
            error.message,
            {"type": "schema", "rule": str(error.schema_path[-1]) if error.schema_path else ""},
        )
        for error in validator.iter_errors(instance)
    ]


def warm_up() -> None:
    """Compile what is needed for blocks and views, so that no call pays for it."""
    for definition in (KNOWN_BLOCKS, "ModalView", "HomeView"):
        _validator(definition)


@cache
def _validator(definition: str) -> jsonschema_rs.Draft7Validator:
    definitions = deepcopy(block_kit()["definitions"])
    _later_additions(definitions)
    if definition != KNOWN_BLOCKS:
        definitions[definition]["properties"]["blocks"] = {"type": "array"}
        definitions = {
            definition: definitions[definition],
            "PlainTextElement": definitions["PlainTextElement"],
        }
    exact = {name: _discriminated(schema, definitions) for name, schema in definitions.items()}
    return jsonschema_rs.Draft7Validator(
        {"$ref": f"#/definitions/{definition}", "definitions": exact}
    )


def _later_additions(definitions: JSON) -> None:
    """What the platform knows and version 3.2.0 of the types does not."""
    definitions["Button"]["properties"] |= {
        "agent_prompt": {"type": "string"},
        "visible_to_user_ids": {"type": "array", "items": {"type": "string"}},
    }


def _discriminated(schema: Value, definitions: JSON) -> Value:
    """The schema with each `anyOf` decided by `type`, so that errors point at the fault itself."""
    if isinstance(schema, list):
        return [_discriminated(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "anyOf" in schema and (kinds := _kinds(schema["anyOf"], definitions)):
        return {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": sorted(kinds)}},
            "allOf": [
                {
                    "if": {"properties": {"type": {"const": kind}}, "required": ["type"]},
                    "then": {"$ref": ref},
                }
                for kind, ref in kinds.items()
            ],
        }
    return {key: _discriminated(value, definitions) for key, value in schema.items()}


def _kinds(alternatives: list[JSON], definitions: JSON) -> dict[str, str]:
    """Reference by `type` for these alternatives, or nothing when `type` does not decide."""
    kinds: dict[str, str] = {}
    for alternative in alternatives:
        ref = alternative.get("$ref", "")
        found = _kinds_of(ref, definitions.get(ref.removeprefix("#/definitions/"), {}), definitions)
        if not found or set(found) & set(kinds):
            return {}
        kinds |= found
    return kinds


def _kinds_of(ref: str, target: JSON, definitions: JSON) -> dict[str, str]:
    forms = target.get("anyOf", [target])
    consts = {form.get("properties", {}).get("type", {}).get("const") for form in forms}
    if len(consts) == 1 and isinstance(kind := consts.pop(), str):
        return {kind: ref}
    return _kinds(forms, definitions) if "anyOf" in target else {}
