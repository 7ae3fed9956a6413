"""What the API is, as OpenAPI 3.1: the tests hold every real answer against it."""

from collections.abc import Iterable, Mapping

from bot.api.forms import Asked
from bot.api.reading import CURSOR, LEAST, MOST, ON_SHELF, USUAL
from bot.ports import Json
from web.api.asking import USER, stages_of
from web.api.schemas import REF, REFUSALS, SCHEMAS, named
from web.api.ticket_schemas import ticket_schemas
from workflows.definition import Workflow


def description(public_url: str, workflows: Mapping[str, Workflow], asked: Iterable[Asked]) -> Json:
    """Return the description of what stands under ``public_url``, with what tickets say."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Frontdesk",
            "version": "1",
            "description": (
                "Requests, assets and what happened to them. A token sees private requests, "
                "amounts and clients' contacts only where it was granted them; what it may not "
                "see is not found. Texts are as people wrote them."
            ),
        },
        "servers": [{"url": public_url}],
        "security": [{"token": []}],
        "paths": _paths(workflows),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": SCHEMAS | ticket_schemas(asked),
            "responses": REFUSALS,
        },
    }


_ALWAYS = {"401": "UnknownToken", "422": "NotUnderstood", "429": "TooOften", "503": "Unavailable"}


def answers(schema: str, status: str = "200", **more: str) -> Json:
    """Return what can be answered: this, and what can always be."""
    good = {"description": schema, "content": {"application/json": {"schema": named(schema)}}}
    refused = sorted((_ALWAYS | more).items())
    return {
        status: good,
        **{code: {"$ref": f"#/components/responses/{name}"} for code, name in refused},
    }


def _query(name: str, schema: Json, said: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": said}


def _get(name: str, schema: str, said: str, *parameters: Json, **more: str) -> Json:
    what = {"operationId": name, "summary": said, "responses": answers(schema, **more)}
    return {"get": what | {"parameters": list(parameters)}}


_WORDS: Json = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"\S"}
_USER: Json = {"type": "string", "pattern": f"^{USER}$"}
_CURSOR: Json = {"type": "string", "pattern": f"^{CURSOR}$"}
_REF: Json = {"name": "ref", "in": "path", "required": True, "schema": REF}
_REQUEST = _REF | {"examples": {"request": {"value": "SOW-7"}}}
_ASSET = _REF | {"examples": {"asset": {"value": "SHELF-3"}, "source": {"value": "AST-9"}}}
_NOWHERE = {"404": "NotFound"}
_PAGING = (
    _query("words", _WORDS, "Words of what was asked for; each may be the beginning of one."),
    _query(
        "limit",
        {"type": "integer", "minimum": LEAST, "maximum": MOST, "default": USUAL},
        "How many on a page.",
    ),
    _query("cursor", _CURSOR, 'Where the page begins: what the one before gave as "next".'),
)

_UNREADABLE = dict.fromkeys(("400", "408", "413", "415"), "Unreadable")
_HANDED: Json = {"content": {"application/json": {"schema": named("Handed")}}}
_POST: Json = {
    "post": {
        "operationId": "hand_in_ticket",
        "summary": "Hand in a ticket: it becomes a request of its person, or their draft",
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
                "description": "Names the ticket, where the body does not.",
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": named("Ticket")}},
        },
        "responses": {
            **answers("Handed", **{"403": "NotGranted"}, **_UNREADABLE),
            "201": _HANDED | {"description": "It is submitted."},
            "202": _HANDED | {"description": "It is a draft; its person adds what is missing."},
        },
    }
}


def _paths(workflows: Mapping[str, Workflow]) -> Json:
    kinds: Json = {"type": "string", "enum": sorted(workflows)}
    stages: Json = {"type": "string", "enum": stages_of(workflows)}
    return {
        "/api/requests": _get(
            "list_requests",
            "Requests",
            "Requests: open ones, newest first; then ended ones, the last first",
            _query("workflow", kinds, "Of one kind."),
            _query("stage", stages, "At one stage."),
            _query(
                "open", {"type": "string", "enum": ["true", "false"]}, "Only open ones, or ended."
            ),
            _query("asked_by", _USER, "Asked for by a member, by their Slack id."),
            _query("client", _WORDS, "Words of the client's name."),
            *_PAGING,
        )
        | _POST,
        "/api/requests/{ref}": _get("get_request", "Request", "One request", _REQUEST, **_NOWHERE),
        "/api/requests/{ref}/timeline": _get(
            "get_timeline",
            "Timeline",
            "What happened to a request, oldest first",
            _REQUEST,
            **_NOWHERE,
        ),
        "/api/assets": _get(
            "list_assets",
            "Assets",
            "Assets on the shelf, newest first",
            _query("status", {"type": "string", "enum": list(ON_SHELF)}, "Only these."),
            *_PAGING,
        ),
        "/api/assets/{ref}": _get(
            "get_asset",
            "Asset",
            "One asset, by its own number or that of the request it came of",
            _ASSET,
            **_NOWHERE,
        ),
        "/api/assets/{ref}/timeline": _get(
            "get_asset_timeline", "Timeline", "What happened to an asset", _ASSET, **_NOWHERE
        ),
    }
