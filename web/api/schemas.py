"""The forms of what the API says and takes, as JSON Schema."""

from bot.api.reading import ON_SHELF
from bot.api.tickets import DISCARDED, DRAFT, SUBMITTED
from bot.ports import Json

TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_AT: Json = {"type": "string", "format": "date-time"}
_DAY: Json = {"type": "string", "format": "date"}
_URL: Json = {"type": "string", "format": "uri"}
_TEXTS: Json = {"type": "array", "items": TEXT}
REF: Json = {
    "type": "string",
    "pattern": "^[A-Za-z]{1,20}-[0-9]{1,9}$",
}


def _object(**properties: Json) -> Json:
    """Return an object that has all of these, and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def named(name: str) -> Json:
    """Return where a schema is found by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}


def _several(schema: Json) -> Json:
    return {"type": "array", "items": schema}


def _page(name: str) -> Json:
    return _object(items=_several(named(name)), next=_or_null(TEXT))


def _refusal(said: str) -> Json:
    return {"description": said, "content": {"application/json": {"schema": named("Error")}}}


SCHEMAS: Json = {
    "Error": _object(
        error={
            "type": "object",
            "properties": {
                "code": TEXT,
                "sentence": TEXT,
                "fields": {"type": "object", "additionalProperties": TEXT},
            },
            "required": ["code", "sentence"],
            "additionalProperties": False,
        }
    ),
    "Person": _object(id=TEXT, name=TEXT),
    "Money": _object(amount=TEXT, currency={"type": "string", "pattern": "^[A-Z]{3}$"}),
    "Request": _object(
        ref=REF,
        workflow=TEXT,
        title=TEXT,
        stage=_object(name=TEXT, label=TEXT),
        open={"type": "boolean"},
        private={"type": "boolean"},
        asked_by=named("Person"),
        owner=_or_null(named("Person")),
        waiting_for=_several(named("Person")),
        asked_at=_AT,
        since=_AT,
        due_on=_or_null(_DAY),
        version=_COUNT,
        details={
            "type": "object",
            "description": "What was asked for; an amount is null where it is not to be seen.",
            "additionalProperties": {
                "anyOf": [
                    {"type": ["string", "integer", "boolean", "null"]},
                    _TEXTS,
                    named("Money"),
                ]
            },
        },
        link=_URL,
    ),
    "Asset": _object(
        ref=REF,
        source=_or_null(REF),
        status={"type": "string", "enum": [*ON_SHELF, "withdrawn"]},
        title=TEXT,
        whom_for=TEXT,
        use_when=TEXT,
        asset_type=TEXT,
        industries=_TEXTS,
        audiences=_TEXTS,
        languages=_TEXTS,
        products=_TEXTS,
        owner=_or_null(named("Person")),
        review_by=_DAY,
        since=_AT,
        asset_version=_or_null(_COUNT),
        version=_COUNT,
        link=_URL,
    ),
    "Fact": _object(
        at=_AT,
        action=TEXT,
        said=TEXT,
        **{"from": _or_null(TEXT)},
        to=TEXT,
        version=_COUNT,
        by=named("Person"),
        on_behalf_of=_several(named("Person")),
        reason=TEXT,
    ),
    "Handed": _object(
        status={"type": "string", "enum": [SUBMITTED, DRAFT, DISCARDED]},
        ref=_or_null(REF),
        link=_or_null(_URL),
        missing={"type": "object", "additionalProperties": TEXT},
    ),
    "Timeline": _object(ref=REF, facts=_several(named("Fact"))),
    "Requests": _page("Request"),
    "Assets": _page("Asset"),
}

REFUSALS: Json = {
    "UnknownToken": _refusal("There is no token, or none of ours."),
    "NotGranted": _refusal("This token may read, and not hand in."),
    "Unreadable": _refusal("There is nothing to read: no JSON, too long, or too slow."),
    "NotFound": _refusal("There is no such thing, or it is not this token's to see."),
    "NotUnderstood": _refusal("Something of it cannot be understood; a sentence for each part."),
    "TooOften": _refusal("Wait as long as Retry-After says, in seconds."),
    "Unavailable": _refusal("The database does not answer just now."),
}
