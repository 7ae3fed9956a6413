"""How clients spell Web API calls: JSON, form, multipart or query, token in header or argument."""

import json
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox.api.runner import WITH_APP_TOKEN
from sandbox.api.runner import Request as ApiRequest
from sandbox.state.records import JSON, Value

NESTED = {
    "blocks", "attachments", "view", "metadata", "files", "prompts", "message", "loading_messages",
}  # fmt: skip
"""Arguments which forms (and some clients' JSON) carry as JSON text."""


class BadBody(Exception):
    """The body is not what its content type says; the text is Slack's error code."""


async def api_request(request: Request) -> ApiRequest:
    """The call a request stands for. Raises BadBody."""
    method = str(request.path_params["method"])
    arguments: JSON = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    warnings: tuple[str, ...] = ()
    if kind == "application/json":
        arguments |= _json(await request.body())
        warnings = () if "charset" in content_type.lower() else ("missing_charset",)
    elif kind == "multipart/form-data":
        async with request.form() as form:
            arguments |= {
                name: value for name, value in form.items() if not isinstance(value, UploadFile)
            }
    else:
        arguments |= dict(
            parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
        )
    if request.method != "POST":
        warnings = ()
    token = _token(request, method, arguments)
    return ApiRequest(
        method, {name: _nested(name, value) for name, value in arguments.items()}, token, warnings
    )


def _json(body: bytes) -> JSON:
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except ValueError:
        raise BadBody("invalid_json") from None
    if not isinstance(value, dict):
        raise BadBody("json_not_object")
    return value


def _token(request: Request, method: str, arguments: JSON) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    argument = str(arguments.pop("token", ""))
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return "" if method in WITH_APP_TOKEN else argument


def _nested(name: str, value: Value) -> Value:
    if name in NESTED and isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
